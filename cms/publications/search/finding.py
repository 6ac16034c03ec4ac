"""Finds published texts by their words, the best first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS
from django.db.models.expressions import RawSQL

from cms.publications.freshness import Freshness, freshness
from cms.publications.models import Publication
from cms.publications.rows import Page, read_page
from cms.publications.search.engines import engine
from cms.publications.search.questions import Question, ask
from cms.publications.search.snippets import snippet_of


@dataclass(frozen=True)
class Hit:
    """A text that answers a question, and the part of it that shows so: safe HTML with nothing but `<mark>` in it."""

    row: Publication
    snippet: str


@dataclass(frozen=True)
class Results:
    """Some of the texts that answer a question, the best first; how many do, and how fresh everything is."""

    hits: list[Hit]
    total: int
    freshness: Freshness


def find(
    text: str,
    languages: Sequence[str],
    kinds: Collection[str] = (),
    limit: int = 20,
    offset: int = 0,
    *,
    using: str = DEFAULT_DB_ALIAS,
) -> Results:
    """Return some of the published texts that answer a question.

    Each key comes once, in the first of `languages` that has it, as in lists.
    """
    question = ask(text, languages, using=using)
    if not question:
        return Results([], 0, freshness())
    page = _Hits(question, languages, kinds, using).read(limit, offset)
    hits = [Hit(row, snippet_of(question, row.language, text, row.title)) for row, (text,) in page.rows]
    return Results(hits, page.total, page.freshness)


def matching(text: str, languages: Sequence[str], *, using: str = DEFAULT_DB_ALIAS) -> RawSQL:
    """Return the primary keys of the published texts that answer a question, for a filter of publications."""
    question = ask(text, languages, using=using)
    if not question:
        return RawSQL("SELECT CAST(NULL AS bigint) WHERE 1 = 0", [])
    return _Hits(question, languages, (), using, is_for_a_list=True).primary_keys()


def before_search(using: str = DEFAULT_DB_ALIAS) -> Sequence[str]:
    """Return what a database is told before it searches, so that no question keeps it busy for long."""
    told: Sequence[str] = engine(using).before()
    return told


class _Hits:
    """The texts that answer a question, in SQL: each database finds and weighs words in its own way."""

    ORDER = "page.score DESC, page.published_at DESC, page.key"
    IN_ORDER = f"ORDER BY {ORDER}"

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

    def read(self, limit: int, offset: int) -> Page:
        """Return a page of publications, each with its words, in one query."""
        return read_page(
            (self._sql, self._parameters),
            (f"SELECT * FROM found AS page {self.IN_ORDER} LIMIT %s OFFSET %s", [limit, offset]),  # noqa: S608  our own SQL
            self.ORDER,
            more=["words.text"],
            joined="LEFT JOIN publications_searchtext AS words ON words.publication_id = page.id",
            before=before_search(self._using),
            using=self._using,
        )

    def primary_keys(self) -> RawSQL:
        """Return the SQL for the primary keys of all of them."""
        return RawSQL(f"SELECT id FROM ({self._sql}) AS found", self._parameters)  # noqa: S608, S611  our own SQL
