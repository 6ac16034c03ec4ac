"""Whoever asks the API in a test, through Django's test client, has the answer held against the OpenAPI document."""

from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client

from tests.contract.truth import hold_against_openapi


@pytest.fixture(autouse=True)
def every_answer_is_what_the_document_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail the test that gets an answer of the API which the document does not describe."""
    ask = Client.request

    def ask_and_hold(client: Client, **environ: Any) -> HttpResponseBase:
        response = ask(client, **environ)
        method, path = environ.get("REQUEST_METHOD", "GET"), environ.get("PATH_INFO", "")
        hold_against_openapi(method, path, environ.get("QUERY_STRING", ""), response, _bytes_of(response))
        return response

    monkeypatch.setattr(Client, "request", ask_and_hold)


def _bytes_of(response: Any) -> bytes:
    """Return the whole body; what is sent piece by piece can be read again after this."""
    if not response.streaming:
        return bytes(response.content)
    body = b"".join(response.streaming_content)
    response.streaming_content = [body]
    return body
