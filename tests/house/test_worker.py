"""gunicorn's worker as we use it: the same bytes as gunicorn's own, in one piece."""

from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.http import errors, wsgi

from cms.worker import SMALL, Response

STOCK = Response.__base__
TEXT = "Umeå ingår samarbete med Cherson".encode()
HEADERS = [("Content-Type", "application/json"), ("ETag", '"3f2a"'), ("Vary", "Accept-Encoding"), ("X-Frame", " DENY ")]


class Line:
    """A connection that remembers what was sent on it, and takes no more than so much at once."""

    def __init__(self, most: int = 1_000_000_000) -> None:
        self.sent: list[bytes] = []
        self._most = most

    def sendall(self, data: bytes) -> None:
        self.sent.append(bytes(data))

    def sendmsg(self, parts: list[bytes]) -> int:
        self.sent.append(b"".join(parts)[: self._most])
        return len(self.sent[-1])


@pytest.fixture(autouse=True)
def same_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both say the same time."""
    monkeypatch.setattr("gunicorn.util.http_date", lambda _moment=None: "Thu, 26 Nov 2026 12:00:00 GMT")


def answer(
    response_class: Any,
    line: Line,
    *parts: bytes,
    method: str = "GET",
    status: str = "200 OK",
    length: int | None = None,
    more: tuple[tuple[str, str], ...] = (),
) -> bytes:
    request = SimpleNamespace(version=(1, 1), method=method, should_close=lambda: False)
    response = response_class(request, line, SimpleNamespace(is_ssl=False, sendfile=None, protocol="http"))
    whole = [] if length is None else [("Content-Length", str(length))]
    response.start_response(status, [*HEADERS, *whole, *more])
    for part in parts:
        response.write(part)
    response.close()
    return b"".join(line.sent)


CASES: dict[str, dict[str, Any]] = {
    "an article": {"parts": [TEXT], "length": len(TEXT)},
    "a long list": {"parts": [TEXT * 10_000], "length": len(TEXT) * 10_000},
    "in parts": {"parts": [TEXT, TEXT], "length": 2 * len(TEXT)},
    "of unknown length": {"parts": [TEXT, TEXT]},
    "longer than it says": {"parts": [TEXT], "length": 4},
    "shorter than it says": {"parts": [TEXT], "length": 1_000},
    "nothing new": {"parts": [], "status": "304 Not Modified"},
    "its head alone": {"parts": [], "method": "HEAD", "length": len(TEXT)},
    "empty": {"parts": [b""], "length": 0},
    "a redirect": {"parts": [], "status": "308 Permanent Redirect", "length": 0, "more": (("Connection", "close"),)},
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_bytes_are_those_of_gunicorn(case: dict[str, Any]) -> None:
    parts = case["parts"]
    rest = {name: value for name, value in case.items() if name != "parts"}
    for _again in range(2):  # headers are known the second time
        assert answer(Response, Line(), *parts, **rest) == answer(STOCK, Line(), *parts, **rest)


@pytest.mark.parametrize("size", [len(TEXT), SMALL + 1])
def test_an_answer_goes_out_in_one_piece(size: int) -> None:
    line = Line()
    answer(Response, line, b"x" * size, length=size)
    assert len([sent for sent in line.sent if sent]) == 1


@pytest.mark.parametrize("most", [10, 200, SMALL])
def test_a_slow_reader_gets_the_rest(most: int) -> None:
    body = TEXT * 5_000
    whole = answer(STOCK, Line(), body, length=len(body))
    assert answer(Response, Line(most), body, length=len(body)) == whole


@pytest.mark.parametrize("header", [("X Space", "1"), ("X-Two", "a\r\nSet-Cookie: b"), ("Näme", "1")])
def test_a_header_that_could_break_an_answer_is_refused_each_time(header: tuple[str, str]) -> None:
    for _again in range(2):
        with pytest.raises((errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)):
            answer(Response, Line(), more=(header,))


def test_known_headers_are_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(Response, Line(), TEXT, length=len(TEXT))
    monkeypatch.setattr(wsgi, "HEADER_VALUE_RE", None)
    assert answer(Response, Line(), TEXT, length=len(TEXT))
