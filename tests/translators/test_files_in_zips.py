"""A ZIP with files for translators, whoever packed it: each file in it is read or refused by its name."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import polib
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail_localize.models import Translation

from tests.translators import desk
from tests.translators.desk import SV, UK, commit, signed_in
from tests.translators.test_files import complaint, download, edit, report, send, words
from tests.translators.test_memory import translations

WAYS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
UNREADABLE = "This file of the ZIP cannot be opened: it is damaged, has a password or is packed in an unusual way."


@pytest.fixture
def client(translator: User) -> Client:
    """The browser of who translates into Ukrainian."""
    return signed_in(translator)


def packed(files: Mapping[str, bytes | str], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", way) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def damaged(data: bytes, name: str) -> bytes:
    """Change what a file of a ZIP holds, behind the header that stands before it."""
    member = zipfile.ZipFile(io.BytesIO(data)).getinfo(name)
    start = member.header_offset + 30 + len(name.encode())
    return data[:start] + b"\xff" * 20 + data[start + 20 :]


def refused(answer: Any) -> list[tuple[str, str]]:
    return [(each.place, each.reason) for each in report(answer).refused]


def test_two_files_of_a_zip_with_the_same_text_are_as_if_sent_one_after_the_other(
    ukrainian: Translation, client: Client, translator: User
) -> None:
    out = download(client, ukrainian)
    files = {"anna.po": edit(out, words() | {SV["title"]: "Анна"}), "bo.po": edit(out, words() | {SV["title"]: "Бу"})}
    answer = send(client, packed(files), "both.zip")
    [conflict] = report(answer).conflicts
    assert (conflict.base, conflict.theirs, conflict.mine, conflict.who) == ("", "Анна", "Бу", translator.username)
    assert (report(answer).stored, report(answer).same) == (len(UK), len(UK) - 1)
    assert translations(ukrainian)[SV["title"]].data == "Анна"
    [(_conflict, token)] = answer.context["conflicts"]
    choice = {"conflict-1": token, "take-conflict-1": "mine"}
    assert report(client.post(reverse("desk_files_settle"), choice)).stored == 1
    assert translations(ukrainian)[SV["title"]].data == "Бу"


def test_a_file_of_a_zip_takes_nothing_from_another_that_it_leaves_as_it_was(
    ukrainian: Translation, client: Client
) -> None:
    desk.say(ukrainian, UK)
    out = download(client, ukrainian)
    files = {"anna.po": edit(out, {SV["title"]: "Анна"}), "bo.po": out}
    for names in (["anna.po", "bo.po"], ["bo.po", "anna.po"]):
        back = report(send(client, packed({name: files[name] for name in names}), "both.zip"))
        assert (back.refused, back.conflicts) == ([], [])
        assert translations(ukrainian)[SV["title"]].data == "Анна"


def test_what_one_file_is_unsure_of_another_of_the_zip_confirms(ukrainian: Translation, client: Client) -> None:
    out = download(client, ukrainian)
    unsure = polib.pofile(edit(out, {SV["title"]: UK["title"]}))
    unsure.find(SV["title"], by="msgid").flags = ["fuzzy"]
    sure = edit(out, {SV["title"]: UK["title"]})
    back = report(send(client, packed({"1.po": str(unsure), "2.po": sure, "3.po": sure}), "all.zip"))
    assert (back.stored, back.confirmed, back.same) == (1, 1, 1)


def test_a_zip_made_on_a_mac_is_read(ukrainian: Translation, client: Client) -> None:
    """Its Finder adds what it knows of each file, and of each folder."""
    beside = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        "
    files = {
        "översättning/": b"",
        "översättning/uk.po": edit(download(client, ukrainian), words()),
        "översättning/.DS_Store": b"\x00\x00\x00\x01Bud1",
        "översättning/._uk.po": beside,
        "__MACOSX/översättning/._uk.po": beside,
        "__MACOSX/översättning/uk.po": beside,
    }
    back = report(send(client, packed(files), "mac.zip"))
    assert (back.stored, back.refused) == (len(UK), [])


def test_files_of_a_zip_that_cannot_be_read_are_named_and_the_others_taken(
    ukrainian: Translation, client: Client
) -> None:
    good = edit(download(client, ukrainian), words())
    files = {
        "0.po": good,
        "läs mig.txt": "Hej",
        "uk.docx": b"PK\x03\x04",
        "1.xlf": "<xliff version='1.2'/>",
        "2.po": good,
    }
    answer = send(client, damaged(packed(files), "2.po"), "all.zip")
    assert report(answer).stored == len(UK)
    assert [name for name, _reason in refused(answer)] == ["läs mig.txt", "uk.docx", "1.xlf", "2.po"]
    reasons = [reason for _name, reason in refused(answer)]
    assert reasons[:2] == ["This is not a PO file."] * 2
    assert reasons[2].startswith("This XLIFF file is not of version 2.")
    assert reasons[3] == UNREADABLE
    assert "<td>läs mig.txt</td>" in answer.content.decode()


@pytest.mark.parametrize("way", WAYS)
def test_a_damaged_file_is_named_however_it_was_packed(way: int, ukrainian: Translation, client: Client) -> None:
    good = edit(download(client, ukrainian), words())
    answer = send(client, damaged(packed({"uk.po": good}, way), "uk.po"), "uk.zip")
    assert refused(answer) == [("uk.po", UNREADABLE)]
    assert translations(ukrainian) == {}


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_nothing_is_unpacked_of_which_nobody_knows_how_much_it_is(
    way: int, ukrainian: Translation, client: Client
) -> None:
    """Python unpacks some kilobytes of these into gigabytes at once, whatever size the ZIP says."""
    good = edit(download(client, ukrainian), words())
    assert refused(send(client, packed({"uk.po": good}, way), "uk.zip")) == [("uk.po", UNREADABLE)]


def test_a_zip_without_files_is_refused(client: Client) -> None:
    files = {"översättning/": b"", "översättning/.DS_Store": b"Bud1"}
    assert complaint(send(client, packed(files), "mac.zip")) == "The file has no texts."


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    kind=st.sampled_from(["po", "xliff"]),
    way=st.sampled_from(WAYS),
    noise=st.lists(st.tuples(st.integers(4, 3_000), st.binary(min_size=1, max_size=8)), min_size=1, max_size=4),
    end=st.none() | st.integers(4, 3_000),
)
def test_no_damaged_zip_is_a_fault(
    kind: str, way: int, noise: list[tuple[int, bytes]], end: int | None, ukrainian: Translation, client: Client
) -> None:
    data = packed({"uk.po" if kind == "po" else "uk.xlf": download(client, ukrainian, kind)}, way)
    for at, signs in noise:
        at %= len(data)
        data = data[: max(at, 4)] + signs + data[max(at, 4) + len(signs) :]
    answer = client.post(reverse("desk_files"), {"file": SimpleUploadedFile("uk.zip", data[:end])})
    assert answer.status_code == 200
    commit()
