"""Finds published texts by their words, the best first."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.expressions import RawSQL

from cms.publications.models import Publication
from cms.publications.search.engines import engine
from cms.publications.search.questions import Question, ask
from cms.publications.search.snippets import snippet_of

READ = ("id", "key", "kind", "language", "status", "changed_at", "path", "document", "notice", "notice_at", "title")
"""What is read of a publication that was found: what a public document is made of."""


@dataclass(frozen=True)
class Hit:
    """A text that answers a question, and the part of it that shows so: safe HTML with nothing but `<mark>` in it."""

    row: Publication
    snippet: str


def find(
    text: str,
    languages: Sequence[str],
    kinds: Collection[str] = (),
    limit: int = 20,
    offset: int = 0,
    *,
    using: str = DEFAULT_DB_ALIAS,
) -> tuple[list[Hit], int]:
    """Return some of the published texts that answer a question, the best first; and how many do.

    Each key comes once, in the first of `languages` that has it, as in lists.
    """
    with bounded(using):
        question = ask(text, languages, using=using)
        if not question:
            return [], 0
        hits = _Hits(question, languages, kinds, using)
        rows = hits.read(limit, offset)
        total = rows[0].total if rows else hits.count() if offset else 0
    return [Hit(row, snippet_of(question, row.language, row.found_text, row.title)) for row in rows], total


def matching(text: str, languages: Sequence[str], *, using: str = DEFAULT_DB_ALIAS) -> RawSQL:
    """Return the primary keys of the published texts that answer a question, for a filter of publications."""
    question = ask(text, languages, using=using)
    if not question:
        return RawSQL("SELECT CAST(NULL AS bigint) WHERE 1 = 0", [])
    return _Hits(question, languages, (), using, is_for_a_list=True).primary_keys()


def bounded(using: str = DEFAULT_DB_ALIAS) -> AbstractContextManager[None]:
    """Let no question inside keep the database busy for long, where the database can see to it."""
    limit: AbstractContextManager[None] = engine(using).bounded(using)
    return limit


class _Hits:
    """The texts that answer a question, in SQL: each database finds and weighs words in its own way."""

    IN_ORDER = "ORDER BY page.score DESC, page.published_at DESC, page.key"

    def __init__(
        self,
        question: Question,
        languages: Sequence[str],
        kinds: Collection[str],
        using: str,
        *,
        is_for_a_list: bool = False,
    ) -> None:
        self._using = using
        search, ranked = engine(using).hits, not is_for_a_list
        parts = [search(question, language, ranked=ranked, using=using) for language in languages]
        found = " UNION ALL ".join(sql for sql, _parameters in parts)
        self._parameters = [parameter for _sql, parameters in parts for parameter in parameters]
        conditions = ["1 = 1"]
        if kinds:
            conditions.append(f"kind IN ({', '.join(['%s'] * len(kinds))})")
            self._parameters += kinds
        if not is_for_a_list and len(languages) > 1:
            best = Publication.objects.using(using).best_of(languages).order_by().values("pk")
            sql, parameters = best.query.get_compiler(using).as_sql()
            conditions.append(f"id IN ({sql})")
            self._parameters += parameters
        self._sql = f"SELECT * FROM ({found}) AS found WHERE {' AND '.join(conditions)}"  # noqa: S608  our own SQL

    def read(self, limit: int, offset: int) -> list[Any]:
        """Return a page of publications with what was found of them, in one query."""
        columns = ", ".join(f"publication.{column}" for column in READ)
        sql = (
            # Weighed and counted before anything else is read of them: there may be thousands.
            f"WITH found AS MATERIALIZED ({self._sql}),"  # noqa: S608  our own SQL
            f" page AS (SELECT * FROM found AS page {self.IN_ORDER} LIMIT %s OFFSET %s)"
            f" SELECT {columns}, words.text AS found_text, (SELECT COUNT(*) FROM found) AS total FROM page"
            " JOIN publications_publication AS publication ON publication.id = page.id"
            f" JOIN publications_searchtext AS words ON words.publication_id = page.id {self.IN_ORDER}"
        )
        return list(Publication.objects.using(self._using).raw(sql, [*self._parameters, limit, offset]))

    def primary_keys(self) -> RawSQL:
        """Return the SQL for the primary keys of all of them."""
        return RawSQL(f"SELECT id FROM ({self._sql}) AS found", self._parameters)  # noqa: S608, S611  our own SQL

    def count(self) -> int:
        """Return how many there are."""
        with connections[self._using].cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({self._sql}) AS found", self._parameters)  # noqa: S608  our own SQL
            return int(cursor.fetchone()[0])
