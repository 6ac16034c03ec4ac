"""Keeps what is remembered of each translated string: as often as one is stored, in the same transaction."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from django.db import connection
from django.db.models.signals import post_save
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import StringValue

from cms.content.letters import words_of
from cms.translation.concordance.models import Remembered

NO_BREAK = "\xa0"

LONGEST_WORD = 100
"""Letters of a word that are compared; what is longer is no word, and more than an index takes."""


def connect() -> None:
    """Remember from now on."""
    post_save.connect(_remember, sender=StringTranslation)


def remember(rows: Iterable[StringTranslation]) -> None:
    """Remember translations that were stored without a signal, such as many at once."""
    Remembered.objects.bulk_create(
        [Remembered(string_translation_id=row.pk, **facts_of(row)) for row in rows],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["string_translation"],
        update_fields=["key", "target", "pair", "source_mark", "target_mark", "source_words", "target_words", "at"],
    )


def facts_of(row: StringTranslation) -> dict[str, Any]:
    """Return what is remembered of a translation, by the names of the columns."""
    source = row.translation_of
    return {
        "key": row.context.object_id,
        "target_id": row.locale_id,
        "pair": pair_of(source.locale_id, row.locale_id),
        "source_mark": mark_of(source.data),
        "target_mark": mark_of(row.data),
        "source_words": _words(source.data),
        "target_words": _words(row.data),
        "at": row.updated_at,
    }


def pair_of(source_locale_id: int, target_locale_id: int) -> str:
    """Return how a pair of languages is written."""
    return f"{source_locale_id}to{target_locale_id}"


def mark_of(html: str) -> str:
    """Return what texts with the same words share, whatever kinds of blanks stand between and around them."""
    return blake2b(normal(html).encode(), digest_size=16).hexdigest()


def normal(html: str) -> str:
    """Return a text with one kind of blank, and none around it."""
    return html.strip().replace(NO_BREAK, " ")


def plain(html: str) -> str:
    """Return a text without its marks, in one line."""
    text = str(StringValue(html).render_text()) if "<" in html or "&" in html else html
    return " ".join(text.split())


def forget_for_good() -> None:
    """Leave no word of what was deleted in the database's own index either; slow, so once at the end of an erasure."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO translation_words (translation_words) VALUES ('optimize')")


def _remember(instance: StringTranslation, raw: bool = False, update_fields: Any = None, **_signal: Any) -> None:
    if not raw and (update_fields is None or "data" in update_fields):
        remember([instance])


def _words(html: str) -> str:
    return " ".join(word[:LONGEST_WORD] for word in words_of(plain(html)))
