"""“Suggest by machine”, the button at the workbench."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.content.receipts import note_taken
from cms.translation.engines.guard import find_obstacle
from cms.translation.engines.jobs import suggest_soon
from cms.translation.engines.reasons import Outcome, say
from cms.translation.engines.suggesting import find_hindrance, tool_for
from cms.translation.permissions import may_write


@dataclass(frozen=True)
class Button:
    """The button, as the workbench shows it, or why it would do nothing."""

    tool: str
    url: str
    hindrance: str = ""


def button_for(translation: Translation) -> Button | None:
    """Return the button for a translation, or None when no engine serves its languages."""
    tool = tool_for(translation)
    if not tool:
        return None
    reason = find_obstacle(translation)
    hindrance = " ".join(say(Outcome(reasons=(reason,), tool=tool))) if reason else ""
    return Button(tool, reverse("desk_machine", args=[translation.pk]), hindrance)


@transaction.non_atomic_requests  # an engine takes its time, and a transaction would keep others from writing
@require_POST
def suggest(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Have a machine fill the open texts of a translation; say what became of it, and lead back to the workbench."""
    translations = Translation.objects.select_related("source__locale", "target_locale")
    translation = get_object_or_404(translations, pk=translation_id, enabled=True)
    if not may_write(request.user, translation.source.object_id, translation.target_locale_id):
        raise PermissionDenied
    if reason := find_hindrance(translation, request.user):  # type: ignore[arg-type]  # signed in
        outcome: Outcome | None = Outcome(reasons=(reason,), tool=tool_for(translation))
    else:
        outcome = suggest_soon(translation, request.user)
    note_taken(request)
    if outcome is None:
        messages.info(request, _("The machine is at work. Load this page again in a minute."))
    else:
        tell = messages.success if outcome.filled and not outcome.reasons else messages.warning
        tell(request, " ".join(say(outcome)))
    target = Page.objects.get(translation_key=translation.source.object_id, locale=translation.target_locale_id)
    return redirect("wagtailadmin_pages:edit", target.pk)
