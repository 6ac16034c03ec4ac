"""Search on SQLite: a full-text table (FTS5) of folded words, weighed by place; beginnings of words for stems."""

from django.db import connections

from cms.publications.search.questions import Dialect, Question, expression

DIALECT = Dialect(
    " AND ",
    " OR ",
    lambda form: f'"{form.text}"*' if form.is_beginning else f'"{form.text}"',
    # Weights of columns alone let a rare spelling in a text outdo the title that spells it as usual.
    lambda unit: f"({{title_words name_words}} : {unit} OR {{title_words name_words text_words}} : {unit})",
)

RANK = "-bm25(publications_words, 0.0, 10.0, 6.0, 1.0)"

Sql = tuple[str, list[object]]


def purge(*, using: str) -> None:
    """Leave no word behind of what was forgotten: the index is written anew, or it would hold them until it grows."""
    with connections[using].cursor() as cursor:
        cursor.execute("INSERT INTO publications_words (publications_words) VALUES ('optimize')")


def hits(question: Question, language: str, *, ranked: bool, using: str) -> Sql:
    """Return the SQL for the texts of a language that answer a question: id, score, kind, date, key."""
    sql = (
        f"SELECT publication_id AS id, {RANK if ranked else 0} AS score, kind, published_at, key"  # noqa: S608  our own SQL
        " FROM publications_words JOIN publications_searchtext AS texts ON publication_id = publications_words.rowid"
        " WHERE publications_words MATCH %s AND texts.language = %s"
    )
    asked = expression(question, language, DIALECT)
    return sql, [f'language : "{language}" AND {asked}', language]


def before() -> list[str]:
    """Return nothing: SQLite knows no limit of its own, our backend keeps the one of all reads."""
    return []
