"""People who speak for a partner: their names, appointments, and the ground for showing them."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.content.blocks import BodyField
from cms.content.localize import same
from cms.content.pages import ContentPage, Illustrated, IndexPage
from cms.content.panels import image_panel, rows_of, tabs
from cms.content.parts import PagePart
from cms.content.pictures import end_of
from partners.contacts import CONTACT_FIELDS, ContactPart
from partners.names import NamePart


class PeopleIndexPage(IndexPage):
    """Where a partner's people lie."""

    parent_page_types: ClassVar[list[Any]] = ["partners.PartnerPage"]
    subpage_types: ClassVar[list[Any]] = ["partners.PersonPage"]

    class Meta:
        verbose_name = _("people of a partner")
        verbose_name_plural = _("people of partners")


class Ground(models.TextChoices):
    """Why somebody may be shown at all (GDPR, Article 6)."""

    PUBLIC_OFFICE = "public_office", _("Public office: shown in that role")
    CONSENT = "consent", _("Consent: the person agreed")
    OTHER = "other", _("Other ground, explained at the source")


class PersonPage(Illustrated, ContentPage):
    """Someone who speaks for a partner. Its title is the name as this language writes it, its image a portrait."""

    body = BodyField(verbose_name=_("about the person"), blank=True)
    ground = models.CharField(
        _("ground for publishing"),
        max_length=14,
        choices=Ground.choices,
        default=Ground.PUBLIC_OFFICE,
        help_text=_("Why this person may be shown. Readers do not see it; whoever asks has a right to know."),
    )
    ground_source = models.URLField(
        _("source"), blank=True, help_text=_("Where the office or the consent can be checked.")
    )
    review_on = models.DateField(
        _("look again on"), null=True, blank=True, help_text=_("When somebody should check that all this still holds.")
    )
    consent_until = models.DateField(
        _("consent until"),
        null=True,
        blank=True,
        help_text=_("Last day of the consent. After it the person is no longer shown anywhere."),
    )

    parent_page_types: ClassVar[list[Any]] = ["partners.PeopleIndexPage"]
    subpage_types: ClassVar[list[Any]] = []
    page_description = _("Somebody who speaks for the partner: a name, appointments, a portrait.")
    search_fields = [*Page.search_fields, index.SearchField("body")]
    override_translatable_fields = [
        *ContentPage.override_translatable_fields,
        *same("ground", "ground_source", "review_on", "consent_until", "image_decorative"),
    ]
    edit_handler = tabs(
        FieldPanel("body"),
        image_panel(_("Portrait"), _("Only with a ground for publishing the picture, too.")),
        rows_of(
            "appointments",
            _("Appointments"),
            _(
                "Each text shows the office held when it was published. End one here and begin the next;"
                " never overwrite one."
            ),
            ("title", "organisation"),
            ("start", "end"),
            "is_elected",
            ("party_letter", "party_name"),
        ),
        rows_of(
            "names",
            _("Names"),
            _("The name in other languages and letters. The title above is the name in this language."),
            "text",
            ("language", "script", "status"),
        ),
        rows_of("contacts", _("Contacts"), _("How to reach the person in office."), *CONTACT_FIELDS),
        dates=[
            MultiFieldPanel(
                [
                    FieldPanel("ground"),
                    FieldPanel("ground_source"),
                    FieldPanel("consent_until"),
                    FieldPanel("review_on"),
                ],
                heading=_("Ground for publishing"),
            )
        ],
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def clean(self) -> None:
        """A consent that ends is a consent."""
        super().clean()
        if self.consent_until and self.ground != Ground.CONSENT:
            raise ValidationError({"consent_until": _("Only a consent has a last day: choose it as the ground.")})

    def is_permitted(self, at: datetime) -> bool:
        """Whether the consent, if that is the ground, still stands."""
        end = self._consent_ends_at()
        return end is None or at < end

    def find_next_change(self, after: datetime) -> datetime | None:
        """Return when the consent to show the person runs out."""
        end = self._consent_ends_at()
        return end if end and end > after else None

    def describe_card(self) -> dict[str, Any]:
        """Return the appointments, of which a card shows the one held at the time."""
        return {"appointments": [appointment.describe() for appointment in self.appointments.all()]}

    @classmethod
    def find_appointments(cls) -> "list[tuple[str, list[tuple[str, str]]]]":
        """Return every appointment as choices, by the name of who held it."""
        found: dict[str, list[tuple[str, str]]] = {}
        for held in Appointment.objects.select_related("person").order_by("person__title", "sort_order"):
            found.setdefault(held.person.title, []).append((str(held.translation_key), str(held)))
        return list(found.items())

    def _consent_ends_at(self) -> datetime | None:
        if self.ground != Ground.CONSENT or self.consent_until is None:
            return None
        return end_of(self.consent_until)


class PersonName(NamePart):
    """A person's name in one language and script."""

    person = ParentalKey(PersonPage, on_delete=models.CASCADE, related_name="names")

    class Meta(NamePart.Meta):
        abstract = False


class Appointment(PagePart):
    """What somebody is or was, where, and when."""

    person = ParentalKey(PersonPage, on_delete=models.CASCADE, related_name="appointments")
    title = models.CharField(
        _("title"), max_length=150, help_text=_("As this language says it: kommunalråd, deputy mayor.")
    )
    organisation = models.CharField(_("organisation"), max_length=150, blank=True)
    is_elected = models.BooleanField(
        _("elected office"), default=False, help_text=_("Only elected people are shown with a party.")
    )
    party_letter = models.CharField(_("party letter"), max_length=20, blank=True, help_text=_("Such as S or M."))
    party_name = models.CharField(
        _("party"), max_length=150, blank=True, help_text=_("Its name in this language, such as Socialdemokraterna.")
    )
    start = models.DateField(_("from"), null=True, blank=True, help_text=_("First day. Empty: not known."))
    end = models.DateField(
        _("to"), null=True, blank=True, help_text=_("Last day. Empty: still in office, or not known.")
    )

    override_translatable_fields = same("is_elected", "party_letter", "start", "end")

    class Meta(PagePart.Meta):
        verbose_name = _("appointment")

    def clean(self) -> None:
        """Days are in order, and a party belongs to an elected office."""
        super().clean()
        errors = {}
        if self.start and self.end and self.end < self.start:
            errors["end"] = _("The last day lies before the first.")
        if not self.is_elected and (self.party_letter or self.party_name):
            errors["party_letter"] = _(
                "A party is shown for elected offices only. Tick “elected office” or leave it empty."
            )
        if bool(self.party_letter) != bool(self.party_name):
            missing = "party_name" if self.party_letter else "party_letter"
            errors.setdefault(missing, _("Give the party's letter and its name, or neither."))
        if errors:
            raise ValidationError(errors)

    def __str__(self) -> str:
        years = f"{self.start.year if self.start else ''}–{self.end.year if self.end else ''}"
        named = ", ".join(filter(None, [self.title, self.organisation]))
        return named if years == "–" else f"{named} ({years})"

    def describe(self) -> dict[str, Any]:
        """Return the appointment as cards keep it."""
        party = (
            {"letter": self.party_letter, "name": self.party_name} if self.is_elected and self.party_letter else None
        )
        return {
            "key": str(self.translation_key),
            "title": self.title,
            "organisation": self.organisation or None,
            "party": party,
            "from": self.start.isoformat() if self.start else None,
            "to": self.end.isoformat() if self.end else None,
        }

    def is_held_on(self, day: date) -> bool:
        """Whether the office was held on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class PersonContact(ContactPart):
    """How to reach a person in office."""

    person = ParentalKey(PersonPage, on_delete=models.CASCADE, related_name="contacts")

    class Meta(ContactPart.Meta):
        abstract = False
