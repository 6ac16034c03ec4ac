"""The words: pages, blocks, images, languages."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    """The words: pages, blocks, images, languages."""

    name = "cms.content"
    label = "content"
    verbose_name = _("Content")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every page type say what is public about it, and check that it did."""
        autodiscover_modules("documents")
        from cms.content import checks  # noqa: F401  (registers)
        from cms.content.uploads import connect

        connect()
