"""gunicorn's worker as we use it: the bytes of gunicorn but for its name, in one piece; and letters in addresses."""

import os
import socket
from collections.abc import Iterator
from threading import Thread
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from gunicorn import http, util
from gunicorn.config import Config
from gunicorn.http import errors, wsgi
from gunicorn.http.unreader import IterUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from cms.worker import SMALL, Parser, Request, Response, Socket, Worker

STOCK = Response.__base__
NAME = b"Server: gunicorn\r\n"
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
        stock = answer(STOCK, Line(), *parts, **rest)
        assert NAME in stock
        assert answer(Response, Line(), *parts, **rest) == stock.replace(NAME, b"")


@pytest.mark.parametrize("size", [len(TEXT), SMALL + 1])
def test_an_answer_goes_out_in_one_piece(size: int) -> None:
    line = Line()
    answer(Response, line, b"x" * size, length=size)
    assert len([sent for sent in line.sent if sent]) == 1


@pytest.mark.parametrize("most", [10, 200, SMALL])
def test_a_slow_reader_gets_the_rest(most: int) -> None:
    body = TEXT * 5_000
    whole = answer(STOCK, Line(), body, length=len(body)).replace(NAME, b"")
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


def read(request_class: Any, target: bytes, method: bytes = b"GET") -> Any:
    sent = method + b" " + target + b" HTTP/1.1\r\nHost: misto.example\r\n\r\n"
    return request_class(Config(), IterUnreader(iter([sent])), ("203.0.113.7", 443))


@pytest.mark.parametrize(
    "target",
    [
        *(
            "/uk/search?q=Херсон",
            "/sv/news?q=ö",
            "/sv/lookup?path=/sv/umeå",
            "/sv/umeå/nyheter",
            "/sök?q=a%20ö&q=%25+b",
        ),
        *("/fi/search?q=o\u0308", "/uk/search?q=Херсон#уривок", "/sv/search?q=ö!\"'()[]{}|\\^`<>@:;,~*$"),
    ],
)
def test_letters_are_read_as_if_they_were_percent_encoded(target: str) -> None:
    typed = read(Request, target.encode())
    encoded = read(Request.__base__, quote(target, safe="".join(map(chr, range(0x21, 0x7F)))).encode())
    assert (typed.uri, typed.path, typed.query) == (encoded.uri, encoded.path, encoded.query)


@pytest.mark.parametrize(
    "target", [b"/sv/news?q=%C3%B6&x=a%2Fb", b"//sv//news?", b"http://misto.example/sv", b"/a'b\"?|"]
)
def test_what_is_ascii_is_read_as_gunicorn_reads_it(target: bytes) -> None:
    ours, stock = read(Request, target), read(Request.__base__, target)
    assert (ours.uri, ours.path, ours.query) == (stock.uri, stock.path, stock.query)


@pytest.mark.parametrize(
    "target",
    [
        *(b"/sv?q=\xf6", b"/sv?q=\xc3", b"/sv?q=\xc0\xaf", b"/sv?q=\xed\xa0\x80", b"/sv?q=\xf8\x88\x80\x80\x80"),
        *(sign.encode().join((b"/sv?q=", "ö".encode())) for sign in "\x00\x01\t\n\r\x0b\x1f\x7f \x85\x9f\xa0"),
        *(f"/sv?q=ö{sign}a".encode() for sign in "\u2000\u2028\u2029\u202e\u200b\u3000\ufeff\ue000"),
        *("http://umeå.example/sv".encode(), "umeå".encode(), "*ö".encode(), "ö:443".encode()),
    ],
)
def test_what_is_no_letter_is_refused_as_before(target: bytes) -> None:
    for request_class in (Request, Request.__base__):
        with pytest.raises((errors.InvalidRequestLine, errors.InvalidHTTPVersion)):
            read(request_class, target)


