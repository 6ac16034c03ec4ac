"""The export: everything there is to read in one answer, the same for everybody, and nothing is lost after it."""

import gzip
import json
import os
import time
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any
from unittest.mock import patch

import brotli
import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from cms.api import exports
from cms.api.build import build
from cms.publications import export as publications_export
from cms.publications.by_hand import gone, vanish, withdraw
from cms.publications.models import Counter
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.newsroom import draft, publish

EXPORT = "/export.ndjson"


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, settings: Settings) -> Path:
    """A folder of its own for each test."""
    settings.DATA_DIR = tmp_path
    return tmp_path


def lines(answer: HttpResponse) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.content[:300]
    return [json.loads(line) for line in answer.content.decode().splitlines()]


def test_the_export_holds_every_item_whole_in_its_own_language(city: City, seed: Seed) -> None:
    head, *documents = lines(city.ask(EXPORT))
    assert head["total"] == len(documents)
    assert {document["kind"] for document in documents} == {
        "home",
        "news",
        "people",
        "partners",
        "partnerships",
        "topics",
    }
    for document in documents:
        assert document["requested_language"] == document["language"]
        place = "home" if document["kind"] == "home" else f"{document['kind']}/{document['id']}"
        assert city.get(f"/{document['language']}/{place}") == document


def test_the_first_line_says_what_follows(city: City, seed: Seed) -> None:
    head = lines(city.ask(EXPORT))[0]
    assert head["cursor"] == city.get("/changes")["next_cursor"]
    assert head["epoch"] == city.get("/status")["epoch"]
    assert head["generated_at"] == city.get("/status")["last_change_at"]


def test_what_is_withdrawn_is_in_it_with_its_notice_and_tombstones_are_not(city: City, seed: Seed) -> None:
    withdraw(seed.article.translation_key, "Artikeln är återkallad.", ["sv"])
    gone(seed.vitalii.translation_key, "mistake")
    vanish(seed.anders.translation_key)
    answer = city.ask(EXPORT)
    [article] = [line for line in lines(answer)[1:] if (line["id"], line["language"]) == (seed.id, "sv")]
    assert (article["status"], article["notice"]["text"]) == ("withdrawn", "Artikeln är återkallad.")
    kept = {line["id"] for line in lines(answer)[1:]}
    assert {str(seed.vitalii.translation_key), str(seed.anders.translation_key)}.isdisjoint(kept)


@pytest.mark.parametrize(
    ("query", "languages", "kinds"),
    [
        ("language=uk", {"uk"}, {"news", "people", "partners", "home"}),
        ("language=uk,sv&kind=news", {"sv", "uk"}, {"news"}),
        ("kind=topics,people", {"sv", "uk"}, {"topics", "people"}),
        ("language=fi&kind=news", set(), set()),
    ],
)
def test_languages_and_kinds_narrow_it_and_its_cursor_with_it(
    city: City, seed: Seed, query: str, languages: set[str], kinds: set[str]
) -> None:
    head, *documents = lines(city.ask(f"{EXPORT}?{query}"))
    assert ({line["language"] for line in documents}, {line["kind"] for line in documents}) == (languages, kinds)
    assert head["total"] == len(documents)
    after = city.get(f"/changes?{query}&cursor={head['cursor']}")
    assert (after["items"], after["next_cursor"]) == ([], head["cursor"])
    city.problem(f"/changes?cursor={head['cursor']}", "invalid-cursor")


def test_the_changes_go_on_where_the_export_ends(city: City, seed: Seed) -> None:
    cursor = lines(city.ask(EXPORT))[0]["cursor"]
    seed.ukrainian.unpublish()
    changed = {
        (change["id"], change["language"], change["status"])
        for change in city.get(f"/changes?cursor={cursor}")["items"]
    }
    assert changed == {(seed.id, "uk", "gone"), (seed.id, "sv", "published")}


def test_a_draft_changes_nothing(city: City, seed: Seed) -> None:
    before = city.ask(EXPORT)
    seed.article.lead = "Ett nytt samarbete."
    draft(seed.article)
    again = city.ask(EXPORT)
    assert (again.content, again["ETag"]) == (before.content, before["ETag"])


