"""How far a text is in one language."""

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
