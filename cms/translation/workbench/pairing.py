"""Which of the texts that are gone from a place each of its new texts was: the paragraphs of a block are one place."""

from collections.abc import Collection, Iterable, Iterator
from heapq import nlargest

from wagtail_localize.models import StringTranslation

from cms.content.letters import words_of
from cms.translation.concordance.remembering import plain
from cms.translation.memory import LEAST, likeness, overlap
from cms.translation.workbench.rows import Key, Row

LOOKED_AT = 5
"""Earlier texts that a new one is compared with letter by letter: those with most words in common."""


def pair(
    new: Iterable[Row], earlier: Iterable[StringTranslation], divided: Collection[int]
) -> dict[Key, StringTranslation]:
    """Return what new texts were: the earlier text of the same place that is most alike, each of them once.

    Of two that are equally alike it is the newest; `earlier` begins with it. What nothing is like was nothing. Only
    the places in `divided` hold several texts at a time: any other, such as a title, was what it held last.
    """
    found: dict[Key, StringTranslation] = {}
    taken: set[int] = set()
    for _score, key, said in sorted(_scored(new, earlier, divided), key=lambda each: each[0], reverse=True):
        if key not in found and said.pk not in taken:
            found[key] = said
            taken.add(said.pk)
    return found


def _scored(
    new: Iterable[Row], earlier: Iterable[StringTranslation], divided: Collection[int]
) -> Iterator[tuple[float, Key, StringTranslation]]:
    by_place: dict[int, list[_Earlier]] = {}
    for said in earlier:
        by_place.setdefault(said.context_id, []).append(_Earlier(said))
    for key, row in {row.key: row for row in new}.items():
        text, place = plain(row.source), row.segment.context_id
        if place not in divided:
            yield from ((1.0, key, each.said) for each in by_place.get(place, [])[:1])
            continue
        for each in _nearest(text, by_place.get(place, [])):
            if (score := likeness(each.text, text)) >= LEAST:
                yield score, key, each.said


class _Earlier:
    """A text that is gone, with its words."""

    def __init__(self, said: StringTranslation) -> None:
        self.said = said
        self.text = plain(said.translation_of.data)
        self.words = frozenset(words_of(self.text))


def _nearest(text: str, among: Iterable[_Earlier]) -> list[_Earlier]:
    words = frozenset(words_of(text))
    return nlargest(LOOKED_AT, among, key=lambda each: overlap(each.words, words))
