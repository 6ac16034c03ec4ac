"""A whole hub as people start it: its processes, its accounts, its addresses."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE_AT_START = 300


@dataclass(frozen=True)
class Hub:
    """A running hub with demo content. `address` has no slash at its end; `passwords` are by user name."""

    address: str
    data_dir: Path
    passwords: dict[str, str]
    process: "subprocess.Popen[bytes]"

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, Any]]:
        """Ask the API as a city would; return status and JSON."""
        request = Request(self.address + path, headers=headers)
        try:
            with urlopen(request, timeout=20) as answer:
                return answer.status, json.load(answer)
        except HTTPError as error:
            return error.code, json.load(error)


@contextmanager
def running_hub(data_dir: Path) -> Iterator[Hub]:
    """Start a hub in `data_dir` the way `make run` does, and end it afterwards."""
    port = free_port()
    log = data_dir / "hub.log"
    environment = _clean_environment() | {"DATA_DIR": str(data_dir), "PORT": str(port), "HOST": "127.0.0.1"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "cms.demo.run"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        _wait_for_welcome(process, log)
        accounts = json.loads((data_dir / "demo-accounts.json").read_text())
        passwords = {account["username"]: account["password"] for account in accounts}
        yield Hub(f"http://localhost:{port}", data_dir, passwords, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=25)


@contextmanager
def serving(data_dir: Path, port: int) -> Iterator[str]:
    """Serve what the tests have committed, by real web processes at this port, and end them afterwards."""
    data_dir.mkdir()
    address = f"http://127.0.0.1:{port}"
    environment = _clean_environment() | {
        "DATABASE_URL": _database_url(),
        "DATA_DIR": str(data_dir),
        "PORT": str(port),
        "PUBLIC_URL": address,
        "SECRET_KEY": "only for tests, never for a hub that anybody can reach",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "cms/gunicorn.conf.py", "cms.wsgi"]
    log = data_dir / "hub.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        _wait_until_ready(process, address, log)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=25)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _database_url() -> str:
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    return f"postgres://{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


def _wait_until_ready(process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_AT_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urlopen(f"{address}/health/ready", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the hub did not start:\n{log.read_text()}")


def _clean_environment() -> dict[str, str]:
    """The person's environment without what the test runner put into it."""
    ours = ("DATA_DIR", "SECRET_KEY", "PUBLIC_URL", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "CACHE_URL")
    return {name: value for name, value in os.environ.items() if name not in ours and not name.startswith("PYTEST_")}


def _wait_for_welcome(process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_AT_START
    while "End it with Ctrl-C" not in log.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"the hub did not start:\n{log.read_text()}")
        time.sleep(0.2)
