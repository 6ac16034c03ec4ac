"""Names found under all their spellings, which published partners and people say themselves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from cms.content.languages import languages
from cms.content.letters import words_of
from cms.content.stems import SHORTEST_BEGINNING, stem_of, without_endings
from cms.publications.search.models import SearchName
from cms.publications.search.texts import Spelling

MOST_WORDS_OF_A_NAME = 8

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """What one part of a question may be called: a word as it was typed, or a name in all its spellings."""

    typed: Phrase
    spellings: tuple[Phrase, ...] = ()


def names_of(publication_id: int | None, key: UUID, spellings: Iterable[Spelling]) -> Iterator[SearchName]:
    """Yield the rows for the spellings of a name; a person is also found by each name alone."""
    for spelling in dict.fromkeys(spellings):
        words = words_of(spelling.text)
        if not 0 < len(words) <= MOST_WORDS_OF_A_NAME:
            continue
        parts = {"": " ".join(words)}
        if spelling.is_of_a_person and len(words) > 1:
            parts |= {f"{place}/{len(words)}": word for place, word in enumerate(words, 1)}
        for part, text in parts.items():
            stem = _stem(text, spelling.language)
            yield SearchName(publication_id=publication_id, key=key, part=part, text=text[:300], stem=stem[:300])


def units_of(words: Sequence[str], *, using: str = DEFAULT_DB_ALIAS) -> list[Unit]:
    """Return the parts of a question in their order: the longest names that it holds, and the words between them."""
    runs = {run: _as_names(run) for run in _runs(words)}
    known = _Known({name for names in runs.values() for name in names}, using)
    units, place = [], 0
    while place < len(words):
        for length in range(min(MOST_WORDS_OF_A_NAME, len(words) - place), 0, -1):
            run = tuple(words[place : place + length])
            spellings = known.spellings_of(runs[run])
            if spellings or length == 1:
                units.append(Unit(run, tuple(spellings)))
                place += length
                break
    return units


class _Known:
    """The spellings of every name that may be meant, read in one query."""

    SQL = (
        "SELECT DISTINCT asked.text, asked.stem, other.text FROM publications_searchname asked"
        " JOIN publications_searchname other ON other.key = asked.key AND other.part = asked.part"
        " WHERE asked.text IN ({places}) OR asked.stem IN ({places})"
    )

    def __init__(self, names: set[str], using: str) -> None:
        self._spellings: dict[str, dict[Phrase, None]] = {}
        asked = sorted(names)
        with connections[using].cursor() as cursor:
            cursor.execute(self.SQL.format(places=", ".join(["%s"] * len(asked))), asked + asked)
            for text, stem, other in sorted(cursor.fetchall()):
                for name in {text, stem}:
                    self._spellings.setdefault(name, {})[tuple(other.split())] = None

    def spellings_of(self, names: Iterable[str]) -> list[Phrase]:
        return list(dict.fromkeys(spelling for name in names for spelling in self._spellings.get(name, {})))


def _runs(words: Sequence[str]) -> Iterator[Phrase]:
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + MOST_WORDS_OF_A_NAME) + 1):
            yield tuple(words[start:end])


def _as_names(run: Phrase) -> list[str]:
    """Return how a name can be written whose last word was typed with an ending of any language."""
    *before, last = run
    uninflected = dict.fromkeys(form for language in languages() for form in without_endings(last, language))
    stems = dict.fromkeys(_stem(last, language) for language in languages())
    return list(dict.fromkeys(" ".join([*before, form]) for form in (*uninflected, *stems)))


def _stem(name: str, language: str) -> str:
    """Return a name of one word without its ending, when enough remains to know it by."""
    if " " in name:
        return name
    stem = stem_of(name, language)
    return stem if len(stem) >= SHORTEST_BEGINNING else name
