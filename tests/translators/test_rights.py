"""Translators write their language, editors their section, and neither the other's."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.test import Client
from django.test.client import encode_multipart
from django.urls import reverse
from wagtail.models import Collection, Page, PageViewRestriction
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource

from cms.content.files import ContentDocument
from cms.content.images import ContentImage
from cms.publications.models import Publication
from cms.translation.permissions import languages_to_write, may_write
from cms.translation.publishing import publish_translation
from cms.translation.submitting import translate
from home.models import InfoPage
from news.models import NewsPage
from tests.newsroom import Newsroom, add, photograph
from tests.newsroom import publish as publish_page
from tests.translators.desk import (
    FI,
    SV,
    UK,
    account,
    commit,
    in_language,
    open_segments,
    press_publish,
    read,
    rewrite,
    save_draft,
    say,
    say_one,
    segment_of,
    sentences,
    signed_in,
    submit,
    write_article,
)

BOUNDARY = "misto"


@pytest.fixture
def finnish(article: NewsPage) -> Translation:
    """The article's translation into Finnish, begun."""
    return translate(article, "fi")


def put(client: Client, url: str, value: str) -> Any:
    """Send a value as localize's editor does."""
    body = encode_multipart(BOUNDARY, {"value": value})
    return client.put(url, body, content_type=f"multipart/form-data; boundary={BOUNDARY}")


def url_of_string(translation: Translation, text: str) -> str:
    segment = segment_of(translation, text)
    return reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])


def test_a_translator_types_a_translation_in_the_editor(ukrainian: Translation, translator: User) -> None:
    answer = put(signed_in(translator), url_of_string(ukrainian, SV["title"]), UK["title"])
    assert answer.status_code == 201, answer.content
    said = StringTranslation.objects.get(context__path="title")
    assert (said.data, said.last_translated_by) == (UK["title"], translator)


def test_a_translator_cannot_type_into_another_language(finnish: Translation, translator: User) -> None:
    answer = put(signed_in(translator), url_of_string(finnish, SV["title"]), "Uumaja ja Herson")
    assert answer.status_code == 403
    assert not StringTranslation.objects.exists()


def test_a_translator_opens_the_editor_of_their_own_language_only(
    article: NewsPage, ukrainian: Translation, finnish: Translation, translator: User
) -> None:
    client = signed_in(translator)
    mine, theirs, source = (in_language(article, language) for language in ("uk", "fi", "sv"))
    assert client.get(reverse("wagtailadmin_pages:edit", args=[mine.pk])).status_code == 200
    for page in (theirs, source):
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 302


def test_whatever_writes_in_a_translators_name_writes_their_language(finnish: Translation, translator: User) -> None:
    """Trap 5: PO files and machine translation end in the same rows."""
    with pytest.raises(PermissionDenied):
        say(finnish, {"title": "Uumaja ja Herson"}, user=translator)


@pytest.fixture
def somebody() -> User:
    """Who has localize's right and none on any page."""
    return account("somebody", {})


def upload_po(client: Client, translation: Translation) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    po = translation.export_po()
    for entry in po:
        entry.msgstr = "Uumaja"
    file = SimpleUploadedFile("misto.po", str(po).encode())
    return client.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), {"file": file})


def download_po(client: Client, translation: Translation) -> Any:
    return client.get(reverse("wagtail_localize:download_pofile", args=[translation.pk]))


def stop(client: Client, translation: Translation) -> Any:
    return client.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))


def preview(client: Client, translation: Translation) -> Any:
    return client.get(reverse("wagtail_localize:preview_translation", args=[translation.pk]))


def publish(client: Client, translation: Translation) -> Any:
    page = translation.get_target_instance()
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})


def update(client: Client, translation: Translation) -> Any:
    return client.post(
        reverse("wagtail_localize:update_translations", args=[translation.source_id]), {"publish_translations": "on"}
    )


@pytest.mark.parametrize("act", [upload_po, download_po, stop, preview, publish, update])
def test_no_door_leads_into_another_language(
    act: Callable[[Client, Translation], Any], article: NewsPage, finnish: Translation, translator: User
) -> None:
    answer = act(signed_in(translator), finnish)
    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_home"), "sent home, with a message"
    assert not StringTranslation.objects.exists()
    assert Translation.objects.get(pk=finnish.pk).enabled
    assert not in_language(article, "fi").live