@pytest.mark.parametrize(
    "query", ["language=ua", "kind=articles", "language=", "limit=5", "cursor=abc", "kind=news&kind=people"]
)
def test_what_it_does_not_take_is_a_problem_before_anything_is_sent(city: City, seed: Seed, query: str) -> None:
    assert set(city.problem(f"{EXPORT}?{query}", "invalid-parameters")["allowed"]) == {"language", "kind"}


# --- as a file --------------------------------------------------------------------------------------------------------


def files(data_dir: Path) -> list[str]:
    return sorted(path.name for path in (data_dir / "export").iterdir())


def test_it_is_made_once_and_costs_one_question_from_then_on(city: City, seed: Seed, data_dir: Path) -> None:
    first = city.ask(EXPORT)
    assert [name.partition(".")[2] for name in files(data_dir)] == ["languages", "ndjson", "ndjson.br", "ndjson.gz"]
    with (
        patch("cms.api.exports.make_export", side_effect=AssertionError("made twice")),
        CaptureQueriesContext(connection) as queries,
    ):
        again = city.ask(EXPORT)
    assert (again.content, dict(again.headers)) == (first.content, dict(first.headers))
    assert len(queries) == 1


def test_every_worker_makes_the_same_bytes_whenever(city: City, seed: Seed, settings: Settings, tmp_path: Path) -> None:
    made = []
    for worker in ("one", "other"):
        settings.DATA_DIR = tmp_path / worker
        answers = [city.ask(EXPORT, Accept_Encoding=encoding) for encoding in ("identity", "gzip", "br")]
        made.append([(answer.content, dict(answer.headers)) for answer in answers])
        time.sleep(1.1)
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("accepted", "encoding", "ending"),
    [
        ("gzip, deflate, br", "br", "-br"),
        ("*", "br", "-br"),
        ("br;q=0.5, gzip", "gzip", "-gz"),
        ("gzip, br;q=0", "gzip", "-gz"),
    ],
)
def test_it_is_sent_compressed_as_it_is_most_welcome(
    city: City, seed: Seed, accepted: str, encoding: str, ending: str
) -> None:
    plain, packed = city.ask(EXPORT, Accept_Encoding="identity"), city.ask(EXPORT, Accept_Encoding=accepted)
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress}[encoding]
    assert unpack(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 3
    assert (packed["Content-Encoding"], "Content-Encoding" in plain) == (encoding, False)
    assert packed["ETag"].strip('"') == plain["ETag"].strip('"') + ending
    for answer in (plain, packed):
        assert int(answer["Content-Length"]) == len(answer.content)
        assert answer["Content-Type"] == "application/x-ndjson"
        assert answer["Vary"] == "Accept-Encoding"


def test_it_is_sent_as_it_is_to_whoever_takes_nothing_else(city: City, seed: Seed) -> None:
    for accepted in ("", "identity", "br;q=0, gzip;q=0", "zstd"):
        assert "Content-Encoding" not in city.ask(EXPORT, Accept_Encoding=accepted)


def test_whoever_asks_for_a_part_of_it_is_given_all_in_every_encoding(city: City, seed: Seed) -> None:
    for encoding in ("identity", "gzip", "br"):
        whole = city.ask(EXPORT, Accept_Encoding=encoding)
        part = city.ask(EXPORT, Accept_Encoding=encoding, Range="bytes=10-20", If_Range=whole["ETag"])
        assert (part.status_code, part.content, "Accept-Ranges" in part) == (200, whole.content, False)


@pytest.mark.parametrize(
    ("encoding", "ending"),
    [("identity", "ndjson"), ("gzip", "ndjson.gz"), ("br", "ndjson.br"), ("identity", "languages")],
)
def test_a_file_that_somebody_deleted_is_made_again(
    city: City, seed: Seed, data_dir: Path, encoding: str, ending: str
) -> None:
    before = city.ask(EXPORT, Accept_Encoding=encoding)
    [lost] = [path for path in (data_dir / "export").iterdir() if path.name.partition(".")[2] == ending]
    lost.unlink()
    again = city.ask(EXPORT, Accept_Encoding=encoding)
    assert (again.status_code, again.content) == (200, before.content)
    assert dict(again.headers) == dict(before.headers)


@pytest.mark.parametrize(
    ("accept", "status"), [("application/x-ndjson", 200), ("application/json", 200), ("*/*", 200), ("text/html", 406)]
)
def test_whoever_takes_json_takes_lines_of_it(city: City, seed: Seed, accept: str, status: int) -> None:
    assert city.ask(EXPORT, Accept=accept).status_code == status


def test_what_one_already_has_is_not_sent_again(city: City, seed: Seed, data_dir: Path) -> None:
    first = city.ask(EXPORT)
    for tag in (first["ETag"], "*", first["ETag"].rstrip('"') + '-br"', f"W/{first['ETag']}"):
        again = city.ask(EXPORT, If_None_Match=tag)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        compressed = city.ask(EXPORT, If_None_Match=tag, Accept_Encoding="br")
        assert (compressed.status_code, compressed["ETag"]) == (304, first["ETag"].rstrip('"') + '-br"')
        assert again["Cache-Control"] == first["Cache-Control"]
    assert city.ask(EXPORT, If_Modified_Since=first["Last-Modified"]).status_code == 304
    city.problem(EXPORT, "precondition-failed", If_Match='"other"')


def test_it_names_every_language_inside_and_a_further_one_only_when_it_occurs(city: City, seed: Seed) -> None:
    for query, inside in (("language=uk", "uk, sv"), ("language=uk&kind=people", "uk"), ("language=fi,en", "en, fi")):
        for _again in range(2):
            assert city.ask(f"{EXPORT}?{query}")["Content-Language"] == inside
        assert city.ask(f"{EXPORT}?{query}", If_None_Match="*")["Content-Language"] == inside


def test_who_has_an_export_that_was_deleted_is_told_the_same_of_it(
    city: City, seed: Seed, data_dir: Path, settings: Settings
) -> None:
    address = f"{EXPORT}?language=uk"
    known = city.ask(address)
    had = city.ask(address, If_None_Match=known["ETag"])
    for path in (data_dir / "export").iterdir():
        path.unlink()
    again = city.ask(address, If_None_Match=known["ETag"])
    assert (again.status_code, dict(again.headers)) == (304, dict(had.headers))
    assert again["Content-Language"] == known["Content-Language"]


@pytest.mark.parametrize("trouble", ["no room", "too often"])
def test_who_has_an_export_is_told_so_even_when_it_cannot_be_made_again(
    city: City, seed: Seed, data_dir: Path, settings: Settings, trouble: str
) -> None:
    tag = city.ask(EXPORT)["ETag"]
    for path in (data_dir / "export").iterdir():
        path.unlink()
    if trouble == "too often":
        settings.RATE_LIMITS = {"answers": 1, "search": 1}
        city.ask("/sv/news")
    with patch("cms.api.exports.os.fsync", side_effect=OSError(28, "No space left on device")):
        again = city.ask(EXPORT, If_None_Match=tag)
    assert (again.status_code, "Content-Language" in again) == (304, False)


def test_head_is_get_without_the_body(city: City, seed: Seed) -> None:
    for encoding in ("identity", "gzip", "br"):
        head, get = (city.ask(EXPORT, method=method, Accept_Encoding=encoding) for method in ("HEAD", "GET"))
        assert (head.content, dict(head.headers)) == (b"", dict(get.headers))


def test_it_is_not_kept_past_the_next_known_change(city: City, seed: Seed) -> None:
    assert "max-age=60" in city.ask(EXPORT)["Cache-Control"]
    from django.utils import timezone

    seed.vitalii.expire_at = timezone.now() + timezone.timedelta(seconds=30)
    publish(seed.vitalii)
    age = int(city.ask(EXPORT)["Cache-Control"].split("max-age=")[1].split(",")[0])
    assert age <= 30


def test_a_new_place_or_epoch_gets_a_new_file_and_the_old_one_goes(city: City, seed: Seed, data_dir: Path) -> None:
    tags = []
    for change in (lambda: None, seed.ukrainian.unpublish, lambda: Counter.objects.update(epoch="another")):
        change()
        for query in ("", "?language=sv", "?language=sv&kind=news"):
            tags.append(city.ask(EXPORT + query)["ETag"])
        assert len(files(data_dir)) == 12
    assert len(set(tags)) == 9


def test_another_secret_gets_a_new_file_whose_cursor_it_knows(city: City, seed: Seed, settings: Settings) -> None:
    before = lines(city.ask(EXPORT))[0]["cursor"]
    settings.SECRET_KEY = "another " * 10
    build.cache_clear()
    try:
        cursor = lines(city.ask(EXPORT))[0]["cursor"]
    finally:
        build.cache_clear()
    assert cursor != before
    assert city.get(f"/changes?cursor={cursor}")["items"] == []


def test_another_build_gets_a_new_file(city: City, seed: Seed) -> None:
    before = city.ask(EXPORT)["ETag"]
    with patch("cms.api.exports.build", return_value="another"):
        assert city.ask(EXPORT)["ETag"] != before


def test_the_folder_is_bounded_in_files_and_bytes(
    city: City, seed: Seed, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_FILES", 8)
    for kind in ("news", "people", "partners", "topics", "home"):
        city.ask(f"{EXPORT}?kind={kind}")
        assert len(files(data_dir)) <= 8
    monkeypatch.setattr(exports, "MOST_BYTES", 10)
    city.ask(EXPORT)
    assert len(files(data_dir)) == 4  # what was made last stays, however long it is


def test_what_a_killed_process_left_is_swept_away(city: City, seed: Seed, data_dir: Path) -> None:
    (data_dir / "export").mkdir()
    old, new = data_dir / "export" / "old.part", data_dir / "export" / "new.part"
    old.touch(), new.touch()
    os.utime(old, (0, 0))
    city.ask(EXPORT)
    assert (old.exists(), new.exists()) == (False, True)


def test_whoever_reads_an_old_export_reads_it_to_its_end(city: City, seed: Seed) -> None:
    before = city.ask(EXPORT)
    file = exports.export_at(publications_export.freshness(), exports.Narrowing())
    opened = file.open("identity")
    assert isinstance(opened, BufferedReader)
    with opened:
        seed.ukrainian.unpublish()
        city.ask(EXPORT)
        assert file.open("identity") is None
        assert opened.read() == before.content


def test_an_export_that_fails_half_way_leaves_nothing_and_is_a_problem(city: City, seed: Seed, data_dir: Path) -> None:
    def fail_at_the_fifth(rows: Any) -> Iterator[Any]:
        yield from [{}] * 4
        raise OperationalError("the database is gone")

    with patch("cms.publications.export._documents", fail_at_the_fifth):
        city.problem(EXPORT, "unavailable")
    assert files(data_dir) == []
    with patch("cms.api.exports.os.fsync", side_effect=OSError(28, "No space left on device")):
        city.problem(EXPORT, "unavailable")
    assert files(data_dir) == []


def test_making_exports_leaves_other_requests_their_threads(city: City, seed: Seed) -> None:
    with exports._a_place_in_the_room():
        for _other in range(exports.MOST_AT_ONCE - 1):
            exports._room.acquire()
        try:
            problem = city.problem(EXPORT, "unavailable")
        finally:
            exports._room.release(exports.MOST_AT_ONCE - 1)
    assert problem["status"] == 503
    assert city.ask(EXPORT).status_code == 200


def test_only_what_has_to_be_made_counts_against_the_limit(city: City, seed: Seed, settings: Settings) -> None:
    settings.RATE_LIMITS = {"answers": 1, "search": 1}
    for _again in range(3):
        assert city.ask(EXPORT).status_code == 200
    city.problem(f"{EXPORT}?language=sv", "too-many-requests")


def test_it_is_written_in_pieces_however_long_it_is(city: City, seed: Seed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publications_export, "BATCH", 3)
    sizes: list[int] = []
    fill_each = publications_export.fill_each

    def count(rows: Any) -> Any:
        sizes.append(len(rows))
        return fill_each(rows)

    with patch("cms.publications.export.fill_each", count):
        total = lines(city.ask(EXPORT))[0]["total"]
    assert (max(sizes), sum(sizes)) == (3, total)
    monkeypatch.setattr(publications_export, "BATCH", 100)
    assert lines(city.ask(f"{EXPORT}?language=sv,uk,fi,en"))[1:] == lines(city.ask(EXPORT))[1:]
