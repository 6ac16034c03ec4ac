"""What is one's own is not changed past a lock, a review of others, a day to go live, or a source one may not read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import polib
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.test.client import encode_multipart
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.translation.acts import Act, Hold, Reach
from cms.translation.matrix import MATRIX, find_act, table_of_holds
from cms.translation.publishing import save_translation_draft
from cms.translation.schedules import Schedule
from cms.translation.sources import find_translation
from cms.translation.workbench.rows import version_of
from tests.editors.forms import article as typed_article
from tests.translators.desk import read
from tests.translators.everywhere import (
    BULK,
    Stage,
    arguments_of,
    has_object,
    is_refusal,
    names,
    prepare,
)
from tests.translators.test_matrix import DOCS
from tests.translators.test_matrix_by_deed import address, look_up_form, sign_in, watch

pytestmark = pytest.mark.slow

ASIDE = ("wagtailadmin_formstate", "wagtailcore_pagesubscription")
"""What a form holds that nobody has sent, and who is told of comments: nothing of a text."""
NOTHING_LEFT = {
    ("wagtailadmin_pages:lock", Hold.LOCK),  # it is locked already
    ("wagtailadmin_pages:workflow_action", Hold.REVIEW),  # that step is not one's own
    ("wagtailadmin_pages:workflow_action", Hold.SCHEDULE),  # it waits for its day when its review has ended
}


@dataclass(frozen=True)
class Deed:
    """Something that is sent to an address about a page of one's own."""

    name: str
    page: Page
    arguments: dict[str, Any]
    form: dict[str, Any]

    def act(self) -> Act:
        found = find_act(self.name)
        assert found
        return found

    def __str__(self) -> str:
        return f"{self.name} {self.form.get('action', '')} ({self.page.locale.language_code})"


def _lock(page: Page, stage: Stage, person: User) -> None:
    """As an administrator does."""
    locked = {"locked": True, "locked_by": stage.people["administrator"], "locked_at": timezone.now()}
    Page.objects.filter(pk=page.pk).update(**locked)


def _review(page: Page, stage: Stage, person: User) -> None:
    """Bring it to the first step that is not theirs."""
    administrator = stage.people["administrator"]
    state = page.get_workflow().start(page, administrator)
    while state.current_task_state.task.specific.get_actions(page, person):
        state.current_task_state.specific.approve(user=administrator)
        state.refresh_from_db()
    assert read(page).workflow_in_progress


def _schedule(page: Page, stage: Stage, person: User) -> None:
    day = timezone.now() + timedelta(days=3)
    if translation := find_translation(page):
        save_translation_draft(translation, schedule=Schedule(day)).publish()
        return
    draft = page.get_latest_revision_as_object()
    draft.go_live_at = day
    draft.save_revision().publish()


def _restrict(page: Page, stage: Stage, person: User) -> None:
    translation = find_translation(page)
    assert translation
    PageViewRestriction.objects.create(page=translation.source.get_source_instance(), restriction_type="login")


HOLDS: dict[Hold, Callable[[Page, Stage, User], None]] = {
    Hold.LOCK: _lock,
    Hold.REVIEW: _review,
    Hold.SCHEDULE: _schedule,
    Hold.RESTRICTION: _restrict,
}


def test_the_documentation_shows_what_holds_a_text() -> None:
    assert table_of_holds() in DOCS.read_text()


@pytest.mark.parametrize("role", ["editor", "translator", "reviewer"])
def test_whatever_holds_a_text_holds_it_at_every_address(role: str, stage: Stage, settings: Settings) -> None:
    """Each deed changes something of what is one's own, and nothing while something holds that."""
    settings.MACHINE_ENGINES = {("*", "*"): "wordlist"}
    holds = [hold for hold in Hold if hold != Hold.RESTRICTION or role != "editor"]  # who may read their sources
    with override("en"):
        deeds = [deed for deed in find_deeds(stage, role) if is_done(deed, stage, role)]
        odd = [
            f"{deed}: declared {hold in deed.act().held_by} while {hold}"
            for deed in deeds
            for hold in holds
            if (deed.name, hold) not in NOTHING_LEFT
            and is_done(deed, stage, role, hold) is (hold in deed.act().held_by)
        ]
    assert not odd, "\n" + "\n".join(odd)
    declared = {act.what for act in MATRIX if act.held_by and act.reach(role) != Reach.NONE}
    assert declared - {deed.act().what for deed in deeds} == set()