def test_submitting_offers_a_translators_own_languages(article: NewsPage, translator: User) -> None:
    assert languages_to_write(translator, article) == ["uk"]
    url = reverse("wagtail_localize:submit_page_translation", args=[article.pk])
    offered = signed_in(translator).get(url).context["form"].fields["locales"].queryset
    assert [locale.language_code for locale in offered] == ["uk"]


def test_a_translator_begins_a_translation(article: NewsPage, translator: User) -> None:
    answer = submit(signed_in(translator), article, "uk")
    page = in_language(article, "uk")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not page.live


@pytest.mark.parametrize("who", ["translator", "kherson_editor", "somebody"])
def test_publishing_languages_that_are_not_mine(
    who: str, article: NewsPage, finnish: Translation, request: pytest.FixtureRequest
) -> None:
    """Trap 5, the first attack: with localize's one right, live pages in every language by “Sync and publish”."""
    say(finnish, FI)  # it lacks nothing but somebody who may publish it
    client = signed_in(request.getfixturevalue(who))
    theirs = NewsPage.objects.filter(translation_key=article.translation_key).exclude(locale__language_code="uk")
    known = list(theirs.values_list("pk", "live", "latest_revision"))
    page = in_language(article, "fi")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    in_bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    for languages in (["fi"], ["en"], ["uk", "en"], ["uk", "fi", "en"]):
        submit(client, article, *languages, include_subtree="on")
    update(client, finnish)
    client.post(edit, {"action": "publish"})
    client.post(edit, {"action-publish": "action-publish", "title": FI["title"], "slug": page.slug})
    client.post(f"{in_bulk}?id={page.pk}", {})
    client.post(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, page.latest_revision_id]), {})
    client.post(reverse("wagtail_localize:convert_to_alias", args=[page.pk]), {})
    commit()
    assert list(theirs.values_list("pk", "live", "latest_revision")) == known
    assert not Publication.objects.exclude(language__in=["sv", "uk"]).filter(key=article.translation_key).exists()


def test_a_user_without_rights_on_pages_begins_nothing(article: NewsPage) -> None:
    nobody = account("nobody", {})
    submit(signed_in(nobody), article, "uk")
    assert in_language(article, "uk") is None


def test_sync_and_publish_publishes_nothing(article: NewsPage, ukrainian: Translation, admin_user: User) -> None:
    """Traps 5 and 9: even for those who may publish."""
    url = reverse("wagtail_localize:update_translations", args=[ukrainian.source_id])
    client = signed_in(admin_user)
    assert b"publish_translations" not in client.get(url).content
    client.post(url, {"publish_translations": "on"})
    assert not in_language(article, "uk").live


@pytest.mark.parametrize("who", ["translator", "kherson_editor", "somebody"])
def test_reading_a_draft_through_submit(who: str, room: Newsroom, request: pytest.FixtureRequest) -> None:
    """Trap 5, the second attack: with localize's one right, a copy of what one cannot open, under one's own section."""
    about = publish_page(add(room.section("umea", "sv"), InfoPage(title="Om samarbetet", lead="Så arbetar vi.")))
    secret = add(about, InfoPage(title="Förhandlingarna har strandat", lead="Det får ingen veta.", live=False))
    secret.save_revision()
    save_draft(about, lead="Det får ingen veta.")
    client = signed_in(request.getfixturevalue(who))
    url = reverse("wagtail_localize:submit_page_translation", args=[secret.pk])
    shown = [client.get(url), submit(client, secret, "uk"), submit(client, secret, "uk", include_subtree="on")]
    assert {answer.status_code for answer in shown} == {302}
    shown += [
        submit(client, about, "uk", include_subtree="on"),
        client.get(reverse("wagtail_localize:submit_page_translation", args=[about.pk])),
        client.get(url),
    ]
    source = TranslationSource.objects.filter(object_id=about.translation_key).first()
    if source:
        shown.append(client.post(reverse("wagtail_localize:update_translations", args=[source.pk]), {}))
        shown.append(client.get(reverse("wagtailadmin_pages:edit", args=[in_language(about, "uk").pk])))
    assert source or who != "translator", "the page above is public, and theirs to translate"
    for answer in shown:
        assert "strandat" not in answer.content.decode()
        assert "ingen veta" not in answer.content.decode()
    assert in_language(secret, "uk") is None
    assert not TranslationSource.objects.filter(object_id=secret.translation_key).exists()
    assert not String.objects.filter(data__contains="ingen veta").exists()


