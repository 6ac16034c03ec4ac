"""The script in the documentation keeps a copy: through a restart of the hub, a withdrawal and a tombstone."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from django.db import transaction

from cms.publications.by_hand import gone, withdraw
from cms.publications.models import Counter
from news.models import NewsPage
from tests.hub import ROOT, free_port, serving
from tests.newsroom import Newsroom, add, add_topics, open_newsroom, publish

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = ROOT / "docs" / "mirror.md"
PATIENCE = 30


@pytest.fixture
def room(transactional_db: None) -> Newsroom:
    """A newsroom, committed: other processes see it."""
    with transaction.atomic():
        return open_newsroom(("sv", "uk"), ("umea",))


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The script as the documentation has it."""
    [code] = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), flags=re.DOTALL | re.MULTILINE)
    written = tmp_path / "mirror.py"
    written.write_text(code)
    return written


@contextmanager
def running(script: Path, address: str, folder: Path) -> Iterator[None]:
    """Let the script run, as the documentation says, but more often; end it without warning."""
    command = [sys.executable, str(script), address, "sv,uk", str(folder), "0.2"]
    with (folder.parent / "mirror.log").open("ab") as log, subprocess.Popen(command, stderr=log) as process:
        try:
            yield
            assert process.poll() is None, "the script has given up"
        finally:
            process.kill()


def write(room: Newsroom, title: str) -> NewsPage:
    with transaction.atomic():
        return publish(add(room.news("umea", "sv"), NewsPage(title=title, lead="Exempeltext.")))


def files(folder: Path) -> dict[str, Any]:
    """What the copy holds. The script is at work meanwhile: a file it takes away while we look is not there."""
    held = {}
    for path in list(folder.rglob("*.json")):
        with suppress(FileNotFoundError):
            held[str(path.relative_to(folder))] = json.loads(path.read_text())
    return held


def exported(address: str) -> dict[str, Any]:
    with urlopen(f"{address}/content/v1/export.ndjson?language=sv,uk", timeout=10) as answer:
        documents = [json.loads(line) for line in answer.read().splitlines()[1:]]
    return {f"{item['language']}/{item['kind']}/{item['id']}.json": item for item in documents}


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.1)


def test_it_is_some_thirty_lines_of_plain_python(script: Path) -> None:
    lines = [line for line in script.read_text().splitlines() if line.strip()]
    assert len(lines) <= 34
    imported = set(re.findall(r"^(?:from|import) ([a-z.]+)", script.read_text(), flags=re.MULTILINE))
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_the_copy_survives_a_restart_and_follows_what_is_taken_back(
    room: Newsroom, script: Path, tmp_path: Path
) -> None:
    with transaction.atomic():
        add_topics(room)
    letter, visit = write(room, "Avsiktsförklaring undertecknad"), write(room, "Delegation från Cherson besöker Umeå")
    folder, port = tmp_path / "copy", free_port()
    of_letter, of_visit = (f"sv/news/{page.translation_key}.json" for page in (letter, visit))

    with running(script, f"http://127.0.0.1:{port}", folder):  # it is there before the hub is
        with serving(tmp_path / "first", port) as address:
            wait_until(lambda: files(folder) == exported(address))
            assert files(folder)[of_letter]["title"] == "Avsiktsförklaring undertecknad"
        withdraw(letter.translation_key, "Förklaringen gäller inte längre.", ["sv"])
        gone(visit.translation_key, "mistake")
        assert {of_letter, of_visit} <= set(files(folder))  # the hub is away: what we have stays
        with serving(tmp_path / "second", port) as address:
            wait_until(lambda: files(folder) == exported(address))
            withdrawn = files(folder)[of_letter]
            assert (withdrawn["status"], withdrawn["notice"]["text"]) == (
                "withdrawn",
                "Förklaringen gäller inte längre.",
            )
            assert of_visit not in files(folder)


def test_the_script_goes_on_where_it_was_killed_and_begins_again_when_the_hub_was_rebuilt(
    room: Newsroom, script: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    with serving(tmp_path / "hub", free_port()) as address:
        with running(script, address, folder):
            wait_until(lambda: folder.exists() and files(folder) == exported(address))
        article = write(room, "Ansökan har lämnats in")
        with running(script, address, folder):
            wait_until(lambda: files(folder) == exported(address))
            assert f"sv/news/{article.translation_key}.json" in files(folder)
            stray = folder / "sv" / "news" / "of-another-life.json"
            stray.write_text("{}")
            Counter.objects.update(epoch="another")
            wait_until(lambda: files(folder) == exported(address))


@dataclass
class Played:
    """A hub that answers `changes` from a list: what it says, by the cursor it is asked with, and how it fails."""

    said: dict[str, Any]
    address: str = ""
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def played() -> Iterator[Played]:
    hub = Played({})

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            cursor = parse_qs(urlsplit(self.path).query).get("cursor", [""])[0]
            said = hub.said.get(cursor, 503)
            status, body = (said, {}) if isinstance(said, int) else (200, said)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())
            hub.asked.append(cursor)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield hub
    server.shutdown()
    server.server_close()


def page(names: str, next_cursor: str, *, has_more: bool = False) -> dict[str, Any]:
    items = [{"id": name, "kind": "news", "language": "sv", "document": {"from": next_cursor}} for name in names]
    return {"items": items, "next_cursor": next_cursor, "has_more": has_more}


def test_no_copy_is_removed_before_everything_has_arrived_anew(script: Path, tmp_path: Path, played: Played) -> None:
    folder = tmp_path / "copy"
    held = {f"sv/news/{name}.json": {"from": "old"} for name in "abc"}
    played.said = {"": page("abc", "old"), "old": page("", "old")}

    def hold_after(said: dict[str, Any], copies: dict[str, Any], cursor: str) -> None:
        """Let the script ask twice with this cursor, and see which copies there are all the while."""
        played.said = said
        count, end = len(played.asked), time.monotonic() + 20
        while played.asked[count:].count(cursor) < 2:
            assert time.monotonic() < end, "the script asks no more"
            assert copies.keys() <= files(folder).keys()
            time.sleep(0.05)
        wait_until(lambda: files(folder) == copies)

    with running(script, played.address, folder):
        wait_until(lambda: files(folder) == held)
        hold_after({"old": 410}, held, "")  # rebuilt, and away again at once
    with running(script, played.address, folder):  # nor is anything lost or left when the script was stopped meanwhile
        replaced = held | {"sv/news/a.json": {"from": "half"}}
        hold_after({"": page("a", "half", has_more=True)}, replaced, "half")
        hold_after({"": page("a", "half", has_more=True), "half": 410}, replaced, "half")  # and rebuilt once more
    with running(script, played.address, folder):
        played.said = {"": page("a", "half", has_more=True), "half": page("b", "new"), "new": page("", "new")}
        wait_until(lambda: files(folder) == {"sv/news/a.json": {"from": "half"}, "sv/news/b.json": {"from": "new"}})
