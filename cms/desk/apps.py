"""The editors' desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The editors' desk."""

    name = "cms.desk"
    label = "desk"
    verbose_name = _("Desk")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the search follow what is saved, and editors see what readers would."""
        from cms.content.previews import show_previews_with
        from cms.desk.previews import show_draft
        from cms.desk.search import index_what_is_committed

        index_what_is_committed()
        show_previews_with(show_draft)
