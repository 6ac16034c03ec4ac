"""A partner city's website: asks the hub, and looks at what every answer must and must not have."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.publishing import publish_noted

BASE = "/content/v1"


def _whole(response: Any) -> HttpResponse:
    """Return an answer with all its bytes, also when it was sent piece by piece."""
    if not response.streaming:
        return response
    return HttpResponse(b"".join(response.streaming_content), status=response.status_code, headers=response.headers)


class City:
    """Fetches as a city's website does."""

    def __init__(self) -> None:
        self._client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        self._address = "127.0.0.1"

    def come_from(self, address: str) -> None:
        """Ask from this network address from now on."""
        self._address = address

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> HttpResponse:
        """Send a request to an address of the API, or of the hub when it begins with `//`; look at what comes back.

        That the OpenAPI document describes it is seen to in `witness.py`.
        """
        publish_noted()  # what a commit does; tests never commit
        address = path[1:] if path.startswith("//") else BASE + path
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        response = _whole(self._client.generic(method, address, headers=sent, REMOTE_ADDR=self._address))
        assert not response.cookies
        assert b"hub:/" not in response.content, "an address that only the hub understands"
        assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        return response

    def get(self, path: str, status: int = 200, **headers: str) -> Any:
        """Return what the address says, as data."""
        response = self.ask(path, **headers)
        assert response.status_code == status, f"{path}: {response.status_code} {response.content[:500]!r}"
        return json.loads(response.content)

    def problem(self, path: str, name: str, *, method: str = "GET", **headers: str) -> Any:
        """Return the problem that the address answers with, which must have this name and no inside of the house."""
        response = self.ask(path, method=method, **headers)
        assert response["Content-Type"] == "application/problem+json", response.content[:500]
        assert response["Cache-Control"] == "private, no-store"
        problem = json.loads(response.content)
        assert problem["type"] == f"http://testserver/content/v1/docs/problems/{name}"
        assert problem["status"] == response.status_code
        for inside in ("Traceback", "SELECT", ".py", "django", "site-packages", "sqlite", "psycopg"):
            assert inside not in response.content.decode()
        return problem


def documents_inside(data: Any) -> Iterator[dict[str, Any]]:
    """Yield every document and card inside an answer, the outermost first."""
    match data:
        case {"kind": str(), "id": str(), "language": _}:
            yield data
            for value in data.values():
                yield from documents_inside(value)
        case dict():
            for value in data.values():
                yield from documents_inside(value)
        case list():
            for value in data:
                yield from documents_inside(value)
