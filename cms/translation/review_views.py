"""What the buttons of a review do, on the edit page of a translation."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.content.errors import PublishingRefused
from cms.content.receipts import note_taken
from cms.translation.corrections import take_lost_choice
from cms.translation.errors import TranslationRefused
from cms.translation.permissions import may_write
from cms.translation.review import call_back, decide, send_to_review, set_schedule
from cms.translation.schedules import ScheduleForm
from cms.translation.sources import find_translation


def answer(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Do what a button of the review asks for, or nothing when it was another one."""
    act = ACTS.get(request.POST.get("action", ""))
    if request.method != "POST" or act is None or find_translation(page) is None:
        return None
    page = page.specific_class.objects.get(pk=page.pk)
    try:
        messages.success(request, act(request, page))
        note_taken(request)
    except (PublishingRefused, TranslationRefused) as refused:
        messages.error(request, str(refused))
    can_stay = page.permissions_for_user(request.user).can_edit()
    return redirect(request.path if can_stay else "wagtailadmin_home")


def _send(request: HttpRequest, page: Page) -> str:
    send_to_review(find_translation(page), request.user)  # type: ignore[arg-type]  # the admin lets nobody else in
    return _("Sent to review: “%(title)s”.") % {"title": page.title}


def _call_back(request: HttpRequest, page: Page) -> str:
    call_back(page, request.user)  # type: ignore[arg-type]  # as above
    return _("“%(title)s” is no longer in review.") % {"title": page.title}


def _approve(request: HttpRequest, page: Page) -> str:
    _decide(request, page, "approve")
    return _("Approved: “%(title)s”.") % {"title": page.title}


def _send_back(request: HttpRequest, page: Page) -> str:
    _decide(request, page, "reject")
    return _("Sent back: “%(title)s”.") % {"title": page.title}


def _decide(request: HttpRequest, page: Page, action: str) -> None:
    said = request.POST
    decide(page, request.user, action, said.get("seen", ""), said.get("comment", ""))  # type: ignore[arg-type]  # as above


def _take_away(request: HttpRequest, page: Page) -> str:
    if not may_write(request.user, page.translation_key, page.locale_id):
        raise TranslationRefused(_("You may not change this text now: it is locked, in review, or not yours."))
    if translation := find_translation(page):
        take_lost_choice(translation, request.POST.get("choice", ""))
    return _("It is as the source had it.")


def _schedule(request: HttpRequest, page: Page) -> str:
    if not page.permissions_for_user(request.user).can_publish():
        raise TranslationRefused(_("You may not decide when this text goes live."))
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        raise TranslationRefused(" ".join(str(sentence) for errors in form.errors.values() for sentence in errors))
    set_schedule(find_translation(page), request.user, form.read())  # type: ignore[arg-type]  # as above
    return _("The times of “%(title)s” are kept.") % {"title": page.title}


ACTS: dict[str, Callable[[HttpRequest, Page], str]] = {
    "submit": _send,
    "cancel-workflow": _call_back,
    "approve": _approve,
    "return": _send_back,
    "schedule": _schedule,
    "take-away": _take_away,
}
"""What each button posts as `action`."""
