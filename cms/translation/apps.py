"""The translators' desk: who may translate what, and how a translation came about."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    """The translators' desk: who may translate what, and how a translation came about."""

    name = "cms.translation"
    label = "translation"
    verbose_name = _("Translation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to look at what is stored, and let pages ask us who may do what with them."""
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy
        from wagtail_localize import models as localize
        from wagtail_localize.views import edit_translation

        from cms.content.pages import ContentPage, IndexPage
        from cms.translation import choices, erasing, expiring, guards, history, stored_names, titles, unpublished
        from cms.translation.concordance import remembering
        from cms.translation.hiding import PagePolicy
        from cms.translation.notices.stock import leave_to_notices
        from cms.translation.permissions import Rights

        guards.connect()
        leave_to_notices()
        history.connect()
        choices.connect()
        remembering.connect()
        unpublished.connect()
        erasing.connect()
        expiring.connect()
        titles.connect()
        stored_names.connect()
        register_permission_policy(Page, PagePolicy(Page))
        ContentPage.rights = IndexPage.rights = Rights
        # Its dates have English months in every language (wagtail-localize 1.14).
        localize.DATE_FORMAT = edit_translation.DATE_FORMAT = "%Y-%m-%d"
