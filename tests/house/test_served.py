"""A hub as it is served: what gunicorn adds, and what it refuses before the hub has seen it, keeps the contract too."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponse

from cms.api.contract.openapi import openapi
from cms.api.problems import PROBLEM_TYPES
from tests.contract.truth import hold_against_openapi
from tests.hub import free_port, serving
from tests.newsroom import add_people, add_seed_article, add_topics, open_newsroom

pytestmark = pytest.mark.django_db(transaction=True)

OF_THE_CONNECTION = {"Date", "Connection", "Transfer-Encoding"}
MISSING = "5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"
NEWS = "/content/v1/sv/news"
GET = f"GET {NEWS} HTTP/1.1\r\n"
SECRET = "hemligt-7f3a"


@dataclass(frozen=True)
class Served:
    """A hub that is served, with the seed article."""

    address: str
    article: str

    def send(self, request: str | bytes) -> HttpResponse:
        """Send these bytes; return what comes back."""
        there = urlsplit(self.address)
        with socket.create_connection((there.hostname, there.port), timeout=30) as line:
            line.sendall(request if isinstance(request, bytes) else request.encode())
            answer = HTTPResponse(line, method="HEAD" if request[:4] in ("HEAD", b"HEAD") else "GET")
            answer.begin()
            headers = {name: value for name, value in answer.getheaders() if name not in OF_THE_CONNECTION}
            response = HttpResponse(answer.read(), status=answer.status, headers=headers)
            if "Content-Type" not in headers:
                del response["Content-Type"]  # Django's own
            return response

    def ask(self, target: str, method: str = "GET", *headers: str) -> HttpResponse:
        """Ask as curl does: letters go out as they are."""
        lines = (f"{method} {target} HTTP/1.1", f"Host: {urlsplit(self.address).netloc}", *headers, "Connection: close")
        return self.send("\r\n".join((*lines, "", "")))


@pytest.fixture
def hub(transactional_db: None, tmp_path: Path) -> Iterator[Served]:
    """The seed article, committed and served."""
    with transaction.atomic():
        room = open_newsroom()
        people, topics = add_people(room), add_topics(room)
    with transaction.atomic():
        article = add_seed_article(room, people, topics)
    with serving(tmp_path / "hub", free_port()) as address:
        yield Served(address, str(article.translation_key))


REFUSED: dict[str, tuple[str | bytes, str]] = {
    "bytes that are no text": (
        GET.replace("news", f"news?q={SECRET}").encode().replace(b"q=", b"q=\xf6"),
        "bad-request",
    ),
    "a blank in the address": (GET.replace("news", f"news?q={SECRET} ö"), "bad-request"),
    "a control character": (GET.replace("news", f"news?q={SECRET}\x01"), "bad-request"),
    "no version": (f"GET {NEWS}?q={SECRET}\r\n\r\n", "bad-request"),
    "another version": (f"GET {NEWS}?q={SECRET} HTTP/3.0\r\n\r\n", "bad-request"),
    "a method that is none": (f"g{SECRET} {NEWS} HTTP/1.1\r\n\r\n", "bad-request"),
    "a header without a name": (f"{GET}{SECRET}\r\n\r\n", "bad-request"),
    "a header twice": (f"{GET}Host: {SECRET}\r\nHost: {SECRET}\r\n\r\n", "bad-request"),
    "a header over two lines": (f"{GET}Accept: {SECRET},\r\n {SECRET}\r\n\r\n", "bad-request"),
    "an expectation": (f"{GET}Expect: {SECRET}\r\n\r\n", "bad-request"),
    "a length that is none": (f"{GET}Content-Length: {SECRET}\r\n\r\n", "bad-request"),
    "a coding nobody knows": (f"{GET}Transfer-Encoding: {SECRET}\r\n\r\n", "unsupported-media-type"),
    "a long address": (GET.replace("news", f"news?q={SECRET}{'a' * 8_200}"), "uri-too-long"),
    "many letters": (GET.replace("news", f"news?q={SECRET}{'Х' * 3_000}") + "\r\n", "uri-too-long"),
    "a long header": (f"{GET}Cookie: {SECRET}{'a' * 8_200}\r\n\r\n", "headers-too-large"),
    "many headers": (GET + f"X: {SECRET}\r\n" * 101 + "\r\n", "headers-too-large"),
}


def test_letters_are_typed_as_they_are(hub: Served) -> None:
    statuses = {"/uk/search?q=Херсон": 200, "/sv/news?q=ö": 200, "/sv/lookup?path=/sv/umeå": 400, "/sv/umeå": 404}
    for target, status in statuses.items():
        typed, encoded = hub.ask("/content/v1" + target), hub.ask("/content/v1" + quote(target, safe="/?="))
        assert typed.content == encoded.content
        assert typed.status_code == encoded.status_code == status
    found = hub.ask("/content/v1/sv/search?q=Херсон")
    assert hub.article in [item["id"] for item in json.loads(found.content)["items"]]


def test_what_gunicorn_refuses_is_a_problem_that_tells_nothing_of_the_request(hub: Served) -> None:
    for case, (request, name) in REFUSED.items():
        response = hub.send(request)
        assert response.headers["Content-Type"] == "application/problem+json", case
        hold_against_openapi("GET", NEWS, "", response, response.content)
        problem = json.loads(response.content)
        assert problem["type"] == f"{hub.address}/content/v1/docs/problems/{name}", case
        assert problem["status"] == response.status_code == PROBLEM_TYPES[name].status, case
        assert hub.ask(urlsplit(problem["type"]).path).status_code == 200
        for inside in (SECRET, "unicorn", "Invalid", "Traceback", ".py", "<"):
            assert inside not in response.content.decode() + str(response.headers), case


def test_no_answer_names_the_server(hub: Served) -> None:
    answers = [hub.ask(target) for target in (NEWS, "/content/v1/export.ndjson", "/nowhere", "/admin/login/", "/sv")]
    answers += [
        hub.ask(NEWS, "HEAD"),
        hub.ask(NEWS, "POST"),
        *(hub.send(request) for request, _name in REFUSED.values()),
    ]
    for answer in answers:
        assert "Server" not in answer.headers


def test_every_answer_over_a_socket_is_what_the_document_says(hub: Served) -> None:
    etag = f"If-None-Match: {hub.ask(NEWS).headers['ETag']}"
    asked: list[tuple[str, ...]] = [
        (NEWS, "GET", etag),
        (NEWS, "GET", "If-Match: x"),
        (NEWS, "GET", "Accept: text/csv"),
    ]
    asked += [
        (NEWS, "GET", "Authorization: Bearer a"),
        (NEWS, "GET", "Content-Length: 9"),
        (NEWS, "GET", "Accept-Encoding: br"),
    ]
    asked += [(target, method) for target in _targets(hub) for method in ("GET", "HEAD")]
    asked += [(NEWS, method) for method in ("OPTIONS", "POST", "DELETE", "TRACE")]
    statuses = set()
    for target, method, *headers in asked:
        response = hub.ask(target, method, *headers)
        path, _, query = target.partition("?")
        hold_against_openapi(method, path, query, response, response.content)
        statuses.add(response.status_code)
    assert statuses >= {200, 204, 304, 308, 400, 401, 404, 405, 406, 412, 414, 415}
    assert len(asked) > 60


def _targets(hub: Served) -> list[str]:
    """Return every address of the document as one that answers, and many that cannot."""
    needed = {"/content/v1/{language}/search": "?q=Херсон", "/content/v1/{language}/lookup": "?path=/sv"}
    there = [
        path.format(language="sv", kind="news", id=hub.article) + needed.get(path, "") for path in openapi()["paths"]
    ]
    of_news = ["umea-ingar-samarbete-med-cherson", MISSING, f"{hub.article}?fallback=sv", "umeå", "a/b", ""]
    wrong = ["?limit=0", "?page=1&offset=1", "?x=1", "?q=%00", "?cursor=å", f"?ids={'a' * 7_000}", f"?ids={'ö' * 700}"]
    elsewhere = ["/content/", "/content/v1/ua/news", "/content/v2/sv", "/content/v1/ö", "/health/ö", "/health/live/"]
    return [*there, *(f"{NEWS}/{part}" for part in of_news), *(NEWS + query for query in wrong), *elsewhere]
