"""When a translation goes live and when it expires: each language has its own times, whatever its source's are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision


@dataclass(frozen=True)
class Schedule:
    """When a text goes live and when it expires."""

    go_live_at: datetime | None = None
    expire_at: datetime | None = None

    def put_on(self, page: Page) -> None:
        """Let the page, not saved yet, have this schedule."""
        page.go_live_at, page.expire_at = self.go_live_at, self.expire_at


class ScheduleForm(forms.Form):
    """The times that somebody sets, in the time zone of the admin."""

    go_live_at = forms.DateTimeField(label=gettext_lazy("Goes live"), required=False)
    expire_at = forms.DateTimeField(label=gettext_lazy("Expires"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse times that make no sense."""
        said: dict[str, Any] = super().clean() or {}
        begin, end = said.get("go_live_at"), said.get("expire_at")
        if end and end <= timezone.now():
            raise forms.ValidationError(_("The time when it expires has passed already."))
        if begin and end and begin >= end:
            raise forms.ValidationError(_("It would expire before it goes live."))
        return said

    def read(self) -> Schedule:
        """Return the schedule."""
        return Schedule(self.cleaned_data["go_live_at"], self.cleaned_data["expire_at"])


def schedule_of(page: Page) -> Schedule:
    """Return the schedule in the page's newest draft: what is live keeps its own until that draft is published."""
    revision = page.latest_revision
    if revision is None:
        return Schedule(page.go_live_at, page.expire_at)
    return Schedule(_read(revision.content.get("go_live_at")), expires_at(revision))


def expires_at(revision: Revision) -> datetime | None:
    """Return when a draft would expire."""
    return _read(revision.content.get("expire_at"))


def say_when(page: Page) -> str:
    """Say when a page goes live that was published for a later time; nothing when it is public already."""
    # Not `scheduled_revision`, which the page remembers from before.
    scheduled = page.revisions.filter(approved_go_live_at__isnull=False).first()
    if scheduled is None:
        return ""
    when = date_format(timezone.localtime(scheduled.approved_go_live_at), "SHORT_DATETIME_FORMAT")
    return _("“%(page)s” goes live at %(when)s.") % {"page": page.get_admin_display_title(), "when": when}


def _read(said: str | None) -> datetime | None:
    return parse_datetime(said) if said else None
