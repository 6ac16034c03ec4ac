"""A source that was restricted after its translation began: its words are shown nowhere to whoever may not read it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail_localize.models import Translation

from cms.translation.files.choosing import find_waiting
from cms.translation.publishing import publish_translation
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators import desk
from tests.translators.desk import UK, signed_in

TITLE, LEAD = "Hemlig titel", "Hemligt tills vidare: förhandlingarna har strandat."
NOT_THEIRS = "source you may not read"


@pytest.fixture
def published(ukrainian: Translation) -> Translation:
    """The translation, published before its source is restricted."""
    desk.say(ukrainian, UK)
    publish_translation(ukrainian)
    desk.commit()
    return ukrainian


@pytest.fixture
def restricted(article: NewsPage, ukrainian: Translation) -> NewsPage:
    """Its source, restricted and published with other words."""
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    desk.commit()
    desk.rewrite(article, title=TITLE, lead=LEAD)
    return article


@pytest.fixture
def both(room: Newsroom) -> User:
    """Who translates into Ukrainian, and writes for Umeå in Swedish."""
    rights = {room.home("uk"): ("change", "publish"), room.section("umea", "sv"): ("change", "publish")}
    return desk.account("both", rights)


def edit(translation: Translation) -> str:
    return reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])


def shown(client: Client, address: str, **data: str) -> str:
    return client.get(address, data).content.decode()


def is_refused(client: Client, address: str, **data: str) -> bool:
    """Whether Wagtail leads somebody away because they may not see this."""
    answer = client.get(address, data)
    return answer.status_code == 302 and answer.headers["Location"] == reverse("wagtailadmin_home")


@pytest.mark.parametrize("editor", ["", "localize"])
def test_neither_workbench_nor_editor_shows_the_words_of_a_restricted_source(
    editor: str, published: Translation, restricted: NewsPage, translator: User, both: User
) -> None:
    said = shown(signed_in(translator), edit(published), editor=editor)
    assert NOT_THEIRS in said
    assert TITLE not in said
    assert LEAD not in said
    sent = signed_in(translator).post(edit(published), {}).content.decode()
    assert LEAD not in sent
    assert NOT_THEIRS in sent
    assert TITLE in shown(signed_in(both), edit(published), editor=editor)
    PageViewRestriction.objects.all().delete()
    assert TITLE in shown(signed_in(translator), edit(published), editor=editor)


def test_lists_call_the_text_by_its_own_public_title(
    published: Translation, restricted: NewsPage, translator: User, both: User
) -> None:
    for name in ("desk_queue", "wagtailadmin_home"):
        said = shown(signed_in(translator), reverse(name))
        assert TITLE not in said
        assert UK["title"] in said
    assert TITLE in shown(signed_in(both), reverse("desk_queue"))


def test_lists_give_a_draft_no_title_while_its_source_is_restricted(
    ukrainian: Translation, restricted: NewsPage, translator: User
) -> None:
    said = shown(signed_in(translator), reverse("desk_queue"))
    assert "A text whose source you may not read" in said
    assert TITLE not in said


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_no_file_has_the_words_of_a_restricted_source(
    kind: str, published: Translation, restricted: NewsPage, translator: User, both: User
) -> None:
    client, export = signed_in(translator), reverse("desk_files_export")
    number = str(published.pk)
    assert is_refused(client, export, translation=number, format=kind)
    assert client.get(export, {"waiting": "uk", "format": kind}).status_code == 400
    assert is_refused(client, reverse("wagtail_localize:download_pofile", args=[number]))
    assert TITLE not in shown(client, reverse("desk_files"))
    assert find_waiting(translator) == []
    assert LEAD in shown(signed_in(both), export, translation=number, format=kind)
    assert TITLE in shown(signed_in(both), reverse("desk_files"))


def test_nothing_else_answers_with_the_words_of_a_restricted_source(
    published: Translation, restricted: NewsPage, translator: User, both: User
) -> None:
    client, segment = signed_in(translator), desk.segment_of(published, LEAD)
    string = [published.pk, segment.pk]
    assert is_refused(client, reverse("desk_help", args=string))
    assert is_refused(client, reverse("wagtail_localize:preview_translation", args=[published.pk]))
    assert is_refused(client, reverse("wagtail_localize:update_translations", args=[published.source_id]))
    saved = client.post(reverse("desk_save_string", args=string), {"text": "Так", "as": str(translator.pk)})
    assert (saved.status_code, LEAD in saved.content.decode()) == (403, False)
    assert TITLE not in shown(client, reverse("desk_coverage"), format="json")
    for action in ("publish", "submit", "schedule"):
        answer = client.post(edit(published), {"action": action}, follow=True).content.decode()
        assert "förhandlingarna" not in answer
        assert TITLE not in answer
    assert signed_in(both).get(reverse("desk_help", args=string)).status_code == 200
