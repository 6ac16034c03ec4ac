"""Mails go out once, keep nobody from writing, speak their reader's language, and tell what is news still."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import takewhile
from typing import Any, ClassVar

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings
from wagtail.users.models import UserProfile

from cms.demo.rights import set_up_reviewers
from cms.translation.notices.desk import NoticeSettingsForm
from cms.translation.notices.mailing import PATIENCE, mail_all
from cms.translation.notices.models import Mail, Matter, Notice, NoticeSettings
from cms.translation.notices.noting import note_all
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators.desk import (
    FI,
    account,
    carry,
    change_source,
    follow,
    rewrite,
    signed_in,
    write_article,
    write_chain,
)
from tests.translators.test_notices import WORDS, send


class MailServer(EmailBackend):
    """A mail server that does something before it takes a mail."""

    meanwhile: ClassVar[Callable[[], object]]

    def send_messages(self, messages: Any) -> int:
        """Do it, then take them."""
        type(self).meanwhile()
        return int(super().send_messages(messages))


@pytest.fixture
def server(settings: Settings) -> type[MailServer]:
    """The mail server of this hub."""
    settings.EMAIL_BACKEND = f"{__name__}.MailServer"
    return MailServer


@pytest.fixture
def translator(room: Newsroom) -> User:
    """Who translates into Ukrainian, has chosen no language, and wishes to be told at once."""
    user = account("uk-translator", {room.home("uk"): ("change",)})
    return told_at_once(user)


def told_at_once(user: User) -> User:
    user.email = f"{user.username}@misto.example"
    user.save()
    NoticeSettings.objects.create(user=user, mail=Mail.NOW)
    return user


# --- Once, and beside those who write -----------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_the_mail_server_within_a_transaction(
    article: NewsPage, translator: User, server: type[MailServer]
) -> None:
    seen: list[bool] = []
    server.meanwhile = lambda: seen.append(connection.in_atomic_block)
    assert len(send()) == 1
    assert seen == [False]


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_mail_once(article: NewsPage, translator: User, server: type[MailServer]) -> None:
    """The second comes while the first waits for the mail server."""
    note_all()
    others: list[int] = []

    def mail_too() -> int:
        try:
            return mail_all()
        finally:
            connections.close_all()

    def meanwhile() -> None:
        if not others:
            others.append(-1)
            with ThreadPoolExecutor(1) as pool:
                others[:] = [pool.submit(mail_too).result()]

    server.meanwhile = meanwhile
    assert (mail_all(), others) == (1, [0])
    assert len(mail.outbox) == 1


def test_what_a_sender_left_half_done_is_mailed_an_hour_later(
    article: NewsPage, translator: User, server: type[MailServer]
) -> None:
    """Rather twice than not at all: nobody knows whether the mail server had taken it."""

    def lose_power() -> None:
        raise KeyboardInterrupt

    note_all()
    server.meanwhile = lose_power
    with pytest.raises(KeyboardInterrupt):
        mail_all()
    server.meanwhile = lambda: None
    now = timezone.now()
    assert [mail_all(now), mail_all(now + PATIENCE), mail_all(now + PATIENCE)] == [0, 1, 0]


@pytest.mark.django_db(transaction=True)
def test_what_goes_on_while_a_mail_is_sent_is_mailed_next(room: Newsroom, server: type[MailServer]) -> None:
    """The mail told what was so when it was written."""
    finn = told_at_once(account("fi-translator", {room.home("fi"): ("change",)}))
    UserProfile.objects.create(user=finn, preferred_language="en")
    chain = write_chain()
    change_source(chain)
    note_all()

    def go_on() -> None:
        server.meanwhile = lambda: None
        follow(chain["sv"], "Umeå och Cherson inleder samarbete")
        note_all()

    write_article("sv")
    server.meanwhile = go_on
    [first], [second] = send(), send()
    changed = f"The source of “{FI['title']}” (suomi) has changed."
    assert (changed in first.body, changed in second.body) == (False, True)


def test_choosing_how_one_is_told_keeps_what_was_mailed_meanwhile(translator: User) -> None:
    form = NoticeSettingsForm({"mail": Mail.NEVER}, instance=NoticeSettings.objects.get())
    assert form.is_valid()
    NoticeSettings.objects.update(mailed_on=timezone.localdate())
    form.save()
    stored = NoticeSettings.objects.get()
    assert (stored.mail, stored.mailed_on) == (Mail.NEVER, timezone.localdate())


# --- News only ----------------------------------------------------------------------------------------------------


def test_whoever_begins_to_be_mailed_is_told_the_news_of_a_week(article: NewsPage, translator: User) -> None:
    note_all()
    NoticeSettings.objects.update(mail=Mail.NEVER)
    long_ago, lately = (timezone.now() - timedelta(days=days) for days in (8, 6))
    Notice.objects.update(happened_at=long_ago)
    NoticeSettings.objects.update(mail=Mail.NOW)
    assert mail_all() == 0
    Notice.objects.update(happened_at=lately)
    assert mail_all() == 1


# --- In the language of its reader --------------------------------------------------------------------------------


def open_admin(client: Client, browser: str) -> None:
    assert client.get(reverse("wagtailadmin_home"), headers={"accept-language": browser}).status_code == 200


def subject_of_one() -> str:
    Notice.objects.update(mailed_at=None)
    with override(settings.LANGUAGE_CODE):  # the timer's process has answered no browser
        [message] = send()
    return str(message.subject)


def test_a_mail_speaks_the_language_in_which_its_reader_last_used_the_admin(
    article: NewsPage, translator: User
) -> None:
    """A browser's, too: most people never choose one."""
    client = signed_in(translator)
    for browser in ("fi", "sv", "fi"):
        open_admin(client, browser)
        assert subject_of_one() == WORDS[browser].one


