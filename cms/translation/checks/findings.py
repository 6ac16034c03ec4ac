"""What was found in a translation, said so that its translator knows what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Finding:
    """Something that is wrong in a translation, or may be: an error stops it, a warning is shown."""

    code: str
    is_error: bool
    sentence: str
    segment: int | None = None
    path: str = ""


def said_otherwise(lost: Iterable[str], added: Iterable[str]) -> str:
    """Return a sentence about what only the source says, and what only the translation."""
    names = {"lost": ", ".join(lost), "added": ", ".join(added)}
    if names["lost"] and names["added"]:
        return _("The source says %(lost)s, the translation %(added)s.") % names
    if names["lost"]:
        return _("The source says %(lost)s, the translation does not.") % names
    return _("The translation says %(added)s, the source does not.") % names
