"""What is asked of every contender, and what is expected of Misto beside them."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

from bench.load import Measured, load
from bench.servers import (
    STOCK_WORKER,
    Server,
    bare,
    bare_under_granian,
    misto,
    misto_cold,
    misto_under_granian,
    nginx_file,
    nginx_in_front,
    wagtail,
)

API = "/content/v1"
YARDSTICKS = {"bare function": STOCK_WORKER, "bare function, our worker": ()}
"""What answers are compared with, and by which worker of gunicorn it is served."""

FEW, MANY = 8, 64
"""Connections that are open at once: of a case as a rule, and where servers are compared that differ in this."""

V2_FIELDS = "lead,picture,published_at,topics,people,partners,partnerships"


@dataclass(frozen=True)
class Run:
    """One contender asked for one thing."""

    server: Server
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    connections: int = FEW


@dataclass(frozen=True)
class Case:
    """One thing that is asked, of one or several contenders."""

    name: str
    runs: Mapping[str, Run]


@dataclass(frozen=True)
class Row:
    """What a contender made of a case: medians over the rounds, and the bytes of its answer."""

    case: str
    contender: str
    measured: Measured
    size: int


@dataclass
class Scene:
    """The contenders of one hub, running, by name."""

    folder: Path
    stack: ExitStack
    servers: dict[str, Server] = field(default_factory=dict)
    article: str = ""
    long_offset: int = 0

    def start(self, server: Server | None, ready: str = "/") -> Server | None:
        """Start a contender that ends with the scene; None is one that this machine has not."""
        if server is None:
            return None
        if server.name not in self.servers:
            self.servers[server.name] = server.start(ready)
            self.stack.callback(server.stop)
        return self.servers[server.name]


def set_up(env: Mapping[str, str], folder: Path, stack: ExitStack) -> Scene:
    """Start the contenders that every case needs."""
    scene = Scene(folder, stack)
    for server in (misto(**env), misto_cold(**env), wagtail(**env)):
        scene.start(server, "/health/live")
    listed = json.loads(fetch(scene.servers["misto"], f"{API}/sv/news?limit=2&offset=1"))
    scene.article = listed["items"][0]["id"]
    scene.long_offset = max(listed["total"] - 20, 0)
    return scene


def fetch(server: Server, path: str, headers: Mapping[str, str] | None = None) -> bytes:
    """Return the bytes of an answer."""
    with urlopen(Request(server.origin + path, headers=dict(headers or {})), timeout=60) as answer:  # noqa: S310
        return bytes(answer.read())


def tag(server: Server, path: str) -> str:
    """Return the entity tag of an answer."""
    with urlopen(server.origin + path, timeout=60) as answer:  # noqa: S310
        return str(answer.headers["ETag"])


def heads(server: Server, path: str) -> dict[str, list[tuple[str, str]]]:
    """Return the headers of an answer, and of `304` in its place, but for those that gunicorn says for everybody."""
    whole = _head(server, path, {})
    not_modified = _head(server, path, {"If-None-Match": dict(whole)["ETag"]})
    return {"200": whole, "304": not_modified}


def _head(server: Server, path: str, headers: Mapping[str, str]) -> list[tuple[str, str]]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    with closing(connection):
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        answer.read()
        return [header for header in answer.getheaders() if header[0] not in ("Date", "Connection", "Server")]


def cursors(server: Server) -> tuple[str, str]:
    """Return a cursor some changes before the latest, and the latest."""
    path, before = f"{API}/changes?limit=100", ""
    answer = json.loads(fetch(server, path))
    while answer["has_more"]:
        before = answer["next_cursor"]
        answer = json.loads(fetch(server, f"{path}&cursor={before}"))
    return before, str(answer["next_cursor"])


def cases(scene: Scene) -> Iterator[Case]:
    """Yield the cases of one hub; the yardsticks of each give its own bytes."""
    hub, cold, peer = (scene.servers[name] for name in ("misto", "misto-cold", "wagtail-v2"))
    article, items = f"{API}/sv/news/{scene.article}", f"{API}/sv/news"
    slug_id = json.loads(fetch(peer, "/api/v2/pages/?type=news.NewsPage&locale=sv&limit=2&offset=1"))["items"][0]["id"]
    peer_list = f"/api/v2/pages/?type=news.NewsPage&locale=sv&order=-first_published_at&fields={V2_FIELDS}&limit=20"
    yield _against_yardsticks(scene, "one article", article, {"Wagtail API v2": Run(peer, f"/api/v2/pages/{slug_id}/")})
    yield _many_at_once(scene, article)
    yield _against_yardsticks(scene, "list of 20", items, {"Wagtail API v2": Run(peer, peer_list)})
    for name, path in (("one article", article), ("list of 20", items)):
        yield _not_modified(scene, name, path)
    yield Case(
        "one article, nothing kept",
        {"Misto": Run(cold, article), "Wagtail API v2": Run(peer, f"/api/v2/pages/{slug_id}/")},
    )
    yield Case("list of 20, nothing kept", {"Misto": Run(cold, items), "Wagtail API v2": Run(peer, peer_list)})
    yield Case("list of 20 at the end, nothing kept", {"Misto": Run(cold, f"{items}?offset={scene.long_offset}")})
    yield Case("list of 20 with fallback", {"Misto": Run(hub, f"{items}?fallback=uk,fi,en")})
    yield Case("list of 20 with fallback, nothing kept", {"Misto": Run(cold, f"{items}?fallback=uk,fi,en")})
    recent, latest = cursors(hub)
    yield Case("changes of late", {"Misto": Run(hub, f"{API}/changes?cursor={recent}")})
    yield Case("changes of late, nothing kept", {"Misto": Run(cold, f"{API}/changes?cursor={recent}")})
    yield _against_yardsticks(scene, "changes, nothing new", f"{API}/changes?cursor={latest}", {})

    yield Case("search", {"Misto": Run(hub, f"{API}/sv/search?q=samarbete")})
    yield Case("search, nothing kept", {"Misto": Run(cold, f"{API}/sv/search?q=samarbete", connections=1)})
    yield from _whole_language(scene)


def _against_yardsticks(scene: Scene, name: str, path: str, peers: Mapping[str, Run]) -> Case:
    """Return the case with a bare function, nginx and granian beside, all with the same bytes."""
    hub = scene.servers["misto"]
    body = _file(scene, name)
    body.write_bytes(fetch(hub, path))
    _head_of(body).write_text(json.dumps(heads(hub, path)))
    runs = {"Misto": Run(hub, path)}
    runs |= {contender: Run(server, path) for contender, server in _yardsticks(scene, body).items()}
    runs |= peers
    if name == "one article":
        if granian := scene.start(misto_under_granian(**hub.env), "/health/live"):
            runs["Misto under granian"] = Run(granian, path)
        if file := scene.start(nginx_file(scene.folder), f"/{body.name}"):
            runs["nginx file"] = Run(file, f"/{body.name}")
        if front := scene.start(nginx_in_front(scene.folder, hub), "/health/live"):
            runs["Misto behind nginx"] = Run(front, path)
    return Case(name, runs)


def _many_at_once(scene: Scene, path: str) -> Case:
    """Return an article asked for on many connections, of both servers and of the function under both."""
    body = _file(scene, "one article")
    asked = {
        "Misto": scene.servers["misto"],
        "bare function": scene.start(bare(body, _head_of(body))),
        "Misto under granian": scene.servers["misto-granian"],
        "bare function under granian": scene.start(bare_under_granian(body, _head_of(body))),
    }
    runs = {contender: Run(server, path, connections=MANY) for contender, server in asked.items() if server}
    return Case(f"one article, {MANY} connections", runs)


def _not_modified(scene: Scene, name: str, path: str) -> Case:
    asked = {"Misto": scene.servers["misto"], **_yardsticks(scene, _file(scene, name))}
    runs = {contender: Run(server, path, {"If-None-Match": tag(server, path)}) for contender, server in asked.items()}
    return Case(f"{name}, `304`", runs)


def _yardsticks(scene: Scene, body: Path) -> dict[str, Server]:
    """Return functions that give these bytes, started, by contender."""
    started = {contender: scene.start(bare(body, _head_of(body), worker)) for contender, worker in YARDSTICKS.items()}
    return {contender: server for contender, server in started.items() if server}


def _whole_language(scene: Scene) -> Iterator[Case]:
    """Yield the export as it is, beside nginx giving the same file, and as every HTTP library asks for it."""
    hub, path, packed = scene.servers["misto"], f"{API}/export.ndjson?language=sv", {"Accept-Encoding": "gzip"}
    name = "a whole language"
    body = _file(scene, name)
    body.write_bytes(fetch(hub, path))
    runs = {"Misto": Run(hub, path, connections=1)}
    if file := scene.start(nginx_file(scene.folder)):
        runs["nginx file"] = Run(file, f"/{body.name}", connections=1)
    yield Case(name, runs)
    yield Case(f"{name}, compressed", {"Misto": Run(hub, path, packed, connections=1)})


def _file(scene: Scene, name: str) -> Path:
    """Return where a case's bytes are kept for the yardsticks."""
    return scene.folder / f"{name.replace(' ', '-').replace(',', '')}.json"


