"""What was found in a translation, said so that its translator knows what to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that is wrong in a translation, or may be: an error stops it, a warning is shown."""

    code: str
    is_error: bool
    sentence: str
    segment: int | None = None
    path: str = ""