def test_whoever_never_used_the_admin_is_mailed_in_the_language_they_translate_into(
    article: NewsPage, translator: User
) -> None:
    assert subject_of_one() == WORDS["uk"].one


def test_whoever_only_reviews_is_mailed_in_the_language_they_review(room: Newsroom) -> None:
    reviewer = User.objects.create_user("uk-reviewer")
    reviewer.groups.add(set_up_reviewers(room.home("uk")))
    write_article("sv")
    told_at_once(reviewer)
    assert subject_of_one() == WORDS["uk"].one


def test_whoever_translates_into_several_languages_is_mailed_in_the_hubs(article: NewsPage, room: Newsroom) -> None:
    told_at_once(account("translator", {room.home(language): ("change",) for language in ("uk", "fi")}))
    [message] = send()
    assert message.subject == WORDS[settings.LANGUAGE_CODE].two


def test_the_language_of_the_admin_is_written_only_when_it_changes(translator: User) -> None:
    client = signed_in(translator)
    open_admin(client, "uk")
    with CaptureQueriesContext(connection) as queries:
        open_admin(client, "uk")
    assert not [q["sql"] for q in queries if "noticesettings" in q["sql"]]


# --- In the admin, and by the timer -------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["abc", "", "²", "9" * 30])
def test_a_notice_that_is_none_is_a_bad_request(said: str, translator: User) -> None:
    answer = signed_in(translator).post(reverse("desk_notices_read"), {"notice": [said]})
    assert answer.status_code == 400


def test_looking_for_news_asks_the_same_however_much_there_is(room: Newsroom) -> None:
    told_at_once(account("fi-translator", {room.home("fi"): ("change",)}))
    told_at_once(account("uk-translator", {room.home("uk"): ("change",)}))
    pages: list[NewsPage] = []
    counts = []
    for more in (2, 6):
        pages += [write_article("sv") for _ in range(more)]
        for page in pages[-more:]:
            carry(page, "uk")
            rewrite(page, lead=f"Umeå och Cherson, {len(pages)}.")
        with CaptureQueriesContext(connection) as queries:
            note_all()
        counts.append(len(queries))
    assert Notice.objects.filter(matter=Matter.NEW, language="fi").count() == 8
    assert Notice.objects.filter(matter=Matter.STALE, language="uk").count() == 8
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_looked_for_within_a_transaction(article: NewsPage, translator: User) -> None:
    """Only what was found is written in one: SQLite has one writer at a time."""
    with CaptureQueriesContext(connection) as queries:
        assert len(send()) == 1
    said = iter([query["sql"] for query in queries])
    within = [list(takewhile(lambda sql: sql != "COMMIT", said)) for sql in said if sql.startswith("BEGIN")]
    assert not [sql for each in within for sql in each if "wagtailcore_page" in sql]
    assert len(within) >= 3, "noted, claimed and recorded"
