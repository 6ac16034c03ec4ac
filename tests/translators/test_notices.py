"""People are told what there is for them to do, in the admin and by mail, and no more than they may read."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from cms.demo.reviews import set_up_language_reviews
from cms.demo.rights import set_up_reviewers
from cms.translation.notices.mailing import mail_all
from cms.translation.notices.models import Mail, Matter, Notice, NoticeSettings
from cms.translation.notices.noting import note_all
from cms.translation.publishing import publish_translation
from cms.translation.review import decide, send_to_review
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators.desk import (
    EN,
    FI,
    SV,
    UK,
    account,
    begin,
    change_source,
    commit,
    follow,
    in_language,
    read,
    rewrite,
    say,
    say_one,
    segment_of,
    signed_in,
    what_is_read,
    write_article,
    write_chain,
)

LEAD = "Umeå kommun och Cherson har undertecknat en avsiktsförklaring i juni."


@pytest.fixture(autouse=True)
def reviews(room: Newsroom) -> None:
    """Ukrainian is reviewed by its reviewers."""
    set_up_language_reviews(room.home("uk"))


@pytest.fixture
def translator(room: Newsroom) -> User:
    """Who translates into Ukrainian, reads the admin in Ukrainian and wishes to be told at once."""
    user = account("uk-translator", {room.home("uk"): ("change",)})
    return _reachable(user, "uk", Mail.NOW)


@pytest.fixture
def reviewer(room: Newsroom) -> User:
    """Who reviews Ukrainian, and reads the admin in Finnish."""
    user = User.objects.create_user("uk-reviewer")
    user.groups.add(set_up_reviewers(room.home("uk")))
    return _reachable(user, "fi", Mail.NOW)


@pytest.fixture
def complete(ukrainian: Translation) -> Translation:
    """The Ukrainian translation, every text of it said."""
    say(ukrainian, UK)
    return ukrainian


def _reachable(user: User, language: str, wish: Mail) -> User:
    user.email = f"{user.username}@misto.example"
    user.save()
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    NoticeSettings.objects.create(user=user, mail=wish)
    return user


def send() -> list[Any]:
    """Run the command; return what was mailed by it."""
    before = len(mail.outbox)
    call_command("notices", "send", verbosity=0)
    return mail.outbox[before:]


def test_translators_are_told_of_what_lacks_their_language(article: NewsPage, translator: User) -> None:
    [message] = send()
    assert message.to == [translator.email]
    assert f"«{SV['title']}» опубліковано мовою svenska" in message.body
    assert f"/localize/submit/page/{article.pk}/?select_locale=uk" in message.body


def test_nobody_is_told_twice(article: NewsPage, translator: User) -> None:
    assert len(send()) == 1
    assert send() == []
    rewrite(article, lead=LEAD)
    assert send() == []


def test_what_was_published_long_ago_is_no_news(article: NewsPage, translator: User) -> None:
    assert note_all(timezone.now() + timedelta(days=8)) == 0
    assert note_all() == 1


def test_translators_are_told_that_a_source_has_changed(
    article: NewsPage, complete: Translation, translator: User
) -> None:
    """Trap 9: stock localize tells nobody."""
    publish_translation(complete)
    commit()
    send()
    rewrite(article, lead=LEAD)
    [message] = send()
    assert UK["title"] in message.body
    assert "джерело" in message.body.lower()
    assert send() == []


def test_whoever_wrote_a_translation_in_a_citys_section_is_told_that_its_source_has_changed(
    article: NewsPage, room: Newsroom
) -> None:
    """They translate what is their city's, and not all there is."""
    both = {room.section("umea", language): ("change",) for language in ("sv", "en")}
    editor, colleague = (_reachable(account(name, both), "en", Mail.NOW) for name in ("editor", "colleague"))
    translation = begin(article, "en")
    say(translation, EN, user=editor)
    publish_translation(translation)
    commit()
    send()
    rewrite(article, lead=LEAD)
    assert [message.to for message in send()] == [[editor.email]]
    assert "has changed" in panel(editor)
    assert colleague.email


@pytest.fixture
def finn(room: Newsroom) -> User:
    """Who translates into Finnish, from Swedish texts that were themselves made from Ukrainian ones."""
    return _reachable(account("fi-translator", {room.home("fi"): ("change",)}), "en", Mail.NOW)


def panel(user: User) -> str:
    """Return what the first page of the admin tells somebody."""
    found = signed_in(user).get(reverse("wagtailadmin_home")).content.decode()
    return found.partition(f'action="{reverse("desk_notices_read")}"')[2].partition("</form>")[0]


