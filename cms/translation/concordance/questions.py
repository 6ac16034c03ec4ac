"""What is looked for: words in any of their forms, and words between quotation marks just as they stand."""

import re
from dataclasses import dataclass

from cms.content.letters import places_of, words_of
from cms.content.stems import Form, forms_of, is_small
from cms.translation.concordance.remembering import LONGEST_WORD, plain

MOST_WORDS = 12
"""Words that count; more would find nothing."""

OPENING = 3
"""Words with which a search for a whole text begins: few texts have all of a long one's."""

SHORTEST = 2
"""Letters that a question needs: with one, everything would be found."""

_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")


@dataclass(frozen=True)
class Question:
    """The words that a text must have in any form, and the phrases that it must have as they stand."""

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        """Whether it says enough to look for."""
        return any(len(word) >= SHORTEST for words in (self.words, *self.phrases) for word in words)

    def forms(self, language: str) -> list[tuple[Form, ...]]:
        """Return, for each word, the forms in which it may stand in a text of a language."""
        return [forms_of(word, language) for word in self.words]

    def all_forms(self, language: str) -> set[Form]:
        """Return everything that a text may be found by."""
        single = {form for forms in self.forms(language) for form in forms}
        return single | {Form(word) for phrase in self.phrases for word in phrase}


def ask(text: str) -> Question:
    """Return the question that a text asks; one that says too little is false."""
    phrases = [tuple(_words(quoted)) for quoted in _QUOTED.findall(text)]
    words = _words(_QUOTED.sub(" ", text))
    return Question(tuple(dict.fromkeys(words)), tuple(phrase for phrase in phrases if phrase))


def opening(html: str, language: str) -> str:
    """Return the first words of a text that say something, as they stand in it."""
    text = plain(html)
    telling = [(start, end) for word, start, end in places_of(text) if not is_small(word, language)]
    return " ".join(text[start:end] for start, end in telling[:OPENING])


def in_sqlite(question: Question, language: str) -> str:
    """Return the question as FTS5 reads it. Words are letters and digits only, so that nothing needs to be escaped."""
    words = [
        "(" + " OR ".join(f'"{form.text}"' + "*" * form.is_beginning for form in forms) + ")"
        for forms in question.forms(language)
    ]
    return " AND ".join([*words, *(f'"{" ".join(phrase)}"' for phrase in question.phrases)])


def in_postgresql(question: Question, language: str, pair: str) -> str:
    """Return the question as a `tsquery` of PostgreSQL; the words of phrases are asked for one by one."""
    words = [
        "(" + " | ".join(f"'{form.text}'" + ":*" * form.is_beginning for form in forms) + ")"
        for forms in question.forms(language)
    ]
    return " & ".join([f"'{pair}'", *words, *(f"'{word}'" for phrase in question.phrases for word in phrase)])


def _words(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in words_of(text)][:MOST_WORDS]
