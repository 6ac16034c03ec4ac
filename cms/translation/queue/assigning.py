"""Giving a text to a colleague: one who may write it, at once with the day it is due on."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.content.languages import languages, name_of
from cms.content.receipts import note_taken
from cms.content.users import name_of_user
from cms.translation.models import Work
from cms.translation.queue import work
from cms.translation.queue.colleagues import Text, colleagues, find_text, may_give
from cms.translation.queue.reach import Reach, reach_of
from cms.translation.queue.views import MOST, way_back
from cms.translation.queue.work import Seen

NOT_THEIRS = gettext_lazy("This person does not translate this text, or no longer does. Choose another.")
CHANGED = gettext_lazy("Somebody has changed this meanwhile, so nothing was changed. It stands now as below.")


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """One of some people, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what a person is called."""
        return name_of_user(obj)


class AssignForm(forms.Form):
    """Who is to be on a translation, and when it is due; both as they were when the page was made, too."""

    person = PersonField(
        label=gettext_lazy("Who is to be on it"), queryset=None, error_messages={"invalid_choice": NOT_THEIRS}
    )
    due = forms.DateField(
        label=gettext_lazy("Due on"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    holder = forms.IntegerField(required=False, min_value=1, max_value=MOST, widget=forms.HiddenInput)
    was_due = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, text: Text, found: Work | None) -> None:
        """Offer those who may write the text, and show what stands there now."""
        holder, due = (found.assignee_id, found.due) if found else (None, None)
        super().__init__(data, initial={"person": holder, "due": due, "holder": holder, "was_due": due})
        self.fields["person"].queryset = colleagues(text)  # type: ignore[attr-defined]  # a choice of models

    def clean(self) -> dict[str, Any]:
        """Refuse a form that does not say what its sender saw."""
        if self.errors.keys() & {"holder", "was_due"}:
            raise forms.ValidationError(CHANGED)
        return self.cleaned_data

    def seen(self) -> Seen:
        """Return what whoever sends this form saw."""
        return Seen(self.cleaned_data["holder"], self.cleaned_data["was_due"])


def assign(request: HttpRequest, key: UUID, language: str) -> HttpResponse:
    """Show who can be given a text, and give it to one of them."""
    reach = reach_of(request.user)
    text, found = _find(reach, key, language), work.find_work(key, language)
    if not may_give(request.user, reach, language, found):
        messages.error(request, _("Only who is on this text, or who reviews its language, gives it to somebody."))
        return redirect(way_back(request))
    form = AssignForm(request.POST if request.method == "POST" else None, text=text, found=found)
    if request.method == "POST" and form.is_valid() and _give(request, text, form):
        return redirect(way_back(request))
    return _show(request, text, form)


def _find(reach: Reach, key: UUID, language: str) -> Text:
    text = find_text(key, language) if language in languages() else None
    if text is None:
        raise Http404
    if text.page in reach.hidden or not reach.covers(text.path, text.kind):
        raise PermissionDenied
    return text


def _give(request: HttpRequest, text: Text, form: AssignForm) -> bool:
    """Give the text, and say so; or note in the form that it is otherwise by now."""
    to, due = form.cleaned_data["person"], form.cleaned_data["due"]
    if not work.give(text.key, text.language, form.seen(), to=to, by=request.user, due=due):
        form.add_error(None, CHANGED)
        return False
    note_taken(request)
    if to == request.user:
        messages.success(request, _("It is yours now: others see that you are on it."))
    else:
        messages.success(request, _("%(who)s is on it now, and is told so.") % {"who": name_of_user(to)})
    return True


def _show(request: HttpRequest, text: Text, form: AssignForm) -> HttpResponse:
    found = work.find_work(text.key, text.language)
    context = {
        "form": form,
        "text": text,
        "target": name_of(text.language),
        "work": found,
        "who": name_of_user(found.assignee) if found else "",
        "seen": AssignForm(None, text=text, found=found),
        "others": form.fields["person"].queryset.exists(),  # type: ignore[attr-defined]  # as above
        "back": way_back(request),
    }
    return TemplateResponse(request, "translation/queue/assign.html", context)
