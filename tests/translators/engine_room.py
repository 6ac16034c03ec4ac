"""A server that plays an engine: it keeps what it is sent, and answers as a test wishes."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest

from cms.translation.engines import deepl, google
from cms.translation.engines.models import Agreement

Answer = tuple[int, dict[str, str], bytes]
Say = Callable[[list[str]], Any]


class Double(ThreadingHTTPServer):
    """Plays the engines; `answers` are given one after the other, then `say` makes an answer of the texts."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: list[dict[str, Any]] = []
        self.answers: list[Answer | Callable[[BaseHTTPRequestHandler], None]] = []
        self.say: Callable[[str], str] = lambda text: f"UK {text}"
        self.before: Callable[[], None] = lambda: None
        self.glossary: dict[str, Any] = {}
        self.of_others: list[dict[str, Any]] = []
        """Glossaries of this account that are not ours."""
        self.written: list[dict[str, Any]] = []
        """What was done to the glossary, in its order."""
        self.refusal: Answer | None = None
        """What is answered to whoever writes the glossary, when it is not taken."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def sent(self) -> list[str]:
        """All texts that it was sent."""
        return [text for request in self.requests for text in texts_in(request["data"])]


class _Handler(BaseHTTPRequestHandler):
    server: Double

    def do_GET(self) -> None:
        ours = [self.server.glossary] if self.server.glossary else []
        said = json.dumps({"glossaries": [*self.server.of_others, *ours]}).encode()
        give(self, *((200, {}, said) if self.path == "/v3/glossaries" else (404, {}, b"{}")))

    def do_PUT(self) -> None:
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.written.append({"path": self.path, **data})
        is_ours = self.path == f"/v3/glossaries/{self.server.glossary.get('glossary_id')}/dictionaries"
        give(self, *(self.server.refusal or ((200, {}, json.dumps(data).encode()) if is_ours else status(404))))

    def do_POST(self) -> None:
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/v3/glossaries":
            give(self, *(self.server.refusal or self._make(data)))
            return
        self.server.requests.append({"path": self.path, "headers": dict(self.headers), "data": data})
        self.server.before()
        if self.server.answers:
            answer = self.server.answers.pop(0)
            if callable(answer):
                answer(self)
                return
        elif data.get("glossary_id") not in (None, self.server.glossary.get("glossary_id")):
            answer = status(404)
        else:
            answer = usual(self.path, [self.server.say(text) for text in texts_in(data)])
        give(self, *answer)

    def _make(self, data: dict[str, Any]) -> Answer:
        """Make the account's one glossary, as the free API allows."""
        if self.server.glossary or self.server.of_others:
            return 456, {}, b'{"message": "Too many glossaries"}'
        self.server.written.append({"path": self.path, **data})
        self.server.glossary = {"glossary_id": str(uuid4()), "name": data["name"]}
        return 201, {}, json.dumps(self.server.glossary).encode()

    def log_message(self, *_args: Any) -> None:
        """Keep the tests quiet."""


def give(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    """Send an answer; whoever does not want all of it may hang up."""
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    with suppress(ConnectionError):
        handler.wfile.write(body)


def texts_in(data: dict[str, Any]) -> list[str]:
    """Return the texts of a request, in whichever engine's way."""
    texts: list[str] = data.get("text") or data["q"]
    return texts


def usual(path: str, texts: list[str]) -> Answer:
    """Return an answer in the way of the engine that this is the path of."""
    match path:
        case "/v2/translate":
            said: Any = {"translations": [{"text": text, "detected_source_language": "SV"} for text in texts]}
        case "/translate":
            said = {"translatedText": texts}
        case "/language/translate/v2":
            said = {"data": {"translations": [{"translatedText": text} for text in texts]}}
        case _:
            return 404, {}, b"{}"
    return 200, {}, json.dumps(said).encode()


def status(code: int, **headers: str) -> Answer:
    """Return an answer that says what is wrong, as engines do."""
    return code, {name.replace("_", "-"): value for name, value in headers.items()}, b'{"message": "no"}'


@contextmanager
def playing() -> Iterator[Double]:
    """Start the server, and end it."""
    double = Double()
    thread = Thread(target=double.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield double
    finally:
        double.shutdown()
        double.server_close()
        thread.join()


def set_up(double: Double, settings: Any, monkeypatch: pytest.MonkeyPatch, engine: str = "deepl") -> None:
    """Let an engine serve all pairs of languages, at the server of the test."""
    monkeypatch.setattr(deepl, "PAID", double.url)
    monkeypatch.setattr(deepl, "FREE", double.url)
    monkeypatch.setattr(google, "ORIGIN", double.url)
    settings.DEEPL_KEY, settings.GOOGLE_KEY, settings.LIBRETRANSLATE_KEY = "deepl-key", "google-key", "libre-key"
    settings.LIBRETRANSLATE_URL = double.url
    settings.MACHINE_ENGINES = {("*", "*"): engine}


def agree(engine: str = "deepl", **fields: Any) -> Agreement:
    """Record the agreement with an engine."""
    return Agreement.objects.create(engine=engine, reference="Dnr KS-2026/117", **fields)
