"""Addresses under /content/ and /health/ that lead nowhere."""

from typing import Any, NoReturn

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt

from cms.api.cors import preflight
from cms.api.languages import language_in_path
from cms.api.problems import ProblemError, problem_response

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
    if right != path and _leads_somewhere(right):
        raise ProblemError(
            "not-found", f"Addresses are lower case and have no slash at the end: use {right[:_LONGEST]}"
        )
    match path.strip("/").split("/"):
        case ["content", "v1", code, _, *_] if not _leads_somewhere(f"/content/v1/{code}"):
            language_in_path(code)
    raise ProblemError("not-found", "There is nothing at this address. /content/v1/docs lists what there is.")


def _leads_somewhere(path: str) -> bool:
    try:
        return resolve(path).func is not nowhere
    except Resolver404:
        return False
