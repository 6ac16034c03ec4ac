"""What is live in a language changes only by being published: no other act writes it, or calls what would."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import encode_multipart
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.translation.publishing import publish_translation
from cms.translation.submitting import translate
from home.models import InfoPage
from tests.newsroom import Newsroom, add, publish
from tests.translators.desk import commit, in_language, open_segments, read, say_one, signed_in, submit

SOURCE, SAID, NEWER = "Hör av dig till kommunen.", "Звертайтеся до муніципалітету.", "Цього ще ніхто не читав."


@pytest.fixture
def contact(room: Newsroom) -> Translation:
    """A page below another, live in Ukrainian, with newer words that nobody has read and a newer source."""
    about = publish(add(room.section("umea", "sv"), InfoPage(title="Om samarbetet", lead="Så arbetar vi.")))
    page = publish(add(about, InfoPage(title="Kontakt", lead=SOURCE)))
    publish_translation(_said(about, {"Om samarbetet": "Про співпрацю", "Så arbetar vi.": "Як ми працюємо."}))
    translation = _said(page, {"Kontakt": "Контакти", SOURCE: SAID})
    publish_translation(translation)
    commit()
    say_one(translation, _segment(translation, SOURCE), NEWER)
    return translation


def _said(page: Any, words: dict[str, str]) -> Translation:
    translation = translate(read(page), "uk")
    for source, text in words.items():
        say_one(translation, _segment(translation, source), text)
    return translation


def _segment(translation: Translation, text: str) -> Any:
    return next(segment for segment in open_segments(translation) if segment.string.data == text)


def page_of(translation: Translation) -> Page:
    return translation.get_target_instance()  # type: ignore[no-any-return]


def submit_again(client: Client, translation: Translation) -> Any:
    return submit(client, translation.source.get_source_instance(), "uk")


def submit_all_above(client: Client, translation: Translation) -> Any:
    above = translation.source.get_source_instance().get_parent().specific
    return submit(client, above, "uk", "fi", include_subtree="on")


def submit_all_above_elsewhere(client: Client, translation: Translation) -> Any:
    above = translation.source.get_source_instance().get_parent().specific
    return submit(client, above, "fi", include_subtree="on")


def sync_and_publish(client: Client, translation: Translation) -> Any:
    url = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    return client.post(url, {"publish_translations": "on"})


def send_a_file(client: Client, translation: Translation) -> Any:
    po = translation.export_po()
    for entry in po:
        entry.msgstr = NEWER
    file = SimpleUploadedFile("uk.po", str(po).encode())
    return client.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), {"file": file})


def type_a_text(client: Client, translation: Translation) -> Any:
    segment = _segment(translation, SOURCE)
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    body = encode_multipart("misto", {"value": NEWER})
    return client.put(url, body, content_type="multipart/form-data; boundary=misto")


def stop_and_restart(client: Client, translation: Translation) -> Any:
    client.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))
    edit = reverse("wagtailadmin_pages:edit", args=[page_of(translation).pk])
    return client.post(edit, {"localize-restart-translation": "1"})


def send_to_review(client: Client, translation: Translation) -> Any:
    return client.post(reverse("wagtailadmin_pages:edit", args=[page_of(translation).pk]), {"action": "submit"})


def translate_by_machine(client: Client, translation: Translation) -> Any:
    return client.post(reverse("wagtail_localize:machine_translate", args=[translation.pk]))


ACTS = [
    submit_again,
    submit_all_above,
    submit_all_above_elsewhere,
    sync_and_publish,
    send_a_file,
    type_a_text,
    stop_and_restart,
    send_to_review,
    translate_by_machine,
]


@pytest.mark.parametrize("act", ACTS)
def test_only_publishing_changes_what_is_live(
    act: Callable[[Client, Translation], Any],
    contact: Translation,
    admin_user: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """Traps 2 and 3: stock localize writes the live row by `save_target`, and leaves wrong numbers in the tree."""
    called: list[Translation] = []
    monkeypatch.setattr(Translation, "save_target", lambda self, **_options: called.append(self))
    before = Page.objects.filter(translation_key=contact.source.object_id).values_list("pk", "title", "live")
    known = list(before)
    with django_capture_on_commit_callbacks(execute=True):
        act(signed_in(admin_user), contact)
    assert called == []
    assert list(before.filter(pk__in=[pk for pk, *_rest in known])) == known
    page = in_language(contact.source.get_source_instance(), "uk")
    assert (page.live, page.lead) == (True, SAID)
    assert Page.find_problems() == ([], [], [], [], [])


def test_publishing_does_not_call_it_either(
    contact: Translation, admin_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap 3: it writes the live row before it knows whether the draft can be published."""
    monkeypatch.setattr(Translation, "save_target", lambda *_args, **_options: pytest.fail("localize wrote the row"))
    edit = reverse("wagtailadmin_pages:edit", args=[page_of(contact).pk])
    signed_in(admin_user).post(edit, {"action": "publish"})
    assert in_language(contact.source.get_source_instance(), "uk").lead == NEWER
