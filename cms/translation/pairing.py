"""Which of the texts that are gone from a place each of its new texts was: the paragraphs of a block are one place."""

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest
from typing import Generic, TypeVar

from wagtail_localize.models import TemplateSegment

from cms.content.letters import words_of
from cms.translation.memory import LEAST, likeness, overlap

LOOKED_AT = 5
"""Earlier texts that a new one is compared with letter by letter: those with most words in common."""

Named = TypeVar("Named", bound=Hashable)
New = TypeVar("New", bound=Hashable)
Earlier = TypeVar("Earlier", bound=Hashable)


@dataclass(frozen=True)
class Placed(Generic[Named]):
    """A text of the source: whose it is, the place where it stands, and its words without marks."""

    of: Named
    place: Hashable
    text: str = field(repr=False)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that it has."""
        return frozenset(words_of(self.text))


def pair(
    new: Iterable[Placed[New]], earlier: Iterable[Placed[Earlier]], divided: Collection[Hashable]
) -> dict[New, Earlier]:
    """Return what new texts were: the earlier text of the same place that is most alike, each of them once.

    Of two that are equally alike it is the newest; `earlier` begins with it. What nothing is like was nothing. Only
    the places in `divided` hold several texts at a time: any other, such as a title, was what it held last.
    """
    found: dict[New, Earlier] = {}
    taken: set[Earlier] = set()
    for _score, text, was in sorted(_scored(new, earlier, divided), key=lambda each: each[0], reverse=True):
        if text.of not in found and was.of not in taken:
            found[text.of] = was.of
            taken.add(was.of)
    return found


def find_divided(sources: Collection[int]) -> dict[int, set[str]]:
    """Return, by the number of a source, the places whose text localize takes apart: it keeps a template of each."""
    found: dict[int, set[str]] = {source: set() for source in sources}
    rows = TemplateSegment.objects.filter(source__in=sources)
    for source, path in rows.values_list("source", "context__path"):
        found[source].add(path)
    return found


def _scored(
    new: Iterable[Placed[New]], earlier: Iterable[Placed[Earlier]], divided: Collection[Hashable]
) -> Iterator[tuple[float, Placed[New], Placed[Earlier]]]:
    by_place: dict[Hashable, list[Placed[Earlier]]] = {}
    for was in earlier:
        by_place.setdefault(was.place, []).append(was)
    for text in {each.of: each for each in new}.values():
        there = by_place.get(text.place, [])
        if text.place not in divided:
            yield from ((1.0, text, was) for was in there[:1])
            continue
        for was in nlargest(LOOKED_AT, there, key=lambda each: overlap(each.words, text.words)):
            if (score := likeness(was.text, text.text)) >= LEAST:
                yield score, text, was
