"""What people do in the admin, how far each role comes in it, and what keeps people from it."""

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """How far a role comes."""

    NONE = "–"
    OWN = "own"
    ALL = "all"


NONE, OWN, ALL = Reach


class Hold(StrEnum):
    """What takes from those whose text it is what they may do with it otherwise."""

    LOCK = "somebody else has locked it"
    REVIEW = "it is in review, at a step of others"
    SCHEDULE = "it waits for its day"
    RESTRICTION = "one may not read its source any more"


LOCK, REVIEW, SCHEDULE, RESTRICTION = Hold
WRITING = (LOCK, REVIEW, RESTRICTION)
"""What holds a text as it is; what waits for its day goes live as it was approved, whatever is typed meanwhile."""

ROLES = ("administrator", "editor", "translator", "reviewer", "nobody")


@dataclass(frozen=True)
class Act:
    """Something people do, at these addresses; a name that ends in `*` stands for all that begin like it."""

    what: str
    names: tuple[str, ...]
    editor: Reach = NONE
    translator: Reach = NONE
    reviewer: Reach = NONE
    nobody: Reach = NONE
    administrator: Reach = ALL
    held_by: tuple[Hold, ...] = ()
    """What keeps people from it, of what they change by it; administrators unlock first, or go past a review."""

    def reach(self, role: str) -> Reach:
        """Return how far the role comes."""
        found: Reach = getattr(self, role)
        return found
