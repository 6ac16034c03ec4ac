"""Pages beside the addresses of the API: read, and nothing else."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from cms.api.cors import preflight
from cms.api.problems import ProblemError, problem_of_status, problem_response

View = Callable[..., HttpResponseBase]
Refuse = Callable[[HttpRequest, ProblemError], HttpResponseBase]


def reading_only(view: View, *, refuse: Refuse = problem_response) -> View:
    """Let a page be read, tell browsers so, and refuse whatever else: with a problem, where pages have no other way."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, **path: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return preflight()
        if request.method not in ("GET", "HEAD"):
            return refuse(request, problem_of_status(HTTPStatus.METHOD_NOT_ALLOWED))
        try:
            return view(request, **path)
        except ProblemError as problem:
            return refuse(request, problem)

    return guarded
