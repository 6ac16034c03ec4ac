"""What is done with many pages at once is done with their translations, as with each page by itself."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators.desk import (
    account,
    carry,
    commit,
    in_language,
    read,
    sentences,
    signed_in,
    write_article,
)


@pytest.fixture
def articles(room: Newsroom) -> list[NewsPage]:
    """Two articles of Umeå, in Swedish, Ukrainian and Finnish; the Finnish text is made from the Ukrainian one."""
    written = [write_article("sv") for _number in range(2)]
    for article in written:
        carry(article, "uk")
        carry(in_language(article, "uk"), "fi")
    return written


@pytest.fixture
def both_cities(room: Newsroom) -> User:
    """Who writes for both cities, in Swedish."""
    sections = [room.section(city, "sv") for city in ("umea", "kherson")]
    return account("both-cities", dict.fromkeys(sections, ("add", "change", "publish")))


def act_on(user: User, act: str, *pages: Page, **data: Any) -> Any:
    """Choose pages in the explorer, and an act; without data it only asks whether to do it."""
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act])
    url += "?" + "&".join(f"id={page.pk}" for page in pages)
    client = signed_in(user)
    answer = client.post(url, data, follow=True) if data else client.get(url)
    commit()
    return answer


def live(article: NewsPage) -> list[str]:
    return [language for language in ("sv", "uk", "fi") if in_language(article, language).live]


def places(article: NewsPage) -> dict[str, Page]:
    return {language: in_language(article, language).get_parent().specific for language in ("sv", "uk", "fi")}


def places_for_news(room: Newsroom, city: str) -> dict[str, Page]:
    return {language: room.news(city, language) for language in ("sv", "uk", "fi")}


def test_translations_follow_when_many_sources_are_unpublished(articles: list[NewsPage], editor: User) -> None:
    """Trap 17: as with one page, whoever takes a text back takes back what is made from it."""
    assert "4 translations of these pages are unpublished" in act_on(editor, "unpublish", *articles).content.decode()
    assert [live(article) for article in articles] == [["sv", "uk", "fi"]] * 2
    answer = act_on(editor, "unpublish", *articles, next=reverse("wagtailadmin_home"))
    assert [live(article) for article in articles] == [[], []]
    assert "2 pages have been unpublished" in sentences(answer)[0]


def test_of_a_source_and_its_translation_that_are_both_chosen_each_is_unpublished_once(
    articles: list[NewsPage], admin_user: User
) -> None:
    chosen = [articles[0], in_language(articles[0], "uk")]
    assert "1 translation of these pages is unpublished" in act_on(admin_user, "unpublish", *chosen).content.decode()
    act_on(admin_user, "unpublish", *chosen, next=reverse("wagtailadmin_home"))
    assert [live(article) for article in articles] == [[], ["sv", "uk", "fi"]]
    assert PageLogEntry.objects.filter(action="wagtail.unpublish").count() == 3


def test_sources_do_not_follow_their_translations(articles: list[NewsPage], translator: User) -> None:
    act_on(translator, "unpublish", *(in_language(article, "uk") for article in articles), next="/admin/")
    assert [live(article) for article in articles] == [["sv"], ["sv"]], "what is made from the translation does"


def test_many_pages_are_moved_with_their_translations(
    articles: list[NewsPage], room: Newsroom, admin_user: User
) -> None:
    """Trap 17."""
    assert "4 translations of these pages are moved with them" in act_on(admin_user, "move", *articles).content.decode()
    answer = act_on(admin_user, "move", *articles, chooser=room.news("kherson", "sv").pk)
    assert [places(article) for article in articles] == [places_for_news(room, "kherson")] * 2
    assert "2 pages have been moved" in sentences(answer)[0]


def test_nobody_moves_many_pages_of_which_a_translation_is_not_theirs_to_move(
    articles: list[NewsPage], room: Newsroom, both_cities: User
) -> None:
    alone = write_article("sv")
    answer = act_on(both_cities, "move", *articles, alone, chooser=room.news("kherson", "sv").pk)
    assert "you may not move each translation of these pages. Nothing was moved." in answer.content.decode()
    assert [places(article) for article in articles] == [places_for_news(room, "umea")] * 2
    act_on(both_cities, "move", alone, chooser=room.news("kherson", "sv").pk)
    assert read(alone).get_parent().pk == room.news("kherson", "sv").pk
