"""What is looked for: the words of a question, and how they are asked for in each language and database."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS

from cms.content.letters import words_of
from cms.content.stems import SHORTEST, Form, forms_of, is_of_name, is_small
from cms.publications.search.names import Phrase, Unit, units_of

MOST_WORDS = 10
"""Words of a question that count; more would make it slow and find nothing."""


LONGEST_ENDING_OF_A_NAME = 1
"""Letters by which a name grows when its last vowel gives way to an ending; where it keeps all its letters, any."""


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
    """How a database writes a question: all of these, any of these, a word or a beginning, a unit weighed by place."""

    all_of: str
    any_of: str
    write: Callable[[Form], str]
    weigh: Callable[[str], str] = str


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


def forms_in(unit: Unit, language: str) -> list[Form]:
    """Return the forms of all words of a unit, however it is written in texts of a language."""
    words = [*unit.typed, *(word for phrase in unit.spellings for word in _telling(phrase, language))]
    return [form for word in words for form in _forms(word, unit, language)]


def _any_spelling(unit: Unit, language: str, dialect: Dialect) -> str:
    def write(phrase: Phrase) -> str:
        words = (_forms(word, unit, language) for word in _telling(phrase, language))
        return _joined(dialect.all_of, (_joined(dialect.any_of, map(dialect.write, forms)) for forms in words))

    return dialect.weigh(_joined(dialect.any_of, dict.fromkeys(map(write, [unit.typed, *unit.spellings]))))


def _forms(word: str, unit: Unit, language: str) -> list[Form]:
    """Return the forms of a word; one of a name is found by its beginning, in whichever language it is inflected.

    What is typed is also asked for as it stands, so that texts with this very form come first; no spelling of a name
    comes before another.
    """
    forms = dict.fromkeys(forms_of(word, language))
    if not unit.spellings:
        return list(forms)
    forms |= dict.fromkeys([Form(word, is_beginning=True)] if len(word) >= SHORTEST else [])
    beginnings = {form.text for form in forms if form.is_beginning}
    of_name = (form for form in forms if is_of_name(form, word, language))
    return [form for form in of_name if not _begins_with_another(form, beginnings) and not _is_long(form, word)]


def _begins_with_another(form: Form, beginnings: set[str]) -> bool:
    shorter = (form.text[:length] for length in range(1, len(form.text)))
    return not beginnings.isdisjoint(shorter) or (form.text in beginnings and not form.is_beginning)


def _is_long(form: Form, name: str) -> bool:
    """Whether a form has an ending of verbs, which no name takes."""
    return not form.is_beginning and len(form.text) > len(name) + LONGEST_ENDING_OF_A_NAME


def _telling(phrase: Phrase, language: str) -> Phrase:
    return tuple(word for word in phrase if not is_small(word, language)) or phrase


def _is_small(unit: Unit, asked_languages: Iterable[str]) -> bool:
    return len(unit.typed) == 1 and any(is_small(unit.typed[0], language) for language in asked_languages)


def _joined(sign: str, parts: Iterable[str]) -> str:
    return f"({sign.join(parts)})"
