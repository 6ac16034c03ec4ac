"""Two connections at once: nothing restricted is ever seen, and no change is ever missed."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import close_old_connections, transaction
from wagtail.models import Page, PageViewRestriction

from cms.publications.models import Publication
from cms.publications.reading import changes_since, current_sequence
from home.models import InfoPage
from news.models import NewsPage
from tests.reliability.acts import fresh
from tests.reliability.admin_acts import copy_in_the_admin, sign_in
from tests.reliability.beside import PATIENCE, beside
from tests.reliability.stage import Newsroom, publication, publish_new

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def _copy_in_one_transaction(newsroom: Newsroom) -> None:
    with transaction.atomic():
        fresh(newsroom.about).copy(recursive=True, to=fresh(newsroom.kherson["sv"]), update_attrs={"slug": "om-2"})


def _copy_in_the_admin(newsroom: Newsroom) -> None:
    sign_in(newsroom)
    copy_in_the_admin(newsroom)


@pytest.mark.parametrize("copy", [_copy_in_one_transaction, _copy_in_the_admin])
def test_a_copy_of_a_restricted_section_is_never_readable(
    newsroom: Newsroom, copy: Callable[[Newsroom], object]
) -> None:
    restricted = fresh(newsroom.about)
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    seen: set[str] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.002):
            seen.update(Publication.objects.readable().values_list("title", flat=True))
            titles = InfoPage.objects.filter(live=True).exclude(pk__in=[newsroom.about.pk, newsroom.contact.pk])
            unrestricted = [page for page in titles if not page.get_view_restrictions().exists()]
            seen.update(page.title for page in unrestricted)

    with beside(watch):
        copy(newsroom)
        done.set()
    assert InfoPage.objects.filter(title=newsroom.contact.title).count() == 2
    assert seen.isdisjoint(InfoPage.objects.values_list("title", flat=True))
    assert "Umeå" in seen


def test_a_copy_without_a_transaction_would_have_been_seen(newsroom: Newsroom) -> None:
    """The test above can fail: Wagtail copies the pages first, and their restriction last."""
    restricted = fresh(newsroom.about)
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    before = current_sequence()
    restricted.copy(recursive=True, to=fresh(newsroom.kherson["sv"]), update_attrs={"slug": "om-2"})
    vanished = Publication.objects.since(before).filter(status="vanished")
    assert vanished.exists()  # so it had been published, if only for a moment


def test_a_restriction_wins_against_a_save_that_began_before(newsroom: Newsroom) -> None:
    saved, restricted = threading.Event(), threading.Event()

    def save() -> None:
        with transaction.atomic():
            page = fresh(newsroom.article["sv"])
            page.lead = "Skrivet medan någon annan stänger dörren."
            page.save()
            saved.set()
            assert restricted.wait(PATIENCE)

    with beside(save):
        assert saved.wait(PATIENCE)
        PageViewRestriction.objects.create(page=newsroom.kherson["sv"], restriction_type="login")
        PageViewRestriction.objects.create(page=newsroom.umea["sv"], restriction_type="login")
        restricted.set()
    assert publication(newsroom.article["sv"]).status == "vanished"


def test_a_save_wins_nothing_against_a_restriction_that_began_before(newsroom: Newsroom) -> None:
    restricting, may_commit = threading.Event(), threading.Event()

    def restrict() -> None:
        with transaction.atomic():
            PageViewRestriction.objects.create(page=newsroom.umea["sv"], restriction_type="login")
            restricting.set()
            assert may_commit.wait(PATIENCE)

    with beside(restrict):
        assert restricting.wait(PATIENCE)
        page = fresh(newsroom.article["sv"])
        page.lead = "Skrivet medan någon annan stänger dörren."
        page.save()
        assert publication(page).status == "published"  # the restriction is not there yet
        may_commit.set()
    assert publication(newsroom.article["sv"]).status == "vanished"


def test_who_follows_the_changes_misses_none_with_many_writers(newsroom: Newsroom) -> None:
    pages = [
        publish_new(newsroom.umea_news["sv"], NewsPage(title=f"Nyhetsbrev {number}", lead="Nytt.", body=[]))
        for number in range(4)
    ]
    start = current_sequence()
    replica: dict[UUID, str] = {}
    done = threading.Event()

    def follow(after: int) -> int:
        rows, _more = changes_since(after)
        replica.update({row.key: row.digest for row in rows})
        return rows[-1].sequence if rows else after

    def consume() -> None:
        place = start
        while not done.is_set():
            place = follow(place)
        follow(place)

    def write(page: Page) -> Callable[[], None]:
        def work() -> None:
            for number in range(8):
                mine = fresh(page)
                mine.lead = f"Version {number}."
                mine.save()

        return work

    with beside(consume):
        with beside(write(pages[0])), beside(write(pages[1])), beside(write(pages[2])), beside(write(pages[3])):
            pass
        done.set()
    stored: dict[Any, str] = dict(Publication.objects.since(start).values_list("key", "digest"))
    assert replica == stored
    assert current_sequence() == start + 4 * 8


def test_two_editors_do_not_block_each_other_for_ever(newsroom: Newsroom) -> None:
    """Locking the counter at every save instead of at the end deadlocked them."""
    one_has, other_has = threading.Event(), threading.Event()

    def edit(mine: Page, theirs: Page, have: threading.Event, wait_for: threading.Event) -> None:
        with transaction.atomic():
            page = fresh(mine)
            page.title = f"{page.title} (1)"
            page.save()
            have.set()
            assert wait_for.wait(PATIENCE)

    with beside(lambda: edit(newsroom.visit, newsroom.about, one_has, other_has)):
        edit(newsroom.about, newsroom.visit, other_has, one_has)
    close_old_connections()
    assert publication(newsroom.visit).title.endswith("(1)")
    assert publication(newsroom.about).title.endswith("(1)")
