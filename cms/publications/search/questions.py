"""What is looked for: the words of a question, and how they are asked for in each language and database."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS

from cms.publications.search.letters import words_of
from cms.publications.search.names import Phrase, Unit, units_of
from cms.publications.search.stems import SHORTEST, Form, forms_of, is_small

MOST_WORDS = 10
"""Words of a question that count; more would make it slow and find nothing."""


@dataclass(frozen=True)
class Question:
    """The parts of which a text must have all, and the whole of it as it was typed."""

    units: tuple[Unit, ...]
    typed: str

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.units)


@dataclass(frozen=True)
class Dialect:
    """How a database writes a question: all of these, any of these, a word or a beginning."""

    all_of: str
    any_of: str
    write: Callable[[Form], str]


def ask(text: str, asked_languages: Sequence[str], *, using: str = DEFAULT_DB_ALIAS) -> Question:
    """Return the question that a text asks; one without any word in it finds nothing."""
    words = list(dict.fromkeys(words_of(text)))[:MOST_WORDS]
    if not words:
        return Question((), "")
    units = units_of(words, using=using)
    telling = [unit for unit in units if not _is_small(unit, asked_languages)]
    return Question(tuple(telling or units), " ".join(words))


def expression(question: Question, language: str, dialect: Dialect) -> str:
    """Return the question to texts of a language as a database reads it."""
    return _joined(dialect.all_of, (_any_spelling(unit, language, dialect) for unit in question.units))


def forms_in(unit: Unit, language: str) -> list[list[Form]]:
    """Return, for each way a unit may be written, the forms of all its words."""
    typed = [_forms(word, language, is_name=False) for word in unit.typed]
    spellings = [
        _forms(word, language, is_name=True) for phrase in unit.spellings for word in _telling(phrase, language)
    ]
    return [*typed, *spellings]


def _any_spelling(unit: Unit, language: str, dialect: Dialect) -> str:
    def write(phrase: Phrase, *, is_name: bool) -> str:
        words = (_forms(word, language, is_name=is_name) for word in _telling(phrase, language))
        return _joined(dialect.all_of, (_joined(dialect.any_of, map(dialect.write, forms)) for forms in words))

    spellings = [write(phrase, is_name=True) for phrase in unit.spellings]
    return _joined(dialect.any_of, dict.fromkeys([write(unit.typed, is_name=False), *spellings]))


def _forms(word: str, language: str, *, is_name: bool) -> list[Form]:
    """Return the forms of a word; a name is found by its beginning, in whichever language it is inflected."""
    beginning = [Form(word, is_beginning=True)] if is_name and len(word) >= SHORTEST else []
    return list(dict.fromkeys([*forms_of(word, language), *beginning]))


def _telling(phrase: Phrase, language: str) -> Phrase:
    return tuple(word for word in phrase if not is_small(word, language)) or phrase


def _is_small(unit: Unit, asked_languages: Iterable[str]) -> bool:
    return len(unit.typed) == 1 and any(is_small(unit.typed[0], language) for language in asked_languages)


def _joined(sign: str, parts: Iterable[str]) -> str:
    return f"({sign.join(parts)})"
