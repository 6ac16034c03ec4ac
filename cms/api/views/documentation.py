"""The documentation: the OpenAPI document, a page to read it on, and a page for each problem."""

import json
import re
from email.utils import parseaddr
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from rest_framework.request import Request

from cms.api.contract.info import EXAMPLE_EMAIL, EXAMPLE_SERVER
from cms.api.contract.openapi import openapi
from cms.api.contract.operations import Operation
from cms.api.delivery import Answer
from cms.api.kept import KEPT_UNTIL_CHANGED
from cms.api.parameters import read_nothing
from cms.api.problems import PROBLEM_TYPES
from cms.api.views.address import FixedAddress
from cms.api.views.elsewhere import nowhere
from cms.api.views.styles import CSS, allow_own_style

_CODE = re.compile("`([^`]+)`")


class OpenApiAddress(FixedAddress):
    """The OpenAPI document of this hub."""

    def answer(self, request: Request, **path: str) -> Answer:
        """Return the document, with this hub's own addresses."""
        read_nothing(request.GET)
        return Answer(body=_document())

    def describe(self) -> Operation:
        """Say what this address is."""
        return Operation(
            name="get_openapi",
            tag="About",
            summary="This document",
            description="The OpenAPI 3.1 document of this hub.",
            answer={"type": "object", "required": ["openapi"], "properties": {"openapi": {"const": "3.1.1"}}},
            answer_description="The document.",
        )


@require_safe
def show_docs(request: HttpRequest) -> HttpResponse:
    """Show the documentation, which works without any other host."""
    response = render(request, "api/docs.html", {"css": CSS, "hub": settings.PUBLIC_URL})
    # Redoc writes its styles into the page and searches in a worker of its own; nothing comes from elsewhere.
    response._csp_update = {  # type: ignore[attr-defined]  # django-csp's API
        "style-src": ["'self'", "'unsafe-inline'"],
        "worker-src": ["'self'", "blob:"],
    }
    response["Cache-Control"] = KEPT_UNTIL_CHANGED
    return response


@require_safe
def show_problem(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show what a problem means and what to do."""
    if name not in PROBLEM_TYPES:
        return nowhere(request)
    problem = PROBLEM_TYPES[name]
    advice = mark_safe(_CODE.sub(r"<code>\1</code>", escape(problem.advice)))  # noqa: S308  our own text, escaped
    context = {"css": CSS, "name": name, "problem": problem, "advice": advice, "names": sorted(PROBLEM_TYPES)}
    response = allow_own_style(render(request, "api/problem.html", context))
    response["Cache-Control"] = KEPT_UNTIL_CHANGED
    return response


@cache
def _document() -> bytes:
    _name, email = parseaddr(settings.DEFAULT_FROM_EMAIL)
    text = json.dumps(openapi(), ensure_ascii=False)
    return text.replace(EXAMPLE_SERVER, settings.PUBLIC_URL).replace(EXAMPLE_EMAIL, email).encode()
