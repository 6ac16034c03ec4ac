"""An export shows one moment: what is published meanwhile is neither half in it nor lost to who goes on from it."""

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django import Settings

from cms.api.exports import make_export
from cms.api.parameters import Narrowing
from cms.publications import export
from cms.publications.by_hand import withdraw
from cms.publications.filling import fill_each
from cms.publications.models import Publication
from cms.publications.snapshots import snapshot
from tests.reliability.acts import fresh
from tests.reliability.beside import beside
from tests.reliability.stage import Newsroom

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, settings: Settings) -> Path:
    """A folder of its own for each test."""
    settings.DATA_DIR = tmp_path
    return tmp_path


def fetch(address: str = "/export.ndjson") -> list[dict[str, Any]]:
    response = Client().get(f"/content/v1{address}")
    assert response.status_code == 200
    return [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]


def forget(data_dir: Path) -> None:
    for path in (data_dir / "export").iterdir():
        path.unlink()


@pytest.fixture
def while_it_is_written(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Do something in another connection after the third document has been read."""
    monkeypatch.setattr(export, "BATCH", 3)

    def arrange(work: Any) -> Any:
        done: list[bool] = []

        def fill_and_work(rows: Any) -> Any:
            if not done:
                done.append(True)
                with beside(work):
                    pass  # and wait until it is committed
            return fill_each(rows)

        return patch("cms.publications.export.fill_each", fill_and_work)

    return arrange


def test_what_is_published_meanwhile_is_not_in_it_and_not_lost(
    newsroom: Newsroom, while_it_is_written: Any, data_dir: Path
) -> None:
    before = fetch()
    forget(data_dir)

    def write() -> None:
        with transaction.atomic():
            page = fresh(newsroom.janet["sv"])
            page.title = "Janet Ågren Åberg"
            page.save()  # her articles in both languages show it, some of them read already and some not
            fresh(newsroom.about).delete()

    with while_it_is_written(write):
        during = fetch()
    assert during == before
    assert len(during) - 1 == during[0]["total"]
    changes = Client().get(f"/content/v1/changes?cursor={during[0]['cursor']}").json()["items"]
    assert {(str(newsroom.janet["sv"].translation_key), "sv", "published")} < {
        (change["id"], change["language"], change["status"]) for change in changes
    }
    assert "gone" in {change["status"] for change in changes}
    assert fetch() != before


def test_nobody_who_writes_waits_for_who_reads(newsroom: Newsroom) -> None:
    with snapshot():
        assert Publication.objects.count()
        with beside(lambda: withdraw(newsroom.visit.translation_key, "Besöket är inställt.")):
            pass
        assert not Publication.objects.filter(status="withdrawn").exists()
    assert Publication.objects.filter(status="withdrawn").exists()


def test_after_a_snapshot_everything_is_written_as_before(newsroom: Newsroom) -> None:
    with pytest.raises(ZeroDivisionError), snapshot():
        assert Publication.objects.count() / 0
    withdraw(newsroom.visit.translation_key, "Besöket är inställt.")
    if connection.vendor == "sqlite":
        assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]


def test_two_workers_who_make_the_same_one_do_no_harm(
    newsroom: Newsroom, while_it_is_written: Any, data_dir: Path
) -> None:
    before = fetch()
    forget(data_dir)
    with (
        patch("cms.api.exports._one_at_a_time", nullcontext()),  # that is how it is between processes
        while_it_is_written(lambda: make_export(Narrowing())),
    ):
        assert fetch() == before
    assert sorted(file.suffix for file in (data_dir / "export").iterdir()) == [".br", ".gz", ".languages", ".ndjson"]
    assert fetch() == before


def test_an_empty_hub_has_an_empty_export() -> None:
    [head] = fetch()
    assert (head["total"], head["generated_at"]) == (0, None)
    answer = Client().get(f"/content/v1/changes?cursor={head['cursor']}").json()
    assert (answer["items"], answer["next_cursor"]) == ([], head["cursor"])