def test_a_restricted_page_cannot_be_read_by_submitting_it(article: NewsPage, translator: User) -> None:
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    submit(signed_in(translator), article, "uk")
    assert in_language(article, "uk") is None


def test_the_title_of_a_draft_is_not_shown_to_translators(article: NewsPage, translator: User) -> None:
    save_draft(article, title="Förhandlingarna med Cherson har strandat")
    url = reverse("wagtail_localize:submit_page_translation", args=[article.pk])
    assert "strandat" not in signed_in(translator).get(url).content.decode()


def test_an_editor_is_told_to_publish_first(editor: User, room: Newsroom) -> None:
    """Trap 8: what is translated is what is published, never a first draft."""
    from tests.newsroom import add_seed_article

    draft = add_seed_article(room, live=False)
    both = account("umea-both", {room.section("umea", "sv"): ("change",), room.section("umea", "uk"): ("add",)})
    answer = submit(signed_in(both), draft, "uk")
    assert "Publish the page first" in answer.content.decode()
    assert in_language(draft, "uk") is None


@pytest.mark.parametrize("is_live", [True, False])
def test_giving_translators_the_newest_text_never_gives_them_a_draft(
    is_live: bool, article: NewsPage, ukrainian: Translation, admin_user: User
) -> None:
    """Trap 8: neither the draft of a public page, nor that of one that was taken back."""
    secret = "Hemligt tills vidare: förhandlingarna har strandat."
    if not is_live:
        read(article).unpublish()
    save_draft(article, lead=secret)
    url = reverse("wagtail_localize:update_translations", args=[ukrainian.source_id])
    signed_in(admin_user).post(url, {})
    commit()
    assert secret not in {segment.string.data for segment in open_segments(ukrainian)}


# --- A translator's right and what was first written in the language -----------------------------------------------


@pytest.fixture
def kherson_article() -> NewsPage:
    """An article that Kherson wrote in Ukrainian."""
    return write_article("uk", city="kherson")


def acts_on(page: Page) -> dict[str, str]:
    names = {
        "edit": "wagtailadmin_pages:edit",
        "delete": "wagtailadmin_pages:delete",
        "unpublish": "wagtailadmin_pages:unpublish",
        "move": "wagtailadmin_pages:move",
        "copy": "wagtailadmin_pages:copy",
        "history": "wagtailadmin_pages:history",
        "privacy": "wagtailadmin_pages:set_privacy",
    }
    return {name: reverse(url, args=[page.pk]) for name, url in names.items()}


@pytest.mark.parametrize("act", ["edit", "delete", "unpublish", "move", "copy", "history", "privacy"])
def test_a_translator_cannot_touch_what_was_written_in_their_language(
    act: str, kherson_article: NewsPage, translator: User
) -> None:
    answer = signed_in(translator).get(acts_on(kherson_article)[act])
    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_home")


@pytest.mark.parametrize("act", ["publish", "unpublish", "delete", "move"])
def test_nor_many_at_once(act: str, kherson_article: NewsPage, translator: User) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act])
    signed_in(translator).post(f"{url}?id={kherson_article.pk}", {})
    assert read(kherson_article).live


