"""The queue as a page of the admin: the first thing a translator sees."""

from collections import Counter
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.content.languages import languages
from cms.content.users import name_of_user
from cms.translation.queue import work
from cms.translation.queue.entries import read_entries
from cms.translation.queue.filters import QueueFilter, partner_choices
from cms.translation.queue.finding import Place, State, find_places, with_work
from cms.translation.queue.reach import Reach, reach_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PER_PAGE = 25
MOST = 2**31 - 1
"""The largest number that a person can have."""


class WorkForm(forms.Form):
    """Who is on a translation, and when it is due."""

    action = forms.ChoiceField(choices=[("take", "take"), ("leave", "leave"), ("due", "due")])
    key = forms.UUIDField()
    language = forms.ChoiceField(choices=[])
    due = forms.DateField(required=False)
    holder = forms.IntegerField(required=False, min_value=1, max_value=MOST)
    """Who was on it when the page was made."""

    def __init__(self, data: object) -> None:
        """Know the hub's languages."""
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        self.fields["language"].choices = [(code, code) for code in languages()]  # type: ignore[attr-defined]


def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader; take, leave or date one of its entries."""
    reach = reach_of(request.user)
    if request.method == "POST":
        return _change(request, reach)
    places = with_work(find_places(reach))
    partners = partner_choices(get_language() or languages()[0], request.user)
    form = QueueFilter(request.GET, reach=reach, user=request.user, partners=partners)
    chosen = form.narrow(places)
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "form": form,
        "entries": read_entries(list(page.object_list), request.user),
        "page_obj": page,
        "counts": _counts(places),
        "is_filtered": bool(form.chosen()),
        "languages": reach.languages,
        "gives_out": [language for language in reach.languages if reach.gives_out(language)],
        "here": request.get_full_path(),
    }
    return TemplateResponse(request, "translation/queue/queue.html", context)


def _counts(places: list[Place]) -> list[tuple[State, int]]:
    """Return how many wait in each state, in the order of the queue."""
    found = Counter(place.state for place in places)
    return [(state, found[state]) for state in State]


def _change(request: HttpRequest, reach: Reach) -> HttpResponse:
    form = WorkForm(request.POST)
    if not form.is_valid():
        raise BadRequest(_("This is not a date or not a translation. Nothing was changed."))
    key, language = form.cleaned_data["key"], form.cleaned_data["language"]
    check_reach(reach, key, language)
    holder = form.cleaned_data["holder"]
    match form.cleaned_data["action"]:
        case "take" if work.take(key, language, request.user, over_from=holder):
            messages.success(request, _("It is yours now: others see that you are on it."))
        case "leave" if work.leave(key, language, _who_leaves(request, holder)):
            messages.success(request, _("Nobody is on it any more."))
        case "take" | "leave":
            _tell_who_has_it(request, key, language)
        case "due":
            work.set_due(key, language, form.cleaned_data["due"])
            messages.success(request, _("The day it is due on was saved."))
    return redirect(way_back(request))


def _who_leaves(request: HttpRequest, holder: int | None) -> int:
    """Return who is to be on it no more: oneself, or for administrators whoever was on it when they asked."""
    user = cast("User", request.user)
    return holder if holder and user.is_superuser else user.pk


def _tell_who_has_it(request: HttpRequest, key: UUID, language: str) -> None:
    found = work.find_work(key, language)
    if found and found.assignee:
        time = date_format(localtime(found.taken_at), "SHORT_DATETIME_FORMAT") if found.taken_at else "–"
        said = {"who": name_of_user(found.assignee), "time": time}
        messages.warning(request, _("%(who)s is on it now, since %(time)s. Nothing was changed.") % said)


def check_reach(reach: Reach, key: UUID, language: str) -> None:
    """Refuse whoever may not write that text in that language."""
    if not any(place.key == key for place in find_places(reach, [language])):
        raise PermissionDenied


def way_back(request: HttpRequest) -> str:
    """Return where the request came from, as far as that is at this hub; otherwise the queue."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_here = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_here else reverse("desk_queue")
