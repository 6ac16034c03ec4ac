"""What a browser that has never been here has to load: how long a first visit takes on a line of 50 kB a second."""

import gzip
import re
from pathlib import Path, PurePosixPath

from django.contrib.auth.models import User
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import Translation

from tests.browser import BYTES_A_SECOND
from tests.translators.desk import signed_in

FIRST_VISIT, NEXT_PAGE = 12, 1  # seconds
PACKED = {".woff2", ".png", ".jpg", ".webp"}
"""What is compressed already."""


def files_of(content: str, folder: str = "") -> set[str]:
    """Return the files that a page, or a style sheet in a folder, has loaded from the hub."""
    named = re.findall(r"""(?:(?:src|href)="/static/|url\(["']?)([^"'?#)]+)""", content)
    there = {str(PurePosixPath(_flat(f"{folder}/{name}" if folder else name))) for name in named if ":" not in name}
    return {name for name in there if finders.find(name)}


def _flat(path: str) -> str:
    parts: list[str] = []
    for part in path.split("/"):
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def bytes_of(name: str) -> int:
    """Return what a file takes on the line: static files go out compressed (whitenoise)."""
    content = Path(str(finders.find(name))).read_bytes()
    return len(content if Path(name).suffix in PACKED else gzip.compress(content))


def load(client: Client, address: str, kept: set[str]) -> float:
    """Return for how many seconds a page loads into a browser that keeps what it had; its HTML goes as it is."""
    answer = client.get(address)
    assert answer.status_code == 200
    wanted = files_of(answer.content.decode())
    for style in [name for name in wanted if name.endswith(".css")]:
        content = Path(str(finders.find(style))).read_text()
        wanted |= files_of(content, str(PurePosixPath(style).parent))
    new = wanted - kept
    kept |= new
    return (len(answer.content) + sum(bytes_of(name) for name in new)) / BYTES_A_SECOND


def test_a_first_visit_on_a_slow_line_takes_seconds_and_the_next_page_hardly_any(
    ukrainian: Translation, translator: User
) -> None:
    kept: set[str] = set()
    assert load(Client(), reverse("wagtailadmin_login"), kept) < FIRST_VISIT
    assert "wagtailadmin/js/core.js" in kept
    workbench = reverse("wagtailadmin_pages:edit", args=[ukrainian.get_target_instance().pk])
    for address in (reverse("wagtailadmin_home"), reverse("desk_queue"), workbench):
        assert load(signed_in(translator), address, kept) < NEXT_PAGE
