"""The witness over all answers sees what is wrong: one false thing at a time is put into an answer."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse

from cms.api.middleware import LeanMiddleware
from cms.api.problems import PROBLEM_TYPES, ProblemError
from tests.contract.city import City

pytestmark = pytest.mark.django_db
Plant = Callable[[HttpResponse], HttpResponse]


def _with(**values: object) -> Plant:
    """Return what puts fields into the body."""

    def plant(response: HttpResponse) -> HttpResponse:
        response.content = json.dumps({**json.loads(response.content), **values}).encode()
        return response

    return plant


def _with_header(name: str, value: str) -> Plant:
    def plant(response: HttpResponse) -> HttpResponse:
        response[name] = value
        return response

    return plant


def _without_header(name: str) -> Plant:
    def plant(response: HttpResponse) -> HttpResponse:
        del response[name]
        return response

    return plant


def _with_status(status: int) -> Plant:
    def plant(response: HttpResponse) -> HttpResponse:
        response.status_code = status
        return response

    return plant


@pytest.mark.parametrize(
    ("plant", "complaint"),
    [
        (_with(apiVersion=1), "apiVersion"),
        (_with(apiReleased="yesterday"), "apiReleased"),
        (_with_header("X-Inside", "sqlite"), "X-Inside is sent and not documented"),
        (_with_header("ETag", 'W/"0"'), "does not match"),
        (_with_header("Content-Type", "text/html"), "text/html is not documented"),
        (_without_header("ETag"), "etag is promised and missing"),
        (_without_header("Vary"), "vary is promised and missing"),
        (_with_status(299), "299 is not documented"),
    ],
)
def test_one_false_thing_in_an_answer_is_seen(monkeypatch: pytest.MonkeyPatch, plant: Plant, complaint: str) -> None:
    answer: Callable[..., Any] = LeanMiddleware.__call__
    monkeypatch.setattr(LeanMiddleware, "__call__", lambda *request: plant(answer(*request)))
    with pytest.raises(AssertionError, match=complaint):
        City().ask("/api-info", Accept_Encoding="identity")


def test_a_problem_that_is_not_documented_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROBLEM_TYPES, "no-such", PROBLEM_TYPES["invalid-parameters"])
    monkeypatch.setattr("cms.api.parameters._refusal", lambda detail, _allowed: ProblemError("no-such", detail))
    with pytest.raises(AssertionError, match="no-such is not documented"):
        City().ask("/api-info?a=b")
