"""Search on PostgreSQL: stems of the language, weighed by place; similar titles where the language has no stemmer."""

from django.db import connections

from cms.publications.search.questions import Dialect, Question, expression

CONFIGURATIONS = {"sv": "misto_sv", "fi": "misto_fi", "en": "misto_en"}
"""Made by the migration: the stemmer of the language and no list of stop words, as texts come without marks."""

LONGEST_SEARCH = 2_000
"""Milliseconds after which PostgreSQL gives up a search."""

WEIGHTS = "{0.1, 0.1, 0.6, 1.0}"
"""Of D, C, B and A: the text, nothing, names, the title."""

LEAST_SIMILAR = 0.5
"""Share of three-letter groups that a word has in common with one in a title: a slip in seven letters is forgiven."""

MOST_SIMILAR_WORDS = 3
"""Words of a question for which similar titles are looked for; more take long, and a slip spoils less of them."""

MOST_SIMILAR = 200
"""Titles that are looked at for a slip; each that is found costs ten times as much as one with the words."""

DIALECT = Dialect(" & ", " | ", lambda form: f"'{form.text}':*" if form.is_beginning else f"'{form.text}'")

Sql = tuple[str, list[object]]


def purge(*, using: str) -> None:
    """Nothing: what is deleted here is out of every index, and vacuuming is the database's own."""


def hits(question: Question, language: str, *, ranked: bool, using: str) -> Sql:
    """Return the SQL for the texts of a language that answer a question: id, score, kind, date, key."""
    configuration = _configuration(language)
    score = f"ts_rank('{WEIGHTS}', vector, asked, 1)" if ranked else "0::real"
    sql = (
        f"SELECT publication_id AS id, {score} AS score, kind, published_at, key"  # noqa: S608  our own SQL
        " FROM publications_searchtext, to_tsquery(%s::regconfig, %s) AS asked WHERE language = %s AND vector @@ asked"
    )
    parameters: list[object] = [configuration, expression(question, language, DIALECT), language]
    if configuration != "simple" or not _may_be_similar(question, using):
        return sql, parameters
    # Only when no text has the words: to compare letters takes ten times as long as to weigh words.
    either = (
        f"SELECT * FROM (WITH words AS MATERIALIZED ({sql}) SELECT * FROM words UNION ALL"  # noqa: S608  our own SQL
        " (SELECT publication_id, word_similarity(%s, head), kind, published_at, key FROM publications_searchtext"
        f" WHERE language = %s AND head %%> %s AND NOT EXISTS (SELECT FROM words) LIMIT {MOST_SIMILAR})) AS either"
    )
    return either, [*parameters, question.typed, language, question.typed]


def before() -> list[str]:
    """Return what is sent along with a search, for it alone: after how long to give up, and what counts as similar."""
    return [
        f"SET LOCAL statement_timeout = {LONGEST_SEARCH}",
        f"SET LOCAL pg_trgm.word_similarity_threshold = {LEAST_SIMILAR}",
    ]


def _configuration(language: str) -> str:
    return CONFIGURATIONS.get(language.partition("-")[0], "simple")


def _may_be_similar(question: Question, using: str) -> bool:
    return len(question.typed.split()) <= MOST_SIMILAR_WORDS and _knows_similar_words(using)


def _knows_similar_words(using: str) -> bool:
    """Whether this database has pg_trgm, which a role without the right to it cannot install."""
    connection = connections[using]
    known = getattr(connection, "knows_similar_words", None)
    if known is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')")
            known = cursor.fetchone()[0]
        connection.knows_similar_words = known  # type: ignore[attr-defined]  # asked once for each connection
    return bool(known)
