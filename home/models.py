"""Front pages, one for each language, and pages about the cooperation itself."""

from typing import Any, ClassVar, cast

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from cms.content.blocks import BodyField
from cms.content.documents import declaration_of
from cms.content.localize import LocalField, same
from cms.content.pages import ContentPage, Illustrated
from cms.content.panels import image_panel, rows_of_pages, tabs
from cms.content.parts import LinkedPart
from cms.content.rich_text import FEATURES


class HomePage(ContentPage):
    """The front door of a language."""

    text = RichTextField(
        _("welcome"), features=FEATURES, blank=True, help_text=_("What readers see first, below the title.")
    )
    notice_text = models.CharField(
        _("message to every reader"),
        max_length=500,
        blank=True,
        help_text=_("Shown above everything else, such as “We cannot be reached today”. Empty: no message."),
    )
    notice_at = models.DateTimeField(
        _("message since"), null=True, blank=True, help_text=_("Empty: the moment it is published.")
    )

    parent_page_types: ClassVar[list[Any]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[Any]] = ["partners.PartnerPage", "news.TopicIndexPage", "home.InfoPage"]
    is_creatable = False  # made by the set-up, one for each language
    search_fields = [*Page.search_fields, index.SearchField("text")]
    override_translatable_fields = [
        *ContentPage.override_translatable_fields,
        # Each language speaks to its own readers.
        LocalField("notice_text"),
        LocalField("notice_at"),
    ]
    edit_handler = tabs(
        FieldPanel("text"),
        rows_of_pages("featured", None, _("Put first"), _("What readers see first, in this order.")),
        MultiFieldPanel([FieldPanel("notice_text"), FieldPanel("notice_at")], heading=_("Message to every reader")),
    )

    class Meta:
        verbose_name = _("home")
        verbose_name_plural = _("homes")

    def clean(self) -> None:
        """A message has a beginning."""
        super().clean()
        if self.notice_text and self.notice_at is None:
            self.notice_at = timezone.now().replace(microsecond=0)


class Featured(LinkedPart):
    """A page that the editors put first."""

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured")
    page = models.ForeignKey(Page, verbose_name=_("page"), null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=12, editable=False, blank=True)

    override_translatable_fields = same("page")

    class Meta(LinkedPart.Meta):
        verbose_name = _("page to put first")

    def find_key(self) -> Any:
        """Return the key of the page, and note its kind beside."""
        self.kind = declaration_of(cast(Page, self.page).specific_class).kind
        return super().find_key()


class InfoPage(Illustrated, ContentPage):
    """A page about the cooperation itself, such as “About” or “Contact”."""

    lead = models.TextField(
        _("lead"), max_length=600, help_text=_("Two or three sentences that say the most important. Plain text.")
    )
    body = BodyField(verbose_name=_("text"), blank=True)

    parent_page_types: ClassVar[list[Any]] = ["home.HomePage", "partners.PartnerPage", "home.InfoPage"]
    subpage_types: ClassVar[list[Any]] = ["home.InfoPage"]
    page_description = _("About the cooperation itself, such as “About” or “Contact”. Not for news.")
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    override_translatable_fields = [*ContentPage.override_translatable_fields, *same("image_decorative")]
    edit_handler = tabs(
        FieldPanel("lead"), FieldPanel("body"), image_panel(_("Image"), _("Shown above the text, and in lists."))
    )

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
