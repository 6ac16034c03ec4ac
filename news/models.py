"""News articles, and the topics they are about."""

from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.content.blocks import BodyField
from cms.content.localize import same
from cms.content.pages import ContentPage, Illustrated, IndexPage
from cms.content.panels import image_panel, rows_of, rows_of_pages, tabs
from cms.content.parts import LinkedPart, PagePart


class NewsIndexPage(IndexPage):
    """Where a partner's news lie."""

    parent_page_types: ClassVar[list[Any]] = ["partners.PartnerPage"]
    subpage_types: ClassVar[list[Any]] = ["news.NewsPage"]

    class Meta:
        verbose_name = _("news of a partner")
        verbose_name_plural = _("news of partners")


class NewsPage(Illustrated, ContentPage):
    """A news article."""

    lead = models.TextField(
        _("lead"),
        max_length=600,
        help_text=_("Two or three sentences that say the most important. Lists and shared links show it. Plain text."),
    )
    body = BodyField(verbose_name=_("text"), blank=True)

    parent_page_types: ClassVar[list[Any]] = ["news.NewsIndexPage"]
    subpage_types: ClassVar[list[Any]] = []
    page_description = _("Something that happened, or will.")
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    exclude_fields_in_copy = [*ContentPage.exclude_fields_in_copy, "change_notes"]
    override_translatable_fields = [*ContentPage.override_translatable_fields, *same("image_decorative")]
    edit_handler = tabs(
        FieldPanel("lead"),
        FieldPanel("body"),
        image_panel(_("Image"), _("Shown above the text, and in lists.")),
        rows_of_pages("topics", "topics", _("Topics"), _("What it is about. Partners fetch news by topic.")),
        rows_of_pages("people", "people", _("People"), _("Whom it is about. Their pages link here.")),
        rows_of_pages("partners", "partners", _("Partners"), _("Which partners it concerns, beside your own.")),
        rows_of_pages("partnerships", "partnerships", _("Partnerships"), _("Which cooperation it belongs to.")),
        dates=[
            rows_of(
                "change_notes",
                _("Changes"),
                _("What was changed after publication. Only a major change shows readers a new date, and this note."),
                ("weight", "at"),
                "text",
            )
        ],
    )

    class Meta:
        verbose_name = _("news article")
        verbose_name_plural = _("news articles")

    def find_last_major_change(self) -> tuple[datetime, str] | None:
        """Return when the text last changed in a way that matters to readers, and how."""
        major = [note for note in self.change_notes.all() if note.weight == ChangeNote.Weight.MAJOR]
        newest = max(major, key=lambda note: note.at, default=None)
        return (newest.at, newest.text) if newest else None


class NewsTopic(LinkedPart):
    """A topic of an article."""

    article = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="topics")
    page = models.ForeignKey(
        "news.TopicPage", verbose_name=_("topic"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    override_translatable_fields = same("page")

    class Meta(LinkedPart.Meta):
        verbose_name = _("topic")


class NewsPerson(LinkedPart):
    """Somebody an article is about."""

    article = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="people")
    page = models.ForeignKey(
        "partners.PersonPage", verbose_name=_("person"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    override_translatable_fields = same("page")

    class Meta(LinkedPart.Meta):
        verbose_name = _("person")


class NewsPartner(LinkedPart):
    """A partner an article concerns."""

    article = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="partners")
    page = models.ForeignKey(
        "partners.PartnerPage", verbose_name=_("partner"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    override_translatable_fields = same("page")

    class Meta(LinkedPart.Meta):
        verbose_name = _("partner")


class NewsPartnership(LinkedPart):
    """A partnership an article concerns."""

    article = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="partnerships")
    page = models.ForeignKey(
        "partners.PartnershipPage",
        verbose_name=_("partnership"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    override_translatable_fields = same("page")

    class Meta(LinkedPart.Meta):
        verbose_name = _("partnership")


class ChangeNote(PagePart):
    """What was changed in an article after it was published."""

    class Weight(models.TextChoices):
        """Whether readers need to know."""

        MINOR = "minor", _("Minor: readers need not know")
        MAJOR = "major", _("Major: readers see the date and the note")

    article = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="change_notes")
    weight = models.CharField(_("weight"), max_length=5, choices=Weight.choices, default=Weight.MINOR)
    at = models.DateTimeField(_("when"), default=timezone.now)
    text = models.CharField(_("what was changed"), max_length=300)

    override_translatable_fields = same("weight", "at")

    class Meta(PagePart.Meta):
        verbose_name = _("change")


class TopicIndexPage(IndexPage):
    """Where the topics of a language lie."""

    parent_page_types: ClassVar[list[Any]] = ["home.HomePage"]
    subpage_types: ClassVar[list[Any]] = ["news.TopicPage"]

    class Meta:
        verbose_name = _("topics")
        verbose_name_plural = _("topics")


class TopicPage(ContentPage):
    """A topic: a code that every language shares, and a label in this one."""

    code = models.CharField(
        _("code"),
        max_length=60,
        validators=[RegexValidator(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", _("Only a–z, 0–9 and single hyphens."))],
        help_text=_("A short English name such as urban-planning, the same in every language. Partners filter by it."),
    )

    parent_page_types: ClassVar[list[Any]] = ["news.TopicIndexPage"]
    subpage_types: ClassVar[list[Any]] = []
    search_fields = [*Page.search_fields, index.SearchField("code")]
    override_translatable_fields = [*ContentPage.override_translatable_fields, *same("code")]
    edit_handler = tabs(FieldPanel("code"))

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def describe_card(self) -> dict[str, Any]:
        """Return the code, which cards of a topic show."""
        return {"code": self.code}

    def clean(self) -> None:
        """A code means one topic: the same in all its languages, and no other's."""
        super().clean()
        others = TopicPage.objects.filter(code=self.code).exclude(translation_key=self.translation_key)
        if self.code and others.exists():
            raise ValidationError({"code": _("Another topic has this code.")})