@pytest.mark.parametrize("act", ["publish", "unpublish", "delete", "move"])
def test_acting_on_many_pages_names_no_draft_of_others(
    act: str, room: Newsroom, kherson_article: NewsPage, translator: User, editor: User
) -> None:
    """Also when all pages below a page are asked for at once."""
    url, admin = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act]), User.objects.create_superuser("all")
    for user, city, language in ((translator, "umea", "sv"), (editor, "kherson", "uk")):
        secret = write_article(language, city=city)
        secret.unpublish()
        Page.objects.filter(pk=secret.pk).update(draft_title="Not for everybody")
        for asked in (f"id={secret.pk}", f"id=all&childOf={room.news(city, language).pk}"):
            assert "Not for everybody" not in signed_in(user).get(f"{url}?{asked}").content.decode()
            assert "Not for everybody" in signed_in(admin).get(f"{url}?{asked}").content.decode()
    assert kherson_article.title in signed_in(editor).get(f"{url}?id={kherson_article.pk}").content.decode()


@pytest.mark.parametrize("act", ["add_tags", "add_to_collection", "delete"])
@pytest.mark.parametrize("model", [ContentImage, ContentDocument])
def test_nor_files_of_others(
    model: type[ContentImage] | type[ContentDocument], act: str, room: Newsroom, translator: User, editor: User
) -> None:
    """Nor a file that one may not even choose."""
    root = Collection.get_first_root_node()
    closed = root.add_child(name="Not for everybody")
    file = ContentFile(photograph(), name="bild.jpg")
    size = {"width": 1000, "height": 600} if model is ContentImage else {}
    thing = model.objects.create(title="A secret drawing", file=file, collection=closed, **size)
    url = reverse("wagtail_bulk_action", args=["content", model._meta.model_name, act]) + f"?id={thing.pk}"
    for user in (translator, editor):
        assert "A secret drawing" not in signed_in(user).get(url).content.decode()
    admin = User.objects.create_superuser("all")
    assert "A secret drawing" in signed_in(admin).get(url).content.decode()


@pytest.mark.parametrize("kind", ["home", "section"])
def test_nor_homes_and_partners_profiles(kind: str, room: Newsroom, translator: User) -> None:
    page = room.home("uk") if kind == "home" else room.section("umea", "uk")
    rights = read(page).permissions_for_user(translator)
    acts = [rights.can_edit, rights.can_publish, rights.can_delete, rights.can_set_view_restrictions]
    assert not any(act() for act in acts)


def test_nor_index_pages(room: Newsroom, translator: User) -> None:
    rights = read(room.news("umea", "uk")).permissions_for_user(translator)
    acts = [rights.can_edit, rights.can_delete, rights.can_add_subpage, rights.can_unpublish]
    assert not any(act() for act in acts)


def test_nor_the_profile_when_it_is_a_translation(room: Newsroom, translator: User) -> None:
    source, _made = TranslationSource.get_or_create_from_instance(read(room.section("umea", "sv")))
    Translation.objects.create(source=source, target_locale=room.section("umea", "uk").locale)
    assert not read(room.section("umea", "uk")).permissions_for_user(translator).can_edit()


def test_a_translator_writes_no_page_of_their_own(room: Newsroom, article: NewsPage) -> None:
    bold = account("bold", {room.home("uk"): ("add", "change", "publish")})
    assert not read(room.news("umea", "uk")).permissions_for_user(bold).can_add_subpage()
    assert not read(room.section("umea", "uk")).permissions_for_user(bold).can_add_subpage()


