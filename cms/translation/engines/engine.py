"""What an engine is: something that turns texts into another language, within its limits, or says why not."""

from collections.abc import Sequence
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


class EngineFailed(Exception):  # noqa: N818  it is an answer: the guard makes a sentence of it
    """An engine gave no answer that can be used; `trouble` says why, and nothing of what was sent."""

    def __init__(self, trouble: Trouble) -> None:
        """Keep why."""
        super().__init__(trouble.value)
        self.trouble = trouble


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

    def translate(self, source: str, target: str, texts: Sequence[str]) -> list[str]:
        """Return the texts in another language, in their order; `source` and `target` are BCP 47."""
