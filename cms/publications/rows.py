"""Publications read with SQL that is written once: Django would write it anew for each answer, which costs most of it.

Each function asks the database once.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from cms.publications.freshness import FACTS, FROM_COUNTER, Freshness, freshness_of, moment
from cms.publications.models import READABLE, Publication

COLUMNS = ("id", "key", "kind", "language", "status", "changed_at", "document", "title", "path", "notice", "notice_at")
"""What a public document is made of, in the order of the model's fields."""

_READ = ", ".join(f"publication.{column}" for column in COLUMNS)
_ITEM = f"SELECT {_READ} FROM publications_publication AS publication WHERE key = %s AND kind = %s AND language IN "  # noqa: S608  our own SQL
_LINKED = (
    "SELECT CAST(key AS text), kind, language, status, path, title, next_change_at, CAST(card AS text)"  # noqa: S608  our own SQL
    f" FROM publications_publication WHERE (status IN {tuple(map(str, READABLE))} OR language = %s) AND key IN "
)

Sql = tuple[str, Sequence[Any]]


class Linked(NamedTuple):
    """A publication as those that link to it see it; a tombstone has no path, and nothing to show."""

    key: str
    kind: str
    language: str
    status: str
    path: str
    title: str
    next_change_at: datetime | None
    card: str


class Page(NamedTuple):
    """Some publications, each with what else was asked for; how many there are, and how fresh everything is."""

    rows: list[tuple[Publication, tuple[Any, ...]]]
    total: int
    freshness: Freshness


def read_key(key: UUID, kind: str, languages: Collection[str]) -> list[Publication]:
    """Return the publications of a key in these languages."""
    rows = _ask(f"{_ITEM}({_places(languages)})", [key.hex, kind, *languages])
    return [_publication(values, DEFAULT_DB_ALIAS) for values in rows]


def read_linked(keys: Collection[str], language: str) -> Iterator[Linked]:
    """Yield what can be read of these keys, in every language, and their tombstones in the language asked for."""
    if keys:
        for row in _ask(f"{_LINKED}({_places(keys)})", [language, *(key.replace("-", "") for key in keys)]):
            key, kind, language, status, path, title, next_change_at, card = row
            yield Linked(_key(key), kind, language, status, path, title, moment(next_change_at), card)


def read_page(
    found: Sql,
    page: Sql,
    order: str,
    *,
    more: Sequence[str] = (),
    joined: str = "",
    before: Sequence[str] = (),
    using: str = DEFAULT_DB_ALIAS,
) -> Page:
    """Return the publications that `page` names, how many `found` names, and how fresh everything is.

    Both are SQL; `page` may choose from `found`, and gives at least the `id`. `more` are other columns to read, of
    tables that are `joined`. What is to be said `before` is sent along.
    """
    columns = ", ".join([FACTS, "(SELECT COUNT(*) FROM found)", _READ, *more])
    sql = (
        # Found and counted before anything else is read: there may be thousands.
        f"WITH found AS ({found[0]}), page AS ({page[0]}) SELECT {columns} {FROM_COUNTER}"
        " LEFT JOIN page ON TRUE LEFT JOIN publications_publication AS publication ON publication.id = page.id"
        f" {joined} WHERE counter.id = 1 ORDER BY {order}"
    )
    rows = _ask(sql, [*found[1], *page[1]], before=before, using=using)
    if not rows:
        return Page([], 0, Freshness())
    facts, total = rows[0][:4], rows[0][4]
    there = [row[5:] for row in rows if row[5] is not None]
    many = len(COLUMNS)
    return Page([(_publication(row[:many], using), row[many:]) for row in there], total, freshness_of(facts))


def _ask(
    sql: str, parameters: Sequence[Any], *, before: Sequence[str] = (), using: str = DEFAULT_DB_ALIAS
) -> list[tuple[Any, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute("; ".join([*before, sql]), parameters)
        for _statement in before:
            cursor.nextset()
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _publication(values: Sequence[Any], using: str) -> Publication:
    pk, key, kind, language, status, changed_at, *texts, notice_at = values
    of_model = (pk, key if type(key) is UUID else UUID(key), kind, language, status, moment(changed_at))
    return Publication.from_db(using, COLUMNS, (*of_model, *texts, moment(notice_at)))


def _key(text: str) -> str:
    """Return a key as the contract writes it: SQLite stores it without hyphens."""
    return text if "-" in text else f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _places(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))
