"""Which items of a kind a list shows, and in which order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, CharField, Exists, F, Func, OuterRef, Q, Subquery
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler

from cms.content.languages import languages
from cms.publications.models import Dependency, Publication, PublicationQuerySet, Status

ORDERS = {
    "-published_at": ("-published_at", "key"),
    "published_at": ("published_at", "key"),
    "-updated_at": ("-updated_at", "key"),
    "updated_at": ("updated_at", "key"),
    "title": ("title_key", "key"),
}
"""How lists can be sorted, by the word that asks for it; the first is taken when nobody asks."""

NEWEST_FIRST = next(iter(ORDERS))


@dataclass(frozen=True)
class Selection:
    """What narrows a list: of each field any of its values, of all fields all; an empty field narrows nothing."""

    statuses: tuple[str, ...] = (Status.PUBLISHED.value,)
    ids: tuple[UUID, ...] = ()
    partners: tuple[UUID, ...] = ()
    partnerships: tuple[UUID, ...] = ()
    people: tuple[UUID, ...] = ()
    topics: tuple[str, ...] = ()
    published_from: datetime | None = None
    published_to: datetime | None = None
    updated_since: datetime | None = None
    question: str = ""


EVERYTHING = Selection()


def select(rows: PublicationQuerySet, selection: Selection) -> PublicationQuerySet:
    """Return those of the rows that fit.

    What a row links to counts only while somebody can read it: a hidden person is not found by asking for it.
    """
    rows = rows.filter(*_conditions(selection))
    for kind in ("partners", "partnerships", "people"):
        keys = getattr(selection, kind)
        if keys:
            rows = _linking_to(_there(kind).of_keys(keys), rows)
    if selection.topics:
        rows = _linking_to(_there("topics").filter(card__code__in=selection.topics), rows)
    return rows


def _there(kind: str) -> PublicationQuerySet:
    """Return what can be read of a kind; the languages are named because indexes begin with them."""
    return Publication.objects.of_kind(kind).in_language(*languages()).readable()


def _linking_to(targets: PublicationQuerySet, rows: PublicationQuerySet) -> PublicationQuerySet:
    """Return what names, quotes or links to one of these, in its fields or in its text.

    Counted over 4,000 rows this takes 2 ms. SQLite asks row by row, in the order of the list: from the links back it
    takes 23 ms. PostgreSQL looks the links up once: free to join, it would join each row with the whole of a table that
    it has not counted yet, and a hundred items take seconds.
    """
    links = Dependency.objects.filter(_Among(F("target"), Subquery(targets.values_list(_AsTarget("key")))))
    if connections[rows.db].vendor == "postgresql":
        return rows.filter(LookedUpOnce(In(F("pk"), links.values("publication"))))
    return rows.filter(Exists(links.filter(publication=OuterRef("pk"))))


class _Among(Func):
    """Whether a value is one of those of a subquery, which PostgreSQL is to read first, and once."""

    output_field = BooleanField()
    arity = 2
    arg_joiner = " IN "
    template = "%(expressions)s"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Put the values into an array."""
        return self.as_sql(compiler, connection, template="%(expressions)s)", arg_joiner=" = ANY(ARRAY", **context)


class LookedUpOnce(Func):
    """A condition with a subquery that PostgreSQL reads once, and does not make a join of."""

    output_field = BooleanField()
    template = "%(expressions)s"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Make the condition one that cannot become a join."""
        return self.as_sql(compiler, connection, template="(%(expressions)s) IS TRUE", **context)


class _AsTarget(Func):
    """A key as dependencies write it: SQLite stores keys without hyphens."""

    template = "CAST(%(expressions)s AS text)"
    output_field = CharField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Put the hyphens in."""
        parts = "||'-'||".join(f"substr(%(expressions)s, {first}, {many})" for first, many in _GROUPS)
        return self.as_sql(compiler, connection, template=parts, **context)


_GROUPS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))


def _conditions(selection: Selection) -> Iterator[Q]:
    asked: dict[str, Any] = {
        "key__in": selection.ids,
        "published_at__gte": selection.published_from,
        "published_at__lte": selection.published_to,
        "updated_at__gte": selection.updated_since,
    }
    for lookup, value in asked.items():
        if value:
            yield Q(**{lookup: value})
