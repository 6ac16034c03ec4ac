"""`make run`: what a person sees, and that it ends when told to."""

import json
import os
import re
import resource
import signal
import socket
import stat
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.hub import running_hub

ROOT = Path(__file__).resolve().parents[2]
SERVES_WITHIN = 120  # seconds of computing, which a busy machine does not stretch; one process does nearly all of it
ENDS_WITHIN = 20

Start = Callable[[], "Running"]


class Running:
    """A hub that was started as `make run` starts it."""

    def __init__(self, data_dir: Path, port: int) -> None:
        self.address = f"http://localhost:{port}"
        env = {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "DATA_DIR": str(data_dir),
            "PORT": str(port),
            "VIRTUAL_ENV": "",
        }
        # The installed tools are used as they are: a test downloads nothing.
        command = ["make", "run", "PYTHON=true", f"BIN={Path(sys.executable).parent}"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        self.said = self._read_until("End it with Ctrl-C.")

    def end(self, by: signal.Signals = signal.SIGTERM) -> float:
        """Send a signal to make, or SIGKILL to its whole group, and return how long everything took to end."""
        began = time.monotonic()
        if by == signal.SIGKILL:
            os.killpg(self.process.pid, by)
        else:
            os.kill(self.process.pid, by)
        self.process.wait(ENDS_WITHIN + 10)
        while self._still_running():
            assert time.monotonic() - began < ENDS_WITHIN + 10
            time.sleep(0.1)
        if self.process.stdout:
            self.process.stdout.close()
        return time.monotonic() - began

    def _read_until(self, last_line: str) -> str:
        lines: list[str] = []
        assert self.process.stdout
        for line in self.process.stdout:
            lines.append(line)
            if line.strip() == last_line:
                return "".join(lines)
        raise AssertionError(f"make run ended early:\n{''.join(lines)}")

    def _still_running(self) -> bool:
        """Whether anything answers; a worker that outlived its parents would."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", int(self.address.rpartition(":")[2]))) == 0


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a hub in a folder of its own; whatever was started ends with the test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started: list[Running] = []

    def begin() -> Running:
        started.append(Running(tmp_path, port))
        return started[-1]

    yield begin
    for hub in started:
        if hub.process.poll() is None:
            hub.end()


def _computed() -> float:
    """Return how long the processes that were started and have ended have computed."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _get(address: str) -> bytes:
    with urlopen(address, timeout=10) as answer:
        content: bytes = answer.read()
        return content


@pytest.mark.slow
def test_make_run_serves_says_what_to_try_and_can_be_started_again(start: Start, tmp_path: Path) -> None:
    before = _computed()
    hub = start()

    assert f"{hub.address}/admin/" in hub.said
    curls = re.findall(r"curl -s '([^']+)'", hub.said)
    assert len(curls) == 3
    assert all(json.loads(_get(address)) for address in curls)
    assert '"language":"uk"' in _get(f"{hub.address}/content/v1/uk/news").decode().replace(" ", "")
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    passwords = re.findall(r"^  \S+ +(\S{12,}) ", hub.said, flags=re.MULTILINE)
    assert len(passwords) >= 9
    assert hub.end() < ENDS_WITHIN
    assert _computed() - before < SERVES_WITHIN

    again = start()
    assert re.findall(r"^  \S+ +(\S{12,}) ", again.said, flags=re.MULTILINE) == passwords
    assert again.end(signal.SIGKILL) < ENDS_WITHIN  # to everything but the web process, which sees it and ends


@pytest.mark.slow
def test_a_start_that_was_killed_can_simply_be_run_again(tmp_path: Path) -> None:
    for moment in ("Preparing the database", "  people: Janet"):
        _kill_at(moment, tmp_path)
    news = [tomllib.loads(file.read_text()) for file in (ROOT / "cms/demo/items").glob("news-*.toml")]
    with running_hub(tmp_path) as hub:
        for language in ("sv", "uk", "fi", "en"):
            wanted = sum(language in (item["source"], *item["translations"]) for item in news)
            assert hub.get(f"/content/v1/{language}/news")[1]["total"] == wanted


def _kill_at(moment: str, data_dir: Path) -> None:
    """Start a hub, and let it die without a word when it says this."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), "PORT": "8796", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "cms.demo.run"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert any(line.startswith(moment) for line in process.stdout)
        time.sleep(0.5)
        process.kill()


def test_a_port_that_is_taken_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "is not free" in _refused(tmp_path, PORT=str(taken.getsockname()[1]))


@pytest.mark.parametrize(
    "variables",
    [
        {"PORT": "eight thousand"},
        {"PORT": "99999"},
        {"HOST": "nowhere.invalid"},
        {"HOST": "192.0.2.1"},
        {"DATA_DIR": "/dev/null/misto"},
        {"WEB_WORKERS": "0"},
        {"TASKS": "celery"},
        {"DATABASE_URL": "mysql://localhost/misto"},
    ],
    ids=str,
)
def test_what_is_odd_is_said_in_one_sentence_before_anything_is_done(tmp_path: Path, variables: dict[str, str]) -> None:
    [name] = variables
    assert name in _refused(tmp_path, **variables)
    assert not (tmp_path / "static").exists()


def test_a_database_that_does_not_answer_is_said_in_one_sentence(tmp_path: Path) -> None:
    sentence = _refused(tmp_path, DATABASE_URL="postgres://misto:hemligt@127.0.0.1:1/misto")
    assert sentence.startswith("migrate: The database refused")
    assert "hemligt" not in sentence


def _refused(data_dir: Path, **variables: str) -> str:
    """Start a hub that cannot start, and return the one sentence that says why."""
    result = subprocess.run(
        [sys.executable, "-m", "cms.demo.run"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), "PORT": "8795", **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 1
    [sentence] = result.stderr.splitlines()
    return sentence


def test_make_alone_prints_the_targets() -> None:
    printed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "check", "lock"):
        assert f"make {target} " in printed
