"""In localize's own editor, too, nobody takes away what they may not write now: past a lock, or while others review."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation, Translation

from cms.demo.reviews import set_up_language_reviews, set_up_section_reviews
from cms.demo.rights import set_up_editors
from cms.translation.publishing import save_translation_draft
from cms.translation.schedules import Schedule
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators.desk import (
    SV,
    UK,
    account,
    commit,
    in_language,
    read,
    say,
    segment_of,
    sentences,
    signed_in,
    what_is_read,
    write_article,
)

ADDRESS = "https://www.umea.se/cherson"


@pytest.fixture(autouse=True)
def reviews(room: Newsroom) -> None:
    """The set-up of Umeå and of Ukrainian."""
    set_up_language_reviews(room.home("uk"))
    sections = [room.section("umea", language) for language in ("sv", "uk")]
    set_up_section_reviews(sections, set_up_editors(sections, "Umeå"), "Umeå")


@pytest.fixture
def translator(room: Newsroom) -> User:
    """Who translates into Ukrainian and publishes nothing."""
    return account("uk-translator", {room.home("uk"): ("change",)})


@pytest.fixture
def city(reviews: None) -> User:
    """Who edits Umeå's own pages in Swedish, and does the first step of each of their reviews."""
    return _in_group("umea-editor", "Umeå editors")


@pytest.fixture
def reviewer(reviews: None) -> User:
    """Who reviews Ukrainian."""
    return _in_group("uk-reviewer", "Reviewers of Ukrainian")


@pytest.fixture
def article() -> NewsPage:
    """The seed article, with a link that each language may have of its own."""
    article = write_article("sv")
    article.canonical_url = ADDRESS
    article.save_revision().publish()
    commit()
    return read(article)  # type: ignore[no-any-return]


@pytest.fixture
def page(article: NewsPage, ukrainian: Translation) -> NewsPage:
    """Its translation into Ukrainian, complete, with a link of its own."""
    say(ukrainian, UK)
    context = link_of(ukrainian).context
    SegmentOverride.objects.create(locale=ukrainian.target_locale, context=context, data_json=f'"{ADDRESS}/uk"')
    return in_language(article, "uk")  # type: ignore[no-any-return]


def _in_group(name: str, group: str) -> User:
    user = User.objects.create_user(name)
    user.groups.add(Group.objects.get(name=group))
    return user


def link_of(translation: Translation) -> OverridableSegment:
    return OverridableSegment.objects.get(source=translation.source, context__path="canonical_url")


def press(user: User, page: NewsPage, **data: str) -> list[str]:
    form = {"seen": what_is_read(page, user), **data}
    answer = signed_in(user).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form, follow=True)
    commit()
    return sentences(answer)


def send_to_review(page: NewsPage) -> None:
    press(User.objects.get(username="uk-translator"), page, action="submit")
    assert read(page).workflow_in_progress


def lock(page: Page) -> None:
    administrator = User.objects.create_superuser("administrator")
    page.locked, page.locked_by, page.locked_at = True, administrator, timezone.now()
    page.save()


def take_text_away(user: User, translation: Translation) -> Any:
    segment = segment_of(translation, SV["lead"])
    return signed_in(user).delete(
        reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    )


def take_choice_away(user: User, translation: Translation) -> Any:
    url = reverse("wagtail_localize:edit_override", args=[translation.pk, link_of(translation).pk])
    return signed_in(user).delete(url)


def stop(user: User, translation: Translation) -> Any:
    return signed_in(user).post(reverse("wagtail_localize:stop_translation", args=[translation.pk]), follow=True)


def is_whole(translation: Translation) -> bool:
    """Whether the text, the choice and the translation itself are there."""
    translation.refresh_from_db()
    rows = StringTranslation.objects.filter(data=UK["lead"]), SegmentOverride.objects.all()
    return bool(translation.enabled) and all(found.exists() for found in rows)


ACTS = [take_text_away, take_choice_away, stop]
Act = Callable[[User, Translation], Any]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("close", [send_to_review, lock])
@pytest.mark.parametrize("who", ["translator", "city", "reviewer"])
def test_nobody_takes_anything_away_past_a_lock_or_a_review(
    who: str,
    close: Callable[[Page], None],
    act: Act,
    page: NewsPage,
    ukrainian: Translation,
    translator: User,
    city: User,
    request: pytest.FixtureRequest,
) -> None:
    """Traps 5 and 7: stock localize lets everybody who does a step of the review, and the translator all along."""
    user = request.getfixturevalue(who)
    close(page)
    act(user, ukrainian)
    assert is_whole(ukrainian)


@pytest.mark.parametrize("act", ACTS)
def test_a_lock_holds_although_the_translation_is_scheduled(
    act: Act, page: NewsPage, ukrainian: Translation, translator: User
) -> None:
    """Wagtail tells of the schedule alone."""
    save_translation_draft(ukrainian, schedule=Schedule(timezone.now() + timedelta(days=3))).publish()
    lock(read(page))
    act(translator, ukrainian)
    assert is_whole(ukrainian)


@pytest.mark.parametrize("act", ACTS)
def test_a_translator_takes_away_what_is_theirs(
    act: Act, page: NewsPage, ukrainian: Translation, translator: User
) -> None:
    assert act(translator, ukrainian).status_code == 200
    assert not is_whole(ukrainian)


@pytest.mark.parametrize("act", [take_text_away, take_choice_away])
def test_the_editor_is_told_why_nothing_was_taken_away(
    act: Act, page: NewsPage, ukrainian: Translation, translator: User
) -> None:
    send_to_review(page)
    answer = act(translator, ukrainian)
    assert (answer.status_code, answer.json()["error"]) == (403, WHY_NOT)


def test_whoever_stops_a_translation_in_review_is_told_why_not(
    page: NewsPage, ukrainian: Translation, translator: User, city: User, reviewer: User
) -> None:
    """Not even whoever may correct it at their step: another page would be approved than was sent."""
    send_to_review(page)
    press(city, page, action="approve")
    assert sentences(stop(reviewer, ukrainian)) == [WHY_NOT]
    assert is_whole(ukrainian)


WHY_NOT = "You may not change this text now: it is locked, in review, or not yours."


@pytest.mark.parametrize("is_locked", [True, False])
def test_a_stopped_translation_is_taken_up_again_by_nobody_past_a_lock(
    is_locked: bool, page: NewsPage, ukrainian: Translation, translator: User, admin_user: User
) -> None:
    stop(translator, ukrainian)
    if is_locked:
        lock(page)
    said = press(translator, page, **{"localize-restart-translation": "yes"})
    ukrainian.refresh_from_db()
    assert (WHY_NOT in said, ukrainian.enabled) == (is_locked, not is_locked)


def test_whatever_else_takes_a_text_away_asks_whose_it_is(
    page: NewsPage, ukrainian: Translation, translator: User, city: User
) -> None:
    """Not at one address, but at the row."""
    said = StringTranslation.objects.get(data=UK["lead"])
    with LogContext(user=city), pytest.raises(PermissionDenied), transaction.atomic():
        said.delete()
    with LogContext(user=translator):
        said.delete()
    assert not is_whole(ukrainian)