def test_whoever_has_to_wait_for_another_text_is_shown_it_and_told_once_when_they_need_not(finn: User) -> None:
    """One change is one notice, which says what has become of it."""
    chain = write_chain()
    send()
    change_source(chain)
    assert send() == [], "there is nothing to do yet"
    assert f"What the source of “{FI['title']}” (suomi) was made from has changed." in panel(finn)
    assert "Your text follows once the one in svenska is published." in panel(finn)
    Notice.objects.update(read_at=timezone.now())
    follow(chain["sv"], "Umeå och Cherson inleder samarbete")
    [message] = send()
    assert (message.to, message.body.count(FI["title"])) == ([finn.email], 1)
    assert f"The source of “{FI['title']}” (suomi) has changed." in message.body
    assert "Your text follows once" not in panel(finn)
    assert f"The source of “{FI['title']}” (suomi) has changed." in panel(finn)
    assert send() == []
    assert Notice.objects.filter(user=finn, matter=Matter.STALE).count() == 1


def test_a_second_change_further_up_is_told_anew(finn: User) -> None:
    chain = write_chain()
    for number in range(2):
        change_source(chain, f"Умео і Херсон починають співпрацю {number}")
        send()
        follow(chain["sv"], f"Umeå och Cherson inleder samarbete {number}")
        assert len(send()) == 1
        follow(chain["fi"], f"Uumaja ja Herson aloittavat yhteistyön {number}")
        assert (send(), panel(finn)) == ([], "")
    assert Notice.objects.filter(user=finn, matter=Matter.STALE).count() == 2


def test_what_need_not_follow_after_all_is_told_no_more(finn: User) -> None:
    chain = write_chain()
    send()
    change_source(chain)
    note_all()
    assert "Your text follows once" in panel(finn)
    change_source(chain, UK["title"])
    assert panel(finn) == ""
    assert send() == []
    assert not Notice.objects.filter(user=finn, matter=Matter.STALE).exists()


def test_a_stale_source_of_long_ago_is_no_news(room: Newsroom) -> None:
    account("fi-translator", {room.home("fi"): ("change",)})
    change_source(write_chain())
    assert note_all(timezone.now() + timedelta(days=8)) == 0
    assert note_all() == 1


def decide_as_read(page: NewsPage, user: User, action: str, comment: str = "") -> None:
    decide(read(page), user, action, what_is_read(page, user), comment)


def test_a_review_is_told_step_by_step(
    article: NewsPage, complete: Translation, translator: User, reviewer: User
) -> None:
    """Each in the language of its reader, and the comment only to whom it was written."""
    send()
    page = in_language(article, "uk")
    send_to_review(complete, translator)
    [asked] = send()
    assert (asked.to, "odottaa tarkastustasi" in asked.body) == ([reviewer.email], True)
    decide_as_read(page, reviewer, "reject", "Вступ задовгий.")
    [returned] = send()
    assert (returned.to, "Вступ задовгий." in returned.body) == ([translator.email], True)
    send_to_review(complete, translator)
    assert [message.to for message in send()] == [[reviewer.email]]
    decide_as_read(page, reviewer, "approve")
    commit()
    [approved] = send()
    assert (approved.to, "схвалено" in approved.body) == ([translator.email], True)
    assert f"/admin/pages/{page.pk}/edit/" in approved.body


def test_wagtails_own_mails_do_not_say_the_same_again(
    article: NewsPage, complete: Translation, translator: User, reviewer: User
) -> None:
    mail.outbox.clear()
    send_to_review(complete, translator)
    decide_as_read(in_language(article, "uk"), reviewer, "reject", "Вступ задовгий.")
    assert mail.outbox == []


# --- At once, once a day, never ---------------------------------------------------------------------------------------


def wish(user: User, how: Mail) -> None:
    NoticeSettings.objects.filter(user=user).update(mail=how)


def test_a_digest_comes_once_a_day_in_the_morning(article: NewsPage, translator: User) -> None:
    wish(translator, Mail.DAILY)
    note_all()
    night, morning = datetime(2026, 11, 26, 3, tzinfo=UTC), datetime(2026, 11, 26, 7, tzinfo=UTC)
    assert [mail_all(night), mail_all(morning), mail_all(morning + timedelta(hours=1))] == [0, 1, 0]
    Notice.objects.update(mailed_at=None)
    assert [mail_all(morning + timedelta(hours=2)), mail_all(morning + timedelta(days=1))] == [0, 1]


