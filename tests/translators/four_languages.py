"""The same text in the four languages, as its translators may write it, and what is found in each direction."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

import pytest

from cms.translation.checks import Finding, find_in

Text = Mapping[str, str]
"""What one text is in each language."""

Pair = tuple[str, str, str, str]
"""A source with its language, and a target with its own."""


def _directions(text: Text) -> Iterator[Pair]:
    """Yield a text as source and translation, in all directions."""
    for source, target in permutations(text, 2):
        yield source, text[source], target, text[target]


def _crossings(text: Text, other: Text) -> Iterator[Pair]:
    """Yield one text as the source and another as its translation, in all directions."""
    for source, target in permutations(text, 2):
        yield source, text[source], target, other[target]
        yield source, other[source], target, text[target]


def in_all_directions(texts: Sequence[Text]) -> pytest.MarkDecorator:
    """Try each text as source and translation, in all directions."""
    return _each([pair for text in texts for pair in _directions(text)])


def in_all_crossings(texts: Sequence[tuple[Text, Text]]) -> pytest.MarkDecorator:
    """Try one text of each two as the source and the other as its translation, in all directions."""
    return _each([pair for text, other in texts for pair in _crossings(text, other)])


def _each(pairs: list[Pair]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("source_language", "source", "language", "target"), pairs)


def found(source_language: str, source: str, target_language: str, target: str) -> list[Finding]:
    """Return what is found of numbers, dates and links."""
    every = find_in(source, target, source_language, target_language, register=())
    return [finding for finding in every if finding.code in ("numbers", "links")]


def said(sv: str, uk: str, fi: str, en: str) -> Text:
    return {"sv": sv, "uk": uk, "fi": fi, "en": en}