def test_letters_in_a_method_are_refused_as_before() -> None:
    with pytest.raises(errors.InvalidRequestMethod):
        read(Request, "/sv?q=ö".encode(), "GÖT".encode())


def test_encoding_makes_no_address_longer_than_any_may_be() -> None:
    assert read(Request, b"/" + "ö".encode() * 600)
    with pytest.raises(errors.LimitRequestLine):
        read(Request, b"/" + "ö".encode() * 1_400)  # Config() takes 4,094 bytes


ASKED = b"GET / HTTP/1.1\r\nHost: misto.example\r\n\r\n"


class Visit:
    """A worker of one thread, and somebody who asks it for several things on one connection."""

    def __init__(self) -> None:
        self.here, there = socket.socketpair()
        self.worker = Worker(0, 0, [], None, 30, Config(), SimpleNamespace(debug=print, access=lambda *_: None))
        self.worker.wsgi = self.answer
        self.worker.nr_conns = 1
        self.connection = TConn(self.worker.cfg, there, ("203.0.113.7", 443), ("198.51.100.1", 80))
        self.answered = 0
        self.asked: list[str] = []
        self.asking: Thread | None = None

    def answer(self, environ: Any, start_response: Any) -> list[bytes]:
        self.answered += 1
        self.asked.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    def ask(self, times: int) -> None:
        for _time in range(times):
            self.here.sendall(ASKED)
            got = b""
            while not got.endswith(b"ok"):
                got += self.here.recv(1_000)

    def ask_in_turn(self, times: int, *, then_leave: bool = False) -> None:
        """Ask so often, one after the other, while the worker answers."""

        def go() -> None:
            self.ask(times)
            if then_leave:
                self.here.shutdown(socket.SHUT_WR)

        self.asking = Thread(target=go, daemon=True)
        self.asking.start()

    def end(self) -> None:
        """Go away once everything that was asked is answered."""
        if self.asking:
            self.asking.join(5)
        self.here.close()
        self.connection.sock.close()


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Visit]:
    """Somebody whose next request comes before a thread loses patience, however busy this machine is."""
    monkeypatch.setattr("cms.worker.LINGER", 2_000)
    found = Visit()
    yield found
    found.end()


def count_waits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    waits: list[int] = []

    class Waiting:
        def register(self, *_what: Any) -> None:
            pass

        def poll(self, patience: int) -> list[int]:
            waits.append(patience)
            return []

    monkeypatch.setattr("cms.worker.poll", Waiting)
    return waits


def test_requests_that_follow_at_once_are_answered_by_the_same_thread(visit: Visit) -> None:
    visit.ask_in_turn(5, then_leave=True)
    assert visit.worker.handle(visit.connection) is False  # it went away
    assert visit.answered == 5


