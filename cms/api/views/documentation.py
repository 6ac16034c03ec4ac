"""The documentation: the OpenAPI document, pages to read it on, its examples, and a page for each problem."""

import json
from email.utils import parseaddr
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from rest_framework.request import Request

from cms.api.contract.info import EXAMPLE_EMAIL, EXAMPLE_SERVER, INFO
from cms.api.contract.limits import limitations, rates_in_words
from cms.api.contract.openapi import openapi
from cms.api.contract.operations import Operation
from cms.api.delivery import Answer, deliver, finish, languages_inside
from cms.api.documentation.examples import example_table, more_examples, read_example
from cms.api.documentation.languages import NAMES, WORDS
from cms.api.documentation.mirror import mirror_script
from cms.api.documentation.problems import problem_page
from cms.api.documentation.reference import chapters
from cms.api.front_door import KEPT
from cms.api.kept import Kept
from cms.api.negotiation import refuse_keys, refuse_other_forms
from cms.api.parameters import read_nothing
from cms.api.problems import MEDIA_TYPE, PROBLEM_TYPES
from cms.api.views.address import FixedAddress
from cms.api.views.elsewhere import nowhere
from cms.api.views.reading_only import reading_only
from cms.api.views.styles import DOCS_CSS, allow_own_style
from cms.api.watch import BUILD
from cms.content.languages import in_path, languages

HTML = "text/html; charset=utf-8"


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


@reading_only
def show_docs(request: HttpRequest, language: str) -> HttpResponse:
    """Show how to use the API, and every address of it: without scripts, and without any other host."""
    return allow_own_style(_delivered(request, _docs(language)), DOCS_CSS)


@reading_only
def show_reference(request: HttpRequest) -> HttpResponse:
    """Show the OpenAPI document as a page in which one can search, and that needs JavaScript."""
    response = _delivered(request, _reference())
    # Redoc writes its styles into the page and searches in a worker of its own; nothing comes from elsewhere.
    response._csp_update = {  # type: ignore[attr-defined]  # django-csp's API
        "style-src": ["'self'", "'unsafe-inline'"],
        "worker-src": ["'self'", "blob:"],
    }
    return response


@reading_only
def show_problem(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show what a problem means and what to do, in both languages: its address is the same for all."""
    if name not in PROBLEM_TYPES:
        return nowhere(request)
    return allow_own_style(_delivered(request, _problem(name)), DOCS_CSS)


@reading_only
def send_example(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send an example as its file has it."""
    example = read_example(name)
    if example is None:
        return nowhere(request)
    media_type = MEDIA_TYPE if name.startswith("problems/") else "application/json"
    refuse_other_forms(request, media_type)
    inside = languages_inside(json.loads(example.text))
    return _delivered(request, _finished(example.text, media_type, inside))


@reading_only
def send_mirror(request: HttpRequest) -> HttpResponse:
    """Send the script that keeps a copy."""
    refuse_other_forms(request, "text/x-python")
    return _delivered(request, _finished(mirror_script(), "text/x-python; charset=utf-8"))


@cache
def _docs(language: str) -> Kept:
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
        "rates": rates_in_words(settings.RATE_LIMITS, language, of_each_process=not settings.ANSWERS_BEHIND),
    }
    return _finished(render_to_string(f"api/docs/{language}.html", context), HTML, (language,))


@cache
def _reference() -> Kept:
    return _finished(render_to_string("api/docs/reference.html", {"css": DOCS_CSS}), HTML, ("en",))


@cache
def _problem(name: str) -> Kept:
    context = {
        "css": DOCS_CSS,
        "language": "en",
        "problem": problem_page(name),
        "problems": [problem_page(other) for other in PROBLEM_TYPES],
    }
    return _finished(render_to_string("api/docs/problem.html", context), HTML, tuple(NAMES))


def _finished(text: str, media_type: str, languages: tuple[str, ...] = ()) -> Kept:
    return finish(Answer(body=text.encode(), media_type=media_type, languages=languages), BUILD)


def _delivered(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Return a page, or only that the reader has it; what is added to its address makes no other one to remember."""
    refuse_keys(request)
    response = deliver(request, kept)
    if request.META.get("QUERY_STRING"):
        del request.META[KEPT]
    return response


@cache
def _document() -> bytes:
    _name, email = parseaddr(settings.DEFAULT_FROM_EMAIL)
    info = {**INFO, "x-limitations": limitations(settings.RATE_LIMITS, of_each_process=not settings.ANSWERS_BEHIND)}
    text = json.dumps({**openapi(), "info": info}, ensure_ascii=False)
    return text.replace(EXAMPLE_SERVER, settings.PUBLIC_URL).replace(EXAMPLE_EMAIL, email).encode()
