"""Asks a server as fast as it answers, with wrk, and says what came back."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from bench.servers import Server

CONNECTIONS = 8
UNITS = {"us": 0.001, "ms": 1.0, "s": 1_000.0}


class LoadError(Exception):
    """There is no wrk, or what it was given is not answered as expected."""


@dataclass(frozen=True)
class Measured:
    """One run: requests a second, milliseconds at the median and at the 99th percentile, CPU milliseconds a request."""

    per_second: float
    p50: float
    p99: float
    cpu: float
    requests: int


def load(
    server: Server, path: str, seconds: float, headers: Mapping[str, str] | None = None, connections: int = CONNECTIONS
) -> Measured:
    """Ask a server for one path for some seconds; any answer but 200 and 304 is an error."""
    program = shutil.which("wrk")
    if program is None:
        raise LoadError("The benchmark needs wrk: apt-get install wrk (and nginx, to compare with it).")
    own = [part for name, value in (headers or {}).items() for part in ("-H", f"{name}: {value}")]
    command = [program, "-t", "1", "-c", str(connections), "-d", f"{max(1, round(seconds))}s", "--latency", *own]
    before = server.cpu()
    done = subprocess.run([*command, server.origin + path], capture_output=True, text=True, check=True)
    used = server.cpu() - before
    return _read(done.stdout, used, path)


def _read(text: str, used: float, path: str) -> Measured:
    if "Non-2xx" in text or "Socket errors" in text:
        raise LoadError(f"{path}: {text[-300:]}")
    requests = int(re.search(r"(\d+) requests in", text)[1])  # type: ignore[index]  # wrk always says it
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])  # type: ignore[index]
    return Measured(rate, _latency(text, "50%"), _latency(text, "99%"), 1_000 * used / max(requests, 1), requests)


def _latency(text: str, share: str) -> float:
    found = re.search(rf"^\s*{share}\s+([\d.]+)(us|ms|s)\s*$", text, re.MULTILINE)
    return float(found[1]) * UNITS[found[2]] if found else 0.0
