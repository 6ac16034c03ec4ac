"""The workbench in the admin: shown where a translation is edited, and saved string by string."""

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation

from cms.content.languages import name_of
from cms.content.users import name_of_user
from cms.translation.engines.views import button_for
from cms.translation.memory import find_offered, suggest
from cms.translation.names.offers import find_names
from cms.translation.permissions import may_write
from cms.translation.queue.colleagues import may_give
from cms.translation.queue.reach import reach_of
from cms.translation.queue.work import find_work
from cms.translation.workbench.changes import compare
from cms.translation.workbench.rows import Row, progress, read_row, read_rows, version_of
from cms.translation.workbench.saving import Saved, save
from cms.translation.workbench.texts import to_typed
from cms.translation.workbench.versions import versions_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LONGEST = 20_000
"""Characters of one string; what is longer was pasted by mistake."""

MOST_VERSIONS = 20
"""Earlier versions of a string that are shown."""


def show(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse:
    """Show a translation side by side with its source."""
    source = translation.source.get_source_instance()
    rows, change = compare(translation, read_rows(translation))
    languages = translation.source.locale.language_code, translation.target_locale.language_code
    context = {
        "page": page,
        "instance": page,
        "is_page": True,
        "translation": translation,
        "source": source,
        "rows": rows,
        "change": change,
        "progress": progress(rows),
        "first_open": next((row for row in rows if not row.is_done), None),
        "source_language": languages[0],
        "target_language": languages[1],
        "source_name": name_of(languages[0]),
        "target_name": name_of(languages[1]),
        **_work(request, source, languages[1]),
        "can_publish": page.permissions_for_user(request.user).can_publish(),
        "may_write": _may_write(request, translation),
        "machine": button_for(translation) if any(row.said is None for row in rows) else None,
        "longest": LONGEST,
        "texts": _texts(),
    }
    return TemplateResponse(request, "translation/workbench/workbench.html", context)


@require_POST
def save_string(request: HttpRequest, translation_id: int, segment_id: int) -> HttpResponse:
    """Save one string; answer with what is stored now, or with a sentence on why it was not."""
    try:
        translation, segment = _find(translation_id, segment_id)
    except Http404:
        gone = _("The source no longer has this text, or it is no longer translated here. Load the page again.")
        return _refuse(gone, status=410)
    if request.POST.get("as") != str(request.user.pk):  # somebody else typed it before signing out
        raise PermissionDenied
    if not _may_write(request, translation):
        return _refuse(_("You may not change this text now: it is locked, in review, or not yours."), status=403)
    text = request.POST.get("text", "")
    if len(text) > LONGEST:
        return _refuse(_("This text is too long: the most is %(most)d characters.") % {"most": LONGEST})
    user = cast("User", request.user)
    begun_with = find_offered(request.POST.get("from", ""), translation.target_locale, user)
    try:
        saved = save(translation, segment, text, request.POST.get("base", ""), user, begun_with)
    except ValidationError as broken:
        return _refuse(" ".join(broken.messages))
    return JsonResponse(_describe(translation, segment, saved), status=409 if saved.conflict else 200)


@require_GET
def help_with(request: HttpRequest, translation_id: int, segment_id: int) -> HttpResponse:
    """Show what helps with one string: its names and terms, earlier translations of it and of its like, its history.

    It is for whoever may open the text; whoever only reads it is offered nothing to put into the field.
    """
    translation, segment = _find(translation_id, segment_id)
    if not _may_open(request, translation):
        raise PermissionDenied
    locales = translation.source.locale, translation.target_locale
    row, user = read_row(translation, segment), cast("User", request.user)
    context = {
        "row": row,
        "names": find_names(row.source, locales[0].language_code, locales[1].language_code),
        "matches": [
            (match, to_typed(match.target, marked=row.is_marked))
            for match in suggest(segment.string, *locales, user=user, besides=row.said)
        ],
        "versions": [
            (version, to_typed(version.after, marked=row.is_marked))
            for version in versions_of(translation, segment)[:MOST_VERSIONS]
        ],
        "source_language": locales[0].language_code,
        "target_language": locales[1].language_code,
        "may_write": _may_write(request, translation),
    }
    return TemplateResponse(request, "translation/workbench/help.html", context)


def _find(translation_id: int, segment_id: int) -> tuple[Translation, StringSegment]:
    translations = Translation.objects.select_related("source__locale", "target_locale")
    translation = get_object_or_404(translations, pk=translation_id, enabled=True)
    segments = StringSegment.objects.select_related("string", "context")
    return translation, get_object_or_404(segments, pk=segment_id, source=translation.source_id)


def _work(request: HttpRequest, source: Page, language: str) -> dict[str, Any]:
    """Return who is on the translation, and where its reader gives it to a colleague, if they may."""
    found = find_work(source.translation_key, language)
    give = reverse("desk_assign", args=[source.translation_key, language])
    return {
        "work": found,
        "who": name_of_user(found.assignee) if found else "",
        "give": give if may_give(request.user, reach_of(request.user), language, found) else "",
    }


def _may_open(request: HttpRequest, translation: Translation) -> bool:
    page = translation.get_target_instance()
    return bool(page.permissions_for_user(request.user).can_edit())


def _may_write(request: HttpRequest, translation: Translation) -> bool:
    return may_write(request.user, translation.source.object_id, translation.target_locale_id)


def _refuse(sentence: str, *, status: int = 422) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)


def _describe(translation: Translation, segment: StringSegment, saved: Saved) -> dict[str, Any]:
    row: Row = read_row(translation, segment)
    return {
        "text": to_typed(saved.said.data, marked=row.is_marked) if saved.said else "",
        "version": version_of(saved.said),
        "by": name_of_user(saved.said.last_translated_by) if saved.said else "",
        "done": row.is_done,
        "unconfirmed": row.unconfirmed,
        "findings": [finding.sentence for finding in row.findings],
        "progress": render_to_string(
            "translation/workbench/progress.html", {"progress": progress(read_rows(translation))}
        ),
    }


def _texts() -> dict[str, str]:
    """Return what the script says, in the reader's language."""
    return {
        "saved": _("Saved"),
        "saving": _("Saving…"),
        "waiting": _("Kept in this browser; it is sent as soon as the line is back"),
        "signIn": _("Kept in this browser. Sign in again, and it is sent."),
        "conflict": _("%(who)s has changed this meanwhile. Yours is kept here; choose one."),
        "gone": _("What you typed stands at the top of this page: copy what you need."),
        "signInUnkept": _("Sign in again, and it is sent. This browser keeps nothing: leave the page open."),
        "unkept": _("Not sent yet, and this browser keeps nothing: leave the page open."),
        "somebody": _("Somebody"),
        "noHelp": _("The line does not let it through. Try again."),
        "notYours": _("You are signed out, or this text is no longer yours to read. Load the page again."),
        "notThere": _("The source no longer has this text, or it is no longer translated here. Load the page again."),
        "signInUrl": reverse("wagtailadmin_login"),
    }
