"""gunicorn's worker with threads, which here sends the head of an answer together with its body.

gunicorn sends the head by itself and looks at each header of each answer as if it had never seen it: that took more of
the time of a kept answer than everything of ours.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from gunicorn.http import wsgi
from gunicorn.workers.gthread import ThreadWorker

Header = tuple[str, str]

SMALL = 65_536
"""Bytes of a body that are copied behind its head; what is longer is cheaper to hand over beside it."""


_Stock: Any = wsgi.Response  # gunicorn has no types, and ours takes this name below


class Response(_Stock):
    """An answer that goes out in one piece."""

    def process_headers(self, headers: Sequence[Header]) -> None:
        """Take the headers, as gunicorn takes each when it comes for the first time."""
        for name, value in headers:
            taken, length, upgrades = _take(name, value)
            self.headers += taken
            if length is not None:
                self.response_length = length
            if upgrades:
                self.upgrade = True

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
        lines = [*self.default_headers(), *[f"{name}: {value}\r\n" for name, value in self.headers], "\r\n"]
        return "".join(lines).encode("latin-1")


class Worker(ThreadWorker):
    """gunicorn's worker with threads, with our answers."""

    def init_process(self) -> None:
        """Begin to work."""
        wsgi.Response = Response  # gunicorn has no setting for it
        super().init_process()


@lru_cache(1_000)
def _take(name: str, value: str) -> tuple[tuple[Header, ...], int | None, bool]:
    """Return a header as gunicorn sends it, if it does; the length of the body that it tells; whether it upgrades."""
    alone = _Stock(None, None, None)
    alone.process_headers([(name, value)])
    return tuple(alone.headers), alone.response_length, alone.upgrade


def _send_beside(sock: Any, head: bytes, body: bytes) -> None:
    sent = sock.sendmsg([head, body])
    if sent < len(head):
        sock.sendall(head[sent:])
    sock.sendall(memoryview(body)[max(sent - len(head), 0) :])
