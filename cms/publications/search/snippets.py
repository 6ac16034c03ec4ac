"""The part of a text in which the words of a question stand, each of them marked."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape

from cms.content.letters import beginning_with, places_of
from cms.publications.search.questions import Question, forms_in

LENGTH = 220
"""Characters of a snippet."""

BEFORE = 60
"""Characters of them before the first word found."""

FURTHEST = 3 * LENGTH
"""Characters behind the first word found in which a part with more of them is looked for."""

MARKED = "<mark>{}</mark>"

Place = tuple[int, int]


def snippet_of(question: Question, language: str, *texts: str) -> str:
    """Return the part of the first of these texts that has any of the words; else the beginning of the first."""
    wanted = _wanted(question, language)
    for text in texts:
        places = list(wanted.places_in(text))
        if places:
            return _marked(text, places, _best_start(text, places))
    return _marked(texts[0], [], 0)


@lru_cache(200)
def _wanted(question: Question, language: str) -> "_Wanted":
    return _Wanted(question, language)


class _Wanted:
    """The forms of all words of a question in one language."""

    def __init__(self, question: Question, language: str) -> None:
        forms = {form for unit in question.units for form in forms_in(unit, language)}
        self._words = {form.text for form in forms if not form.is_beginning}
        self._beginnings = tuple(form.text for form in forms if form.is_beginning)
        self._like_them = beginning_with({form.text[0] for form in forms})

    def places_in(self, text: str) -> Iterator[Place]:
        last = len(text)
        for word, start, end in places_of(text, self._like_them):
            if start > last:
                return
            if word in self._words or word.startswith(self._beginnings):
                last = min(last, start + FURTHEST)
                yield start, end


def _best_start(text: str, places: list[Place]) -> int:
    """Return where the part begins that holds most of the words; the first of them when several do."""

    def count(first: int) -> int:
        return sum(first <= start < first + LENGTH - BEFORE for start, _end in places)

    first = max((start for start, _end in places), key=count)
    start = max(0, min(first - BEFORE, len(text) - LENGTH))
    space = text.find(" ", start, first)
    return space + 1 if start and space >= 0 else start


def _marked(text: str, places: list[Place], start: int) -> str:
    end = _end_of_a_word(text, start + LENGTH)
    parts, at = ["… " if start else ""], start
    for first, last in places:
        if first >= at and last <= end:
            parts += [escape(text[at:first]), MARKED.format(escape(text[first:last]))]
            at = last
    parts += [escape(text[at:end]), " …" if end < len(text) else ""]
    return " ".join("".join(parts).split())


def _end_of_a_word(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", end - LENGTH // 2, end)
    return space if space > 0 else end