def _head_of(body: Path) -> Path:
    """Return where the headers of these bytes are kept."""
    return body.with_suffix(".head")


def measure(case: Case, seconds: float, rounds: int, tell: Callable[[str], None]) -> list[Row]:
    """Ask every contender in turn, round by round, and return the medians."""
    found: dict[str, list[Measured]] = {name: [] for name in case.runs}
    for number in range(rounds + 1):
        for name, run in case.runs.items():
            measured = load(
                run.server, run.path, seconds if number else min(seconds, 0.5), run.headers, run.connections
            )
            if number:  # the first round warms up
                found[name].append(measured)
    rows = [
        Row(
            case.name,
            name,
            _middle(measured),
            _size(case.runs[name]),
        )
        for name, measured in found.items()
    ]
    tell(f"{case.name}: " + ", ".join(f"{row.contender} {row.measured.per_second:,.0f}/s" for row in rows))
    return rows


def _size(run: Run) -> int:
    """Return the bytes of an answer's body."""
    return 0 if "If-None-Match" in run.headers else len(fetch(run.server, run.path, run.headers))


def _middle(runs: list[Measured]) -> Measured:
    def of(name: str) -> float:
        return float(median(getattr(run, name) for run in runs))

    return Measured(of("per_second"), of("p50"), of("p99"), of("cpu"), int(of("requests")))