@dataclass(frozen=True)
class Words:
    """What mails say in one language, of texts that wait for a review."""

    one: str
    two: str
    asked: str
    account: str


WORDS = {
    "sv": Words("Misto: 1 sak att veta", "Misto: 2 saker att veta", "väntar på din granskning.", "Hur du får veta det"),
    "uk": Words("Misto: 1 новина", "Misto: 2 новини", "чекає на вашу перевірку.", "Як вас сповіщати"),
    "fi": Words("Misto: 1 asia tiedoksi", "Misto: 2 asiaa tiedoksi", "odottaa tarkastustasi.", "Valitset itse"),
    "en": Words("Misto: 1 thing to know", "Misto: 2 things to know", "waits for your review.", "How you are told"),
}
BOAT = "Umeå lånar ut en båt"


@pytest.fixture
def both(complete: Translation) -> list[Translation]:
    """Two translations that can be sent to review; before they are public, their titles are those of the sources."""
    boat = write_article("sv")
    rewrite(boat, title=BOAT)
    other = begin(boat, "uk")
    say(other, UK)
    say_one(other, segment_of(other, BOAT), "Умео позичає човен")
    return [complete, other]


@pytest.mark.parametrize("language", list(WORDS))
def test_the_notices_of_a_day_come_in_one_mail_in_the_language_of_its_reader(
    language: str, both: list[Translation], translator: User, reviewer: User
) -> None:
    words, tomorrow = WORDS[language], (timezone.now() + timedelta(days=1)).replace(hour=9)
    wish(reviewer, Mail.DAILY)
    wish(translator, Mail.NEVER)
    UserProfile.objects.filter(user=reviewer).update(preferred_language=language)
    for translation in both:
        send_to_review(translation, translator)
        note_all()
    mail.outbox.clear()
    assert [mail_all(tomorrow), mail_all(tomorrow + timedelta(hours=1))] == [1, 0]
    [message] = mail.outbox
    body = str(message.body)
    assert (message.to, message.subject) == ([reviewer.email], words.two)
    assert [title in body for title in (SV["title"], BOAT)] == [True, True]
    assert (body.count(words.asked), body.count(words.account)) == (2, 1)


@pytest.mark.parametrize("language", list(WORDS))
def test_whoever_wishes_to_be_told_at_once_is_told_one_by_one(
    language: str, both: list[Translation], translator: User, reviewer: User
) -> None:
    words = WORDS[language]
    wish(translator, Mail.NEVER)
    UserProfile.objects.filter(user=reviewer).update(preferred_language=language)
    for translation, title in zip(both, (SV["title"], BOAT), strict=True):
        send_to_review(translation, translator)
        [message] = send()
        body = str(message.body)
        assert (message.to, message.subject, title in body) == ([reviewer.email], words.one, True)
        assert (body.count(words.asked), body.count(words.account)) == (1, 1)


def test_the_morning_is_where_its_reader_is(article: NewsPage, translator: User) -> None:
    wish(translator, Mail.DAILY)
    UserProfile.objects.filter(user=translator).update(current_time_zone="Europe/Kyiv")
    note_all()
    assert mail_all(datetime(2026, 7, 26, 3, 30, tzinfo=UTC)) == 1


def test_whoever_wishes_no_mail_gets_none(article: NewsPage, translator: User) -> None:
    wish(translator, Mail.NEVER)
    assert send() == []
    assert SV["title"] in signed_in(translator).get(reverse("wagtailadmin_home")).content.decode()


def test_people_choose_it_in_their_account(translator: User) -> None:
    client = signed_in(translator)
    url = reverse("wagtailadmin_account")
    assert 'name="notices-mail"' in client.get(url).content.decode()
    data = {
        field.html_name: field.value()
        for panels in client.get(url).context["panels_by_tab"].values()
        for panel in panels
        for field in panel.get_form()
        if field.value()
    }
    names = {"name_email-first_name": "Оксана", "name_email-last_name": "Мельник"}
    answer = client.post(url, data | names | {"notices-mail": "never"})
    assert answer.status_code == 302, answer.content.decode()[:0]
    assert NoticeSettings.objects.get(user=translator).mail == Mail.NEVER


# --- In the admin -----------------------------------------------------------------------------------------------------


def test_what_was_seen_is_neither_shown_nor_mailed_again(article: NewsPage, translator: User) -> None:
    note_all()
    client: Client = signed_in(translator)
    home = reverse("wagtailadmin_home")
    [notice] = Notice.objects.filter(user=translator)
    assert f'name="notice" value="{notice.pk}"' in client.get(home).content.decode()
    client.post(reverse("desk_notices_read"), {"notice": [notice.pk]})
    assert 'name="notice"' not in client.get(home).content.decode()
    assert send() == []


