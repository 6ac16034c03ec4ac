"""Keeps what is remembered of each translated string and of what it was: in the same transaction as each change."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models.signals import post_save
from wagtail_localize.models import String, StringTranslation
from wagtail_localize.strings import StringValue

from cms.content.letters import words_of
from cms.translation.concordance.models import Overwritten, Remembered

if TYPE_CHECKING:
    from cms.translation.models import StringVersion

NO_BREAK = "\xa0"

LONGEST_WORD = 100
"""Letters of a word that are compared; what is longer is no word, and more than an index takes."""


def connect() -> None:
    """Remember from now on."""
    post_save.connect(_remember, sender=StringTranslation)
    post_save.connect(_remember_overwritten, sender="translation.StringVersion")


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
    return _facts(row.context.object_id, row.translation_of, row.locale_id, row.data, row.updated_at)


def is_overwriting(version: "StringVersion") -> bool:
    """Whether something else stood there before this change."""
    return bool(version.before) and version.before != version.after


def facts_of_overwritten(version: "StringVersion") -> dict[str, Any]:
    """Return what is remembered of what a change has overwritten."""
    return _facts(version.context.object_id, version.string, version.locale_id, version.before, version.changed_at)


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
            for table in ("translation_words", "translation_overwritten_words"):
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608  our own SQL


def _remember(instance: StringTranslation, raw: bool = False, update_fields: Any = None, **_signal: Any) -> None:
    if not raw and (update_fields is None or "data" in update_fields):
        remember([instance])


def _remember_overwritten(instance: "StringVersion", created: bool = False, raw: bool = False, **_signal: Any) -> None:
    if created and not raw and is_overwriting(instance):
        Overwritten.objects.create(version=instance, **facts_of_overwritten(instance))


def _facts(key: UUID, source: String, target: int, html: str, at: datetime) -> dict[str, Any]:
    return {
        "key": key,
        "target_id": target,
        "pair": pair_of(source.locale_id, target),
        "source_mark": mark_of(source.data),
        "target_mark": mark_of(html),
        "source_words": _words(source.data),
        "target_words": _words(html),
        "at": at,
    }


def _words(html: str) -> str:
    return " ".join(word[:LONGEST_WORD] for word in words_of(plain(html)))
