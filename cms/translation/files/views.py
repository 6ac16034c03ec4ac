"""The page of the desk where files go out and come in, and localize's own addresses for PO files."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.core.signing import BadSignature, dumps, loads
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail_localize.models import Translation

from cms.content.receipts import note_taken
from cms.translation.files.choosing import (
    MOST,
    find_choices,
    find_translations,
    find_waiting,
    read_choices,
    read_chosen,
)
from cms.translation.files.filters import ChoiceFilter
from cms.translation.files.importing import Conflict, Desk, take
from cms.translation.files.packing import pack, zip_together
from cms.translation.files.reading import MOST_BYTES, FileRefused, Incoming, Received
from cms.translation.files.units import Work, read_work, version_of
from cms.translation.files.unpacking import read_file
from cms.translation.permissions import may_write
from cms.translation.queue.reach import reach_of
from cms.translation.submitting import translate_each

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SALT = "cms.translation.files"
MOST_BEGUN = 25
"""Translations that are begun at once: more would take longer than anybody waits for a page."""
FORMATS = {"po": "PO", "xliff": "XLIFF 2.1"}


class UploadForm(forms.Form):
    """A file to read."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PO, XLIFF 2.1, or a ZIP of these; 2 MB and 5,000 texts at most."),
        widget=forms.ClearableFileInput(attrs={"accept": ".po,.xlf,.xliff,.zip"}),
    )


@transaction.non_atomic_requests  # the texts of a file are stored in short transactions, so that others can write, too
def files(request: HttpRequest) -> HttpResponse:
    """Show what can be taken away; read a file that was sent."""
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    desk = Desk(_user(request))
    if request.method == "POST" and form.is_valid():
        received = _read(form, desk)
        if received:
            return _report(request, received, desk)
    wanted = ChoiceFilter(request.GET, reach=reach_of(request.user))
    numbers = list(wanted.narrow(find_choices(request.user)).values_list("pk", flat=True))
    page = Paginator(numbers, MOST).get_page(request.GET.get("p"))
    context = {
        "form": form,
        "filter": wanted,
        "chosen": wanted.chosen(),
        "choices": read_choices(page.object_list),
        "page_obj": page,
        "waiting": find_waiting(request.user),
        "most_begun": MOST_BEGUN,
        "formats": FORMATS.items(),
    }
    return TemplateResponse(request, "translation/files/files.html", context)


@transaction.non_atomic_requests  # each is begun in a transaction of its own, so that others can write, too
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin what nobody has begun in a language, those that wait longest first, so that files can hold them."""
    language = request.POST.get("language", "")
    waiting = [number for found in find_waiting(request.user, [language]) for number in found.not_begun]
    begun, refused = translate_each(waiting[:MOST_BEGUN], language, _user(request))
    note_taken(request)
    if begun:
        sentence = ngettext(
            "%(number)s translation was begun, and is among all that waits.",
            "%(number)s translations were begun, and are among all that waits.",
            begun,
        )
        messages.success(request, sentence % {"number": begun})
    for reason in refused:
        messages.error(request, reason)
    return redirect("desk_files")


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Give chosen translations, or all that wait in a language, as a file."""
    numbers = _waiting_in(language, request) if (language := request.GET.get("waiting")) else _chosen(request)
    if not numbers or request.GET.get("format") not in FORMATS:
        raise BadRequest(_("Choose at least one translation, and a format."))
    return _answer(read_chosen(request.user, numbers), request.GET["format"])


@transaction.non_atomic_requests
@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    """Store those texts of a file for which their sender chose their own; all are looked at once more."""
    received = []
    for name, token in request.POST.items():
        if name.startswith("conflict-") and request.POST.get(f"take-{name}") == "mine":
            received.append(_received(str(token)))
    return _report(request, received, Desk(_user(request)))


def download_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Give one translation as a PO file, at localize's address, unless it was stopped."""
    translation = _translation(request, translation_id)
    if translation.enabled:
        return _answer([read_work(translation)], "po")
    messages.error(
        request, capfirst(_("translation stopped: write the page itself, or start its translation again there")) + "."
    )
    return redirect(translation.get_target_instance_edit_url())


@transaction.non_atomic_requests
@require_POST
def upload_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Read a file that was sent from localize's editor."""
    _translation(request, translation_id)
    return files(request)


def _waiting_in(language: str, request: HttpRequest) -> list[int]:
    return [number for found in find_waiting(request.user, [language]) for number in found.begun]


def _chosen(request: HttpRequest) -> set[int]:
    """Return the numbers of the translations that were chosen; refuse those that are not the user's to write."""
    chosen = request.GET.getlist("translation")
    if not all(number.isdecimal() and len(number) < 18 for number in chosen) or len(chosen) > MOST:
        raise BadRequest(_("These are no translations."))
    numbers = {int(number) for number in chosen}
    if find_translations(request.user).filter(pk__in=numbers).count() != len(numbers):
        raise PermissionDenied
    return numbers


def _translation(request: HttpRequest, translation_id: int) -> Translation:
    translation = get_object_or_404(Translation.objects.select_related("source", "target_locale"), pk=translation_id)
    if not may_write(request.user, translation.source.object_id, translation.target_locale_id):
        raise PermissionDenied
    return translation


def _read(form: UploadForm, desk: Desk) -> list[Received]:
    file = form.cleaned_data["file"]
    try:
        return read_file(file.name, file.read(MOST_BYTES + 1), desk)
    except FileRefused as refused:
        form.add_error("file", str(refused))
        return []


def _report(request: HttpRequest, received: Iterable[Received], desk: Desk) -> HttpResponse:
    report = take(received, desk)
    conflicts = [(conflict, _token(conflict)) for conflict in report.conflicts]
    context = {"report": report, "conflicts": conflicts, "works": report.works.values()}
    return TemplateResponse(request, "translation/files/report.html", context)


def _token(conflict: Conflict) -> str:
    """Return what is sent back when its reader chooses their own text: it replaces the text they were shown."""
    incoming = conflict.incoming
    return dumps(
        {
            "tool": conflict.tool,
            "language": conflict.work.language,
            "translation": incoming.translation,
            "id": conflict.unit.id,
            "path": conflict.unit.path,
            "source": conflict.unit.source,
            "target": conflict.mine,
            "needs_review": incoming.needs_review,
            "version": version_of(0, conflict.theirs),
            "place": incoming.place,
        },
        salt=SALT,
        compress=True,
    )


def _received(token: str) -> Received:
    try:
        said: dict[str, Any] = loads(token, salt=SALT)
    except BadSignature:
        raise BadRequest(_("This is not what Misto asked.")) from None
    tool, language = said.pop("tool"), said.pop("language")
    return Received({said["translation"]: language}, [Incoming(**said)], tool)


def _answer(works: Iterable[Work], kind: str) -> HttpResponse:
    """Return one file, or a ZIP when there must be several."""
    files = pack(works, kind)
    if len(files) == 1:
        [(name, data)] = files.items()
        return _download(name, data, "text/x-gettext-translation" if kind == "po" else "application/xliff+xml")
    return _download(f"misto-{kind}.zip", zip_together(files), "application/zip")


def _download(name: str, data: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=f"{kind}; charset=utf-8" if kind != "application/zip" else kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _user(request: HttpRequest) -> "User":
    return cast("User", request.user)
