"""Pages that say why there is no text here: to people, in the language of the address."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cms.api.cors import METHODS
from cms.api.problems import PROBLEM_TYPES, ProblemError
from cms.api.views.styles import CSS, allow_own_style
from cms.content.languages import from_path, languages

REFUSALS = {
    HTTPStatus.METHOD_NOT_ALLOWED: _("This page can only be read"),
    HTTPStatus.PRECONDITION_FAILED: _("This page is no longer the one that was asked for"),
    HTTPStatus.REQUEST_URI_TOO_LONG: _("The address is too long"),
}
"""What people are told where programs are sent a problem."""


def message(
    request: HttpRequest, template: str, status: int, *, headers: Mapping[str, str] | None = None, **context: Any
) -> HttpResponse:
    """Return a page that says why there is no text here."""
    code = str(translation.get_language())  # as Django writes it: in small letters, as paths do
    said = {"css": CSS, "language": from_path(code) or code, "home": f"/{code}", **context}
    response = render(request, template, said, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    for name, value in (headers or {}).items():
        response[name] = value
    return allow_own_style(response)


def refuse(request: HttpRequest, problem: ProblemError) -> HttpResponse:
    """Return a problem as a page, in the language of the address."""
    status = HTTPStatus(PROBLEM_TYPES[problem.name].status)
    allowed = {"Allow": METHODS} if status == HTTPStatus.METHOD_NOT_ALLOWED else {}
    with translation.override(language_of(request.path_info)):
        return message(request, "api/refused.html", status, headers=allowed | problem.headers, said=REFUSALS[status])


def language_of(path: str) -> str:
    """Return the language of an address, or the first of the hub where it has none."""
    return from_path(path.lstrip("/").partition("/")[0]) or languages()[0]
