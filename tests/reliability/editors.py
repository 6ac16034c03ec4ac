"""Editors at work, as random acts: they write, schedule, move, hide, describe pictures, and call texts back by command.

A subclass of `Editors` puts somebody beside them who follows what they do.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from wagtail.models import PageViewRestriction

from cms.content.documents import declaration_of
from cms.content.errors import PublishingRefused
from cms.content.files import ContentDocument
from cms.content.images import Consent, ContentImage, ImageText
from cms.content.pages import ContentPage
from cms.publications.models import Counter, Publication, new_epoch
from cms.translation.errors import TranslationRefused
from cms.translation.models import Name, NameForm
from home.models import Featured, HomePage, InfoPage
from news.models import ChangeNote, NewsPage, NewsTopic, TopicPage
from partners.models import PartnerPage, PartnershipPage, PersonPage
from tests.newsroom import translate
from tests.reliability.acts import fresh
from tests.reliability.conftest import Opened, open_again
from tests.reliability.stage import draw, publish_new

DRAFT = "Utkast"

NUMBERS = st.integers(0, 20)
HOURS = st.integers(1, 30)
LANGUAGES = st.sampled_from(["sv", "uk"])
SOME_LANGUAGES = st.sampled_from([[], ["sv"], ["uk"]])

WRITTEN = (NewsPage, PersonPage, InfoPage)
"""What editors write every day, and may take away again."""

KEPT = (PartnerPage, HomePage, TopicPage, PartnershipPage)
"""What the set-up made, and editors look after."""

REFUSALS = (PublishingRefused, TranslationRefused, ValidationError)

now = timezone.now
"""The real time; the hub's goes ahead of it."""


class NothingLeftError(LookupError):
    """There is nothing of this sort to act upon."""


