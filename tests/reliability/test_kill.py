"""Whoever is killed while publishing leaves everything as it was, or everything done; nothing between."""

import os
import random
import signal
import time
from contextlib import AbstractContextManager
from functools import partial
from itertools import cycle

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Max
from wagtail.models import Page, PageViewRestriction

from cms.publications.commits import PublishesBeforeCommit
from cms.publications.models import Counter, CounterManager, Publication
from cms.publications.publish import Edition
from cms.publications.reading import current_sequence
from cms.publications.stale import stale_publications
from tests.database import dump
from tests.reliability.acts import ACTS, fresh
from tests.reliability.processes import KILLED, dying, fork, wait_for
from tests.reliability.stage import Newsroom

pytestmark = pytest.mark.django_db(transaction=True)

Moment = partial[AbstractContextManager[None]]

BEFORE_THE_COMMIT: dict[str, Moment] = {
    "everything is stored, nothing published": partial(dying, PublishesBeforeCommit, "publish_noted"),
    "the counter is held": partial(dying, CounterManager, "lock", after=True),
    "one document is written": partial(dying, Edition, "_write", after=True),
    "all documents are written": partial(dying, Edition, "renumber"),
    "all is published, nothing committed": partial(dying, Edition, "renumber", after=True),
    "the commit is about to begin": partial(dying, BaseDatabaseWrapper, "_commit"),
}
AFTER_THE_COMMIT: Moment = partial(dying, BaseDatabaseWrapper, "_commit", after=True)
KINDS_OF_ACTS = [
    "publish_a_first_time",
    "publish_again",
    "unpublish",
    "move_with_what_is_below",
    "change_the_slug_of_a_section",
    "copy_with_what_is_below",
    "delete_with_what_is_below",
    "restrict",
    "save_an_inline_row",
    "save_an_image",
    "publish_a_translation",
    "publish_what_was_scheduled",
    "expire",
]


def die_at(moment: Moment, name: str, newsroom: Newsroom) -> None:
    """Act in a process that dies at that moment."""

    def act() -> None:
        with moment():
            ACTS[name][1](newsroom)

    assert wait_for(fork(act)) == KILLED, "it was to die, and came through"


@pytest.mark.parametrize("name", KINDS_OF_ACTS)
def test_who_dies_before_the_commit_has_done_nothing(newsroom: Newsroom, name: str) -> None:
    ACTS[name][0](newsroom)
    before = dump()
    for moment, dies in BEFORE_THE_COMMIT.items():
        die_at(dies, name, newsroom)
        after = dump()
        assert {table for table in before if before[table] != after[table]} == set(), moment
    call_command("publish_scheduled")  # what time has changed waits for the timer, which comes again


@pytest.mark.parametrize("name", KINDS_OF_ACTS)
def test_who_dies_after_the_commit_has_done_everything(newsroom: Newsroom, name: str) -> None:
    ACTS[name][0](newsroom)
    before = current_sequence()
    die_at(AFTER_THE_COMMIT, name, newsroom)
    assert current_sequence() > before
    assert [str(stale) for stale in stale_publications()] == []
    call_command("publications", "verify")


def test_the_hub_goes_on_after_a_writer_was_killed(newsroom: Newsroom) -> None:
    die_at(BEFORE_THE_COMMIT["all is published, nothing committed"], "publish_again", newsroom)
    before = current_sequence()
    ACTS["publish_again"][1](newsroom)
    assert current_sequence() > before


@pytest.mark.parametrize("kills", [10, pytest.param(200, marks=pytest.mark.slow)])
def test_whenever_a_writer_is_killed_page_and_publication_agree(newsroom: Newsroom, kills: int) -> None:
    chance, places = random.Random(2024), set()
    for _time in range(kills):
        hears, says = os.pipe()
        child = fork(partial(_write_for_ever, newsroom, chance.random(), says))
        os.close(says)
        os.read(hears, 1)
        os.close(hears)
        time.sleep(chance.uniform(0.0, 0.4))
        os.kill(child, signal.SIGKILL)
        assert wait_for(child) == KILLED
        assert [str(stale) for stale in stale_publications()] == []
        assert not any(Page.find_problems())
        last = Publication.objects.aggregate(last=Max("sequence"))["last"]
        assert last <= Counter.objects.get().value
        places.add(current_sequence())
    assert len(places) > 1, "none of them came to publish anything before it died"
    assert connection.is_usable()


def _write_for_ever(newsroom: Newsroom, seed: float, says: int) -> None:
    """Say that it begins; then edit, unpublish, publish, move, restrict and rename, in an order of chance."""
    chance = random.Random(seed)
    connection.ensure_connection()
    os.write(says, b".")
    for number in cycle(range(10_000)):
        page = fresh(newsroom.article["sv"])
        match chance.randrange(6):
            case 0 | 1:
                page.lead = f"Umeå och Cherson, {seed} {number}."
                page.save_revision().publish()
            case 2:
                (page.unpublish if page.live else page.get_latest_revision().publish)()
            case 3:
                places = [newsroom.umea_news["sv"], newsroom.kherson_news["sv"]]
                page.move(fresh(chance.choice(places)), pos="last-child")
            case 4:
                found = PageViewRestriction.objects.filter(page=newsroom.about)
                if not found.delete()[0]:
                    PageViewRestriction.objects.create(page=newsroom.about, restriction_type="login")
            case 5:
                person = fresh(newsroom.janet["sv"])
                person.title = f"Janet Ågren {number}"
                person.save()
