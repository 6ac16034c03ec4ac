"""Every act that changes a page is one fact with its publications: all of it, or nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from cms.publications.models import Publication
from cms.publications.publish import Edition
from cms.publications.reading import current_sequence
from cms.publications.stale import stale_publications
from tests.database import dump
from tests.reliability import admin_acts
from tests.reliability.acts import ACTS
from tests.reliability.stage import Newsroom

assert admin_acts  # it declares acts of its own


class PublishingFailed(RuntimeError):  # noqa: N818  it happened
    """Something went wrong that nobody foresaw."""


@pytest.mark.parametrize("name", ACTS)
def test_page_and_publication_change_together(newsroom: Newsroom, name: str) -> None:
    prepare, act = ACTS[name]
    prepare(newsroom)
    before = current_sequence()
    act(newsroom)
    assert [str(stale) for stale in stale_publications()] == []
    assert current_sequence() > before


@pytest.mark.parametrize("page", ["first", "later"])
@pytest.mark.parametrize("name", ACTS)
def test_nothing_changes_when_publishing_fails(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, name: str, page: str
) -> None:
    prepare, act = ACTS[name]
    prepare(newsroom)
    before, files = dump(), _files()
    with monkeypatch.context() as patched, pytest.raises(PublishingFailed):
        _let_publishing_fail(patched, at=page)
        act(newsroom)
    after = dump()
    assert {table for table in before if before[table] != after[table]} == set()
    assert files - _files() == set()
    call_command("publish_scheduled")  # what time has changed waits for the timer, which comes again


def _files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def _let_publishing_fail(patched: pytest.MonkeyPatch, *, at: str) -> None:
    """Fail at the first publication that is written, or at the second; at the last act when there is no second."""
    written: list[object] = []
    write, renumber = Edition._write, Edition.renumber

    def write_or_fail(self: Edition, verdict: Any) -> Publication:
        written.append(verdict)
        if len(written) == (1 if at == "first" else 2):
            raise PublishingFailed
        return write(self, verdict)

    def fail(self: Edition, publications: Any) -> None:
        renumber(self, publications)
        raise PublishingFailed

    patched.setattr(Edition, "_write", write_or_fail)
    patched.setattr(Edition, "renumber", fail)
