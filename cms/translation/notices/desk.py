"""Notices in the admin: on its first page, and in everybody's account where they choose how they are told."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from cms.translation.notices.models import Notice, NoticeSettings
from cms.translation.notices.telling import look

MOST = 10


class NoticesPanel(Component):
    """What its reader has not been told yet, the newest first."""

    name = "notices"
    order = 40
    template_name = "translation/notices/panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Find what there is to tell; what is done need not be looked at the next time."""
        user = parent_context["request"].user
        told, done = look(user, Notice.objects.filter(user=user, read_at=None))
        _take_off([notice.pk for notice in done])
        return {"told": told[:MOST], "csrf_token": parent_context.get("csrf_token")}


class NoticeSettingsForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """How somebody wishes to be told."""

    class Meta:
        model = NoticeSettings
        fields = ["mail"]

    def save(self, commit: bool = True) -> NoticeSettings:
        """Keep what was chosen, and nothing else: somebody may be mailing them meanwhile."""
        return NoticeSettings.objects.update_or_create(pk=self.instance.pk, defaults=self.cleaned_data)[0]


class NoticeSettingsPanel(BaseSettingsPanel):
    """The part of one's account where one chooses how one is told."""

    name = "notices"
    title = gettext_lazy("Notices about translations")
    tab = notifications_tab
    order = 50
    form_class = NoticeSettingsForm

    def get_form(self) -> NoticeSettingsForm:
        """Return the form with the reader's wishes."""
        wishes = NoticeSettings.objects.filter(user=self.user).first() or NoticeSettings(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return NoticeSettingsForm(data, instance=wishes, prefix=self.name)


@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """Take what its reader has seen off the first page; it is not mailed any more."""
    seen = request.POST.getlist("notice")
    if not all(number.isdecimal() and len(number) < 18 for number in seen):
        raise BadRequest(_("This is not what Misto asked."))
    Notice.objects.filter(user=request.user.pk, read_at=None, pk__in=seen).update(read_at=timezone.now())
    return redirect("wagtailadmin_home")


def _take_off(done: list[int]) -> None:
    """Take notices off the first page for good, though nobody has pressed that they were seen."""
    if done:
        Notice.objects.filter(pk__in=done, read_at=None).update(read_at=timezone.now())
