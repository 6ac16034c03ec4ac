"""A translation whose source was deleted is a page like others; every address of the desk answers for it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test.client import encode_multipart
from django.urls import reverse
from wagtail_localize.models import OverridableSegment, Translation

from cms.translation.publishing import publish_translation
from news.models import NewsPage
from tests.translators import desk
from tests.translators.desk import UK, sentences, signed_in

BUTTON = "Start Synced translation"
RESTART = {"localize-restart-translation": "1"}
GONE = "The page this was translated from is gone."


@pytest.fixture
def article() -> NewsPage:
    """The seed article, with a link that each language may have of its own."""
    article = desk.write_article("sv")
    desk.rewrite(article, canonical_url="https://www.umea.se/cherson")
    return desk.read(article)  # type: ignore[no-any-return]


@pytest.fixture
def left(article: NewsPage, ukrainian: Translation) -> NewsPage:
    """The published translation; its source is deleted."""
    desk.say(ukrainian, UK)
    publish_translation(ukrainian)
    desk.commit()
    article.delete()
    desk.commit()
    page: NewsPage = ukrainian.get_target_instance()
    return page


def enable(translation: Translation) -> None:
    """Take it up again, as it could be until now."""
    Translation.objects.filter(pk=translation.pk).update(enabled=True)


def leave(translation: Translation) -> None:
    """Leave it as localize does."""


def lose_source(translation: Translation) -> None:
    translation.source.get_source_instance().delete()
    desk.commit()


def lose_target(translation: Translation) -> None:
    translation.get_target_instance().delete()
    desk.commit()


def address(page: NewsPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_no_translation_is_taken_up_again_whose_source_is_gone(
    left: NewsPage, ukrainian: Translation, translator: User
) -> None:
    """Stock localize does it, and nobody can open the page from then on."""
    client = signed_in(translator)
    assert BUTTON not in client.get(address(left)).content.decode()
    answer = client.post(address(left), RESTART, follow=True)
    assert (answer.status_code, GONE in sentences(answer)) == (200, True)
    ukrainian.refresh_from_db()
    assert not ukrainian.enabled


@pytest.mark.parametrize("editor", ["", "?editor=localize"])
def test_a_translation_that_was_taken_up_without_its_source_opens_as_a_page(
    editor: str, left: NewsPage, ukrainian: Translation, translator: User
) -> None:
    enable(ukrainian)
    answer = signed_in(translator).get(address(left) + editor)
    assert (answer.status_code, "form" in answer.context) == (200, True)


@pytest.mark.parametrize(("lose", "then"), [(lose_source, leave), (lose_source, enable), (lose_target, leave)])
def test_no_address_of_a_translation_fails_when_one_of_its_pages_is_gone(
    lose: Callable[[Translation], None],
    then: Callable[[Translation], None],
    ukrainian: Translation,
    admin_user: User,
) -> None:
    desk.say(ukrainian, UK)
    client, segment = signed_in(admin_user), desk.open_segments(ukrainian)[0].pk
    link = OverridableSegment.objects.get(source=ukrainian.source, context__path="canonical_url").pk
    here, localize = [ukrainian.pk], "wagtail_localize:"
    lose(ukrainian)
    wanted = [
        (client.get, "preview_translation", here),
        (client.get, "preview_translation", [*here, "default"]),
        (client.get, "update_translations", [ukrainian.source_id]),
        (client.post, "update_translations", [ukrainian.source_id]),
        (client.get, "download_pofile", here),
        (client.post, "upload_pofile", here),
        (client.put, "edit_string_translation", [*here, segment]),
        (client.delete, "edit_string_translation", [*here, segment]),
        (client.delete, "edit_override", [*here, link]),
        (client.get, "desk_help", [*here, segment]),
        (client.post, "desk_save_string", [*here, segment]),
        (client.post, "desk_machine", here),
        (client.post, "stop_translation", here),
    ]
    data = encode_multipart("misto", {"value": UK["title"]})
    for ask, name, args in wanted:
        then(ukrainian)
        url = reverse(name if name.startswith("desk") else localize + name, args=args)
        sent = {} if ask == client.get else {"data": data, "content_type": "multipart/form-data; boundary=misto"}
        assert ask(url, **sent).status_code < 500, name  # type: ignore[operator]


@pytest.mark.parametrize("lose", [lose_source, lose_target])
def test_there_is_no_preview_of_what_has_no_source_or_is_gone(
    lose: Callable[[Translation], None], ukrainian: Translation, admin_user: User
) -> None:
    lose(ukrainian)
    url = reverse("wagtail_localize:preview_translation", args=[ukrainian.pk])
    assert signed_in(admin_user).get(url).status_code == 404
