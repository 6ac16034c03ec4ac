"""A translation that somebody stopped: its page is written by itself, and it still says when its source has changed."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail_localize.models import Translation

from cms.translation.files.choosing import find_waiting
from cms.translation.publishing import publish_translation
from cms.translation.queue.entries import Entry
from news.models import NewsPage
from tests.translators import desk
from tests.translators.desk import SV, UK, signed_in

NOTE = "translation stopped: write the page itself, or start its translation again there"
NEWS = "Samarbetet har börjat, och förstudien är klar i höst."


def waiting(user: User) -> list[Entry]:
    found: list[Entry] = signed_in(user).get(reverse("desk_queue")).context["entries"]
    return found


def address(page: NewsPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.fixture
def stopped(ukrainian: Translation, translator: User) -> NewsPage:
    """The published translation, stopped by its translator."""
    desk.say(ukrainian, UK)
    publish_translation(ukrainian)
    desk.commit()
    signed_in(translator).post(reverse("wagtail_localize:stop_translation", args=[ukrainian.pk]))
    page: NewsPage = desk.read(ukrainian.get_target_instance())
    return page


def test_a_stopped_translation_waits_once_its_source_has_changed(
    stopped: NewsPage, article: NewsPage, translator: User
) -> None:
    assert waiting(translator) == []
    desk.rewrite(article, lead=NEWS)
    [entry] = waiting(translator)
    assert (entry.state, entry.title, entry.source, entry.words) == ("stale", SV["title"], "svenska", None)
    for name in ("desk_queue", "wagtailadmin_home"):
        assert NOTE in signed_in(translator).get(reverse(name)).content.decode()
    give = reverse("desk_assign", args=[entry.key, "uk"])
    assert signed_in(translator).get(give).status_code == 200


def test_a_stopped_translation_is_in_no_file_and_not_said_to_be_unbegun(
    stopped: NewsPage, article: NewsPage, translator: User
) -> None:
    desk.rewrite(article, lead=NEWS)
    assert find_waiting(translator) == []


def test_a_stopped_translation_waits_no_more_when_its_page_was_written_and_published(
    stopped: NewsPage, article: NewsPage, translator: User
) -> None:
    desk.rewrite(article, lead=NEWS)
    assert "Start Synced translation" in signed_in(translator).get(address(stopped)).content.decode()
    desk.rewrite(stopped, lead="Співпраця почалася, а дослідження буде готове восени.")
    assert waiting(translator) == []


def test_a_stopped_translation_is_begun_again_from_its_page(
    stopped: NewsPage, article: NewsPage, translator: User
) -> None:
    desk.rewrite(article, lead=NEWS)
    signed_in(translator).post(address(stopped), {"localize-restart-translation": "1"})
    [entry] = waiting(translator)
    assert (entry.state, entry.is_stopped, entry.words) == ("stale", False, len(NEWS.split()))
    assert NEWS in signed_in(translator).get(address(stopped)).content.decode()
