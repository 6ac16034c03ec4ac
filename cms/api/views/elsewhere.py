"""Addresses under /content/ and /health/ that lead nowhere."""

from typing import Any, NoReturn

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt

from cms.api.cors import preflight
from cms.api.languages import language_in_path, language_meant
from cms.api.problems import ProblemError, problem_response
from cms.content.languages import from_path
from cms.publications.addresses import API

_LONGEST = 200


@csrf_exempt
def nowhere(request: HttpRequest, *_arguments: Any, **_path: Any) -> HttpResponseBase:
    """Answer for an address that does not exist; if a nearby one does, name it. Browsers may ask that too."""
    if request.method == "OPTIONS":
        return preflight()
    try:
        _explain(request.path_info)
    except ProblemError as problem:
        return problem_response(request, problem)


def _explain(path: str) -> NoReturn:
    right = path.rstrip("/").lower()
    match right.strip("/").split("/"):
        case ["content", "v1", code, *more] if not _leads_somewhere(f"{API}/{code}"):
            if more or language_meant(code):
                language_in_path(code)
            if not more and from_path(code):
                raise ProblemError("not-found", f"A language begins at its front door: use {API}/{code}/home")
    if right != path and _leads_somewhere(right):
        raise ProblemError(
            "not-found", f"Addresses are lower case and have no slash at the end: use {right[:_LONGEST]}"
        )
    raise ProblemError("not-found", f"There is nothing at this address. {API}/docs lists what there is.")


def _leads_somewhere(path: str) -> bool:
    try:
        return resolve(path).func is not nowhere
    except Resolver404:
        return False
