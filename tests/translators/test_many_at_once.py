"""What is done with many pages at once is done with their translations, as with each page by itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, Workflow, WorkflowTask
from wagtail_localize.models import Translation

from cms.translation.publishing import save_translation_draft
from cms.translation.schedules import Schedule
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators.desk import (
    SV,
    UK,
    account,
    begin,
    carry,
    commit,
    in_language,
    press_publish,
    read,
    say,
    say_one,
    segment_of,
    sentences,
    signed_in,
    write_article,
)

Way = Callable[[User, Page], list[str]]


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


# --- Publishing: not past a lock, a review or an open text, whichever way ------------------------------------------


def lock(page: NewsPage) -> None:
    administrator = User.objects.create_superuser("administrator")
    page.locked, page.locked_by, page.locked_at = True, administrator, timezone.now()
    page.save()


def review(page: NewsPage) -> None:
    workflow = Workflow.objects.create(name="Umeå")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="City"), sort_order=0)
    page.save_revision()
    workflow.start(page, User.objects.create_superuser("sender"))


def open_a_text(page: NewsPage) -> None:
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale_id)
    say_one(translation, segment_of(translation, SV["fact"]), "")


def by_its_button(user: User, page: Page) -> list[str]:
    return press_publish(signed_in(user), page)


def among_many(user: User, page: Page) -> list[str]:
    return sentences(act_on(user, "publish", page, next="/admin/"))


def with_the_page_above(user: User, page: Page) -> list[str]:
    return sentences(act_on(user, "publish", page.get_parent(), include_descendants="on", next="/admin/"))


WAYS = [by_its_button, among_many, with_the_page_above]


@pytest.fixture
def draft(ukrainian: Translation) -> NewsPage:
    """A translation that only waits to be published."""
    say(ukrainian, UK)
    save_translation_draft(ukrainian)
    return in_language(ukrainian.source.get_source_instance(), "uk")  # type: ignore[no-any-return]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("close", "why"), [(lock, "was locked"), (review, "being reviewed"), (open_a_text, "not translated yet")]
)
def test_no_way_of_publishing_leads_past_a_lock_a_review_or_an_open_text(
    close: Callable[[NewsPage], None], why: str, way: Way, draft: NewsPage, admin_user: User
) -> None:
    """Trap 7: Wagtail publishes many at once past all three, and cancels the review without a word."""
    close(draft)
    assert any(why in sentence for sentence in way(admin_user, draft))
    assert (read(draft).live, read(draft).workflow_in_progress) == (False, close is review)


@pytest.mark.parametrize("way", WAYS)
def test_what_waits_for_nothing_is_published_whichever_way(way: Way, draft: NewsPage, admin_user: User) -> None:
    way(admin_user, draft)
    assert (read(draft).live, read(draft).lead) == (True, UK["lead"])


@pytest.mark.parametrize("way", [by_its_button, among_many])
def test_what_waits_for_its_day_is_not_said_to_be_published(
    way: Way, ukrainian: Translation, draft: NewsPage, admin_user: User
) -> None:
    save_translation_draft(ukrainian, schedule=Schedule(timezone.now() + timedelta(days=3)))
    said = way(admin_user, read(draft))
    assert (read(draft).live, read(draft).approved_schedule) == (False, True)
    assert any(f"“{UK['title']}” goes live at " in sentence for sentence in said)
    assert not any("ublished" in sentence for sentence in said)


@pytest.mark.parametrize("close", [lock, review])
def test_nor_is_a_source_published_among_many_past_its_lock_or_its_review(
    close: Callable[[NewsPage], None], article: NewsPage, admin_user: User
) -> None:
    article.unpublish()
    close(read(article))
    assert among_many(admin_user, article)[0].startswith(f"“{article.title}”: ")
    assert (read(article).live, read(article).workflow_in_progress) == (False, close is review)


def test_of_many_each_that_is_refused_is_named_and_the_others_are_published(draft: NewsPage, translator: User) -> None:
    other = begin(write_article("sv"), "uk")
    page = other.get_target_instance()
    said = sentences(act_on(translator, "publish", page, draft, next="/admin/"))
    assert [sentence.startswith(f"“{page.title}”: ") for sentence in said] == [True, False]
    assert said[1].strip() == "1 page has been published"
    assert (read(draft).live, read(page).live) == (True, False)
