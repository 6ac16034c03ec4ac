"""A translation whose source was deleted is a page like others; every address of the desk answers for it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.test.client import encode_multipart
from django.urls import reverse
from wagtail_localize.models import OverridableSegment, Translation

from cms.translation.models import accept, unconfirmed
from cms.translation.provenance import translation_of
from cms.translation.publishing import publish_translation
from cms.translation.workbench.rows import read_rows
from cms.translation.workbench.versions import versions_of
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


# --- Made again: the same words, and a key of its own -----------------------------------------------------------------


@pytest.fixture
def again(left: NewsPage) -> NewsPage:
    """The source, written once more after it was deleted."""
    return desk.write_article("sv")


@pytest.fixture
def begun_again(again: NewsPage) -> Translation:
    """Its translation, begun."""
    return desk.begin(again, "uk")


def queue_of(user: User) -> list[tuple[str, str]]:
    """Return the states and the titles that a translator's queue shows."""
    entries = signed_in(user).get(reverse("desk_queue")).context["entries"]
    return [(entry.state, str(entry.key)) for entry in entries]


def test_a_source_that_is_made_again_is_another_text_and_waits_in_the_queue(
    left: NewsPage, again: NewsPage, translator: User
) -> None:
    key = str(again.translation_key)
    assert again.translation_key != left.translation_key
    assert queue_of(translator) == [("new", key)]
    desk.begin(again, "uk")
    assert queue_of(translator) == [("begun", key)]


def test_a_source_that_is_made_again_gets_what_was_translated_of_the_first_to_accept(
    begun_again: Translation, translator: User
) -> None:
    marks = {mark.string_translation for mark in unconfirmed(begun_again)}
    assert {row.data for row in marks} == set(UK.values())
    page = desk.read(begun_again.get_target_instance())
    assert not page.live
    assert any("accepted" in said for said in desk.press_publish(signed_in(translator), page))


def test_the_first_translation_keeps_its_text_its_history_and_its_readers(
    left: NewsPage, begun_again: Translation, ukrainian: Translation, translator: User
) -> None:
    told = translation_of(left)
    versions = [versions_of(ukrainian, each) for each in desk.open_segments(ukrainian)]
    for mark in unconfirmed(begun_again):
        accept(mark.string_translation, translator)
    publish_translation(begun_again)
    desk.commit()
    desk.rewrite(begun_again.source.get_source_instance(), lead="Samarbetet har börjat.")
    page = desk.read(begun_again.get_target_instance())
    assert (page.lead, desk.read(left).lead) == (UK["lead"], UK["lead"])
    assert page.slug != left.slug
    assert (translation_of(page).is_stale, translation_of(desk.read(left))) == (True, told)
    assert [versions_of(ukrainian, each) for each in desk.open_segments(ukrainian)] == versions
    for each in (page, left):
        assert Client().get(f"/content/v1/uk/news/{each.translation_key}").status_code == 200
    assert queue_of(translator) == [("stale", str(page.translation_key))]


def test_every_page_of_the_desk_opens_for_both(left: NewsPage, begun_again: Translation, admin_user: User) -> None:
    client, page = signed_in(admin_user), begun_again.get_target_instance()
    asked = f"?q={UK['box']}&source=sv&target=uk"
    pages = [reverse(name) for name in ("wagtailadmin_home", "desk_queue", "desk_coverage", "desk_files")]
    pages += [reverse("desk_concordance") + asked, reverse("wagtailadmin_explore", args=[page.get_parent().pk])]
    pages += [address(each) for each in (left, page, begun_again.source.get_source_instance())]
    pages += [reverse("wagtailadmin_pages:history", args=[each.pk]) for each in (left, page)]
    assert {url: client.get(url).status_code for url in pages} == dict.fromkeys(pages, 200)


def test_nothing_comes_back_of_what_was_erased_with_its_last_page(
    left: NewsPage, translator: User, article: NewsPage
) -> None:
    left.delete()
    desk.commit()
    begun = desk.begin(desk.write_article("sv"), "uk")
    assert not unconfirmed(begun).exists()
    assert [row.said for row in read_rows(begun)] == [None] * len(UK)
    assert [state for state, _key in queue_of(translator)] == ["new"]
