"""The documented other server: the same application under granian."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from bench.servers import ROOT, Server, free_port


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A hub that was set up and holds nothing yet, started by the command of the service file."""
    folder = tmp_path_factory.mktemp("granian")
    env = {
        "DJANGO_SETTINGS_MODULE": "cms.settings",
        "DATA_DIR": str(folder),
        "SECRET_KEY": "x" * 60,
        "DATABASE_URL": "",
        "CACHE_URL": "",
        "LOG_LEVEL": "ERROR",
    }
    for command in (["migrate", "--verbosity=0"], ["collectstatic", "--no-input", "--verbosity=0"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env={**os.environ, **env}, check=True)
    port = free_port()
    server = Server("granian", _command(port), env, port)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BENCH_FOLDER", str(folder))
        server.start("/health/live")
    yield server
    server.stop()


def _command(port: int) -> tuple[str, ...]:
    service = (ROOT / "deploy" / "misto-granian.service").read_text()
    line = next(line for line in service.splitlines() if line.startswith("ExecStart="))
    words = line.removeprefix("ExecStart=").replace("8000", str(port)).split()
    return (str(Path(sys.executable).with_name("granian")), *words[1:])


def test_the_hub_answers_under_granian(hub: Server) -> None:
    for path, name in (("/health/ready", "status"), ("/content/v1/changes", "items"), ("/content/v1/changes", "items")):
        assert name in _ask(hub.origin + path)


def test_granian_reads_letters_and_keeps_its_name_to_itself(hub: Server) -> None:
    with socket.create_connection(("127.0.0.1", hub.port), timeout=30) as line:
        line.sendall("GET /content/v1/uk/search?q=Херсон HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        answer = HTTPResponse(line)
        answer.begin()
        assert (answer.status, answer.headers["Server"]) == (200, "")


def _ask(address: str) -> Any:
    with urlopen(address, timeout=30) as answer:
        return json.load(answer)