def test_nobody_marks_the_notices_of_others(article: NewsPage, translator: User, reviewer: User) -> None:
    note_all()
    [notice] = Notice.objects.filter(user=translator)
    signed_in(reviewer).post(reverse("desk_notices_read"), {"notice": [notice.pk]})
    notice.refresh_from_db()
    assert notice.read_at is None


# --- What is done -------------------------------------------------------------------------------------------------


def ask_for_review(translation: Translation, translator: User, reviewer: User) -> None:
    send_to_review(translation, translator)


def return_it(translation: Translation, translator: User, reviewer: User) -> None:
    decide_as_read(translation.get_target_instance(), reviewer, "reject", "Вступ задовгий.")


def change_it(translation: Translation, translator: User, reviewer: User) -> None:
    publish_translation(translation)
    commit()
    rewrite(translation.source.get_source_instance(), lead=LEAD)


def follow_it(translation: Translation, translator: User, reviewer: User) -> None:
    say_one(translation, segment_of(translation, LEAD), UK["lead"])
    publish_translation(translation)
    commit()


@pytest.mark.parametrize(
    ("acts", "done", "matter"),
    [
        ([ask_for_review], return_it, Matter.SENT),
        ([ask_for_review, return_it], ask_for_review, Matter.RETURNED),
        ([change_it], follow_it, Matter.STALE),
    ],
)
def test_what_was_done_meanwhile_is_told_no_more(
    acts: list[Any], done: Any, matter: Matter, complete: Translation, translator: User, reviewer: User
) -> None:
    Notice.objects.all().delete()
    for act in acts:
        act(complete, translator, reviewer)
    note_all()
    notice = Notice.objects.filter(matter=matter)[0]
    shown = f'name="notice" value="{notice.pk}"'
    assert shown in panel(notice.user)
    done(complete, translator, reviewer)
    assert shown not in panel(notice.user)
    Notice.objects.exclude(pk=notice.pk).delete()
    assert mail_all() == 0


def test_what_somebody_has_begun_lacks_no_language_any_more(article: NewsPage, translator: User) -> None:
    note_all()
    assert SV["title"] in panel(translator)
    begin(article, "uk")
    assert panel(translator) == ""
    assert send() == []


# --- What may not be told, and mailboxes that fail -----------------------------------------------------------------


def test_nothing_is_told_of_a_text_that_became_restricted(article: NewsPage, translator: User) -> None:
    note_all()
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    assert send() == []
    assert SV["title"] not in signed_in(translator).get(reverse("wagtailadmin_home")).content.decode()


def test_a_text_that_was_never_public_is_told_by_its_sources_title_and_only_to_those_who_may_read_that(
    article: NewsPage, complete: Translation, translator: User, reviewer: User
) -> None:
    send_to_review(complete, translator)
    note_all()
    assert SV["title"] in panel(reviewer)
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    assert (send(), SV["title"] in panel(reviewer)) == ([], False)


def test_nothing_is_told_of_a_text_that_is_not_public_yet(room: Newsroom, translator: User) -> None:
    from tests.newsroom import add_seed_article

    secret = add_seed_article(room, live=False)
    secret.go_live_at = timezone.now() + timedelta(days=1)
    secret.save_revision().publish()
    assert not any(secret.title in message.body for message in send())


def test_nothing_is_told_to_whoever_lost_their_rights(article: NewsPage, translator: User) -> None:
    note_all()
    translator.groups.clear()
    assert send() == []


@pytest.fixture
def broken_mailbox(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Mailboxes that take nothing."""
    broken: list[str] = []
    deliver = EmailBackend.send_messages

    def send_messages(backend: EmailBackend, messages: list[Any]) -> int:
        if any(message.to[0] in broken for message in messages):
            raise ConnectionRefusedError
        return int(deliver(backend, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return broken


def test_one_mailbox_that_fails_delays_no_other(
    article: NewsPage, room: Newsroom, translator: User, broken_mailbox: list[str]
) -> None:
    other = _reachable(account("uk-translator-2", {room.home("uk"): ("change",)}), "uk", Mail.NOW)
    broken_mailbox.append(translator.email)
    assert [message.to for message in send()] == [[other.email]]
    broken_mailbox.clear()
    assert send() == [], "it is left alone for an hour"
    NoticeSettings.objects.update(tried_at=timezone.now() - timedelta(hours=2))
    assert [message.to for message in send()] == [[translator.email]]
