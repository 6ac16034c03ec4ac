"""Whatever editors do and whatever befalls a consumer: who follows the changes ends with what the hub has."""

import os
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import hypothesis
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from pytest_django import Settings
from wagtail.models import PageViewRestriction

from cms.content.documents import declaration_of
from cms.content.errors import PublishingRefused
from cms.content.pages import ContentPage
from cms.publications.models import Counter, Publication, new_epoch
from cms.publications.stale import stale_publications
from cms.translation.errors import TranslationRefused
from frontend_contract.models.documents import SUMMARY
from home.models import InfoPage
from news.models import NewsPage
from partners.models import PersonPage
from tests.newsroom import translate
from tests.reliability.acts import fresh
from tests.reliability.conftest import Opened, open_again
from tests.reliability.consumers import Consumer, Copy, key_of
from tests.reliability.stage import publish_new

pytestmark = pytest.mark.django_db(transaction=True)

LIVES = int(os.environ.get("LIVES", "6"))
"""Lives of a consumer that are tried. Some hundreds find what six do not, and then the shortest one that shows it."""

ACTS_IN_A_LIFE = 25

DRAFT = "Utkast"

NUMBERS = st.integers(0, 20)
FOLLOWED = st.sampled_from([("", ""), ("sv", ""), ("uk", ""), ("sv,uk", "news"), ("", "people,news"), ("fi,en", "")])


class NothingLeftError(LookupError):
    """There is nothing of this sort to act upon."""


