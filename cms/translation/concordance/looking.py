"""Looks words up in the index of the database: all translations that have them, or those that have most of them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField, TextChoices
from django.db.models.expressions import RawSQL
from django.utils.translation import pgettext_lazy

from cms.translation.concordance.models import Overwritten, Remembered, Worded
from cms.translation.concordance.questions import Question, in_postgresql, in_sqlite
from cms.translation.concordance.remembering import pair_of

MOST = 2_000
"""Texts that are looked at to find those like another one: of all, those that share most of its words."""

TELLING = 8
"""Words by which texts are found that are like another one: the longest, which few texts have."""

BEGINNING = 5
"""Letters of a word by which texts are compared."""

_IN_SQLITE = "{column} IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)"
_INDEXES: dict[type[Worded], tuple[str, str]] = {
    Remembered: ("string_translation_id", "translation_words"),
    Overwritten: ("version_id", "translation_overwritten_words"),
}
"""By which column SQLite's index of the words of a table leads to its rows, and how it is called."""

_ALIKE_IN_SQLITE = "SELECT rowid, {} FROM translation_words WHERE translation_words MATCH %s ORDER BY rank LIMIT %s"
# Where enough texts have all the words, no other one is among the best: so the many that have some are not looked at.
_ALIKE_IN_POSTGRESQL = """
    WITH whole AS MATERIALIZED (
        SELECT string_translation_id AS number, {column} AS words
        FROM translation_remembered WHERE translation_words(pair, {column}) @@ %s::tsquery
        ORDER BY number DESC LIMIT {most}
    ), found AS MATERIALIZED (
        SELECT string_translation_id AS number, {column} AS words, {has}
        FROM translation_remembered
        WHERE translation_words(pair, {column}) @@ %s::tsquery AND (SELECT count(*) FROM whole) < {most}
    ), worth AS (SELECT {worth} FROM found), best AS (
        SELECT number, words FROM found, worth ORDER BY {sum} DESC, number DESC LIMIT {most}
    )
    SELECT number, words FROM whole WHERE (SELECT count(*) FROM whole) = {most} UNION ALL SELECT number, words FROM best
"""
# A word counts the more, the fewer of the texts that were found have it: as SQLite's own rank does.
_HAS = "strpos(' ' || {column}, %s) > 0 AS has_{number}"
_WORTH = "ln(1 + count(*)::float8 / (1 + count(*) FILTER (WHERE has_{number}))) AS worth_{number}"
_SUM = "has_{number}::int * worth_{number}"


class Where(TextChoices):
    """On which side the words are looked for."""

    BOTH = "both", pgettext_lazy("words", "In either")
    SOURCE = "source", pgettext_lazy("words", "In the source")
    TARGET = "target", pgettext_lazy("words", "In the translation")


@dataclass(frozen=True)
class Languages:
    """A pair of languages as somebody looks at it: whichever was translated into the other."""

    source: str
    target: str
    source_id: int
    target_id: int


@dataclass(frozen=True)
class _Side:
    """One column of the index: the pair it belongs to, and the language of its texts."""

    pair: str
    column: str
    language: str


def look_up(question: Question, languages: Languages, where: str, among: type[Worded]) -> RawSQL:
    """Return what to filter remembered or overwritten texts by, to have all those that answer a question."""
    sides = list(_sides(languages, where))
    is_sqlite = connection.vendor == "sqlite"
    sql, parameters = _in_sqlite(question, sides, among) if is_sqlite else _in_postgresql(question, sides)
    return RawSQL(sql, parameters, output_field=BooleanField())  # noqa: S611  our own SQL


def look_alike(words: Collection[str], pair: str, column: str) -> list[tuple[int, str]]:
    """Return those translations that share most of the longest words on one side, with its words; one query."""
    beginnings = sorted(stems_of(sorted(set(words), key=lambda word: (-len(word), word))[:TELLING]))
    if not beginnings:
        return []
    if connection.vendor == "sqlite":
        either = " OR ".join(f'"{word}"*' for word in beginnings)
        return _ask(_ALIKE_IN_SQLITE.format(column), [f'pair : "{pair}" AND {column} : ({either})', MOST])
    numbers = range(len(beginnings))
    sql = _ALIKE_IN_POSTGRESQL.format(
        most=MOST,
        column=column,
        has=", ".join(_HAS.format(column=column, number=number) for number in numbers),
        worth=", ".join(_WORTH.format(number=number) for number in numbers),
        sum=" + ".join(_SUM.format(number=number) for number in numbers),
    )
    every, either = (sign.join(f"'{word}':*" for word in beginnings) for sign in (" & ", " | "))
    return _ask(sql, [f"'{pair}' & {every}", *(f" {word}" for word in beginnings), f"'{pair}' & ({either})"])


def stems_of(words: Iterable[str]) -> frozenset[str]:
    """Return the beginnings of words: endings differ, above all in Finnish and Ukrainian."""
    return frozenset(word[:BEGINNING] for word in words)


def _ask(sql: str, parameters: list[str | int]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _sides(languages: Languages, where: str) -> Iterator[_Side]:
    there = pair_of(languages.source_id, languages.target_id)
    back = pair_of(languages.target_id, languages.source_id)
    if where != Where.TARGET:
        yield _Side(there, "source_words", languages.source)
        yield _Side(back, "target_words", languages.source)
    if where != Where.SOURCE:
        yield _Side(there, "target_words", languages.target)
        yield _Side(back, "source_words", languages.target)


def _in_sqlite(question: Question, sides: list[_Side], among: type[Worded]) -> tuple[str, list[str]]:
    asked = " OR ".join(
        f'(pair : "{side.pair}" AND {side.column} : ({in_sqlite(question, side.language)}))' for side in sides
    )
    column, index = _INDEXES[among]
    return _IN_SQLITE.format(column=column, index=index), [asked]


def _in_postgresql(question: Question, sides: list[_Side]) -> tuple[str, list[str]]:
    conditions, parameters = [], list[str]()
    for side in sides:
        phrases = [f"% {' '.join(phrase)} %" for phrase in question.phrases]
        has_phrases = f" AND ' ' || {side.column} || ' ' LIKE %s" * len(phrases)
        conditions.append(f"(translation_words(pair, {side.column}) @@ %s::tsquery{has_phrases})")
        parameters += [in_postgresql(question, side.language, side.pair), *phrases]
    return " OR ".join(conditions), parameters
