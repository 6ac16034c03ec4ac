"""All that waits goes out as files, however much it is, and each of these files can come back."""

import io
import zipfile
from datetime import timedelta

import polib
import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction, Workflow
from wagtail_localize.models import Translation

from cms.translation.files import choosing, packing, po, unpacking, xliff
from cms.translation.names.offers import Offers
from cms.translation.publishing import publish_translation, save_translation_draft
from cms.translation.queue.finding import find_places
from cms.translation.queue.reach import reach_of
from cms.translation.schedules import Schedule
from cms.translation.submitting import translate
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators import desk
from tests.translators.desk import SV, UK, signed_in
from tests.translators.test_files import complaint, edit, report, send, words
from tests.translators.test_files_round_trips import work_of
from tests.translators.test_memory import translations


@pytest.fixture
def client(translator: User) -> Client:
    """The browser of who translates into Ukrainian."""
    return signed_in(translator)


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that hold as many texts as two articles, and no more."""
    for module in (unpacking, po, xliff):
        monkeypatch.setattr(module, "MOST_ENTRIES", 2 * len(UK))
    monkeypatch.setattr(packing, "MOST_TEXTS", 2 * len(UK))


def begin(number: int) -> list[Translation]:
    return [translate(desk.write_article("sv"), "uk") for _each in range(number)]


def export(client: Client, kind: str) -> bytes:
    answer = client.get(reverse("desk_files_export"), {"waiting": "uk", "format": kind})
    assert answer.status_code == 200
    return bytes(answer.content)


def unpack(data: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {name: archive.read(name) for name in archive.namelist()}


def exported(client: Client) -> set[str]:
    """Return the titles that all that waits has as PO files."""
    data = export(client, "po")
    files = unpack(data).values() if data.startswith(b"PK") else [data]
    return {entry.msgid for file in files for entry in polib.pofile(file.decode()) if entry.msgctxt == "title"}


def translated(data: bytes, kind: str) -> bytes:
    if kind == "po":
        return edit(data, words()).encode()
    text = data.decode().replace('state="initial"', 'state="translated"')
    for source, target in words().items():
        text = text.replace(f"{source}</source>", f"{source}</source><target>{target}</target>")
    return text.encode()


def page(client: Client) -> str:
    return " ".join(client.get(reverse("desk_files")).content.decode().split())


def test_all_that_waits_is_what_waits_in_the_queue_and_was_begun(
    client: Client, translator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.translation.files.views.MOST", 1)
    articles = {name: desk.write_article("sv") for name in ("new", "half", "stale", "back", "review", "done")}
    for name, article in articles.items():
        desk.rewrite(article, title=f"Umeå: {name}")
    begun = {name: translate(desk.read(article), "uk") for name, article in articles.items()}
    desk.commit()
    desk.say(begun["half"], {"lead": UK["lead"]})
    for name in ("stale", "back", "review", "done"):
        desk.say(begun[name], UK)
        desk.say_one(begun[name], desk.segment_of(begun[name], f"Umeå: {name}"), f"Умео: {name}")
    for name in ("stale", "done"):
        publish_translation(begun[name])
    desk.rewrite(articles["stale"], lead="Samarbetet har börjat, och förstudien är klar i höst.")
    for name in ("back", "review"):
        state = Workflow.objects.get(active=True).start(begun[name].get_target_instance(), translator)
        if name == "back":
            state.current_task_state.reject(user=translator, comment="Quote the minister exactly.")
    assert exported(client) == {f"Umeå: {name}" for name in ("new", "half", "stale", "back")}
    assert "All that waits in українська (4 translations):" in page(client)


def test_what_nobody_can_do_anything_about_is_not_among_all_that_waits(room: Newsroom, client: Client) -> None:
    scheduled = desk.begin(desk.write_article("sv"), "uk")
    desk.say(scheduled, UK)
    save_translation_draft(scheduled, schedule=Schedule(timezone.now() + timedelta(days=3))).publish()
    finnish = desk.carry(desk.write_article("sv"), "fi")
    ukrainian = desk.carry(finnish.get_target_instance(), "uk")
    desk.rewrite(finnish.source.get_source_instance(), title="Samarbetet har börjat")
    states = [place.state for place in find_places(reach_of(client_user(client))) if place.kind == "news"]
    assert sorted(states) == ["scheduled", "stale_source"]
    assert choosing.find_waiting(client_user(client)) == []
    assert "All that waits in" not in page(client)
    desk.follow(finnish, "Yhteistyö Hersonin kanssa on alkanut")
    [waiting] = choosing.find_waiting(client_user(client))
    assert waiting.begun == [ukrainian.pk]


def test_the_page_says_what_nobody_has_begun_and_gives_all_that_waits_whatever_is_listed(
    article: NewsPage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    [waiting] = choosing.find_waiting(client_user(client))
    assert (waiting.begun, waiting.not_begun) == ([], [article.pk])
    assert "in no file: 1 text in українська." in page(client)
    desk.write_article("fi")
    begun = begin(2)
    assert "in no file: 2 texts in українська." in page(client)
    monkeypatch.setattr("cms.translation.files.views.MOST", 1)
    assert "Page 1 of 2" in page(client)
    assert f'id="desk-file-{begun[1].pk}"' in page(client)
    assert f'id="desk-file-{begun[0].pk}"' not in page(client)
    assert exported(client) == {SV["title"]}
    assert len(unpack(export(client, "po"))) == 2


def begin_all(client: Client, language: str = "uk") -> list[str]:
    """Press the button that begins what nobody has begun; return what the page says then."""
    answer = client.post(reverse("desk_files_begin"), {"language": language}, follow=True)
    assert answer.redirect_chain == [(reverse("desk_files"), 302)]
    return desk.sentences(answer)


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_what_nobody_has_begun_is_begun_from_the_page_goes_out_and_comes_back(
    kind: str, article: NewsPage, client: Client
) -> None:
    waits = {"waiting": "uk", "format": kind}
    assert client.get(reverse("desk_files_export"), waits).status_code == 400, "to look begins nothing"
    assert desk.in_language(article, "uk") is None
    assert begin_all(client) == ["1 translation was begun, and is among all that waits."]
    assert not desk.in_language(article, "uk").live
    assert "All that waits in українська (1 translation):" in page(client)
    assert "in no file" not in page(client)
    back = report(send(client, translated(export(client, kind), kind), f"uk.{'po' if kind == 'po' else 'xlf'}"))
    assert (back.stored, back.refused) == (len(UK), [])


def test_so_many_are_begun_at_once_as_a_page_has_time_for_those_that_wait_longest_first(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.translation.files.views.MOST_BEGUN", 2)
    articles = [desk.write_article("sv") for _number in range(3)]
    NewsPage.objects.filter(pk=articles[2].pk).update(last_published_at=timezone.now() - timedelta(days=9))
    assert "The 2 that wait longest are begun at once." in page(client)
    assert begin_all(client) == ["2 translations were begun, and are among all that waits."]
    begun = [bool(desk.in_language(article, "uk")) for article in articles]
    assert begun == [True, False, True]
    begin_all(client)
    assert len(unpack(export(client, "po"))) == 3


def test_nobody_begins_what_is_not_theirs(article: NewsPage, client: Client, editor: User) -> None:
    assert begin_all(client, "fi") == begin_all(signed_in(editor), "uk") == begin_all(client, "xx") == []
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert begin_all(client) == []
    assert not Translation.objects.exists()


def test_what_cannot_begin_is_told_and_the_others_are_begun(
    article: NewsPage, ukrainian: Translation, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A colleague has begun one of them since the page looked."""
    other = desk.write_article("sv")
    found = [choosing.Waiting("uk", not_begun=[article.pk, other.pk])]
    monkeypatch.setattr("cms.translation.files.views.find_waiting", lambda *_asked: found)
    assert begin_all(client) == [
        "1 translation was begun, and is among all that waits.",
        f"{SV['title']}: There is already a text in українська.",
    ]


