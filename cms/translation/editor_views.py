"""What localize's editor does with one text, one choice or the whole translation, behind the desk's own rule.

localize (1.14) asks only whether somebody may edit the page. A step of a review grants that to whoever does it, so that
they can read; and nobody loses it by a lock.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation

from cms.translation.permissions import may_stop, may_write
from cms.translation.sources import find_lost


def edit_string(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponseBase:
    """Store a text, or take it away."""
    return _edit(edit_translation.edit_string_translation, request, translation_id, string_segment_id)


def edit_override(request: HttpRequest, translation_id: int, overridable_segment_id: int) -> HttpResponseBase:
    """Store what is chosen for the language, or take it away."""
    return _edit(edit_translation.edit_override, request, translation_id, overridable_segment_id)


def stop(request: HttpRequest, translation_id: int) -> HttpResponseBase:
    """End a translation: its page is an original from now on."""
    translation = get_object_or_404(Translation, pk=translation_id)
    if not may_stop(request.user, translation.source.object_id, translation.target_locale_id):
        messages.error(request, _why_not())
        return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
    answer: HttpResponseBase = edit_translation.stop_translation(request, translation_id)
    return answer


def refuse_restart(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say why a translation that was stopped does not go on, or nothing when it may."""
    if request.method != "POST" or "localize-restart-translation" not in request.POST:
        return None
    is_lost = find_lost(page).exists()
    if not is_lost and may_stop(request.user, page.translation_key, page.locale_id):
        return None
    messages.error(request, _("The page this was translated from is gone.") if is_lost else _why_not())
    return redirect(request.path)


def end_what_is_lost(page: Page) -> None:
    """End the translation of a page whose source is gone, as localize does when that goes: nothing can show it."""
    if rows := find_lost(page).filter(enabled=True).values_list("pk", flat=True):
        Translation.objects.filter(pk__in=list(rows)).update(enabled=False)


def _edit(
    edit: Callable[..., HttpResponseBase], request: HttpRequest, translation_id: int, segment_id: int
) -> HttpResponseBase:
    if not _may_write(request, translation_id):
        return JsonResponse({"error": _why_not()}, status=403)
    try:
        return edit(request, translation_id, segment_id)
    except MultiValueDictKeyError:  # localize (1.14) takes the value for granted
        return JsonResponse({"error": _("Nothing was sent that could be stored.")}, status=400)


def _may_write(request: HttpRequest, translation_id: int) -> bool:
    translation = get_object_or_404(Translation, pk=translation_id)
    return may_write(request.user, translation.source.object_id, translation.target_locale_id)


def _why_not() -> str:
    return _("You may not change this text now: it is locked, in review, or not yours.")
