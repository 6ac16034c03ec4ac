"""Partnerships: what partners do together, who pays for it, and how far it has come."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from cms.content.blocks import BodyField
from cms.content.choosers import KindChooser
from cms.content.files import ContentDocument
from cms.content.localize import same
from cms.content.pages import ContentPage, Illustrated, IndexPage
from cms.content.panels import image_panel, rows_of, rows_of_pages, tabs
from cms.content.parts import LinkedPart, PagePart
from cms.content.rich_text import FEATURES
from partners.contacts import CONTACT_FIELDS, ContactPart


class PartnershipIndexPage(IndexPage):
    """Where the partnerships lie that a partner coordinates."""

    parent_page_types: ClassVar[list[Any]] = ["partners.PartnerPage"]
    subpage_types: ClassVar[list[Any]] = ["partners.PartnershipPage"]

    class Meta:
        verbose_name = _("partnerships of a partner")
        verbose_name_plural = _("partnerships of partners")


class PartnershipPage(Illustrated, ContentPage):
    """A cooperation between partners; it lies in the section of the one that coordinates it."""

    lead = models.TextField(
        _("lead"), max_length=600, help_text=_("Two or three sentences that say what it is about. Plain text.")
    )
    programme = models.CharField(_("programme"), max_length=200, blank=True)
    funder = models.CharField(_("funder"), max_length=200, blank=True, help_text=_("Who pays for it."))
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    body = BodyField(verbose_name=_("text"), blank=True)

    parent_page_types: ClassVar[list[Any]] = ["partners.PartnershipIndexPage"]
    subpage_types: ClassVar[list[Any]] = []
    page_description = _("A cooperation between partners, with its members, phases and documents.")
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    override_translatable_fields = [*ContentPage.override_translatable_fields, *same("image_decorative")]
    edit_handler = tabs(
        FieldPanel("lead"),
        FieldPanel("body"),
        image_panel(_("Image"), _("Shown above the text, and in lists.")),
        rows_of_pages("members", "partners", _("Members"), _("Who takes part, in which part."), "part", "joined"),
        MultiFieldPanel(
            [FieldPanel("programme"), FieldPanel("funder"), FieldPanel("theme")], heading=_("Programme and money")
        ),
        rows_of("areas", _("Areas of cooperation"), _("One a line, such as preparedness or water supply."), "text"),
        rows_of(
            "phases",
            _("Phases and milestones"),
            _("How far it has come, the earliest first."),
            ("title", "type"),
            ("start", "end"),
            "text",
        ),
        rows_of("documents", _("Documents"), _("Files to download."), "document", "title"),
        InlinePanel(
            "contacts",
            panels=[
                FieldPanel("page", widget=KindChooser("people")),
                *(
                    FieldPanel(row) if isinstance(row, str) else FieldRowPanel(map(FieldPanel, row))
                    for row in CONTACT_FIELDS
                ),
            ],
            heading=_("Contacts"),
            help_text=_("Whom to turn to."),
        ),
    )

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")


class Member(LinkedPart):
    """A partner's part in a partnership."""

    partnership = ParentalKey(PartnershipPage, on_delete=models.CASCADE, related_name="members")
    page = models.ForeignKey(
        "partners.PartnerPage", verbose_name=_("partner"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    part = models.CharField(
        _("part"), max_length=150, blank=True, help_text=_("What it does in it: coordinator, member.")
    )
    joined = models.DateField(_("joined"), null=True, blank=True)

    override_translatable_fields = same("page", "joined")

    class Meta(LinkedPart.Meta):
        verbose_name = _("member")


class Area(PagePart):
    """An area of cooperation."""

    partnership = ParentalKey(PartnershipPage, on_delete=models.CASCADE, related_name="areas")
    text = models.CharField(_("area"), max_length=150)

    class Meta(PagePart.Meta):
        verbose_name = _("area of cooperation")


class Phase(PagePart):
    """A phase or milestone."""

    class Type(models.TextChoices):
        """What kind of step it is."""

        LETTER_OF_INTENT = "letter_of_intent", _("Letter of intent")
        PRE_STUDY = "pre_study", _("Pre-study")
        VISIT = "visit", _("Visit")
        APPLICATION = "application", _("Application")
        PROJECT = "project", _("Project")
        MILESTONE = "milestone", _("Milestone")

    partnership = ParentalKey(PartnershipPage, on_delete=models.CASCADE, related_name="phases")
    title = models.CharField(_("title"), max_length=150)
    type = models.CharField(_("type"), max_length=16, choices=Type.choices, default=Type.MILESTONE)
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("to"), null=True, blank=True)
    text = RichTextField(_("text"), features=FEATURES, blank=True)

    override_translatable_fields = same("type", "start", "end")

    class Meta(PagePart.Meta):
        verbose_name = _("phase")

    def clean(self) -> None:
        """Days are in order."""
        super().clean()
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": _("The last day lies before the first.")})


class PartnershipDocument(PagePart):
    """A document of a partnership."""

    partnership = ParentalKey(PartnershipPage, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        ContentDocument, verbose_name=_("document"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(_("title"), max_length=200, blank=True, help_text=_("Empty: the document's own title."))

    class Meta(PagePart.Meta):
        verbose_name = _("document")


class PartnershipContact(LinkedPart, ContactPart):
    """Whom to turn to: a person of this hub, or somebody described here."""

    partnership = ParentalKey(PartnershipPage, on_delete=models.CASCADE, related_name="contacts")
    page = models.ForeignKey(
        "partners.PersonPage",
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Then name and role come from the person's page, unless you write others below."),
    )

    override_translatable_fields = [*ContactPart.override_translatable_fields, *same("page")]

    class Meta(ContactPart.Meta):
        abstract = False
