"""The documentation: the OpenAPI document, pages to read it on, its examples, and a page for each problem."""

import json
from email.utils import parseaddr
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from rest_framework.request import Request

from cms.api.contract.info import EXAMPLE_EMAIL, EXAMPLE_SERVER
from cms.api.contract.openapi import openapi
from cms.api.contract.operations import Operation
from cms.api.delivery import CORS, Answer
from cms.api.documentation.examples import example_table, more_examples, read_example
from cms.api.documentation.languages import WORDS
from cms.api.documentation.mirror import mirror_script
from cms.api.documentation.problems import problem_page
from cms.api.documentation.reference import chapters
from cms.api.kept import KEPT_UNTIL_CHANGED
from cms.api.parameters import read_nothing
from cms.api.problems import MEDIA_TYPE, PROBLEM_TYPES
from cms.api.views.address import FixedAddress
from cms.api.views.elsewhere import nowhere
from cms.api.views.styles import DOCS_CSS, allow_own_style
from cms.content.languages import in_path, languages


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
def show_docs(_request: HttpRequest, language: str) -> HttpResponse:
    """Show how to use the API, and every address of it: without scripts, and without any other host."""
    return _page(_docs(language))


@require_safe
def show_reference(request: HttpRequest) -> HttpResponse:
    """Show the OpenAPI document as a page in which one can search, and that needs JavaScript."""
    response = render(request, "api/docs/reference.html", {"css": DOCS_CSS})
    # Redoc writes its styles into the page and searches in a worker of its own; nothing comes from elsewhere.
    response._csp_update = {  # type: ignore[attr-defined]  # django-csp's API
        "style-src": ["'self'", "'unsafe-inline'"],
        "worker-src": ["'self'", "blob:"],
    }
    response["Cache-Control"] = KEPT_UNTIL_CHANGED
    return response


@require_safe
def show_problem(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show what a problem means and what to do, in both languages: its address is the same for all."""
    if name not in PROBLEM_TYPES:
        return nowhere(request)
    context = {
        "css": DOCS_CSS,
        "language": "en",
        "problem": problem_page(name),
        "problems": [problem_page(other) for other in PROBLEM_TYPES],
    }
    return _page(render_to_string("api/docs/problem.html", context))


@require_safe
def send_example(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send an example as its file has it."""
    example = read_example(name)
    if example is None:
        return nowhere(request)
    media_type = MEDIA_TYPE if name.startswith("problems/") else "application/json"
    return _sent(example.text, media_type)


@require_safe
def send_mirror(_request: HttpRequest) -> HttpResponse:
    """Send the script that keeps a copy."""
    return _sent(mirror_script(), "text/x-python; charset=utf-8")


@cache
def _docs(language: str) -> str:
    """Return the documentation in a language: the same until the hub starts anew."""
    codes = [in_path(code) for code in languages()]
    context = {
        "css": DOCS_CSS,
        "language": language,
        "words": WORDS[language],
        "chapters": chapters(language),
        "problems": [problem_page(name) for name in PROBLEM_TYPES],
        "table": example_table(codes),
        "table_languages": codes,
        "more": list(more_examples()),
        "script": mirror_script(),
        "hub": settings.PUBLIC_URL,
    }
    return render_to_string(f"api/docs/{language}.html", context)


def _page(text: str) -> HttpResponse:
    response = allow_own_style(HttpResponse(text), DOCS_CSS)
    response["Cache-Control"] = KEPT_UNTIL_CHANGED
    return response


def _sent(text: str, media_type: str) -> HttpResponse:
    return HttpResponse(text, content_type=media_type, headers={"Cache-Control": KEPT_UNTIL_CHANGED, **CORS})


@cache
def _document() -> bytes:
    _name, email = parseaddr(settings.DEFAULT_FROM_EMAIL)
    text = json.dumps(openapi(), ensure_ascii=False)
    return text.replace(EXAMPLE_SERVER, settings.PUBLIC_URL).replace(EXAMPLE_EMAIL, email).encode()