class Life(RuleBasedStateMachine):
    """Editors at work, and a consumer beside them."""

    opened: Opened

    def __init__(self) -> None:
        super().__init__()
        self.room = open_again(self.opened)
        Counter.objects.update(epoch=new_epoch())  # what is kept of another life is of another order of changes
        self.consumer = Consumer()
        self.past_cursors = [""]
        self.count = 0

    # --- editors ------------------------------------------------------------------------------------------------------

    @rule(language=st.sampled_from(["sv", "uk"]), about=NUMBERS)
    def write(self, language: str, about: int) -> None:
        def act() -> None:
            page = NewsPage(title=self._say("Nytt"), lead=self._say("Nytt"), body=[_link_to(self._page(about))])
            publish_new(fresh(self.room.umea_news[language]), page)

        self._do(act)

    @rule(number=NUMBERS)
    def edit(self, number: int) -> None:
        def act() -> None:
            page = self._page(number)
            page.title = self._say("Rubrik")
            page.save_revision().publish()

        self._do(act)

    @rule(number=NUMBERS)
    def keep_a_draft(self, number: int) -> None:
        def act() -> None:
            page = self._page(number)
            page.title = self._say(DRAFT)
            page.save_revision()

        self._do(act)

    @rule(number=NUMBERS)
    def unpublish(self, number: int) -> None:
        self._do(lambda: self._page(number).unpublish())

    @rule(number=NUMBERS)
    def publish_again(self, number: int) -> None:
        self._do(lambda: self._page(number).save_revision().publish())

    @rule(number=NUMBERS)
    def move(self, number: int) -> None:
        def act() -> None:
            page = self._page(number, NewsPage)
            sections = [self.room.umea_news[page.language], self.room.kherson_news[page.language]]
            [target] = [section for section in sections if section.pk != page.get_parent().pk]
            page.move(fresh(target), pos="last-child")

        self._do(act)

    @rule(number=NUMBERS)
    def give_another_slug(self, number: int) -> None:
        def act() -> None:
            page = self._page(number)
            self.count += 1  # no two pages of a section have the same address
            page.slug = f"adress-{self.count}"
            page.save_revision().publish()

        self._do(act)

    @rule(number=NUMBERS)
    def restrict(self, number: int) -> None:
        places = [*self._pages(), *self.room.umea.values(), *self.room.people.values()]
        page = places[number % len(places)]
        self._do(lambda: PageViewRestriction.objects.create(page=page, restriction_type="login"))

    @rule()
    def lift_all_restrictions(self) -> None:
        self._do(lambda: [restriction.delete() for restriction in PageViewRestriction.objects.all()])

    @rule(number=NUMBERS)
    def delete(self, number: int) -> None:
        self._do(lambda: self._page(number).delete())

    @rule(number=NUMBERS, language=st.sampled_from(["sv", "uk"]))
    def translate(self, number: int, language: str) -> None:
        def act() -> None:
            page = self._page(number)
            if page.language != language and page.live:
                translate(page, language, {})

        self._do(act)

    @rule(number=NUMBERS)
    def appoint(self, number: int) -> None:
        def act() -> None:
            person = self._page(number, PersonPage)
            appointment = person.appointments.first()
            appointment.title = self._say("kommunalråd")
            appointment.save()

        self._do(act)

    @rule(number=NUMBERS)
    def hide_a_person(self, number: int) -> None:
        self._do(lambda: self._page(number, PersonPage).unpublish())

    # --- by command ---------------------------------------------------------------------------------------------------

    @rule(number=NUMBERS, languages=st.sampled_from([[], ["sv"], ["uk"]]))
    def withdraw(self, number: int, languages: list[str]) -> None:
        self._command("withdraw", number, languages, "--notice", self._say("Återkallad"))

    @rule(number=NUMBERS, languages=st.sampled_from([[], ["sv"], ["uk"]]))
    def take_away(self, number: int, languages: list[str]) -> None:
        self._command("gone", number, languages, "--reason", "mistake", "--alternative", "https://www.umea.se/")

    @rule(number=NUMBERS, languages=st.sampled_from([[], ["sv"], ["uk"]]))
    def vanish(self, number: int, languages: list[str]) -> None:
        self._command("vanish", number, languages)

    @rule(number=NUMBERS, to=NUMBERS)
    def redirect(self, number: int, to: int) -> None:
        self._command("redirect", number, [], "--to", str(self._key(to)))

    @rule(number=NUMBERS)
    def restore_what_was_set_by_hand(self, number: int) -> None:
        self._command("restore", number, [])

    # --- the consumer -------------------------------------------------------------------------------------------------

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

    def teardown(self) -> None:
        self.look_whether_all_is_the_same(100)
        assert [str(stale) for stale in stale_publications()] == []

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

    # --- what they need -----------------------------------------------------------------------------------------------

    def _do(self, act: Callable[[], object]) -> None:
        """Act as a request or a command does: in one transaction; what the hub refuses has not happened."""
        with suppress(PublishingRefused, TranslationRefused, NothingLeftError), transaction.atomic():
            act()

    def _command(self, act: str, number: int, languages: list[str], *rest: str) -> None:
        chosen = [word for language in languages for word in ("--language", language)]
        with suppress(CommandError, NothingLeftError):
            call_command("publications", act, str(self._key(number)), *chosen, *rest, stdout=StringIO())

    def _say(self, word: str) -> str:
        self.count += 1
        return f"{word} {self.count}"

    def _pages(self, *models: type[ContentPage]) -> list[Any]:
        return [page for model in models or (NewsPage, PersonPage, InfoPage) for page in model.objects.order_by("pk")]

    def _page(self, number: int, *models: type[ContentPage]) -> Any:
        return self._choose(number, self._pages(*models))

    def _key(self, number: int) -> UUID:
        keys: UUID = self._choose(number, list(Publication.objects.order_by("pk").values_list("key", flat=True)))
        return keys

    def _choose(self, number: int, there: list[Any]) -> Any:
        if not there:
            raise NothingLeftError
        return there[number % len(there)]


def _link_to(page: ContentPage) -> dict[str, Any]:
    kind = declaration_of(type(page)).kind
    link = {"title": "", "description": "", "url": "", "page": f"{kind}/{page.translation_key}"}
    return {"type": "link_list", "value": {"title": "", "links": [{"type": "item", "value": link}]}}


def test_who_follows_the_changes_ends_with_what_the_hub_has(
    opened: Opened, transactional_db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    Life.opened = opened
    tried = hypothesis.settings(
        max_examples=LIVES,
        stateful_step_count=ACTS_IN_A_LIFE,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[phase for phase in hypothesis.Phase if "LIVES" in os.environ or phase is not hypothesis.Phase.shrink],
        print_blob=True,
    )
    run_state_machine_as_test(Life, settings=tried)
