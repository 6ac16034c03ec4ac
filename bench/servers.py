"""Starts what is compared, each under the same gunicorn where it is Python, and reads what it costs."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
TICKS = os.sysconf("SC_CLK_TCK")
WORKERS, THREADS = 2, 4
PATIENCE = 60

GUNICORN = (str(BIN / "gunicorn"), "-c", "cms/gunicorn.conf.py", "--max-requests", "0")
STOCK_WORKER = ("-k", "gthread")
"""How others are served: by the worker that gunicorn comes with. The hub's own is part of the hub."""

GRANIAN = (
    *(str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", "PORT"),
    *("--workers", str(WORKERS), "--blocking-threads", "1", "--no-ws", "--log-level", "warning"),
)


class StartError(Exception):
    """A server does not answer."""


@dataclass
class Server:
    """A process that serves, with its children."""

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, ready: str = "/") -> "Server":
        """Start it and wait until it answers."""
        self.port = self.port or free_port()
        command = [part.replace("PORT", str(self.port)) for part in self.command]
        env = {
            **os.environ,
            **self.env,
            "PORT": str(self.port),
            "WEB_WORKERS": str(WORKERS),
            "WEB_THREADS": str(THREADS),
        }
        log = Path(os.environ["BENCH_FOLDER"]) / f"{self.name}.log"
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=env, stdout=output, stderr=output, start_new_session=True
            )
        self._wait(ready, log)
        return self

    def stop(self) -> None:
        """End it with its children."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def cpu(self) -> float:
        """Return the seconds of processor time used so far by the process and its children."""
        return sum(_cpu_of(pid) for pid in self._pids())

    def memory(self) -> int:
        """Return the bytes of memory it holds, shared pages counted once (PSS)."""
        return sum(_pss_of(pid) for pid in self._pids())

    def _pids(self) -> list[int]:
        if self.process is None:
            return []
        group = self.process.pid
        return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if _group_of(pid) == group]

    def _wait(self, ready: str, log: Path) -> None:
        end = monotonic() + PATIENCE
        while monotonic() < end:
            if self.process is None or self.process.poll() is not None:
                break
            try:
                urlopen(self.origin + ready, timeout=5).close()  # noqa: S310 - our own server
            except HTTPError:
                return
            except (URLError, OSError):
                sleep(0.1)
            else:
                return
        self.stop()
        raise StartError(f"{self.name} did not start:\n{log.read_text()[-2_000:]}")


def misto(name: str = "misto", **env: str) -> Server:
    """The hub as it is shipped; without limits, because one machine asks for all."""
    return Server(name, (*GUNICORN, "cms.wsgi"), {"RATE_LIMIT": "0", "RATE_LIMIT_SEARCH": "0", **env})


def misto_cold(**env: str) -> Server:
    """The hub when it holds no answer: each has to be built."""
    return misto("misto-cold", **{**env, "ANSWERS_MEMORY": "0", "CACHE_URL": ""})


def misto_under_granian(**env: str) -> Server:
    """The same application under granian, which is written in Rust."""
    return Server("misto-granian", (*GRANIAN, "cms.nameless:application"), {"RATE_LIMIT": "0", **env})


def wagtail(**env: str) -> Server:
    """Wagtail's own API v2 over the same pages."""
    own = {"DJANGO_SETTINGS_MODULE": "bench.wagtail_settings", **env}
    return Server("wagtail-v2", (*GUNICORN, *STOCK_WORKER, "bench.wagtail_wsgi"), own)


def bare(body: Path, head: Path, worker: tuple[str, ...] = STOCK_WORKER) -> Server:
    """A function that returns the same bytes, those of the head too."""
    name = f"bare-{body.stem}" if worker else f"bare-own-worker-{body.stem}"
    return Server(name, (*GUNICORN, *worker, "bench.bare"), _given(body, head))


def bare_under_granian(body: Path, head: Path) -> Server:
    """The same function under granian: as fast as anything in Python gets there."""
    return Server(f"bare-granian-{body.stem}", (*GRANIAN, "bench.bare:application"), _given(body, head))


def nginx_file(folder: Path) -> Server | None:
    """nginx with the bytes as files, when it is installed."""
    return _nginx("nginx-file", folder, f"root {folder}; location / {{ default_type application/json; }}")


def nginx_in_front(folder: Path, of: Server) -> Server | None:
    """nginx as it is shipped, before the hub."""
    shipped = (ROOT / "deploy" / "nginx.conf").read_text()
    return _nginx("nginx-front", folder, "", shipped.replace("127.0.0.1:8000", f"127.0.0.1:{of.port}"))


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _nginx(name: str, folder: Path, inside: str, shipped: str = "") -> Server | None:
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin")
    if program is None:
        return None
    port = free_port()
    server = (
        _without_tls(shipped, folder, port) if shipped else f"server {{ listen 127.0.0.1:{port} reuseport; {inside} }}"
    )
    home = folder / name
    home.mkdir(exist_ok=True)
    (home / "nginx.conf").write_text(
        f"daemon off; worker_processes {WORKERS}; pid {home}/pid; error_log {home}/error.log; user root;\n"
        "events { worker_connections 1024; }\n"
        f"http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;\n"
        + "".join(f"{kind}_temp_path {home}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        + f"{server} }}\n"
    )
    return Server(name, (program, "-p", str(home), "-c", str(home / "nginx.conf")), port=port)


def _without_tls(shipped: str, folder: Path, port: int) -> str:
    """Return the shipped file without encryption, which the contenders have not either, and in a folder of ours."""
    kept = [line for line in shipped.splitlines() if "ssl" not in line or "listen" in line]
    text = "\n".join(line for line in kept if "[::]" not in line)
    first, *others = text.split("server {\n")
    servers = [part for part in others if "return 301" not in part]
    text = first + "".join("server {\n" + part for part in servers)
    for line in text.splitlines():
        if line.strip().startswith("listen"):
            text = text.replace(line, f"    listen 127.0.0.1:{port} reuseport;")
    return text.replace("/var/cache/nginx/misto", str(folder / "nginx-cache")).replace("misto.example", "127.0.0.1")


def _given(body: Path, head: Path) -> dict[str, str]:
    return {"BENCH_BYTES": str(body), "BENCH_HEADS": str(head)}


def _group_of(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


def _cpu_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def _pss_of(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
