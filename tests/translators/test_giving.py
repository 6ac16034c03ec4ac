"""A text is given to a colleague: by whom, to whom, with which day; and nothing else comes of it."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from cms.translation.models import Notice, NoticeSettings, Work
from cms.translation.notices.models import Mail, Matter
from cms.translation.publishing import publish_translation
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators.desk import (
    SV,
    UK,
    account,
    begin,
    commit,
    in_language,
    save_draft,
    say,
    sentences,
    signed_in,
    write_article,
)

NOT_THEIRS = "This person does not translate this text, or no longer does. Choose another."
CHANGED = "Somebody has changed this meanwhile, so nothing was changed. It stands now as below."
NOT_YOURS = "Only who is on this text, or who reviews its language, gives it to somebody."


@pytest.fixture
def translator(room: Newsroom) -> User:
    """Who translates into Ukrainian, and publishes nothing."""
    return named(account("oksana", {room.home("uk"): ("change",)}), "Оксана", "Мельник")


@pytest.fixture
def colleague(room: Newsroom) -> User:
    """Who translates into Ukrainian, too."""
    return named(account("taras", {room.home("uk"): ("change",)}), "Тарас", "Коваль")


@pytest.fixture
def reviewer(room: Newsroom) -> User:
    """Who reviews Ukrainian."""
    return named(account("iryna", {room.home("uk"): ("change", "publish")}), "Ірина", "Шевченко")


@pytest.fixture
def finn(room: Newsroom) -> User:
    """Who translates into Finnish."""
    return account("aino", {room.home("fi"): ("change",)})


def named(user: User, first: str, last: str) -> User:
    user.first_name, user.last_name, user.email = first, last, f"{user.username}@misto.example"
    user.save()
    return user


def address(article: NewsPage, language: str = "uk") -> str:
    return reverse("desk_assign", args=[article.translation_key, language])


def give(by: User, to: Any, article: NewsPage, **said: Any) -> Any:
    """Give the article to somebody, with the form as it is shown."""
    client = signed_in(by)
    shown = client.get(address(article))
    if shown.status_code != 200:
        return signed_in(by).post(address(article), {"person": to.pk}, follow=True)
    return client.post(address(article), seen(shown) | {"person": getattr(to, "pk", to)} | said, follow=True)


def seen(shown: Any) -> dict[str, str]:
    """Return what the form keeps of what its reader saw."""
    fields = dict(re.findall(r'<input type="hidden" name="(holder|was_due)" (?:value="([^"]*)")?', text_of(shown)))
    return fields | {"due": fields["was_due"]}


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def work() -> Work:
    return Work.objects.get()


def holder() -> User | None:
    found = Work.objects.select_related("assignee").first()
    return found.assignee if found else None


def offered(answer: Any) -> list[str]:
    return [label for value, label in answer.context["form"].fields["person"].choices if value]


# --- By whom ----------------------------------------------------------------------------------------------------------


def test_a_reviewer_gives_a_text_to_a_translator_with_a_day(
    article: NewsPage, reviewer: User, translator: User
) -> None:
    answer = give(reviewer, translator, article, due="2026-12-24")
    assert sentences(answer) == ["Оксана Мельник is on it now, and is told so."]
    assert (work().assignee, work().given_by, work().due) == (translator, reviewer, date(2026, 12, 24))
    assert "Оксана Мельник <span" in text_of(signed_in(reviewer).get(reverse("desk_queue")))


def test_an_administrator_gives_a_text_of_any_language(article: NewsPage, admin_user: User, translator: User) -> None:
    give(admin_user, translator, article)
    assert holder() == translator


def test_a_translator_hands_over_what_is_theirs_and_nothing_else(
    article: NewsPage, translator: User, colleague: User, reviewer: User
) -> None:
    answer = give(translator, colleague, article)
    assert (sentences(answer), Work.objects.exists()) == ([NOT_YOURS], False)
    give(reviewer, translator, article)
    give(translator, colleague, article)
    assert (holder(), work().given_by) == (colleague, translator)
    assert sentences(give(translator, translator, article)) == [NOT_YOURS]
    assert holder() == colleague


def test_whoever_was_given_a_text_lets_it_go(article: NewsPage, reviewer: User, translator: User) -> None:
    give(reviewer, translator, article)
    data = {"action": "leave", "key": article.translation_key, "language": "uk", "holder": translator.pk}
    signed_in(translator).post(reverse("desk_queue"), data)
    assert (holder(), work().given_by) == (None, None)


def test_nobody_gives_a_text_that_is_not_theirs(article: NewsPage, finn: User, kherson_editor: User) -> None:
    for user in (finn, kherson_editor):
        Work.objects.update_or_create(key=article.translation_key, language="uk", defaults={"assignee": user})
        assert "permission" in sentences(give(user, user, article))[0]
        assert holder() == user


def test_a_text_that_is_not_there_is_given_to_nobody(room: Newsroom, article: NewsPage, admin_user: User) -> None:
    client = signed_in(admin_user)
    original = write_article("uk", city="kherson")
    closed = write_article("sv")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    for key, language in (
        (uuid4(), "uk"),
        (article.translation_key, "sv"),
        (article.translation_key, "xx"),
        (original.translation_key, "uk"),
        (closed.translation_key, "uk"),
    ):
        url = reverse("desk_assign", args=[key, language])
        assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]
    assert not Work.objects.exists()


def test_a_text_that_is_not_begun_is_called_what_its_source_is_called_in_public(
    article: NewsPage, reviewer: User
) -> None:
    save_draft(article, title="Strandade samtal")
    shown = text_of(signed_in(reviewer).get(address(article)))
    assert article.title in shown
    assert "Strandade samtal" not in shown
    begin(article, "uk")
    save_draft(in_language(article, "uk"), title="Умео говорить")
    assert "Умео говорить" in text_of(signed_in(reviewer).get(address(article)))


# --- To whom ----------------------------------------------------------------------------------------------------------


def test_only_people_who_may_write_the_text_are_offered(
    room: Newsroom, article: NewsPage, reviewer: User, translator: User, colleague: User, finn: User, editor: User
) -> None:
    named(account("uk-editor", {room.section("umea", "uk"): ("change",)}), "Юлія", "Редакторка")
    named(account("elsewhere", {room.section("kherson", "uk"): ("change",)}), "Олег", "Редактор")
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    locked_out = named(account("locked-out", {room.home("uk"): ("change",)}), "Без", "Входу")
    Group.objects.get(user=locked_out).permissions.clear()
    client = signed_in(reviewer)
    wanted = ["Ірина Шевченко", "Оксана Мельник", "Юлія Редакторка"]
    assert sorted(offered(client.get(address(article)))) == wanted
    begin(article, "uk")
    assert sorted(offered(client.get(address(article)))) == wanted


def test_whoever_may_not_read_its_source_is_not_offered(
    room: Newsroom, article: NewsPage, translator: User, admin_user: User
) -> None:
    rights = {room.home("uk"): ("change",), room.section("umea", "sv"): ("change",)}
    named(account("both", rights), "Марія", "Обидві")
    begin(article, "uk")
    client = signed_in(admin_user)
    assert sorted(offered(client.get(address(article)))) == ["Марія Обидві", "Оксана Мельник"]
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    assert offered(client.get(address(article))) == ["Марія Обидві"]
    answer = client.post(address(article), seen(client.get(address(article))) | {"person": translator.pk})
    assert NOT_THEIRS in text_of(answer)


@pytest.mark.parametrize("who", ["without the language", "inactive", "nobody", "made up", "enormous", "no number"])
def test_whoever_may_not_write_the_text_is_not_given_it(
    who: str, article: NewsPage, reviewer: User, translator: User, finn: User
) -> None:
    User.objects.filter(pk=translator.pk).update(is_active=False)
    to = {
        "without the language": finn.pk, "inactive": translator.pk, "nobody": "", "made up": 987654,
        "enormous": 10**40, "no number": "<script>",
    }[who]  # fmt: skip
    answer = give(reviewer, to, article)
    assert answer.status_code == 200
    [sentence] = answer.context["form"].errors["person"]
    assert sentence == ("This field is required." if who == "nobody" else NOT_THEIRS)
    assert sentence in text_of(answer)
    assert not Work.objects.exists()


def test_whoever_lost_the_language_while_the_form_was_open_is_not_given_it(
    article: NewsPage, reviewer: User, translator: User
) -> None:
    client = signed_in(reviewer)
    shown = client.get(address(article))
    assert "Оксана Мельник" in offered(shown)
    translator.groups.clear()
    answer = client.post(address(article), seen(shown) | {"person": translator.pk})
    assert NOT_THEIRS in text_of(answer)
    assert not Work.objects.exists()


def test_where_nobody_translates_an_administrator_reads_what_to_do(article: NewsPage, admin_user: User) -> None:
    assert "Nobody translates this text into українська yet." in text_of(signed_in(admin_user).get(address(article)))


# --- Meanwhile --------------------------------------------------------------------------------------------------------


def test_of_two_who_give_a_text_at_once_the_second_is_told(
    article: NewsPage, reviewer: User, admin_user: User, translator: User, colleague: User
) -> None:
    client = signed_in(reviewer)
    shown = client.get(address(article))
    give(admin_user, colleague, article)
    answer = client.post(address(article), seen(shown) | {"person": translator.pk})
    assert CHANGED in text_of(answer)
    assert "Тарас Коваль has been on it since" in text_of(answer)
    assert holder() == colleague
    client.post(address(article), seen(answer) | {"person": translator.pk})
    assert holder() == translator, "now they have seen who has it"


def test_a_day_that_somebody_set_meanwhile_is_not_written_over(
    article: NewsPage, reviewer: User, translator: User
) -> None:
    client = signed_in(reviewer)
    shown = client.get(address(article))
    Work.objects.create(key=article.translation_key, language="uk", due=date(2026, 12, 1))
    answer = client.post(address(article), seen(shown) | {"person": translator.pk, "due": "2026-12-24"})
    assert CHANGED in text_of(answer)
    assert (holder(), work().due) == (None, date(2026, 12, 1))


def test_a_translator_whose_text_was_taken_over_meanwhile_hands_over_nothing(
    article: NewsPage, reviewer: User, translator: User, colleague: User
) -> None:
    give(reviewer, translator, article)
    client = signed_in(translator)
    shown = client.get(address(article))
    give(reviewer, reviewer, article)
    answer = client.post(address(article), seen(shown) | {"person": colleague.pk}, follow=True)
    assert (sentences(answer), holder()) == ([NOT_YOURS], reviewer)


@pytest.mark.parametrize(
    "said", [{"holder": "<b>"}, {"holder": "-1"}, {"holder": str(10**40)}, {"was_due": "yesterday"}, {"due": "soon"}]
)
def test_a_form_that_says_nonsense_changes_nothing(
    said: dict[str, str], article: NewsPage, reviewer: User, translator: User
) -> None:
    answer = give(reviewer, translator, article, **said)
    assert (answer.status_code, Work.objects.exists()) == (200, False)
    assert "error" in text_of(answer)


def test_only_the_day_changes_where_the_person_stays(article: NewsPage, reviewer: User, translator: User) -> None:
    give(reviewer, translator, article)
    since = work().taken_at
    give(reviewer, translator, article, due="2026-12-24")
    assert (work().taken_at, work().due, work().given_by) == (since, date(2026, 12, 24), reviewer)


def test_no_address_elsewhere_is_gone_back_to(article: NewsPage, reviewer: User, translator: User) -> None:
    client = signed_in(reviewer)
    shown = client.get(address(article), {"next": "https://example.org/"})
    assert "example.org" not in shown.content.decode()
    data = seen(shown) | {"person": translator.pk, "next": "https://example.org/"}
    assert client.post(address(article), data)["Location"] == reverse("desk_queue")


# --- Where it is seen -------------------------------------------------------------------------------------------------


def test_the_queue_and_the_workbench_lead_to_it_those_who_may(
    article: NewsPage, ukrainian: Translation, reviewer: User, translator: User, colleague: User
) -> None:
    places = [reverse("desk_queue"), reverse("wagtailadmin_pages:edit", args=[in_language(article, "uk").pk])]

    def led(user: User) -> list[bool]:
        return [f'href="{address(article)}?next={place}"' in text_of(signed_in(user).get(place)) for place in places]

    assert [led(user) for user in (reviewer, translator)] == [[True, True], [False, False]]
    give(reviewer, translator, article, due="2026-12-24")
    assert [led(user) for user in (translator, colleague)] == [[True, True], [False, False]]
    bench = text_of(signed_in(colleague).get(places[1]))
    assert "Оксана Мельник has been on it since" in bench
    assert "It is due on 12/24/2026." in bench


def test_the_queue_costs_the_same_however_many_colleagues_and_texts(
    room: Newsroom, article: NewsPage, reviewer: User, translator: User
) -> None:
    def queries() -> tuple[int, int]:
        client = signed_in(reviewer)
        client.get(reverse("desk_queue"))
        with CaptureQueriesContext(connection) as queue:
            assert client.get(reverse("desk_queue")).content.count(b"/give/?next=") == Work.objects.count()
        with CaptureQueriesContext(connection) as form:
            client.get(address(article))
        return len(queue), len(form)

    give(reviewer, translator, article)
    few = queries()
    for number in range(20):
        person = account(f"translator-{number}", {room.home("uk"): ("change",)})
        give(reviewer, person, write_article("sv"))
    assert queries() == few


# --- Who is told ------------------------------------------------------------------------------------------------------


def wish(user: User, language: str, how: Mail = Mail.NOW) -> None:
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    NoticeSettings.objects.update_or_create(user=user, defaults={"mail": how})


def send() -> list[Any]:
    before = len(mail.outbox)
    call_command("notices", "send", verbosity=0)
    return mail.outbox[before:]


def panel(user: User) -> str:
    found = text_of(signed_in(user).get(reverse("wagtailadmin_home")))
    return found.partition(f'action="{reverse("desk_notices_read")}"')[2].partition("</form>")[0]


def test_whoever_is_given_a_text_is_told_by_whom_and_until_when(
    article: NewsPage, reviewer: User, translator: User, colleague: User
) -> None:
    send()
    wish(translator, "en")
    give(reviewer, translator, article, due="2026-12-24")
    sentence = f"Ірина Шевченко gave you “{SV['title']}” (українська). It is due on 12/24/2026."
    [message] = send()
    assert (message.to, sentence in message.body) == ([translator.email], True)
    assert f"/localize/submit/page/{article.pk}/?select_locale=uk" in message.body
    assert (sentence in panel(translator), "gave you" in panel(colleague)) == (True, False)
    assert send() == []


def test_a_text_that_is_begun_is_opened_from_the_notice(
    article: NewsPage, ukrainian: Translation, reviewer: User, translator: User
) -> None:
    wish(translator, "en")
    give(reviewer, translator, article)
    [message] = send()
    assert f"Ірина Шевченко gave you “{SV['title']}” (українська)." in message.body
    assert f"/admin/pages/{in_language(article, 'uk').pk}/edit/" in message.body


def test_whoever_wishes_one_mail_a_day_finds_it_there(article: NewsPage, reviewer: User, translator: User) -> None:
    wish(translator, "en", Mail.DAILY)
    NoticeSettings.objects.filter(user=translator).update(mailed_on=timezone.localdate())
    give(reviewer, translator, article)
    assert not any(translator.email in message.to for message in send())
    assert "gave you" in panel(translator)


def test_nobody_is_told_of_what_they_took_themselves(article: NewsPage, reviewer: User, translator: User) -> None:
    give(reviewer, reviewer, article)
    data = {"action": "take", "key": article.translation_key, "language": "uk", "holder": reviewer.pk}
    signed_in(translator).post(reverse("desk_queue"), data)
    send()
    assert not Notice.objects.filter(matter=Matter.GIVEN).exists()


@pytest.mark.parametrize("what", ["given on", "left", "published", "rights lost"])
def test_what_is_no_longer_so_is_told_no_more(
    what: str, article: NewsPage, ukrainian: Translation, reviewer: User, translator: User, colleague: User
) -> None:
    give(reviewer, translator, article)
    send()
    assert "gave you" in panel(translator)
    if what == "given on":
        give(reviewer, colleague, article)
    elif what == "left":
        Work.objects.update(assignee=None, taken_at=None, given_by=None)
    elif what == "published":
        say(ukrainian, UK)
        publish_translation(ukrainian)
        commit()
    else:
        translator.groups.set([Group.objects.create(name="Guests")])
        translator.user_permissions.add(*Group.objects.get(name="oksana").permissions.all())
    assert "gave you" not in panel(translator)


def test_whoever_gets_a_text_back_is_told_anew(
    article: NewsPage, reviewer: User, translator: User, colleague: User
) -> None:
    for person in (translator, colleague, translator):
        give(reviewer, person, article)
        send()
    assert Notice.objects.filter(matter=Matter.GIVEN, user=translator).count() == 2
    assert panel(translator).count("gave you") == 1
