"""What changed between two texts, word by word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Piece:
    """Some words of a difference; `tag` is `ins` for what is new, `del` for what was only in the earlier text."""

    tag: str
    text: str

    def __html__(self) -> SafeString:
        """Return the words as safe HTML."""
        return format_html("<{0}>{1}</{0}>", self.tag, self.text) if self.tag else format_html("{}", self.text)


def difference(said: str, text: str) -> Iterator[Piece]:
    """Yield the way from the earlier text to this one, word by word."""
    old, new = words(said), words(text)
    for step, start, end, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            yield Piece("", "".join(new[from_:to]))
            continue
        if end > start:
            yield Piece("del", "".join(old[start:end]))
        if to > from_:
            yield Piece("ins", "".join(new[from_:to]))


def render(pieces: Iterable[Piece]) -> SafeString:
    """Return a difference as HTML in which only `ins` and `del` are markup."""
    return format_html_join("", "{}", ((piece.__html__(),) for piece in pieces))


def words(text: str) -> list[str]:
    """Return words, blanks and signs, each by itself."""
    return re.findall(r"\w+|\s+|[^\w\s]", text)
