"""Partners: municipalities and agencies, each with a section of its own."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.content.blocks import BodyField
from cms.content.languages import language_choices
from cms.content.localize import same
from cms.content.pages import ContentPage, Illustrated
from cms.content.panels import image_panel, rows_of, tabs
from partners.names import NamePart


class LanguagesField(models.JSONField):
    """Languages out of the hub's, as boxes to tick."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Offer the hub's languages."""
        return forms.MultipleChoiceField(
            choices=language_choices,
            widget=forms.CheckboxSelectMultiple,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )


class PartnerPage(Illustrated, ContentPage):
    """A municipality or agency: its profile, and the root of its section. Its image is its logo."""

    country = models.CharField(
        _("country"),
        max_length=2,
        validators=[RegexValidator(r"\A[A-Z]{2}\Z", _("Two capital letters, such as SE or UA."))],
        help_text=_("Two letters (ISO 3166-1), such as SE, UA or FI."),
    )
    languages = LanguagesField(_("languages"), default=list, help_text=_("The languages it works in."))
    website = models.URLField(_("website"), blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees north, two decimals at the most: a map needs no more, and no place is shown closer."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees east, two decimals at the most."),
    )
    body = BodyField(verbose_name=_("presentation"), blank=True)

    parent_page_types: ClassVar[list[Any]] = ["home.HomePage"]
    subpage_types: ClassVar[list[Any]] = [
        "news.NewsIndexPage",
        "partners.PeopleIndexPage",
        "partners.PartnershipIndexPage",
        "home.InfoPage",
    ]
    is_creatable = False  # made by the set-up, in every language at once
    search_fields = [*Page.search_fields, index.SearchField("body")]
    override_translatable_fields = [
        *ContentPage.override_translatable_fields,
        *same("country", "languages", "website", "latitude", "longitude", "image_decorative"),
    ]
    edit_handler = tabs(
        FieldPanel("body"),
        image_panel(_("Logo"), _("Shown beside the partner's texts.")),
        MultiFieldPanel(
            [
                FieldPanel("country"),
                FieldPanel("languages"),
                FieldPanel("website"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading=_("The place"),
        ),
        rows_of(
            "names",
            _("Names"),
            _("Every name it has: readers who search for any of them find it."),
            "text",
            ("language", "script", "status"),
        ),
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def clean(self) -> None:
        """A place has both coordinates or none."""
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            raise ValidationError({missing: _("Give both latitude and longitude, or neither.")})


class PartnerName(NamePart):
    """A partner's name in one language."""

    partner = ParentalKey(PartnerPage, on_delete=models.CASCADE, related_name="names")

    class Meta(NamePart.Meta):
        abstract = False
        verbose_name = pgettext_lazy("of a place", "name")
