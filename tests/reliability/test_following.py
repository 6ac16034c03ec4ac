"""Whatever editors do and whatever befalls a consumer: who follows the changes ends with what the hub has."""

import math
import os
import sys
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test
from pytest_django import DjangoDbBlocker, Settings

from cms.publications.models import Counter, new_epoch
from cms.publications.stale import stale_publications
from frontend_contract.models.documents import SUMMARY
from tests.database import Dump, dump, restore
from tests.reliability.conftest import Opened, open_again
from tests.reliability.consumers import Consumer, Copy, key_of
from tests.reliability.editors import DRAFT, HOURS, NUMBERS, Editors
from tests.reliability.stage import furnish

pytestmark = pytest.mark.django_db(transaction=True)

STEPS = int(os.environ.get("STEPS", "150"))
"""Steps to take at least, of editors and of the consumer: some fifteen in a second. When it is said how many, whatever
they find is shown by the shortest life that shows it. Ten thousand take ten minutes."""

STEPS_IN_A_LIFE = 25
SOME_LIVES_ARE_SHORTER = 1.2

FOLLOWED = st.sampled_from([("", ""), ("sv", ""), ("uk", ""), ("sv,uk", "news"), ("", "people,news"), ("fi,en", "")])


class Life(Editors):
    """Editors at work, and a consumer beside them."""

    lives = steps = looks = 0
    """How many there were in all, and how often it was looked whether the consumer has what the hub has."""

    def __init__(self) -> None:
        super().__init__()
        self.consumer = Consumer()
        self.past_cursors = [""]
        Life.lives += 1
        Life.steps -= 1  # the first of its moments comes before its first step

    def check_invariants(self, *args: Any) -> None:
        """Count the moment: Hypothesis comes here before the first step and after each."""
        super().check_invariants(*args)
        Life.steps += 1

    @rule(limit=st.integers(1, 7), crash_after=st.none() | st.integers(0, 5))
    def pull(self, limit: int, crash_after: int | None) -> None:
        self.consumer.pull(limit, crash_after=crash_after)
        self.past_cursors = [*self.past_cursors, self.consumer.cursor] if self.consumer.cursor else [""]

    @rule(number=NUMBERS)
    def repeat(self, number: int) -> None:
        self.consumer.cursor = self.past_cursors[number % len(self.past_cursors)]

    @rule(followed=FOLLOWED)
    def follow_something_else(self, followed: tuple[str, str]) -> None:
        self.consumer.follow(*followed)
        self.past_cursors = [self.consumer.cursor]

    @rule()
    def begin_with_the_export(self) -> None:
        self.consumer.begin_with_the_export()
        self.past_cursors = [self.consumer.cursor]

    @rule()
    def find_another_epoch(self) -> None:
        Counter.objects.update(epoch=new_epoch())
        self.past_cursors = [self.consumer.cursor]

    @rule(limit=st.integers(1, 7))
    def look_whether_all_is_the_same(self, limit: int) -> None:
        Life.looks += 1
        self.consumer.catch_up(limit)
        head, *documents = self.consumer.export()
        exported = {key_of(document): document for document in documents}
        assert len(exported) == len(documents) == head["total"]
        assert self.consumer.copy == exported
        assert DRAFT not in str(exported)
        anew = Consumer(self.consumer.languages, self.consumer.kinds)
        anew.catch_up(limit)
        assert anew.copy == exported
        self._walk_the_lists(exported)
        self.past_cursors = [self.consumer.cursor]

    @rule(hours=HOURS, limit=st.integers(1, 7))
    def look_after_a_while(self, hours: int, limit: int) -> None:
        self.wait(hours)
        self.look_whether_all_is_the_same(limit)

    @rule(hours=HOURS)
    def look_whether_every_publication_is_what_it_should_be(self, hours: int) -> None:
        self.wait(hours)
        assert [str(stale) for stale in stale_publications()] == []

    def teardown(self) -> None:
        try:
            self.look_whether_all_is_the_same(100)
            assert [str(stale) for stale in stale_publications()] == []
        finally:
            super().teardown()

    def _walk_the_lists(self, exported: Copy) -> None:
        """See that lists have each item too, and nothing else; only front pages are on no list."""
        languages = self.consumer.languages or "sv,uk,fi,en"
        kinds = self.consumer.kinds or ",".join(SUMMARY)
        listed = [
            item
            for language in languages.split(",")
            for kind in kinds.split(",")
            for item in self.consumer.walk(f"{language}/{kind}")
        ]
        assert {key_of(item): item for item in listed} == {
            key: document for key, document in exported.items() if document["kind"] != "home"
        }


@pytest.fixture(scope="module")
def furnished(opened: Opened, as_migrated: Dump, django_db_blocker: DjangoDbBlocker) -> Opened:
    """The newsroom with everything in it that editors look after."""
    with django_db_blocker.unblock():
        room = open_again(opened)
        with transaction.atomic():
            furnish(room)
        after = dump()
        restore(as_migrated)
    return room, after, opened[2]


def test_who_follows_the_changes_ends_with_what_the_hub_has(
    furnished: Opened,
    transactional_db: None,
    settings: Settings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.DATA_DIR = tmp_path
    Life.opened, Life.lives, Life.steps, Life.looks = furnished, 0, 0, 0
    tried = hypothesis.settings(
        max_examples=math.ceil(SOME_LIVES_ARE_SHORTER * STEPS / STEPS_IN_A_LIFE),
        stateful_step_count=STEPS_IN_A_LIFE,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[phase for phase in hypothesis.Phase if "STEPS" in os.environ or phase is not hypothesis.Phase.shrink],
        print_blob=True,
    )
    run_state_machine_as_test(Life, settings=tried)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{Life.steps} steps in {Life.lives} lives; at {Life.looks} quiet points all was the same.\n"
        )
    assert Life.steps >= STEPS