def test_a_connection_on_which_nothing_comes_is_given_back(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cms.worker.LINGER", 1)
    visit.ask_in_turn(1)
    assert visit.worker.handle(visit.connection) is True


@pytest.mark.parametrize(("open_ones", "idle", "waits"), [(1, 0, 1), (2, 0, 0), (4, 3, 1), (4, 2, 0)])
def test_nobody_lingers_while_others_wait_for_a_thread(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, open_ones: int, idle: int, waits: int
) -> None:
    waited = count_waits(monkeypatch)
    assert visit.worker.cfg.threads == 1
    visit.worker.nr_conns = open_ones
    visit.worker.keepalived_conns.extend([visit.connection] * (idle // 2))
    visit.worker.pending_conns.extend([visit.connection] * (idle - idle // 2))
    visit.ask_in_turn(1)
    assert visit.worker.handle(visit.connection) is True
    assert len(waited) == waits


def test_what_was_read_ahead_is_left_to_gunicorn(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = count_waits(monkeypatch)
    visit.here.sendall(ASKED * 2)
    assert visit.worker.handle(visit.connection) is True
    assert (visit.answered, waited) == (1, [])


def test_a_worker_that_stops_lingers_for_nobody(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = count_waits(monkeypatch)
    visit.worker.alive = False
    visit.ask_in_turn(1)
    assert visit.worker.handle(visit.connection) is False
    assert waited == []


class Patient(Socket):
    """A connection that counts how often it was told how long to wait."""

    told = 0

    def setblocking(self, flag: bool) -> None:
        before = self.gettimeout()
        super().setblocking(flag)
        self.told += before != self.gettimeout()

    def settimeout(self, value: float | None) -> None:
        super().settimeout(value)
        self.told += 1


def with_parser(visit: Visit, parser: Any) -> Any:
    """The connection of a visit, read by this parser."""
    visit.connection.parser = parser(visit.worker.cfg, visit.connection.sock, visit.connection.client)
    return visit.connection


def test_a_connection_is_not_told_again_and_again_to_wait(visit: Visit) -> None:
    visit.connection.sock = Patient.over(visit.connection.sock)
    connection = with_parser(visit, Parser)
    visit.ask_in_turn(5, then_leave=True)
    assert visit.worker.handle(connection) is False
    assert (visit.answered, connection.sock.told) == (5, 2)  # as it was taken over, and to wait for the first request


@pytest.fixture
def at_rest(visit: Visit) -> Visit:
    """A visit to a worker whose threads do nothing: what it takes in can be looked at."""
    visit.worker.tpool = SimpleNamespace(submit=lambda *_what: SimpleNamespace(add_done_callback=lambda _then: None))
    return visit


def test_a_connection_is_taken_over_before_a_thread_answers_on_it(at_rest: Visit) -> None:
    at_rest.worker.enqueue_req(at_rest.connection)
    taken = at_rest.connection.sock
    at_rest.worker.enqueue_req(at_rest.connection)  # it comes again with each request that does not follow at once
    assert type(taken) is Socket
    assert at_rest.connection.sock is taken


def test_a_worker_reads_each_of_its_settings_once(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((http, "RequestParser"), (wsgi, "Response"), (util, "write_error")):
        monkeypatch.setattr(module, name, getattr(module, name))
    monkeypatch.setattr(ThreadWorker, "init_process", lambda _worker: None)
    visit.worker.init_process()
    looked_up: list[str] = []
    monkeypatch.setattr(Config, "__getattr__", lambda _settings, name: looked_up.append(name))
    visit.ask_in_turn(1)
    assert visit.worker.handle(visit.connection) is True
    assert (visit.answered, looked_up) == (1, [])


LEFT = [
    b"POST /one HTTP/1.1\r\nHost: misto.example\r\nContent-Length: 16\r\n\r\nGET /no HTTP/1.1",
    b"POST /one HTTP/1.1\r\nHost: misto.example\r\nTransfer-Encoding: chunked\r\n\r\n7\r\nGET /no\r\n0\r\n\r\n",
]


@pytest.mark.parametrize("posted", LEFT)
@pytest.mark.parametrize("parser", [Parser, Parser.__base__])
def test_what_nobody_read_of_a_body_is_no_request(visit: Visit, parser: Any, posted: bytes) -> None:
    connection = with_parser(visit, parser)
    visit.here.sendall(posted + b"GET /two HTTP/1.1\r\nHost: misto.example\r\n\r\n")
    assert visit.worker.handle(connection) is True
    assert visit.worker.handle(connection) is True
    assert visit.asked == ["/one", "/two"]


@pytest.mark.parametrize("waits", [True, False])
def test_a_connection_that_is_taken_over_waits_as_it_did(waits: bool) -> None:
    here, there = socket.socketpair()
    there.setblocking(waits)
    number = there.fileno()
    taken = Socket.over(there)
    assert (taken.fileno(), taken.getblocking(), os.get_blocking(number)) == (number, waits, waits)
    for wanted in (not waits, waits, waits):
        taken.setblocking(wanted)
        assert (taken.getblocking(), os.get_blocking(number)) == (wanted, wanted)
    here.close()
    taken.close()