def is_done(deed: Deed, stage: Stage, role: str, hold: Hold | None = None) -> bool:
    """Whether somebody who does it, past what holds its page, changes anything; all is taken back at once."""
    person = User.objects.get(username=role)
    client = sign_in(person)
    with transaction.atomic():
        arguments = prepare(client, deed.name, deed.arguments)
        if hold:
            HOLDS[hold](read(deed.page), stage, person)
        if deed.name == "desk_machine":
            StringTranslation.objects.filter(locale=deed.page.locale_id)[0].delete()
        with watch() as written:
            answer = _send(client, address(deed.name, arguments), deed.form)
        transaction.set_rollback(True)
    return not is_refusal(answer) and any(not any(f'"{table}"' in line for table in ASIDE) for line in written)


def find_deeds(stage: Stage, role: str) -> Iterator[Deed]:
    """Yield what somebody may send to each address about a page of theirs."""
    for name in names():
        act = find_act(name)
        if act and act.reach(role) != Reach.NONE and name not in BEFORE_THERE_IS_ONE:
            for arguments in _arguments(stage, role, name):
                page = _page_of(arguments, stage, role)
                if page:
                    yield from _deeds_at(name, page, arguments, stage, role)
    for translation in stage.translations[role, "own"]:
        form = {"file": _file_of(translation, stage.people[role])}
        yield Deed("desk_files", translation.get_target_instance(), {}, form)


BEFORE_THERE_IS_ONE = ("wagtail_localize:submit_page_translation",)
NAMING = ("page_id", "page_to_move_id", "parent_page_id", "id")
BUTTONS = ("publish", "submit", "schedule")
"""What is pressed at the workbench about a text that is in no review."""


def _arguments(stage: Stage, role: str, name: str) -> list[dict[str, Any]]:
    is_of_files = name.startswith(BULK) and not name.startswith(f"{BULK} page")
    return [] if is_of_files or not has_object(name) else arguments_of(stage, role, "own", name)


def _page_of(arguments: dict[str, Any], stage: Stage, role: str) -> Page | None:
    """Return the page that an address is about, by itself or by its translation."""
    number = next((arguments[param] for param in NAMING if param in arguments), None)
    if number:
        return next((page for page in stage.pages[role, "own"] if page.pk == number), None)
    known = ("translation_id", "pk"), ("translation_source_id", "source_id"), ("key", "source__object_id")
    asked = {field: arguments[param] for param, field in known if param in arguments}
    mine = [translation.pk for translation in stage.translations[role, "own"]]
    found = Translation.objects.filter(**asked, pk__in=mine).first() if asked else None
    return found.get_target_instance() if found else None


def _deeds_at(name: str, page: Page, arguments: dict[str, Any], stage: Stage, role: str) -> Iterator[Deed]:
    with transaction.atomic():
        prepared = prepare(sign_in(stage.people[role]), name, arguments)
        form = look_up_form(sign_in(stage.people["administrator"]), address(name, prepared))
        transaction.set_rollback(True)
    for said in _said(name, page, arguments, stage.people[role]):
        yield Deed(name, page, arguments, {**form, **said})


def _said(name: str, page: Page, arguments: dict[str, Any], person: User) -> list[dict[str, Any]]:
    """Return what somebody types into the form at an address, or what a script sends from there."""
    translation = find_translation(page)
    match name:
        case "wagtailadmin_pages:edit" if translation:
            return [{"action": button} for button in BUTTONS]
        case "wagtailadmin_pages:edit":
            return [typed_article(title=page.title, slug=page.slug, lead="Ett nytt stycke.")]
        case "wagtailadmin_pages:set_privacy":
            return [{"restriction_type": "login"}]
        case "desk_assign":
            return [{"due": "2030-06-24"}]
        case "wagtail_localize:upload_pofile" if translation:
            return [{"file": _file_of(translation, person)}]
        case "wagtail_localize:edit_override":
            return [{"value": "https://www.umea.se/kherson"}]
        case "wagtail_localize:edit_string_translation":
            return [{"value": "Умео"}]
        case "desk_save_string":
            segment = StringSegment.objects.get(pk=arguments["segment_id"])
            stored = StringTranslation.objects.get(
                translation_of=segment.string_id, context=segment.context_id, locale=page.locale_id
            )
            return [{"text": "Умео", "base": version_of(stored), "as": person.pk}]
    return [{}]


def _file_of(translation: Translation, person: User) -> bytes:
    """Return a file of it in which each text is another."""
    answer = sign_in(person).get(reverse("desk_files_export"), {"translation": translation.pk, "format": "po"})
    po = polib.pofile(answer.content.decode())
    for entry in po:
        entry.msgstr += "."
    return str(po).encode()


def _send(client: Client, url: str, form: dict[str, Any]) -> Any:
    """Press the button; localize's editor puts what was typed there."""
    files = {name: SimpleUploadedFile("misto.po", data) for name, data in form.items() if isinstance(data, bytes)}
    answer = client.post(url, {**form, **files})
    if answer.status_code == 405 and "value" in form:
        body = encode_multipart("misto", form)
        answer = client.put(url, body, content_type="multipart/form-data; boundary=misto")
    return answer
