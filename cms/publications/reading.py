"""Publications out: what can be read, in which language, and what has changed. Knows no HTTP."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, F
from django.db.models.lookups import In

from cms.content.languages import languages as known_languages
from cms.publications.filling import in_order
from cms.publications.freshness import Freshness
from cms.publications.models import Counter, PastPath, Publication, PublicationQuerySet, Status, mark_of
from cms.publications.rows import Page, Sql, read_key, read_page
from cms.publications.search.finding import before_search, matching
from cms.publications.selection import EVERYTHING, NEWEST_FIRST, ORDERS, LookedUpOnce, Selection, select
from frontend_contract.models.shape import KINDS

MOST_HOPS = 10
"""How often one key may have been replaced by another, which was replaced itself."""

NUL = "\0"
"""A sign that PostgreSQL cannot hold, nor be asked for: nothing has it in its address."""


@dataclass(frozen=True)
class Found:
    """A document, in the language asked for or in one that was allowed instead."""

    row: Publication


@dataclass(frozen=True)
class Unknown:
    """There is no such document, or it is to be as if there never was."""


@dataclass(frozen=True)
class NotInThisLanguage:
    """The document exists, but not in the language asked for."""

    kind: str
    key: UUID
    available: list[str]


@dataclass(frozen=True)
class Gone:
    """The document has been taken away in this language."""

    row: Publication
    available: list[str]


@dataclass(frozen=True)
class Redirected:
    """Another key has taken the place of this one; in this language, when it has it."""

    row: Publication
    kind: str
    key: UUID
    next_change_at: datetime | None


@dataclass(frozen=True)
class Moved:
    """The document has another address now."""

    row: Publication


@dataclass(frozen=True)
class Listed:
    """A part of a list, how long the whole is, and how fresh everything is."""

    rows: list[Publication]
    total: int
    freshness: Freshness


Answer = Found | Unknown | NotInThisLanguage | Gone | Redirected


def find_item(language: str, kind: str, key: UUID, fallback: Sequence[str] = ()) -> Answer:
    """Return what there is of a key in a language; a fallback never turns a tombstone into text."""
    allowed = {row.language: row for row in read_key(key, kind, [language, *fallback])}
    if language not in allowed or allowed[language].is_readable:
        for candidate in (language, *fallback):
            if candidate in allowed and allowed[candidate].is_readable:
                return Found(allowed[candidate])
    of_key = Publication.objects.of_keys([key]).of_kind(kind).defer("document", "card")
    rows = {row.language: row for row in of_key}
    asked = rows.get(language)
    if asked and not asked.is_readable:
        return _answer_tombstone(asked, rows)
    available = _available(rows)
    return NotInThisLanguage(kind, key, available) if available else Unknown()


def find_home(language: str) -> Answer:
    """Return the front page of a language."""
    row = Publication.objects.readable().of_kind("home").in_language(language).first()
    return Found(row) if row else Unknown()


def find_by_slug(language: str, kind: str, slug: str) -> Publication | None:
    """Return the publication with this slug, or None."""
    if NUL in slug:
        return None
    return Publication.objects.readable().of_kind(kind).in_language(language).filter(slug=slug).first()


def find_by_path(path: str) -> Answer | Moved:
    """Return what people read at an address of the hub, or what became of what they read there."""
    row = None if NUL in path else Publication.objects.readable().filter(path=path).first()
    return Found(row) if row else _find_by_past_path(path)


def _find_by_past_path(path: str) -> Answer | Moved:
    past = PastPath.objects.filter(mark=mark_of(path)).first()
    rows = {row.language: row for row in Publication.objects.of_keys([past.key])} if past else {}
    row = rows.get(past.language) if past else None
    if row is None:
        return Unknown()
    return Moved(row) if row.is_readable else _answer_tombstone(row, rows)


def list_items(
    language: str,
    kind: str,
    fallback: Sequence[str] = (),
    limit: int = 20,
    offset: int = 0,
    *,
    selection: Selection = EVERYTHING,
    sort: str = NEWEST_FIRST,
) -> Listed:
    """Return a part of the list of a kind, each item once in its best language."""
    if selection == Selection(selection.statuses):
        asked = _list_of(language, kind, tuple(fallback), selection.statuses, sort)
    else:
        rows = select(items(language, kind, fallback, selection.statuses), selection)
        if selection.question:
            hits = matching(selection.question, list(dict.fromkeys([language, *fallback])))
            rows = rows.filter(LookedUpOnce(In(F("pk"), hits)))
        asked = _compile(rows, sort)
    if selection.question:
        return _part_of_found(asked, sort, limit, offset, before=before_search())
    return (_part_of if len(selection.statuses) == 1 else _part_of_found)(asked, sort, limit, offset)


class _List(NamedTuple):
    """The SQL of a list: its rows, its rows in order, and its rows with what they are sorted by."""

    rows: Sql
    ordered: Sql
    with_order: Sql


@lru_cache(500)
def _list_of(language: str, kind: str, fallback: tuple[str, ...], statuses: tuple[str, ...], sort: str) -> _List:
    """Return the SQL of a list that nothing narrows: there are few of them, and Django writes slowly."""
    return _compile(items(language, kind, fallback, statuses), sort)


def _compile(rows: PublicationQuerySet, sort: str) -> _List:
    order = ORDERS[sort]
    with_order = _sql_of(rows.order_by(), *(name.removeprefix("-") for name in order))
    return _List(_sql_of(rows.order_by()), _sql_of(rows.order_by(*order)), with_order)


def _sql_of(rows: PublicationQuerySet, *more: str) -> Sql:
    sql: Sql = rows.values_list("id", *more).query.sql_with_params()
    return sql


def _part_of(asked: _List, sort: str, limit: int, offset: int) -> Listed:
    # Which rows is read in an index; then only these rows are read, however many were passed over.
    sql, parameters = asked.ordered
    part = f"{sql} LIMIT %s OFFSET %s", [*parameters, limit, offset]
    return _listed(read_page(asked.rows, part, _written(ORDERS[sort], "publication")))


def _part_of_found(asked: _List, sort: str, limit: int, offset: int, *, before: Sequence[str] = ()) -> Listed:
    # Words are looked for once, and what the rows are sorted by is read with them. Lists of several statuses come this
    # way, too: in order out of an index, SQLite 3.40 forgets the second status when ANALYZE was run.
    order = ORDERS[sort]
    part = f"SELECT id FROM found ORDER BY {_written(order, 'found')} LIMIT %s OFFSET %s", [limit, offset]  # noqa: S608  our own SQL
    return _listed(read_page(asked.with_order, part, _written(order, "publication"), before=before))


def _listed(page: Page) -> Listed:
    return Listed([row for row, _more in page.rows], page.total, page.freshness)


def _written(order: Sequence[str], table: str) -> str:
    return ", ".join(f"{table}.{name.removeprefix('-')}{' DESC' if name[0] == '-' else ''}" for name in order)


def published_items(language: str, kind: str, fallback: Sequence[str] = ()) -> PublicationQuerySet:
    """Return the published items of a kind, each once in its best language."""
    return items(language, kind, fallback, [Status.PUBLISHED])


def items(language: str, kind: str, fallback: Sequence[str], statuses: Collection[str]) -> PublicationQuerySet:
    """Return the items of a kind that have one of these statuses, each once in its best language."""
    chain = list(dict.fromkeys([language, *fallback]))
    return Publication.objects.of_kind(kind).best_of(chain, statuses)


def changes_since(
    sequence: int,
    languages: Collection[str] = (),
    kinds: Collection[str] = (),
    limit: int = 100,
    *,
    with_documents: bool = True,
) -> tuple[list[Publication], bool]:
    """Return what changed after a place, in order, tombstones included; and whether there is more."""
    rows = Publication.objects.in_language(*languages).of_kind(*kinds).since(sequence)
    left_out = ("card", "title_key") if with_documents else ("card", "title_key", "document")
    found = list(rows.defer(*left_out)[: limit + 1])
    return found[:limit], len(found) > limit


def find_successors(rows: Iterable[Publication]) -> dict[UUID, Publication]:
    """Return by which readable publication each of these keys was replaced, if it was: the last one of a chain.

    Of its languages, the one that time changes first.
    """
    found: dict[UUID, Publication] = {}
    waiting = {row.key: row.replaced_by for row in rows if row.replaced_by}
    for _hop in range(MOST_HOPS):
        if not waiting:
            break
        there = {row.key: row for row in _readable_last(waiting.values())}
        leading = {key: there[to] for key, to in waiting.items() if to in there}
        found |= {key: row for key, row in leading.items() if row.is_readable}
        waiting = {key: row.replaced_by for key, row in leading.items() if row.replaced_by}
    return found


def _readable_last(keys: Iterable[UUID]) -> list[Publication]:
    rows = Publication.objects.of_keys(keys).order_by(F("next_change_at").desc(nulls_first=True))
    return sorted(rows.defer("document", "card"), key=lambda row: row.is_readable)


def current_sequence() -> int:
    """Return the place of the latest change."""
    return Counter.objects.values_list("value", flat=True).filter(pk=1).first() or 0


def position() -> tuple[str, int]:
    """Return epoch and place of the latest change; an empty epoch while nothing has ever been published."""
    with connection.cursor() as cursor:  # asked ten times a second: Django would write its SQL each time
        cursor.execute("SELECT epoch, value FROM publications_counter WHERE id = 1")
        return cursor.fetchone() or ("", 0)


def keys_changed_since(sequence: int, limit: int) -> dict[str, int]:
    """Return, for at most `limit` publications that changed after a place, their key and where it changed."""
    rows = Publication.objects.since(sequence).values_list("key", "sequence")[:limit]
    return {str(key): place for key, place in rows}


def epoch() -> str:
    """Return the name of this order of changes; empty while nothing has ever been published."""
    return Counter.objects.values_list("epoch", flat=True).filter(pk=1).first() or ""


def count_published() -> dict[str, dict[str, int]]:
    """Return how many items lists have in each language of the hub, by kind."""
    counts = Publication.objects.published().values_list("language", "kind").annotate(Count("pk"))
    found = {(language, kind): count for language, kind, count in counts}
    return {language: {kind: found.get((language, kind), 0) for kind in KINDS} for language in known_languages()}


def languages() -> list[str]:
    """Return the languages of this hub whose front door is open."""
    open_doors = set(Publication.objects.readable().of_kind("home").values_list("language", flat=True))
    return [language for language in known_languages() if language in open_doors]


def available_languages(key: UUID) -> list[str]:
    """Return the languages in which a key can be read."""
    return _available({row.language: row for row in Publication.objects.of_keys([key]).readable()})


def _answer_tombstone(row: Publication, rows: dict[str, Publication]) -> Answer:
    match row.status:
        case Status.GONE:
            return Gone(row, _available(rows))
        case Status.REDIRECTED:
            successor = find_successors([row]).get(row.key)
            if successor:
                return Redirected(row, successor.kind, successor.key, successor.next_change_at)
            return Gone(row, _available(rows))
    return Unknown()


def _available(rows: dict[str, Publication]) -> list[str]:
    return in_order(language for language, row in rows.items() if row.is_readable)
