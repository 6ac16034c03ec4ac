"""How far a text is in one language."""

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class How(TextChoices):
    """How far a text is in one language."""

    ORIGINAL = "original", pgettext_lazy("coverage", "Original")
    NAME_ONLY = "name_only", pgettext_lazy("coverage", "Only a name")
    PUBLISHED = "published", pgettext_lazy("coverage", "Published")
    STALE = "stale", pgettext_lazy("coverage", "Stale")
    MACHINE = "machine", pgettext_lazy("coverage", "By a machine")
    IN_REVIEW = "in_review", pgettext_lazy("coverage", "In review")
    SCHEDULED = "scheduled", pgettext_lazy("coverage", "Scheduled")
    IN_WORK = "in_work", pgettext_lazy("coverage", "In work")
    NOT_PUBLISHED = "not_published", pgettext_lazy("coverage", "Not published")
    MISSING = "missing", pgettext_lazy("coverage", "Missing")


class Stored(NamedTuple):
    """What decides how far a text is that is there."""

    is_original: bool
    is_live: bool
    was_live: bool
    has_only_name: bool
    in_review: bool
    is_scheduled: bool
    is_stale: bool
    is_changed: bool
    """Whether it was changed since, and its readers do not have that yet."""
    is_unread: bool


def how_far(text: Stored) -> How:
    """Return how far a text that is there is: first who has to act on it, then how good what is public is."""
    if text.is_original and text.is_live:
        return How.NAME_ONLY if text.has_only_name else How.ORIGINAL
    if text.in_review:
        return How.IN_REVIEW
    if text.is_scheduled:
        return How.SCHEDULED
    if not text.is_live:
        return How.NOT_PUBLISHED if text.is_original or text.was_live else How.IN_WORK
    if text.is_stale:
        return How.STALE
    if text.is_changed and not text.is_original:
        return How.IN_WORK
    return How.MACHINE if text.is_unread else How.PUBLISHED
