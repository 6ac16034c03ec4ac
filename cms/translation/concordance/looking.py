"""Looks words up in the index of the database: the numbers of the newest translations that have them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from cms.translation.concordance.questions import Question, in_postgresql, in_sqlite
from cms.translation.concordance.remembering import pair_of

MOST = 2_000
"""Translations that are looked through, the newest first: who is after an older one asks for more words."""

TELLING = 8
"""Words by which texts are found that are like another one: the longest, which few texts have."""

BEGINNING = 5
"""Letters of a word by which texts are compared."""

_SQLITE = "SELECT rowid{} FROM translation_words WHERE translation_words MATCH %s ORDER BY rowid DESC LIMIT %s"
# By a sum, or PostgreSQL might rather walk through all rows from the newest on, and make the words of each anew.
_POSTGRESQL = (
    "SELECT string_translation_id{} FROM translation_remembered"
    " WHERE {} ORDER BY string_translation_id + 0 DESC LIMIT %s"
)


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


def look_up(question: Question, languages: Languages, where: str) -> list[int]:
    """Return the numbers of the newest translations that answer a question; one query."""
    sides = list(_sides(languages, where))
    found = _ask(*(_in_sqlite if connection.vendor == "sqlite" else _in_postgresql)(question, sides))
    return [number for (number,) in found]


def look_alike(words: Collection[str], pair: str, column: str) -> list[tuple[int, str]]:
    """Return the newest translations that share one of the longest words on one side, with its words; one query."""
    beginnings = sorted(stems_of(sorted(set(words), key=lambda word: (-len(word), word))[:TELLING]))
    if not beginnings:
        return []
    if connection.vendor == "sqlite":
        either = " OR ".join(f'"{word}"*' for word in beginnings)
        return _ask(_SQLITE.format(f", {column}"), [f'pair : "{pair}" AND {column} : ({either})', MOST])
    either = " | ".join(f"'{word}':*" for word in beginnings)
    condition = f"translation_words(pair, {column}) @@ %s::tsquery"
    return _ask(_POSTGRESQL.format(f", {column}", condition), [f"'{pair}' & ({either})", MOST])


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


def _in_sqlite(question: Question, sides: list[_Side]) -> tuple[str, list[str | int]]:
    asked = " OR ".join(
        f'(pair : "{side.pair}" AND {side.column} : ({in_sqlite(question, side.language)}))' for side in sides
    )
    return _SQLITE.format(""), [asked, MOST]


def _in_postgresql(question: Question, sides: list[_Side]) -> tuple[str, list[str | int]]:
    conditions, parameters = [], list[str | int]()
    for side in sides:
        phrases = [f"% {' '.join(phrase)} %" for phrase in question.phrases]
        has_phrases = f" AND ' ' || {side.column} || ' ' LIKE %s" * len(phrases)
        conditions.append(f"(translation_words(pair, {side.column}) @@ %s::tsquery{has_phrases})")
        parameters += [in_postgresql(question, side.language, side.pair), *phrases]
    return _POSTGRESQL.format("", " OR ".join(conditions)), [*parameters, MOST]
