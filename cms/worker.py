"""gunicorn's worker with threads: takes addresses as people type them, and answers and refuses as the hub does.

The head of an answer goes out together with its body. gunicorn sends the head by itself, looks at each header of each
answer as if it had never seen it, and writes it anew: that took more of the time of a kept answer than everything of
ours. So did giving each connection back between two requests that follow each other.
"""

from collections.abc import Sequence
from functools import lru_cache
from select import POLLIN, poll
from socket import socket
from string import punctuation
from typing import Any, NamedTuple
from urllib.parse import quote

from gunicorn import http, util
from gunicorn.http import message, wsgi
from gunicorn.http.errors import LimitRequestLine
from gunicorn.http.parser import RequestParser
from gunicorn.workers.gthread import ThreadWorker

Header = tuple[str, str]

LINGER = 2
"""Milliseconds that a thread waits for the next request of a connection, while no other one waits for a thread."""

SMALL = 65_536
"""Bytes of a body that are copied behind its head; what is longer is cheaper to hand over beside it."""


_Stock: Any = wsgi.Response  # gunicorn has no types, and ours takes this name below
_StockRequest: Any = message.Request
_StockParser: Any = RequestParser


class Request(_StockRequest):
    """A request whose address may hold the letters of any language as they are."""

    def parse_request_line(self, line: bytes) -> None:
        """Read method, address and version, as if the letters had come percent-encoded."""
        encoded = percent_encoded(line)
        if len(encoded) > self.limit_request_line:
            raise LimitRequestLine(len(encoded), self.limit_request_line)
        super().parse_request_line(encoded)


class Response(_Stock):
    """An answer that goes out in one piece, and does not name the server."""

    headers_sent: bool

    def default_headers(self) -> list[str]:
        """Return the first line and what gunicorn itself says, but for its name."""
        return [line for line in super().default_headers() if not line.startswith("Server:")]

    def process_headers(self, headers: Sequence[Header]) -> None:
        """Take the headers, as gunicorn takes them when they come for the first time."""
        self._taken = taken = _take_all(tuple(headers))
        self.headers = list(taken.headers)
        if taken.length is not None:
            self.response_length = taken.length
        if taken.upgrades:
            self.upgrade = True

    def send_headers(self) -> None:
        """Send the head by itself, once."""
        if not self.headers_sent:
            self.sock.sendall(self._head())
            self.headers_sent = True

    def write(self, data: bytes) -> None:
        """Send a part of the body; when it is the whole, together with the head."""
        if not self._is_whole(data):
            super().write(data)
            return
        self.headers_sent, self.sent = True, len(data)
        head = self._head()
        if len(data) <= SMALL or self.cfg.is_ssl:
            self.sock.sendall(head + data)
        else:
            _send_beside(self.sock, head, data)

    def _is_whole(self, data: Any) -> bool:
        return (
            not self.headers_sent and not self._omits_body and type(data) is bytes and len(data) == self.response_length
        )

    def _head(self) -> bytes:
        # gunicorn leaves a header out where there may be no body.
        is_as_taken = len(self.headers) == len(self._taken.headers)
        said = self._taken.text if is_as_taken else _written(self.headers)
        return f"{''.join(self.default_headers())}{said}\r\n".encode("latin-1")


class Parser(_StockParser):
    """What reads the requests of a connection, and leaves the connection alone when nothing is left of a body."""

    mesg_class = Request

    def finish_body(self, deadline: float | None = None, max_bytes: int | None = None) -> bool:
        """Discard what nobody read of a body; return whether that could be done."""
        if self.mesg and getattr(self.mesg.body.reader, "length", None) == 0:
            return True  # gunicorn would set the timeout of the connection three times to read nothing
        return bool(super().finish_body(deadline, max_bytes))


class Socket(socket):
    """A connection that is told whether to wait only when it does otherwise: to tell it gives way to other threads."""

    @classmethod
    def over(cls, taken: socket) -> "Socket":
        """Take a connection over."""
        timeout = taken.gettimeout()
        own = cls(taken.family, taken.type, taken.proto, fileno=taken.detach())
        own.settimeout(timeout)
        return own

    def setblocking(self, flag: bool) -> None:
        """Wait for what does not come at once, or do not."""
        if self.gettimeout() != (None if flag else 0.0):
            super().setblocking(flag)


