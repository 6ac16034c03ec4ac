"""What an engine is: something that turns texts into another language, within its limits, or says why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol


class Trouble(StrEnum):
    """Why an engine gave nothing."""

    UNREACHABLE = "unreachable"
    BUSY = "busy"
    KEY = "key"
    QUOTA = "quota"
    REFUSED = "refused"
    ODD = "odd"
    GLOSSARY = "glossary"


class EngineFailed(Exception):  # noqa: N818  it is an answer: the guard makes a sentence of it
    """An engine gave no answer that can be used; `trouble` says why, and nothing of what was sent."""

    def __init__(self, trouble: Trouble, status: int = 0, *, is_unsent: bool = False) -> None:
        """Keep why, the HTTP status when it was one, and whether nothing ever got there."""
        super().__init__(trouble.value)
        self.trouble, self.status, self.is_unsent = trouble, status, is_unsent

    @property
    def is_undone(self) -> bool:
        """Whether it certainly did nothing that it could count: it was not reached, or refused the request."""
        return self.is_unsent or 300 <= self.status < 500


@dataclass(frozen=True)
class Limits:
    """The most that an engine takes in one request."""

    texts: int
    characters: int


class Engine(Protocol):
    """Turns texts, HTML with inline tags, into another language.

    What stands in `<span translate="no">` comes back as it is. Raise `EngineFailed` when there is no answer of use.
    """

    name: ClassVar[str]
    """How settings and agreements call it."""
    label: ClassVar[str]
    """How people and partner cities are told of it."""
    limits: ClassVar[Limits]
    declines: ClassVar[bool]
    """Whether it gives names the endings that a sentence asks for: then they are not held where there are any."""

    def keep_glossary(self, source: str, target: str, entries: Mapping[str, str]) -> str:
        """Return what a glossary with these entries is called there; empty when the engine has none."""

    def translate(self, source: str, target: str, texts: Sequence[str], glossary: str = "") -> list[str]:
        """Return the texts in another language, in their order; `source` and `target` are BCP 47.

        Raise `EngineFailed` with `Trouble.GLOSSARY` when there is no such glossary any more.
        """
