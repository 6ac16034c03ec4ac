"""A block of time: a calendar week or a range of days."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.fields import LineBlock, WeekBlock, days_of
from cms.content.blocks.public import PublicStruct, or_none
from cms.content.documents import Context
from frontend_contract.models.blocks import Period, Week


class PeriodBlock(PublicStruct):
    """When something happened. Days are what is stored; the week is kept when one was meant."""

    label = LineBlock(
        label=_("What"),
        required=False,
        max_length=150,
        help_text=_("What happened then, such as “The delegation's visit”."),
    )
    week = WeekBlock(
        label=_("Week"),
        required=False,
        help_text=_("Readers outside the Nordic countries see its days: “week 24” means nothing to them."),
    )
    start = blocks.DateBlock(label=_("Or: first day"), required=False)
    end = blocks.DateBlock(label=_("Last day"), required=False, help_text=_("The same day again when it was only one."))

    def clean(self, value: Any) -> Any:
        """Check that the days are said once and in order; a week becomes its days."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        week, start, end = cleaned["week"], cleaned["start"], cleaned["end"]
        if week and (start or end) and (start, end) != days_of(week):
            _refuse("week", _("Give a week or days, not both."))
        if week:
            cleaned["start"], cleaned["end"] = days_of(week)
        elif not start or not end:
            _refuse("start", _("Give a week, or the first and the last day."))
        elif end < start:
            _refuse("end", _("The last day lies before the first."))
        return cleaned

    def find_days(self, value: Any) -> tuple[Any, Any]:
        """Return the first and the last day; nothing in a draft that does not say them yet."""
        return days_of(value["week"]) if value["week"] else (value["start"], value["end"])

    def publish(self, value: Any, block_id: str, context: Context) -> Period:
        """Return the days."""
        start, end = self.find_days(value)
        return Period(
            type="period",
            id=block_id,
            html="",
            label=or_none(value["label"]),
            start=start,
            end=end,
            week=_week(start) if value["week"] else None,
        )

    class Meta:
        icon = "calendar-alt"
        label = _("Period")
        description = _("When something happened: a calendar week, or from one day to another.")
        preview_value = {"label": "Delegationens besök", "week": "2024-W24"}


def _week(day: date) -> Week:
    year, week, _day = day.isocalendar()
    return Week(year=year, week=week)


def _refuse(field: str, message: Any) -> None:
    raise blocks.StructBlockValidationError(block_errors={field: ValidationError(message)})
