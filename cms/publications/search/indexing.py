"""Makes published texts findable, and forgets those that are not published any more; in the publishing transaction."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet

from cms.content.letters import words_of
from cms.publications.models import Publication, Status
from cms.publications.search.engines import engine
from cms.publications.search.models import SearchName, SearchText
from cms.publications.search.names import names_of
from cms.publications.search.texts import Texts, texts_of
from frontend_contract.models.documents import SUMMARY


def index(rows: Collection[Publication], *, using: str) -> None:
    """Make publications findable as they are now: by what they say when lists show them, else by nothing.

    What search knows rightly is left alone: to write it anew costs more than all else that is stored.
    """
    found = [(row, texts_of(row.document)) for row in rows if _is_searched(row)]
    texts = {row.pk: _search_text(row, said) for row, said in found}
    names = {row.pk: list(names_of(row.pk, row.key, said.names)) for row, said in found}
    _store_texts(texts, [row.pk for row in rows], using)
    _store_names(names, [row.pk for row in rows], using)


def forget(rows: Collection[Publication], *, using: str) -> None:
    """Keep no word of these publications."""
    pks = [row.pk for row in rows]
    SearchName.objects.using(using).filter(publication__in=pks)._raw_delete(using)
    SearchText.objects.using(using).filter(publication__in=pks)._raw_delete(using)


def purge(*, using: str) -> None:
    """Leave nothing of what was forgotten in the database's own index either; slow, so once in a transaction."""
    engine(using).purge(using=using)


def wrongly_indexed(keys: Collection[UUID], *, using: str) -> list[Publication]:
    """Return the publications of these keys that search knows otherwise than they are."""
    return _wrong_among(Publication.objects.using(using).of_keys(keys))


def mend(keys: Collection[UUID], *, besides: Iterable[Publication], using: str) -> int:
    """Make search know the publications of these keys as they are, `besides` those just written; return how many."""
    rows = Publication.objects.using(using).of_keys(keys).exclude(pk__in=[row.pk for row in besides])
    wrong = _wrong_among(rows)
    if wrong:
        index(wrong, using=using)
    return len(wrong)


def _store_texts(wanted: dict[int, SearchText], pks: Collection[int], using: str) -> None:
    texts = SearchText.objects.using(using)
    known = {values[0]: values for values in texts.filter(publication__in=pks).values_list(*_COLUMNS)}
    over = known.keys() - wanted
    if over:
        texts.filter(publication__in=over)._raw_delete(using)
    texts.bulk_create(
        [text for pk, text in wanted.items() if known.get(pk) != _fields(text)],
        update_conflicts=True,
        unique_fields=_COLUMNS[:1],
        update_fields=_COLUMNS[1:],
    )


def _store_names(wanted: dict[int, list[SearchName]], pks: Collection[int], using: str) -> None:
    names = SearchName.objects.using(using)
    known: dict[int, list[Any]] = {}
    for pk, *said in names.filter(publication__in=pks).order_by("pk").values_list("publication", *_SAID):
        known.setdefault(pk, []).append(tuple(said))
    wrong = [pk for pk in pks if known.get(pk, []) != [_said(name) for name in wanted.get(pk, ())]]
    over = [pk for pk in wrong if pk in known]
    if over:
        names.filter(publication__in=over)._raw_delete(using)
    names.bulk_create(name for pk in wrong for name in wanted.get(pk, ()))


def _wrong_among(rows: QuerySet[Publication]) -> list[Publication]:
    return [row for row in rows.select_related("search_text") if not _is_right(row)]


def _is_searched(row: Publication) -> bool:
    return row.status == Status.PUBLISHED and row.kind in SUMMARY


def _is_right(row: Publication) -> bool:
    known: SearchText | None = getattr(row, "search_text", None)
    if known is None or not _is_searched(row):
        return known is None and not _is_searched(row)
    wanted = _search_text(row, texts_of(row.document))
    return _fields(known) == _fields(wanted)


def _search_text(row: Publication, texts: Texts) -> SearchText:
    return SearchText(
        publication=row,
        key=row.key,
        language=row.language,
        kind=row.kind,
        published_at=cast(datetime, row.published_at),  # whatever is published has one
        title_words=_words(texts.title),
        name_words=_words("\n".join(dict.fromkeys(spelling.text for spelling in texts.names))),
        text_words=_words(texts.text),
        text=texts.text,
    )


def _words(text: str) -> str:
    return " ".join(words_of(text))


def _fields(text: SearchText) -> tuple[object, ...]:
    return tuple(getattr(text, field.attname) for field in SearchText._meta.concrete_fields)


def _said(name: SearchName) -> tuple[object, ...]:
    return tuple(getattr(name, field) for field in _SAID)


_COLUMNS = [field.name for field in SearchText._meta.concrete_fields]
_SAID = ("key", "part", "text", "stem")
