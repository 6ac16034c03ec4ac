"""An engine that knows some hundred words and asks nobody: for demos and tests, the same answer each time."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import ClassVar

from cms.translation.engines.engine import Limits

FILE = Path(__file__).with_name("words.tsv")

_KEPT = re.compile(r'(<span\b[^>]*translate="no"[^>]*>.*?</span>|<[^>]*>|&\w+;|&#\w+;)', re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")


class WordList:
    """A list of words, put one for one: it shows what a suggestion looks like, and is no translation."""

    name: ClassVar[str] = "wordlist"
    label: ClassVar[str] = "Demo word list"
    limits: ClassVar[Limits] = Limits(texts=100, characters=20_000)
    declines: ClassVar[bool] = False

    def keep_glossary(self, source: str, target: str, entries: Mapping[str, str]) -> str:
        """Keep none: the list is its own."""
        return ""

    def translate(self, source: str, target: str, texts: Sequence[str], glossary: str = "") -> list[str]:
        """Return the texts with the words it knows in the other language, behind a sign that says so."""
        words = read_words(source.partition("-")[0], target.partition("-")[0])
        return [f"[{target}] {_put(text, words)}" for text in texts]


@cache
def read_words(source: str, target: str) -> Mapping[str, str]:
    """Return the words of one language in another; none when the list does not have both."""
    head, *lines = FILE.read_text(encoding="utf-8").splitlines()
    languages = head.split("\t")
    if source not in languages or target not in languages:
        return {}
    theirs, ours = languages.index(source), languages.index(target)
    rows = [line.split("\t") for line in lines]
    return {row[theirs]: row[ours] for row in reversed(rows)}


def _put(text: str, words: Mapping[str, str]) -> str:
    parts = _KEPT.split(text)
    return "".join(
        part if number % 2 else _WORD.sub(lambda word: _in_other_words(word[0], words), part)
        for number, part in enumerate(parts)
    )


def _in_other_words(word: str, words: Mapping[str, str]) -> str:
    said = words.get(word.lower())
    if said is None:
        return word
    return said[0].upper() + said[1:] if word[0].isupper() else said
