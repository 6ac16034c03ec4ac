"""What a file brought back, whichever its format: texts that nobody has looked at yet, and the errors of a file."""

import re
from dataclasses import dataclass

MOST_BYTES = 2_000_000
MOST_ENTRIES = 5_000

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Signs that no text has, and no XML may have."""


class FileRefused(Exception):  # noqa: N818  it is no error, it is an answer
    """A file of which nothing can be taken; `args[0]` is a sentence for the person who sent it."""


@dataclass(frozen=True)
class Incoming:
    """One text out of a file: for which translation and place, and whether somebody is sure of it.

    `source` is what it was translated from, as localize's HTML; `problem` says why its reader could not make HTML of
    the target.
    """

    translation: str
    id: str
    path: str
    source: str
    target: str
    needs_review: bool
    version: str
    place: str
    problem: str = ""


@dataclass(frozen=True)
class Received:
    """A file as it was read: the languages it says it is in, by translation, and its texts.

    `problem` says why a file of a ZIP, called `name`, could not be read.
    """

    languages: dict[str, str]
    entries: list[Incoming]
    tool: str
    name: str = ""
    problem: str = ""
