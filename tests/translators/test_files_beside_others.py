"""A file is read beside others who write: it keeps nobody waiting, and takes nothing from anybody."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.history import write
from cms.translation.models import Reason, mark
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.reliability.processes import fork, wait_for
from tests.translators import desk
from tests.translators.desk import SV, UK, rewrite, segment_of, signed_in
from tests.translators.test_files import download, edit, report, send
from tests.translators.test_memory import translations
from tests.translators.test_workbench import rows, save

PARAGRAPHS = {f"Förstudien har {number} delar." for number in range(1, 121)}
FIRST, LAST = "Förstudien har 1 delar.", "Förstudien har 120 delar."
TOGETHER = 50
"""Texts that one transaction may store."""


@pytest.fixture
def client(translator: User) -> Client:
    """The browser of who translates into Ukrainian."""
    return signed_in(translator)


@pytest.fixture
def colleague(room: Newsroom) -> User:
    """Who translates into Ukrainian, too."""
    return desk.account("uk-colleague", {room.home("uk"): ("change", "publish")})


@pytest.fixture
def long(article: NewsPage) -> Translation:
    """The translation of an article with many paragraphs, begun."""
    texts = sorted(PARAGRAPHS, key=lambda text: int(text.split()[2]))
    body = [{"type": "paragraph", "value": f"<p>{text}</p>"} for text in texts]
    rewrite(article, body=article._meta.get_field("body").to_python(body))
    return desk.begin(article, "uk")


def said(text: str) -> str:
    """Translate a paragraph."""
    return text.replace("Förstudien har", "Дослідження має").replace("delar", "частин")


def paragraphs(data: bytes) -> str:
    return edit(data, {text: said(text) for text in PARAGRAPHS})


@contextmanager
def when_the_first_is_stored(act: Callable[[], object]) -> Iterator[None]:
    """Do something after the first text is stored, while the others of the file wait."""
    acts = [act]

    def interrupt(**_signal: Any) -> None:
        if acts:
            acts.pop()()

    post_save.connect(interrupt, sender=StringTranslation)
    try:
        yield
    finally:
        post_save.disconnect(interrupt, sender=StringTranslation)


@pytest.mark.parametrize("before", ["", "Раніше."])
def test_what_a_colleague_types_while_a_file_is_read_is_shown_and_not_overwritten(
    before: str, long: Translation, client: Client, colleague: User
) -> None:
    if before:
        desk.say_one(long, segment_of(long, LAST), before)
    data = paragraphs(download(client, long))
    base = rows(long, colleague)[LAST].version
    with when_the_first_is_stored(lambda: save(long, LAST, "Їхнє.", colleague, base=base)):
        back = report(send(client, data))
    [conflict] = back.conflicts
    assert (conflict.base, conflict.theirs, conflict.mine) == (before, "Їхнє.", said(LAST))
    assert (conflict.who, back.refused, back.stored) == ("uk-colleague", [], len(PARAGRAPHS) - 1)
    assert translations(long)[LAST].data == "Їхнє."


@pytest.mark.parametrize("is_new", [True, False])
def test_a_text_that_is_locked_while_a_file_is_read_is_refused_from_then_on(
    is_new: bool, long: Translation, client: Client, colleague: User
) -> None:
    """Also when it would only be confirmed; what was stored before is kept, and the report says both."""
    page = long.get_target_instance()
    if not is_new:
        mark(desk.say_one(long, segment_of(long, LAST), said(LAST)), Reason.MEMORY)

    def lock() -> None:
        page.locked, page.locked_by = True, colleague
        page.save(update_fields=["locked", "locked_by"])

    data = paragraphs(download(client, long))
    with when_the_first_is_stored(lock):
        back = report(send(client, data))
    assert (back.stored, back.confirmed, len(back.refused)) == (1, 0, len(PARAGRAPHS) - 1)
    assert {refused.reason for refused in back.refused} == {"This text is not yours to write."}
    assert translations(long)[FIRST].data == said(FIRST)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["desk_files", "wagtail_localize:upload_pofile"])
def test_a_long_file_is_stored_in_short_transactions(address: str, long: Translation, client: Client) -> None:
    """One of more than five seconds locks all others out of SQLite."""
    data = paragraphs(download(client, long))
    url = reverse(address, args=[] if address == "desk_files" else [long.pk])
    with CaptureQueriesContext(connection) as captured:
        assert report(send(client, data, url=url)).stored == len(PARAGRAPHS)
    inserts = 'INSERT INTO "wagtail_localize_stringtranslation"'
    stored = [0]
    for query in captured:
        if query["sql"] == "COMMIT":
            stored.append(0)
        stored[-1] += query["sql"].startswith(inserts)
    assert (sum(stored), max(stored)) == (len(PARAGRAPHS), TOGETHER)


@pytest.mark.django_db(transaction=True)
def test_a_long_choice_is_stored_in_short_transactions(long: Translation, client: Client) -> None:
    data = paragraphs(download(client, long))
    for segment in desk.open_segments(long):
        if segment.string.data in PARAGRAPHS:
            desk.say_one(long, segment, "Їхнє.")
    asked = send(client, data).context["conflicts"]
    chosen = {f"conflict-{number}": token for number, (_conflict, token) in enumerate(asked)}
    chosen |= {f"take-{name}": "mine" for name in chosen}
    with CaptureQueriesContext(connection) as captured:
        assert report(client.post(reverse("desk_files_settle"), chosen)).stored == len(PARAGRAPHS)
    assert [query["sql"] for query in captured].count("COMMIT") >= len(PARAGRAPHS) // TOGETHER


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", ["", UK["title"]])
def test_what_a_colleague_is_about_to_store_is_waited_for(
    before: str, ukrainian: Translation, client: Client, colleague: User
) -> None:
    if before:
        desk.say(ukrainian, {"title": before})
    data = edit(download(client, ukrainian), {SV["title"]: "Моє", SV["fact"]: UK["fact"]})
    segment = segment_of(ukrainian, SV["title"])
    reading, writing = os.pipe()

    def hold() -> None:
        with transaction.atomic():
            write(ukrainian.target_locale, segment, "Їхнє", user=colleague)
            os.write(writing, b".")
            time.sleep(1)

    child = fork(hold)
    os.read(reading, 1)
    back = report(send(client, data))
    assert wait_for(child) == 0
    assert [(conflict.theirs, conflict.mine) for conflict in back.conflicts] == [("Їхнє", "Моє")]
    assert (back.stored, translations(ukrainian)[SV["title"]].data) == (1, "Їхнє")
