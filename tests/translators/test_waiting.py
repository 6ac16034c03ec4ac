"""A translator begins the day with the head of their queue."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cms.translation.notices.models import Notice
from cms.translation.notices.noting import note_all
from cms.translation.notices.telling import look
from cms.translation.publishing import save_translation_draft
from cms.translation.schedules import Schedule
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators import desk
from tests.translators.desk import FI, SV, signed_in


def test_the_first_page_shows_what_waits_and_leads_there(article: NewsPage, translator: User) -> None:
    client = signed_in(translator)
    first = client.get(reverse("wagtailadmin_home")).content.decode()
    assert SV["title"] in first
    address = reverse("wagtail_localize:submit_page_translation", args=[article.pk])
    assert f"{address}?select_locale=uk" in first
    assert client.get(address).status_code == 200


def test_what_waits_for_others_is_not_among_it(room: Newsroom, article: NewsPage) -> None:
    reader = desk.account("fi-translator", {room.home("fi"): ("change",)})
    chain = desk.write_chain()
    desk.change_source(chain)
    scheduled = desk.begin(article, "fi")
    desk.say(scheduled, FI)
    save_translation_draft(scheduled, schedule=Schedule(timezone.now() + timedelta(days=3))).publish()
    desk.commit()
    client = signed_in(reader)
    assert {entry.state for entry in client.get(reverse("desk_queue")).context["entries"]} == {
        "stale_source",
        "scheduled",
    }
    assert "Nothing waits" in client.get(reverse("wagtailadmin_home")).content.decode()


def test_editors_are_shown_no_such_list(article: NewsPage, editor: User) -> None:
    first = signed_in(editor).get(reverse("wagtailadmin_home")).content.decode()
    assert "Waiting to be translated" not in first


def ask_for_the_first_page(user: User) -> int:
    """Return how many queries the first page takes, once what is done is taken off it."""
    client = signed_in(user)
    client.get(reverse("wagtailadmin_home"))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("wagtailadmin_home")).status_code == 200
    return len(queries)


def test_the_first_page_takes_as_many_queries_for_20_texts_and_notices_as_for_one(
    room: Newsroom, translator: User
) -> None:
    desk.write_article("sv")
    note_all()
    with_one = ask_for_the_first_page(translator)
    for _article in range(19):
        desk.write_article("sv")
    note_all()
    assert Notice.objects.filter(user=translator, read_at=None).count() == 20
    assert ask_for_the_first_page(translator) == with_one


def test_notices_of_what_is_done_are_looked_at_once(article: NewsPage, translator: User) -> None:
    note_all()
    again = {"user": translator, "matter": "sent", "key": article.translation_key, "language": "uk"}
    desk.begin(article, "uk")
    with_one = ask_for_the_first_page(translator)
    steps = [Notice(**again, occasion=f"task {number}", happened_at=timezone.now()) for number in range(1, 21)]
    Notice.objects.bulk_create(steps)
    assert ask_for_the_first_page(translator) == with_one
    assert not Notice.objects.filter(user=translator, read_at=None).exists()


def test_who_is_told_nothing_costs_no_query(
    translator: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert look(translator, []) == ([], [])
