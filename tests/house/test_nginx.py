"""The nginx file that comes with Misto: what it keeps, what it does not, and what it gives when the hub is down."""

import shutil
import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPMessage, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from bench.servers import Server, nginx_in_front
from cms.api.cors import EXPOSED
from cms.api.problems import PROBLEM_TYPES, RETRY_AFTER
from frontend_contract.models.answers import Problem

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx")

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = "00f067aa0ba902b7"


class Hub(ThreadingHTTPServer):
    """A hub that says what it was asked, how often, and for how long its answers are fresh."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list[HTTPMessage] = []


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        hub = self.server
        assert isinstance(hub, Hub)
        hub.asked.append(self.headers)
        encoding = self.headers.get("Accept-Encoding", "")
        body = f"answer {len(hub.asked)} in {encoding or 'identity'}".encode()
        private, fresh = "private" in self.path, 1 if "brief" in self.path else 600
        self.send_response(200)
        self.send_header(
            "Cache-Control", "private, no-store" if private else f"public, max-age={fresh}, stale-if-error=600"
        )
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def hub() -> Iterator[Hub]:
    server = Hub()
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def front(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("BENCH_FOLDER", str(tmp_path))
    server = nginx_in_front(tmp_path, Server("hub", (), port=hub.server_address[1]))
    assert server is not None
    server.start("/health/live")
    hub.asked.clear()
    yield server
    server.stop()


def ask(front: Server, path: str, **headers: str) -> tuple[int, HTTPMessage, str]:
    connection = HTTPConnection("127.0.0.1", front.port, timeout=10)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text


def test_nginx_says_its_name_and_no_version(front: Server) -> None:
    answers = [ask(front, path) for path in ("/content/v1/sv/news", "/health/live", "/media/no-such", "/sv")]
    assert {headers["Server"] for _status, headers, _text in answers} == {"nginx"}  # the exception of the profile


def test_what_was_fetched_once_is_given_again(front: Server, hub: Hub) -> None:
    assert ask(front, "/content/v1/sv/news")[2] == ask(front, "/content/v1/sv/news")[2] == "answer 1 in identity"
    assert len(hub.asked) == 1


def test_each_encoding_is_kept_for_itself(front: Server, hub: Hub) -> None:
    spoken = {
        "br": ["br", "gzip, deflate, br", "br;q=1.0, gzip;q=0.5"],
        "gzip": ["gzip", "gzip, deflate", "gzip, br;q=0"],
        "identity": ["identity", "deflate", "gzip;q=0"],
    }
    for encoding, accepted in spoken.items():
        told = {ask(front, "/content/v1/sv/news", Accept_Encoding=one)[2].rpartition(" ")[2] for one in accepted}
        assert told == {encoding}
    assert len(hub.asked) == len(spoken)


def test_what_is_forbidden_to_keep_is_not_kept(front: Server, hub: Hub) -> None:
    for _time in range(2):
        ask(front, "/content/v1/private")
    assert len(hub.asked) == 2


@pytest.mark.parametrize("header", ["Authorization", "Range", "If-Match", "If-Unmodified-Since"])
def test_who_asks_for_more_is_answered_by_the_hub(front: Server, hub: Hub, header: str) -> None:
    ask(front, "/content/v1/sv/news")
    ask(front, "/content/v1/sv/news", **{header: "x"})
    assert len(hub.asked) == 2
    assert ask(front, "/content/v1/sv/news")[2] == "answer 1 in identity"


def test_pages_where_people_sign_in_are_never_kept(front: Server, hub: Hub) -> None:
    for _time in range(2):
        ask(front, "/admin/login/")
    assert len(hub.asked) == 2


def test_the_hub_may_be_down(front: Server, hub: Hub) -> None:
    before = ask(front, "/content/v1/brief")
    hub.shutdown()
    hub.server_close()
    sleep(1.2)  # it is fresh no more
    status, _headers, text = ask(front, "/content/v1/brief")
    assert (status, text) == (200, before[2])
    assert ask(front, "/content/v1/fi/news")[0] == 503  # what was never fetched cannot be given


def hold_problem(answer: tuple[int, HTTPMessage, str], name: str) -> None:
    """Fail unless this is the problem of that name, as the hub would give it."""
    status, headers, text = answer
    problem = Problem.model_validate_json(text)
    kind = PROBLEM_TYPES[name]
    assert status == problem.status == kind.status
    assert (problem.title, problem.instance) == (kind.title, "/")
    assert problem.type == f"https://127.0.0.1/content/v1/docs/problems/{name}"
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Access-Control-Expose-Headers"] == EXPOSED
    assert headers["Retry-After"] == (str(RETRY_AFTER) if name == "unavailable" else None)


@pytest.mark.parametrize("path", ["/content/v1/fi/news", "/content/v2", "/health/live", "/health/ready?"])
def test_a_hub_that_is_down_is_a_problem_that_says_when_to_come_back(front: Server, hub: Hub, path: str) -> None:
    hub.shutdown()
    hub.server_close()
    answer = ask(front, path, traceparent=f"00-{TRACE}-{PARENT}-01")
    hold_problem(answer, "unavailable")
    assert answer[1]["traceparent"].split("-")[1] == TRACE


def test_people_are_told_of_a_hub_that_is_down_by_a_page(front: Server, hub: Hub) -> None:
    hub.shutdown()
    hub.server_close()
    status, headers, _text = ask(front, "/admin/login/")
    assert (status, headers["Content-Type"]) == (502, "text/html")


LINE = "GET /content/v1/sv/news HTTP/1.1\r\n"
REFUSED = {
    "uri-too-long": LINE.replace("news", "news?q=" + "a" * 17_000),
    "headers-too-large": f"{LINE}Host: 127.0.0.1\r\nCookie: {'a' * 17_000}\r\n\r\n",
    "bad-request": f"{LINE}\r\n",  # no host
    "unsupported-media-type": f"{LINE}Host: 127.0.0.1\r\nContent-Length: 30000000\r\n\r\n",
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("path", ["/content/v1/sv/news", "/health/live"])
def test_what_nginx_refuses_is_a_problem(front: Server, hub: Hub, name: str, path: str) -> None:
    with socket.create_connection(("127.0.0.1", front.port), timeout=10) as line:
        line.sendall(REFUSED[name].replace("/content/v1/sv/news", path).encode())
        answer = HTTPResponse(line)
        answer.begin()
        hold_problem((answer.status, answer.headers, answer.read().decode()), name)
    assert not hub.asked


def test_problems_are_no_addresses(front: Server, hub: Hub) -> None:
    assert ask(front, "/problem/unavailable")[0] == 404


def test_letters_reach_the_hub_as_they_were_typed(front: Server, hub: Hub) -> None:
    with socket.create_connection(("127.0.0.1", front.port), timeout=10) as line:
        line.sendall("GET /content/v1/sv/news?q=Херсон HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        answer = HTTPResponse(line)
        answer.begin()
        assert (answer.status, answer.read()) == (200, b"answer 1 in identity")


def test_a_trace_goes_on_with_a_parent_of_its_own(front: Server, hub: Hub) -> None:
    for _time in range(2):  # the second is answered from what is kept
        _status, headers, _text = ask(front, "/content/v1/sv/news", traceparent=f"00-{TRACE}-{PARENT}-01")
        version, trace, parent, flags = headers["traceparent"].split("-")
        assert (version, trace, flags) == ("00", TRACE, "01")
        assert parent != PARENT
    assert hub.asked[0]["traceparent"].split("-")[1] == TRACE


@pytest.mark.parametrize("malformed", ["mine", "00-0-0-0", f"00-{'0' * 32}-{PARENT}-01", f"00-{TRACE}-{'0' * 16}-01"])
def test_a_malformed_trace_begins_anew(front: Server, hub: Hub, malformed: str) -> None:
    trace = ask(front, "/content/v1/sv/news", traceparent=malformed)[1]["traceparent"].split("-")[1]
    assert len(trace) == 32
    assert trace not in (TRACE, "0" * 32)
    assert hub.asked[0]["traceparent"].split("-")[1] == trace


def test_who_sends_no_trace_is_told_none(front: Server, hub: Hub) -> None:
    assert "traceparent" not in ask(front, "/content/v1/sv/news")[1]


def test_documents_are_not_handed_out_past_the_hub(front: Server, hub: Hub) -> None:
    assert ask(front, "/media/documents/secret.pdf")[0] == 404
    assert not hub.asked


def test_a_picture_may_be_read_by_a_script_of_any_site(front: Server, hub: Hub) -> None:
    assert ask(front, "/media/images/bridge.png")[1]["Access-Control-Allow-Origin"] == "*"
