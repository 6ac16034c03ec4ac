"""Pages in, publications out."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    """Pages in, publications out."""

    name = "cms.publications"
    label = "publications"
    verbose_name = _("Publications")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to whatever can change a document."""
        from cms.publications import checks, signals  # noqa: F401  (checks register themselves)

        signals.connect()
