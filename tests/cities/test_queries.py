"""However much there is, an answer costs the same few queries."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from cms.publications.models import Dependency, Publication
from cms.publications.search.indexing import index
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.publishing import publish_noted

MOST = {
    # the rows, how many there are and how fresh everything is; what they link to and their languages
    "/sv/news": 2,
    "/sv/news?include=body&limit=100": 2,
    "/sv/news?fallback=uk,fi&limit=100": 2,
    "/sv/news?partner={umea}&person={janet},{anders}&topic=democracy&published_from=2024-01-01&sort=title&limit=100": 2,
    # spellings of names, and the same
    "/sv/search?q=samarbete&limit=100": 3,
    "/sv/news?q=samarbete&limit=100": 3,
    # how fresh everything is; the changes
    "/changes": 2,
    # and one a language for what the documents link to
    "/changes?include=document": 6,
    # the path; how fresh everything is
    "/sv/lookup?path=/sv/umea/news/umea-ingar-samarbete-med-cherson": 2,
    # how fresh everything is; the counts
    "/status": 2,
}


@pytest.fixture
def hundred(seed: Seed) -> Iterator[Callable[[], None]]:
    """An act that makes a hundred publications of the seed article, as only this test sees them: without pages."""
    made: list[Publication] = []

    def copy() -> None:
        publish_noted()
        original = Publication.objects.get(key=seed.article.translation_key, language="sv")
        links = list(original.dependencies.all())
        for number in range(99):
            made.append(_copy(original, links, number))

    yield copy
    Publication.objects.filter(pk__in=[row.pk for row in made]).delete()


def _copy(original: Publication, links: list[Dependency], number: int) -> Publication:
    row = Publication(
        **{field.attname: getattr(original, field.attname) for field in Publication._meta.concrete_fields}
    )
    row.pk, row.key, row.path, row.sequence = None, uuid4(), f"{original.path}-{number}", 1_000_000 + number
    row.document = original.document.replace(str(original.key), str(row.key))
    row.save()
    values = ("target", "at", "appointment", "required")
    Dependency.objects.bulk_create(
        Dependency(publication=row, **{name: getattr(link, name) for name in values}) for link in links
    )
    index([row], using=DEFAULT_DB_ALIAS)
    return row


@pytest.mark.parametrize("address", MOST)
def test_a_hundred_items_cost_no_more_than_one(
    city: City, seed: Seed, hundred: Callable[[], None], address: str
) -> None:
    keys = {"umea": seed.room.section("umea", "sv"), "janet": seed.janet, "anders": seed.anders}
    asked = address.format(**{name: page.translation_key for name, page in keys.items()})
    with_one = _count(city, asked)
    hundred()
    assert city.get("/sv/news")["total"] == 100
    assert _count(city, asked) == with_one == MOST[address]


def test_an_item_costs_two_queries(city: City, seed: Seed) -> None:
    # its rows in all languages; what it links to and its languages
    assert _count(city, f"/sv/news/{seed.id}") == 2


@pytest.mark.parametrize("address", ["/sv/news", "/sv/news?fallback=uk,fi&limit=100", "/sv/news/{article}"])
def test_django_writes_no_query_anew(city: City, seed: Seed, address: str) -> None:
    """It took a third of the time of an answer that nobody had kept."""
    asked = address.format(article=seed.id)
    city.get(asked)
    with patch.object(SQLCompiler, "as_sql", side_effect=AssertionError("Django wrote SQL")):
        city.get(asked)


@pytest.mark.parametrize("address", ["/languages", "/api-info", "/openapi.json", "/docs", "//health/live"])
def test_what_never_changes_asks_no_database(city: City, seed: Seed, address: str) -> None:
    assert _count(city, address) == 0


MOST_ROWS = 30_000
"""Of a hundred items and their nine hundred links, read and joined for an answer of all of them."""


@pytest.mark.postgresql
@pytest.mark.parametrize("pages", [0, 5, 2_000])
@pytest.mark.parametrize("address", [address for address in MOST if "lookup" not in address])
def test_a_hundred_items_are_not_joined_with_each_other_before_they_were_counted(
    city: City, seed: Seed, hundred: Callable[[], None], address: str, pages: int
) -> None:
    """PostgreSQL counts a table now and then; till then it may take it for empty, however many pages it has."""
    keys = {"umea": seed.room.section("umea", "sv"), "janet": seed.janet, "anders": seed.anders}
    asked = address.format(**{name: page.translation_key for name, page in keys.items()})
    hundred()
    tables = [Publication._meta.db_table, Dependency._meta.db_table]
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM pg_statistic WHERE starelid IN (SELECT oid FROM pg_class WHERE relname = ANY(%s))", [tables]
        )
        cursor.execute(
            "UPDATE pg_class SET reltuples = 0, relpages = %s WHERE relname = ANY(%s) OR oid IN (SELECT indexrelid"
            " FROM pg_index JOIN pg_class AS named ON named.oid = indrelid WHERE named.relname = ANY(%s))",
            [pages, tables, tables],
        )
        with CaptureQueriesContext(connection) as queries:
            city.get(asked)
        for query in queries.captured_queries:
            *before, read = query["sql"].split("; ")
            for statement in before:
                cursor.execute(statement)
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {read}")
            assert _rows_of(cursor.fetchone()[0][0]["Plan"]) < MOST_ROWS, read


def _rows_of(plan: dict[str, Any]) -> int:
    dropped = sum(many for name, many in plan.items() if name.startswith("Rows Removed by"))
    own: int = plan["Actual Loops"] * (plan["Actual Rows"] + dropped)
    return own + sum(map(_rows_of, plan.get("Plans", [])))


def _count(city: City, address: str) -> int:
    city.ask(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        city.ask(address)
    return len(queries)