def test_a_translation_is_its_translators_to_edit_and_publish(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    rights = in_language(article, "uk").permissions_for_user(translator)
    assert rights.can_edit()
    assert rights.can_publish()


def test_a_city_edits_the_translation_in_its_own_section(
    article: NewsPage, ukrainian: Translation, room: Newsroom
) -> None:
    umea_in_ukrainian = account("umea-uk", {room.section("umea", "uk"): ("add", "change", "publish")})
    assert in_language(article, "uk").permissions_for_user(umea_in_ukrainian).can_edit()


def test_a_city_edits_its_own_articles(kherson_article: NewsPage, kherson_editor: User, editor: User) -> None:
    assert kherson_article.permissions_for_user(kherson_editor).can_publish()
    assert not kherson_article.permissions_for_user(editor).can_edit()


@pytest.mark.parametrize("act", ["delete", "move", "privacy"])
def test_a_citys_editors_cannot_take_the_ground_from_under_their_section(
    act: str, room: Newsroom, editor: User
) -> None:
    section = room.section("umea", "sv")
    answer = signed_in(editor).get(acts_on(section)[act])
    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_home")


def test_a_citys_editors_write_their_profile(room: Newsroom, editor: User) -> None:
    answer = signed_in(editor).get(acts_on(room.section("umea", "sv"))["edit"])
    assert answer.status_code == 200


def test_an_administrator_may_do_all_of_it(room: Newsroom, kherson_article: NewsPage, admin_user: User) -> None:
    assert read(room.section("umea", "sv")).permissions_for_user(admin_user).can_delete()
    assert kherson_article.permissions_for_user(admin_user).can_edit()


def test_whoever_was_put_out_writes_nothing(ukrainian: Translation, translator: User, admin_user: User) -> None:
    place = ukrainian.source.object_id, ukrainian.target_locale_id
    for user in (translator, admin_user):
        assert may_write(user, *place)
        user.is_active = False
        assert not may_write(user, *place)


def test_a_group_with_rights_on_everything_may_do_it_too(room: Newsroom) -> None:
    keeper = account("keeper", {Page.get_first_root_node(): ("add", "change", "publish", "bulk_delete")})
    assert read(room.home("uk")).permissions_for_user(keeper).can_edit()
    assert read(room.section("umea", "sv")).permissions_for_user(keeper).can_delete()


# --- The source and its translations --------------------------------------------------------------------------------


def test_translations_follow_when_their_source_is_unpublished(
    article: NewsPage, ukrainian: Translation, editor: User
) -> None:
    """Trap 17."""
    say(ukrainian, UK)
    publish_translation(ukrainian)
    signed_in(editor).post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]), {})
    assert not in_language(article, "uk").live


def test_the_source_does_not_follow_its_translation(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    say(ukrainian, UK)
    publish_translation(ukrainian)
    signed_in(translator).post(reverse("wagtailadmin_pages:unpublish", args=[in_language(article, "uk").pk]), {})
    assert not in_language(article, "uk").live
    assert read(article).live


def test_a_translation_of_a_restricted_text_is_restricted(article: NewsPage, ukrainian: Translation) -> None:
    say(ukrainian, UK)
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    publish_translation(ukrainian)
    assert in_language(article, "uk").view_restrictions.exists()


def test_no_act_of_translation_lifts_a_restriction(article: NewsPage, ukrainian: Translation, admin_user: User) -> None:
    """localize drops the translation's own restriction at every sync, because its source has none."""
    say(ukrainian, UK)
    publish_translation(ukrainian)
    page = in_language(article, "uk")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    client = signed_in(admin_user)
    client.post(reverse("wagtail_localize:update_translations", args=[ukrainian.source_id]), {})
    press_publish(client, page)
    assert in_language(article, "uk").view_restrictions.exists()


def test_a_page_is_never_made_an_alias_of_another_language(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    page = in_language(article, "uk")
    client = signed_in(translator)
    answer = client.post(reverse("wagtail_localize:convert_to_alias", args=[page.pk]), follow=True)
    assert "never an alias of another language" in sentences(answer)[0]
    assert read(page).alias_of_id is None
    assert not read(page).live
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"localize-convert-to-alias": "1"}, follow=True)
    assert read(page).alias_of_id is None
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"editor": "localize"}).content.decode()
    [told] = re.findall(r'js-translation-editor" data-props="([^"]+)"', editor)
    links = json.loads(unescape(told))["links"]
    assert links.pop("convertToAliasUrl") is None
    assert links["stopTranslationUrl"]


def test_changes_to_the_source_reach_those_who_translate_by_hand_too(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    """A stopped translation is restarted with its strings."""
    say_one(ukrainian, segment_of(ukrainian, SV["title"]), UK["title"])
    client = signed_in(translator)
    stop(client, ukrainian)
    assert not Translation.objects.get(pk=ukrainian.pk).enabled
    rewrite(article, lead="Umeå och Cherson har undertecknat en avsiktsförklaring.")
    page = in_language(article, "uk")
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"localize-restart-translation": "1"})
    assert Translation.objects.get(pk=ukrainian.pk).enabled
    assert StringTranslation.objects.filter(data=UK["title"]).exists()
    commit()