class Editors(RuleBasedStateMachine):
    """Editors of two cities, a newsroom that they share, and a clock that they can wait for."""

    opened: Opened

    def __init__(self) -> None:
        super().__init__()
        self.ahead = timedelta()
        self.clock = patch("django.utils.timezone.now", lambda: now() + self.ahead)
        self.clock.start()
        self.room = open_again(self.opened)
        Counter.objects.update(epoch=new_epoch())  # what is kept of another life is of another order of changes
        self.count = 0

    def teardown(self) -> None:
        self.clock.stop()

    # --- texts --------------------------------------------------------------------------------------------------------

    @rule(language=LANGUAGES, about=NUMBERS)
    def write(self, language: str, about: int) -> None:
        def act() -> None:
            page = NewsPage(title=self._say("Nytt"), lead=self._say("Nytt"), body=[_link_to(self._page(about))])
            publish_new(fresh(self.room.umea_news[language]), page)

        self._do(act)

    @rule(number=NUMBERS)
    def edit(self, number: int) -> None:
        self._edit(self._page, number)

    @rule(number=NUMBERS)
    def edit_what_the_set_up_made(self, number: int) -> None:
        self._edit(lambda number: self._page(number, *KEPT), number)

    @rule(number=NUMBERS)
    def keep_a_draft(self, number: int) -> None:
        def act() -> None:
            page = self._page(number, *WRITTEN, *KEPT)
            page.title = self._say(DRAFT)
            page.save_revision()

        self._do(act)

    @rule(number=NUMBERS)
    def unpublish(self, number: int) -> None:
        self._do(lambda: self._page(number).unpublish())

    @rule(number=NUMBERS)
    def unpublish_what_the_set_up_made(self, number: int) -> None:
        self._do(lambda: self._page(number, *KEPT).unpublish())

    @rule(number=NUMBERS)
    def publish_again(self, number: int) -> None:
        self._do(lambda: self._page(number, *WRITTEN, *KEPT).save_revision().publish())

    @rule(number=NUMBERS)
    def delete(self, number: int) -> None:
        self._do(lambda: self._page(number).delete())

    @rule(number=NUMBERS, language=LANGUAGES)
    def translate(self, number: int, language: str) -> None:
        def act() -> None:
            page = self._page(number, *WRITTEN, TopicPage, PartnershipPage)
            if page.language != language and page.live:
                translate(page, language, {})

        self._do(act)

    # --- what belongs to some of them ---------------------------------------------------------------------------------

    @rule(number=NUMBERS)
    def give_a_partner_another_name(self, number: int) -> None:
        def act() -> None:
            page = self._page(number, PartnerPage)
            page.website = f"https://www.umea.se/{self._say('om')}".replace(" ", "-")
            page.title = self._say("Umeå")
            page.save_revision().publish()

        self._do(act)

    @rule(number=NUMBERS, about=NUMBERS)
    def put_something_first(self, number: int, about: int) -> None:
        def act() -> None:
            home = self._page(number, HomePage)
            home.notice_text = self._say("Vi har stängt i dag")
            home.notice_at = timezone.now()
            home.featured = [Featured(page=self._page(about), locale=home.locale)]
            home.save_revision().publish()

        self._do(act)

    @rule(number=NUMBERS, about=NUMBERS)
    def tag(self, number: int, about: int) -> None:
        def act() -> None:
            page = self._page(number, NewsPage)
            page.topics = [NewsTopic(page=self._page(about, TopicPage), locale=page.locale)]
            page.save_revision().publish()

        self._do(act)

    @rule(number=NUMBERS)
    def tell_of_a_change(self, number: int) -> None:
        def act() -> None:
            page = self._page(number, NewsPage)
            page.change_notes.add(ChangeNote(weight="major", text=self._say("Rättat"), locale=page.locale))
            page.save_revision().publish()

        self._do(act)

    @rule(number=NUMBERS)
    def appoint(self, number: int) -> None:
        def act() -> None:
            appointment = self._page(number, PersonPage).appointments.first()
            appointment.title = self._say("kommunalråd")
            appointment.save()

        self._do(act)

    @rule(number=NUMBERS, days=st.integers(0, 2))
    def end_an_appointment(self, number: int, days: int) -> None:
        def act() -> None:
            appointment = self._page(number, PersonPage).appointments.first()
            appointment.end = timezone.now().date() + timedelta(days=days)
            appointment.save()

        self._do(act)

    @rule(number=NUMBERS)
    def hide_a_person(self, number: int) -> None:
        self._do(lambda: self._page(number, PersonPage).unpublish())

    @rule(number=NUMBERS, days=st.integers(0, 2))
    def show_a_person_for_some_days(self, number: int, days: int) -> None:
        def act() -> None:
            page = self._page(number, PersonPage)
            page.ground, page.consent_until = "consent", timezone.now().date() + timedelta(days=days)
            page.save_revision().publish()

        self._do(act)

    # --- places -------------------------------------------------------------------------------------------------------

    @rule(number=NUMBERS)
    def move(self, number: int) -> None:
        def act() -> None:
            page = self._page(number, NewsPage)
            sections = [self.room.umea_news[page.language], self.room.kherson_news[page.language]]
            [target] = [section for section in sections if section.pk != page.get_parent().pk]
            page.move(fresh(target), pos="last-child")

        self._do(act)

    @rule(number=NUMBERS, to=NUMBERS)
    def move_with_what_is_below(self, number: int, to: int) -> None:
        def act() -> None:
            page = self._page(number, InfoPage)
            places = [self.room.umea, self.room.kherson, self.room.homes]
            page.move(fresh(places[to % len(places)][page.language]), pos="last-child")

        self._do(act)

    @rule(number=NUMBERS)
    def give_another_slug(self, number: int) -> None:
        def act() -> None:
            page = self._page(number, *WRITTEN, *KEPT)
            self.count += 1  # no two pages of a section have the same address
            page.slug = f"adress-{self.count}"
            page.save_revision().publish()

        self._do(act)

    @rule(number=NUMBERS)
    def give_another_slug_by_hand(self, number: int) -> None:
        def act() -> None:
            page = self._page(number, *WRITTEN, *KEPT)
            self.count += 1
            page.slug = f"adress-{self.count}"
            page.save()

        self._do(act)

    @rule(number=NUMBERS)
    def restrict(self, number: int) -> None:
        places = [*self._pages(), *self.room.umea.values(), *self.room.people.values()]
        page = places[number % len(places)]
        self._do(lambda: PageViewRestriction.objects.create(page=page, restriction_type="login"))

    @rule(number=NUMBERS)
    def lift_a_restriction(self, number: int) -> None:
        self._do(lambda: self._one_of(PageViewRestriction, number).delete())

    @rule(number=NUMBERS, to=NUMBERS)
    def restrict_another_page_instead(self, number: int, to: int) -> None:
        def act() -> None:
            restriction = self._one_of(PageViewRestriction, number)
            restriction.page = self._page(to, *WRITTEN, *KEPT)
            restriction.save()

        self._do(act)

    @rule()
    def lift_all_restrictions(self) -> None:
        self._do(lambda: [restriction.delete() for restriction in PageViewRestriction.objects.all()])

    # --- time ---------------------------------------------------------------------------------------------------------

    @rule(number=NUMBERS, hours=HOURS)
    def schedule(self, number: int, hours: int) -> None:
        def act() -> None:
            page = self._page(number, *WRITTEN, *KEPT)
            page.title = self._say("Senare")
            page.go_live_at = timezone.now() + timedelta(hours=hours)
            page.save_revision().publish()

        self._do(act)

    @rule(language=LANGUAGES, hours=HOURS)
    def write_for_later(self, language: str, hours: int) -> None:
        def act() -> None:
            page = NewsPage(title=self._say("Senare"), lead=self._say("Senare"), body=[])
            page.go_live_at = timezone.now() + timedelta(hours=hours)
            publish_new(fresh(self.room.umea_news[language]), page)

        self._do(act)

    @rule(number=NUMBERS, hours=HOURS)
    def put_under_an_embargo(self, number: int, hours: int) -> None:
        def act() -> None:
            page = self._page(number)
            page.go_live_at = timezone.now() + timedelta(hours=hours)
            page.save()

        self._do(act)

    @rule(number=NUMBERS, hours=HOURS)
    def let_expire(self, number: int, hours: int) -> None:
        def act() -> None:
            page = self._page(number, *WRITTEN, TopicPage, PartnershipPage)
            page.expire_at = timezone.now() + timedelta(hours=hours)
            page.save_revision().publish()

        self._do(act)

    @rule(number=NUMBERS)
    def forget_the_dates(self, number: int) -> None:
        def act() -> None:
            page = self._page(number, *WRITTEN, *KEPT)
            page.go_live_at = page.expire_at = None
            page.save_revision().publish()

        self._do(act)

    @rule(hours=HOURS)
    def wait(self, hours: int) -> None:
        """Let time pass; the timer does what is due, and says what it cannot do."""
        self.ahead += timedelta(hours=hours)
        with suppress(CommandError):
            call_command("publish_scheduled", stdout=StringIO(), stderr=StringIO())

    # --- pictures, files, names ---------------------------------------------------------------------------------------

    @rule(number=NUMBERS, language=LANGUAGES)
    def describe_a_picture(self, number: int, language: str) -> None:
        def act() -> None:
            image = self._one_of(ContentImage, number)
            ImageText.objects.update_or_create(image=image, language=language, defaults={"alt": self._say("En bro")})

        self._do(act)

    @rule(number=NUMBERS)
    def credit_a_picture(self, number: int) -> None:
        def act() -> None:
            image = self._one_of(ContentImage, number)
            image.credit = self._say("Umeå kommun")
            image.save()

        self._do(act)

    @rule(number=NUMBERS, days=st.none() | st.integers(0, 2))
    def ask_those_in_a_picture(self, number: int, days: int | None) -> None:
        def act() -> None:
            image = self._one_of(ContentImage, number)
            image.consent = Consent.MISSING if days is None else Consent.GIVEN
            image.consent_until = None if days is None else timezone.now().date() + timedelta(days=days)
            image.save()

        self._do(act)

    @rule(number=NUMBERS)
    def replace_a_picture(self, number: int) -> None:
        def act() -> None:
            image = self._one_of(ContentImage, number)
            image.file = draw(f"{self._say('bro')}.png", f"#6b1b{self.count % 90 + 10}")
            image.save()

        self._do(act)

    @rule(number=NUMBERS)
    def give_a_document_another_title(self, number: int) -> None:
        def act() -> None:
            document = self._one_of(ContentDocument, number)
            document.title = self._say("Avsiktsförklaring")
            document.save()

        self._do(act)

    @rule(number=NUMBERS)
    def replace_a_document(self, number: int) -> None:
        def act() -> None:
            document = self._one_of(ContentDocument, number)
            name = self._say("loi").replace(" ", "-")
            document.file = ContentFile(b"%PDF-1.4 Letter of Intent, " + name.encode(), name=f"{name}.pdf")
            document.file_size = None
            document.save()

        self._do(act)

    @rule(number=NUMBERS, which=st.sampled_from([ContentImage, ContentDocument]))
    def delete_a_picture_or_a_document(self, number: int, which: type[ContentImage] | type[ContentDocument]) -> None:
        self._do(lambda: self._one_of(which, number).delete())

    @rule(number=NUMBERS, language=LANGUAGES)
    def register_a_name(self, number: int, language: str) -> None:
        def act() -> None:
            name = Name(kind="place", page=self._page(number, PersonPage, PartnerPage))
            name.forms = [NameForm(text=self._say("Cherson"), language=language)]
            name.save()

        self._do(act)

    @rule(number=NUMBERS)
    def write_a_registered_name_otherwise(self, number: int) -> None:
        def act() -> None:
            form = self._one_of(NameForm, number)
            form.text = self._say("Kherson")
            form.save()

        self._do(act)

    @rule(number=NUMBERS, to=NUMBERS)
    def give_a_registered_name_to_another_page(self, number: int, to: int) -> None:
        def act() -> None:
            name = self._one_of(Name, number)
            name.page = self._page(to, PersonPage, PartnerPage)
            name.save()

        self._do(act)

    @rule(number=NUMBERS)
    def delete_a_registered_name(self, number: int) -> None:
        self._do(lambda: self._one_of(Name, number).delete())

    # --- by command ---------------------------------------------------------------------------------------------------

    @rule(number=NUMBERS, languages=SOME_LANGUAGES)
    def withdraw(self, number: int, languages: list[str]) -> None:
        self._command("withdraw", number, languages, "--notice", self._say("Återkallad"))

    @rule(number=NUMBERS, languages=SOME_LANGUAGES)
    def take_away(self, number: int, languages: list[str]) -> None:
        self._command("gone", number, languages, "--reason", "mistake", "--alternative", "https://www.umea.se/")

    @rule(number=NUMBERS, languages=SOME_LANGUAGES)
    def vanish(self, number: int, languages: list[str]) -> None:
        self._command("vanish", number, languages)

    @rule(number=NUMBERS, to=NUMBERS)
    def redirect(self, number: int, to: int) -> None:
        self._command("redirect", number, [], "--to", str(self._key(to)))

    @rule(number=NUMBERS)
    def restore_what_was_set_by_hand(self, number: int) -> None:
        self._command("restore", number, [])

    # --- what they need -----------------------------------------------------------------------------------------------

    def _edit(self, choose: Callable[[int], Any], number: int) -> None:
        def act() -> None:
            page = choose(number)
            page.title = self._say("Rubrik")
            page.save_revision().publish()

        self._do(act)

    def _do(self, act: Callable[[], object]) -> None:
        """Act as a request or a command does: in one transaction; what the hub refuses has not happened."""
        with suppress(*REFUSALS, NothingLeftError), transaction.atomic():
            act()

    def _command(self, act: str, number: int, languages: list[str], *rest: str) -> None:
        chosen = [word for language in languages for word in ("--language", language)]
        with suppress(CommandError, NothingLeftError):
            call_command("publications", act, str(self._key(number)), *chosen, *rest, stdout=StringIO())

    def _say(self, word: str) -> str:
        self.count += 1
        return f"{word} {self.count}"

    def _pages(self, *models: type[ContentPage]) -> list[Any]:
        return [page for model in models or WRITTEN for page in model.objects.order_by("pk")]

    def _page(self, number: int, *models: type[ContentPage]) -> Any:
        return _choose(number, self._pages(*models))

    def _key(self, number: int) -> UUID:
        key: UUID = _choose(number, list(Publication.objects.order_by("pk").values_list("key", flat=True)))
        return key

    def _one_of(self, model: Any, number: int) -> Any:
        return _choose(number, list(model.objects.order_by("pk")))


def _choose(number: int, there: list[Any]) -> Any:
    if not there:
        raise NothingLeftError
    return there[number % len(there)]


def _link_to(page: ContentPage) -> dict[str, Any]:
    kind = declaration_of(type(page)).kind
    link = {"title": "", "description": "", "url": "", "page": f"{kind}/{page.translation_key}"}
    return {"type": "link_list", "value": {"title": "", "links": [{"type": "item", "value": link}]}}