def client_user(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_all_that_waits_is_read_in_a_constant_number_of_queries(
    kind: str, ukrainian: Translation, client: Client
) -> None:
    def queries() -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            export(client, kind)
            page(client)
        return [query["sql"] for query in captured]

    queries()  # what is looked up once is known now
    for_one = queries()
    begin(3)
    for_four = queries()
    assert len(for_four) == len(for_one), "\n".join(for_four)


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_too_much_for_one_file_is_several_that_come_back_one_by_one(kind: str, client: Client, little: None) -> None:
    begun = begin(5)
    files = unpack(export(client, kind))
    if kind == "xliff":
        assert list(files) == ["misto-sv-uk-01.xlf", "misto-sv-uk-02.xlf", "misto-sv-uk-03.xlf"]
        assert [data.count(b"<file ") for data in files.values()] == [2, 2, 1]
    else:
        assert [name.split("/")[0] for name in files] == ["01", "01", "02", "02", "03"]
    for name, data in files.items():
        back = report(send(client, translated(data, kind), name))
        assert (back.stored % len(UK), back.refused, back.conflicts) == (0, [], [])
    for translation in begun:
        assert {text: row.data for text, row in translations(translation).items()} == words()


def test_the_files_of_one_folder_come_back_together(client: Client, little: None) -> None:
    begin(3)
    files = unpack(export(client, "po"))
    first = {name: translated(data, "po") for name, data in files.items() if name.startswith("01/")}
    assert report(send(client, packing.zip_together(first), "01.zip")).stored == 2 * len(UK)


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_a_zip_of_too_much_is_refused_with_the_way_out(
    kind: str, client: Client, little: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(3)
    data = export(client, kind)
    refusal = (
        f"The files in this ZIP are more than is read at once (2 MB, {2 * len(UK)} texts). "
        "Send them one by one, or a ZIP of a few of them."
    )
    assert complaint(send(client, data, "all.zip")) == refusal
    monkeypatch.setattr(unpacking, "MOST_ENTRIES", 5_000)
    most = sum(map(len, unpack(data).values())) - 1
    monkeypatch.setattr(unpacking, "MOST_BYTES", most)
    assert complaint(send(client, data, "all.zip")).startswith("The files in this ZIP are more than is read at once")
    for small in (len(data) - 1, 10):
        monkeypatch.setattr(unpacking, "MOST_BYTES", small)
        monkeypatch.setattr("cms.translation.files.views.MOST_BYTES", small)
        assert complaint(send(client, data, "all.zip")).startswith("The files in this ZIP are more")


@pytest.mark.parametrize("kind", ["po", "xliff"])
@pytest.mark.parametrize("bound", ["MOST_TEXTS", "ROOM"])
def test_only_what_no_file_can_hold_is_cut(
    kind: str, bound: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = begin(2)
    data = export(client, kind)
    of_one = len(data) // 2 if kind == "xliff" else min(map(len, unpack(data).values()))
    monkeypatch.setattr(packing, bound, 4 if bound == "MOST_TEXTS" else of_one // 2)
    files = unpack(export(client, kind))
    assert len(files) >= 4
    for data in files.values():
        assert [str(each.uuid).encode() in data for each in (first, second)].count(True) == 1
        assert data.count(b"<file ") == (kind == "xliff")
    stored = [report(send(client, translated(data, kind), name)).stored for name, data in files.items()]
    assert (sum(stored), all(stored)) == (2 * len(UK), True)
    assert {text: row.data for text, row in translations(first).items()} == words()


def test_a_text_that_alone_is_too_much_is_a_file(
    ukrainian: Translation, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "ROOM", 1)
    assert len(unpack(export(client, "po"))) == len(unpack(export(client, "xliff"))) == len(UK)


def test_no_file_has_two_parts_of_one_translation(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file names a translation once: tools know its parts by that name."""
    long, short = "Umeå " * 400, "Umeå"
    work = work_of(long, short, f"{short} och Cherson", long)
    monkeypatch.setattr(packing, "ROOM", len(xliff.write_file(work, Offers(()))) // 2)
    files = packing.pack([work], "xliff")
    assert [data.count(b"<unit ") for data in files.values()] == [1, 1, 1, 1]


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_what_comes_back_as_it_went_out_is_read_with_the_same_queries_for_one_and_for_four(
    kind: str, client: Client
) -> None:
    """But for the rights, which are asked of each translation: pages move, and others review or lock them."""

    def queries() -> list[str]:
        data = export(client, kind)
        name = "misto.zip" if data.startswith(b"PK") else f"misto.{'po' if kind == 'po' else 'xlf'}"
        with CaptureQueriesContext(connection) as captured:
            report(send(client, data, name))
        return [query["sql"] for query in captured if "wagtail_localize_string" in query["sql"]]

    begin(1)
    queries()  # what is looked up once is known now
    for_one = queries()
    begin(3)
    for_four = queries()
    assert len(for_four) == len(for_one), "\n".join(for_four)
