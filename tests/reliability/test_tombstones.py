"""What goes away leaves a tombstone, without a word of what it said."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from cms.publications import by_hand
from cms.publications.models import PastPath, Publication
from cms.publications.publish import find_due, publish
from cms.publications.reading import (
    Found,
    Gone,
    Moved,
    NotInThisLanguage,
    Redirected,
    Unknown,
    find_by_path,
    find_item,
    list_items,
)
from tests.database import dump
from tests.reliability.acts import fresh
from tests.reliability.stage import Newsroom, publication

pytestmark = pytest.mark.django_db(transaction=True)


def unpublish(page: Page) -> None:
    page.unpublish()


def expire(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    publish([page.translation_key])


def delete(page: Page) -> None:
    page.delete()


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


HIDE: list[tuple[Callable[[Page], None], str, str]] = [
    (unpublish, "gone", "unpublished"),
    (expire, "gone", "expired"),
    (delete, "gone", "deleted"),
    (restrict, "vanished", ""),
]


@pytest.mark.parametrize(("hide", "status", "reason"), HIDE)
def test_a_tombstone_says_why_and_nothing_else(
    newsroom: Newsroom, hide: Callable[[Page], None], status: str, reason: str
) -> None:
    page = fresh(newsroom.article["sv"])
    page.slug = "umea-samarbete-cherson"
    page.save()  # so that there is a past address as well
    hide(fresh(page))
    row = publication(page)
    assert (row.status, row.reason) == (status, reason)
    held = repr([rows for table, rows in dump().items() if table.startswith("publications_")])
    assert "Umeå ingår samarbete" not in held
    assert page.slug not in held
    past = PastPath.objects.filter(key=page.translation_key, language="sv").count()
    assert past == (0 if status == "vanished" else 2)  # their marks: whoever knows the addresses is told what became


@pytest.mark.parametrize(("hide", "status", "reason"), HIDE)
def test_a_fallback_never_turns_a_tombstone_into_text(
    newsroom: Newsroom, hide: Callable[[Page], None], status: str, reason: str
) -> None:
    hide(fresh(newsroom.article["sv"]))
    key = newsroom.article["sv"].translation_key
    answer = find_item("sv", "news", key, ["uk"])
    assert isinstance(answer, Gone if status == "gone" else Unknown)
    assert key not in {row.key for row in list_items("sv", "news", ["uk"]).rows}
    assert isinstance(find_item("fi", "news", key, ["uk"]), Found)


def test_what_is_published_again_is_as_it_was(newsroom: Newsroom) -> None:
    first = publication(newsroom.article["sv"])
    fresh(newsroom.article["sv"]).unpublish()
    fresh(newsroom.article["sv"]).get_latest_revision().publish()
    again = publication(newsroom.article["sv"])
    assert (again.path, again.first_published_at) == (first.path, first.first_published_at)
    assert again.sequence > first.sequence


def test_what_vanished_is_not_gone_when_it_is_deleted(newsroom: Newsroom) -> None:
    restrict(newsroom.article["sv"])
    fresh(newsroom.article["sv"]).delete()
    assert publication(newsroom.article["sv"]).status == "vanished"


def test_what_was_unpublished_vanishes_when_it_is_restricted(newsroom: Newsroom) -> None:
    fresh(newsroom.article["sv"]).unpublish()
    restrict(newsroom.article["sv"])
    assert publication(newsroom.article["sv"]).status == "vanished"


def test_what_was_never_published_leaves_no_trace(newsroom: Newsroom) -> None:
    restrict(newsroom.umea["sv"])
    count = Publication.objects.count()
    draft = fresh(newsroom.visit).copy(to=newsroom.kherson_news["sv"], keep_live=False)
    draft.delete()
    copied = fresh(newsroom.about).copy(to=fresh(newsroom.umea["sv"]), update_attrs={"slug": "om-2"})
    assert copied.live
    assert Publication.objects.count() == count


def test_an_alias_in_another_language_is_never_published(newsroom: Newsroom) -> None:
    alias = fresh(newsroom.visit).copy_for_translation(Locale.objects.get(language_code="uk"), alias=True)
    assert alias.live
    assert isinstance(find_item("uk", "news", newsroom.visit.translation_key), NotInThisLanguage)


def test_an_old_address_leads_to_the_new_one_also_there_and_back(newsroom: Newsroom) -> None:
    old = str(publication(newsroom.article["sv"]).path)
    fresh(newsroom.article["sv"]).move(newsroom.kherson_news["sv"], pos="last-child")
    new = str(publication(newsroom.article["sv"]).path)
    moved = find_by_path(old)
    assert isinstance(moved, Moved)
    assert moved.row.path == new == "/sv/kherson/news/umea-ingar-samarbete-med-cherson"
    fresh(newsroom.article["sv"]).move(newsroom.umea_news["sv"], pos="last-child")
    assert isinstance(find_by_path(old), Found)
    assert isinstance(find_by_path(new), Moved)


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_what_is_withdrawn_stays_readable_with_a_notice_but_out_of_lists(newsroom: Newsroom) -> None:
    key = newsroom.article["sv"].translation_key
    by_hand.withdraw(key, "Artikeln är återkallad.", ["sv"])
    page = fresh(newsroom.article["sv"])
    page.lead = "Rättat."
    page.save()  # its text may still be mended
    answer = find_item("sv", "news", key)
    assert isinstance(answer, Found)
    assert (answer.row.status, answer.row.notice) == ("withdrawn", "Artikeln är återkallad.")
    assert key not in {row.key for row in list_items("sv", "news").rows}
    by_hand.restore(key)
    assert key in {row.key for row in list_items("sv", "news").rows}


def test_what_is_redirected_names_its_successor_and_stays_so(newsroom: Newsroom) -> None:
    key, successor = newsroom.visit.translation_key, newsroom.article["sv"].translation_key
    by_hand.redirect(key, successor)
    fresh(newsroom.visit).delete()
    answer = find_item("sv", "news", key)
    assert isinstance(answer, Redirected)
    assert (answer.kind, answer.key) == ("news", successor)


@pytest.mark.parametrize("status", ["gone", "vanished"])
def test_what_is_buried_by_hand_stays_buried_until_it_is_restored(newsroom: Newsroom, status: str) -> None:
    key = newsroom.article["sv"].translation_key
    by_hand.gone(key, "mistake", "https://www.umea.se/") if status == "gone" else by_hand.vanish(key)
    page = fresh(newsroom.article["sv"])
    page.lead = "Ändå."
    page.save()
    assert {row.status for row in Publication.objects.of_keys([key])} == {status}
    by_hand.restore(key)
    assert {row.status for row in Publication.objects.of_keys([key])} == {"published"}


def test_nobody_is_sent_to_what_is_not_there(newsroom: Newsroom) -> None:
    with pytest.raises(by_hand.UnknownPublication):
        by_hand.redirect(newsroom.visit.translation_key, newsroom.visit.translation_key)
    with pytest.raises(by_hand.UnknownPublication):
        by_hand.vanish(newsroom.umea_news["sv"].translation_key)


# --- time -------------------------------------------------------------------------------------------------------------


def test_expiry_is_known_before_and_done_by_the_timer(newsroom: Newsroom) -> None:
    soon = timezone.now() + timedelta(days=1)
    page = fresh(newsroom.article["sv"])
    page.expire_at = soon
    page.save()
    assert publication(page).next_change_at == soon
    assert page.translation_key in find_due(soon)
    assert page.translation_key not in find_due(soon - timedelta(seconds=1))
