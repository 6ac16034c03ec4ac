"""What administrators decide about machines: which engine has an agreement, how much a month, and what may go out."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.content.documents import declarations
from cms.content.languages import language_choices, name_of
from cms.translation.engines.choosing import ENGINES, engine_choices

A_MONTH = 100_000
"""Characters a month and language, until an administrator says otherwise: some forty articles."""


class Agreement(models.Model):
    """A data processing agreement for an engine, which somebody recorded: without one nothing is sent to it."""

    engine = models.CharField(_("engine"), max_length=20, choices=engine_choices)
    reference = models.CharField(
        _("agreement"),
        max_length=300,
        help_text=_("Where the data processing agreement is kept: its number or address."),
    )
    signed_on = models.DateField(_("signed on"), default=date.today)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Its last day. Empty: until it is ended."))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("data processing agreement")
        verbose_name_plural = _("data processing agreements")
        ordering: ClassVar[list[str]] = ["engine", "-signed_on"]

    def __str__(self) -> str:
        return f"{self.get_engine_display()}: {self.reference}"

    def clean(self) -> None:
        """Refuse an agreement that ends before it begins."""
        if self.until and self.signed_on and self.until < self.signed_on:
            raise ValidationError({"until": _("It would end before it was signed.")})


class Budget(models.Model):
    """How many characters machines may translate into a language in a month."""

    language = models.CharField(_("language"), max_length=12, choices=language_choices, unique=True)
    characters = models.PositiveIntegerField(
        _("characters a month"), default=A_MONTH, help_text=_("Of the source, with its marks. 0: none.")
    )

    class Meta:
        verbose_name = _("budget for machines")
        verbose_name_plural = _("budgets for machines")
        ordering: ClassVar[list[str]] = ["language"]

    def __str__(self) -> str:
        return name_of(str(self.language))


class Spending(models.Model):
    """How many characters machines were given to translate into a language in one month."""

    language = models.CharField(_("language"), max_length=12)
    month = models.DateField(_("month"))
    characters = models.PositiveIntegerField(_("characters"), default=0)

    class Meta:
        verbose_name = _("spending on machines")
        verbose_name_plural = _("spendings on machines")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["language", "month"], name="one_spending_per_language_and_month")
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.month:%Y-%m}: {self.characters}"


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of documents for a select field."""
    return [(declared.kind, str(declared.model._meta.verbose_name)) for declared in declarations()]


class Policy(models.Model):
    """Whether machine text of a kind may be published before a person has accepted it; without a row it may not."""

    kind = models.CharField(_("kind"), max_length=20, choices=kind_choices, unique=True)
    may_publish = models.BooleanField(
        _("may be published unreviewed"),
        default=False,
        help_text=_(
            "Quotes never are: a person accepts each of them first. Partner cities are told that it is a machine’s."
        ),
    )

    class Meta:
        verbose_name = _("rule for machine text")
        verbose_name_plural = _("rules for machine text")
        ordering: ClassVar[list[str]] = ["kind"]

    def __str__(self) -> str:
        return str(self.get_kind_display())


def has_agreement(engine: str) -> bool:
    """Whether an agreement with this engine is in force today."""
    today = timezone.localdate()
    rows = Agreement.objects.filter(Q(until=None) | Q(until__gte=today), engine=engine, signed_on__lte=today)
    return engine in ENGINES and rows.exists()


def month_of(day: date) -> date:
    """Return the first day of a month."""
    return day.replace(day=1)


def left(language: str) -> int:
    """Return how many characters may still be sent for a language this month."""
    spent = Spending.objects.filter(language=language, month=month_of(timezone.localdate()))
    return max(0, _most(language) - (spent.values_list("characters", flat=True).first() or 0))


def reserve(language: str, characters: int) -> Spending | None:
    """Take characters from this month's budget of a language before they are sent; None when they are not there."""
    row, _made = Spending.objects.get_or_create(language=language, month=month_of(timezone.localdate()))
    fitting = Spending.objects.filter(pk=row.pk, characters__lte=_most(language) - characters)
    # Asked and taken in one statement, so that two people who suggest at once do not spend it twice.
    return row if fitting.update(characters=F("characters") + characters) else None


def give_back(row: Spending, characters: int) -> None:
    """Return characters that were reserved for what an engine certainly did not do."""
    Spending.objects.filter(pk=row.pk, characters__gte=characters).update(characters=F("characters") - characters)


def _most(language: str) -> int:
    said = Budget.objects.filter(language=language).values_list("characters", flat=True).first()
    return A_MONTH if said is None else said