class Worker(ThreadWorker):
    """gunicorn's worker with threads, with our requests, answers and refusals."""

    def init_process(self) -> None:
        """Begin to work, with settings that need not be looked up twenty times a request: they change no more."""
        http.RequestParser = Parser  # gunicorn has no setting for any of these
        wsgi.Response = Response
        util.write_error = write_refusal
        self.cfg.__dict__.update({name: getattr(self.cfg, name) for name in self.cfg.settings})
        super().init_process()

    def enqueue_req(self, conn: Any) -> None:
        """Have a thread answer what comes on a connection."""
        if type(conn.sock) is socket:
            conn.sock = Socket.over(conn.sock)
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """Answer a request, and those that follow it at once.

        To hand a connection back and forth between threads costs about as much as a kept answer.
        """
        result = super().handle(conn)
        while result is True and self.alive and self._is_next_here(conn):
            result = super().handle(conn)
        return result

    def _is_next_here(self, conn: Any) -> bool:
        """Whether the next request has come, or comes while nobody else waits for this thread."""
        at_work = self.nr_conns - len(self.keepalived_conns) - len(self.pending_conns)
        if at_work > self.cfg.threads or conn.parser.unreader.buf.getvalue():
            return False
        coming = poll()
        coming.register(conn.sock, POLLIN)
        return bool(coming.poll(LINGER))


def percent_encoded(line: bytes) -> bytes:
    """Return a request line with the letters of its address percent-encoded.

    What else is no ASCII, such as bytes that are no UTF-8, and blanks and control characters of any alphabet, stays as
    it is: gunicorn refuses it.
    """
    parts = line.split(b" ", 2)
    if line.isascii() or len(parts) != 3 or not _is_readable(parts[1]):
        return line
    method, address, version = parts
    return b" ".join((method, quote(address, safe=punctuation).encode(), version))


def write_refusal(sock: Any, status: int, _reason: str, _message: str) -> None:
    """Send what `handle_error` of gunicorn has decided on as a problem; its message would repeat what was asked."""
    from cms.api.refusals import refusal  # the settings are there only now

    response = refusal(status)
    response["Date"], response["Connection"] = util.http_date(), "close"
    first = f"HTTP/1.1 {response.status_code} {response.reason_phrase}\r\n".encode()
    util.write_nonblock(sock, first + response.serialize_headers() + b"\r\n\r\n" + response.content)


def _is_readable(address: bytes) -> bool:
    """Whether this is a path in UTF-8 without blanks and control characters."""
    try:
        return address.startswith(b"/") and address.decode().isprintable()
    except UnicodeDecodeError:
        return False


class _Taken(NamedTuple):
    """Headers as gunicorn sends them, also as text; the length of a body that they tell, and whether they upgrade."""

    headers: tuple[Header, ...]
    text: str
    length: int | None
    upgrades: bool


@lru_cache(1_000)
def _take_all(headers: tuple[Header, ...]) -> _Taken:
    parts = [_take(*header) for header in headers]
    taken = tuple(header for part in parts for header in part.headers)
    lengths = [part.length for part in parts if part.length is not None]
    upgrades = any(part.upgrades for part in parts)
    return _Taken(taken, _written(taken), lengths[-1] if lengths else None, upgrades)


@lru_cache(1_000)
def _take(name: str, value: str) -> _Taken:
    alone = _Stock(None, None, None)
    alone.process_headers([(name, value)])
    return _Taken(tuple(alone.headers), _written(alone.headers), alone.response_length, alone.upgrade)


def _written(headers: Sequence[Header]) -> str:
    return "".join([f"{name}: {value}\r\n" for name, value in headers])


def _send_beside(sock: Any, head: bytes, body: bytes) -> None:
    sent = sock.sendmsg([head, body])
    if sent < len(head):
        sock.sendall(head[sent:])
    sock.sendall(memoryview(body)[max(sent - len(head), 0) :])
