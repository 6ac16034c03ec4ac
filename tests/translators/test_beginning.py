"""A translation begins once, under its own section, from a published text; whatever it begins from stays linked."""

import json
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.tasks import background

from cms.content.slugs import slug_of
from cms.demo.rights import set_up_editors
from cms.translation.errors import TranslationRefused
from cms.translation.jobs import run_job
from cms.translation.publishing import publish_translation, save_translation_draft
from cms.translation.submitting import translate, translate_below
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators.desk import (
    EN,
    FI,
    LANGUAGES,
    SV,
    UK,
    WORDS,
    commit,
    in_language,
    open_segments,
    read,
    rewrite,
    say,
    say_one,
    segment_of,
    signed_in,
    submit,
    write_article,
)

WAYS = [("sv", "uk", "umea"), ("uk", "sv", "kherson"), ("uk", "en", "kherson")]


@pytest.mark.parametrize(("source", "target", "city"), WAYS)
def test_any_language_can_be_the_source(source: str, target: str, city: str) -> None:
    page = write_article(source, city=city)
    translation = translate(page, target)
    say(translation, WORDS[target])
    publish_translation(translation)
    translated = in_language(page, target)
    assert translated.live
    assert translated.translation_key == page.translation_key
    assert translated.get_parent().specific.locale == translated.locale
    assert translated.get_parent().translation_key == page.get_parent().translation_key


@pytest.mark.parametrize(("source", "target", "city"), WAYS[:2])
def test_a_slug_is_made_of_the_translated_title_and_then_stays(source: str, target: str, city: str) -> None:
    """Trap 12: localize throws Cyrillic slugs away, and would have them translated."""
    page = write_article(source, city=city)
    slug = page.slug
    translation = translate(page, target)
    assert "slug" not in {segment.context.path for segment in open_segments(translation)}
    say(translation, WORDS[target])
    publish_translation(translation)
    assert in_language(page, target).slug == slug_of(WORDS[target]["title"])
    assert in_language(page, target).slug.isascii()
    say_one(translation, segment_of(translation, WORDS[source]["title"]), EN["title"])
    publish_translation(translation)
    assert in_language(page, target).title == EN["title"]
    assert in_language(page, target).slug == slug_of(WORDS[target]["title"])
    assert read(page).slug == slug


def test_drafts_are_saved_whatever_the_title(article: NewsPage) -> None:
    """Trap 12: a bad slug raises where an unsaved translation is saved."""
    translation = translate(article, "uk")
    for title in ["Умео", "Щ", "…", UK["title"]]:
        say_one(translation, segment_of(translation, SV["title"]), title)
        assert save_translation_draft(translation).content["title"] == title


def test_a_second_source_for_a_language_is_refused(article: NewsPage, ukrainian: Translation, admin_user: User) -> None:
    finnish = translate(article, "fi")
    say(finnish, FI)
    publish_translation(finnish)
    with pytest.raises(TranslationRefused, match="already translated from another source: svenska"):
        translate(in_language(article, "fi"), "uk")
    answer = submit(signed_in(admin_user), in_language(article, "fi"), "uk")
    assert answer.status_code == 200
    assert Translation.objects.filter(target_locale__language_code="uk").count() == 1


def test_not_even_a_row_makes_a_second_source(article: NewsPage, ukrainian: Translation) -> None:
    from wagtail_localize.models import TranslationSource

    finnish = translate(article, "fi")
    say(finnish, FI)
    publish_translation(finnish)
    source, _made = TranslationSource.get_or_create_from_instance(in_language(article, "fi"))
    with pytest.raises(TranslationRefused):
        Translation.objects.create(source=source, target_locale=ukrainian.target_locale)


def test_the_original_is_not_translated_from_its_translation(article: NewsPage, ukrainian: Translation) -> None:
    say(ukrainian, UK)
    publish_translation(ukrainian)
    with pytest.raises(TranslationRefused, match="already a text"):
        translate(in_language(article, "uk"), "sv")


def test_without_its_section_a_translation_is_refused(article: NewsPage, room: Newsroom, admin_user: User) -> None:
    """Trap 22: stock localize makes the section as a live alias in the wrong language."""
    room.section("umea", "fi").delete()
    before = Page.objects.count()
    answer = submit(signed_in(admin_user), article, "fi")
    assert "It must be set up first" in answer.content.decode()
    assert Page.objects.count() == before


@pytest.mark.parametrize(("refused", "other"), [("fi", "uk"), ("uk", "fi")])
def test_a_refused_language_begins_none_of_the_others(
    refused: str, other: str, article: NewsPage, room: Newsroom, admin_user: User
) -> None:
    room.section("umea", refused).delete()
    answer = submit(signed_in(admin_user), article, "uk", "fi")
    assert "It must be set up first" in answer.content.decode()
    assert in_language(article, other) is None


def test_a_deleted_translation_finds_its_words_again(article: NewsPage, ukrainian: Translation) -> None:
    """Trap 6: stock localize deletes them with the page."""
    say(ukrainian, UK)
    in_language(article, "uk").delete()
    assert StringTranslation.objects.count() == len(UK)
    again = translate(read(article), "uk")
    publish_translation(again)
    assert in_language(article, "uk").lead == UK["lead"]


def test_a_deleted_translation_may_come_back_from_another_source(article: NewsPage, ukrainian: Translation) -> None:
    finnish = translate(article, "fi")
    say(finnish, FI)
    publish_translation(finnish)
    in_language(article, "uk").delete()
    again = translate(in_language(article, "fi"), "uk")
    say(again, UK)
    publish_translation(again)
    commit()
    assert Translation.objects.get(target_locale__language_code="uk").source.locale.language_code == "fi"


def test_a_translation_begun_late_begins_with_the_text_as_it_is_now(article: NewsPage) -> None:
    translate(article, "fi")
    rewrite(article, title="Umeå samarbetar med Cherson")
    segments = open_segments(translate(read(article), "uk"))
    assert "Umeå samarbetar med Cherson" in {segment.string.data for segment in segments}


def test_a_whole_section_begins_without_touching_what_is_there(
    article: NewsPage, ukrainian: Translation, room: Newsroom
) -> None:
    """Traps 2 and 3: stock localize writes the live rows of what is there, and breaks the tree."""
    say(ukrainian, UK)
    publish_translation(ukrainian)
    say_one(ukrainian, segment_of(ukrainian, SV["lead"]), "Неперевірений текст.")
    second = write_article("sv")
    begun = translate_below(room.section("umea", "sv").pk, ["uk"])
    assert begun == 1
    assert in_language(article, "uk").lead == UK["lead"]
    assert not in_language(second, "uk").live
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_whole_section_begins_from_the_form(room: Newsroom, article: NewsPage, admin_user: User) -> None:
    """Index pages and sections are there already, so one submits an article, or a page with pages below."""
    from home.models import InfoPage
    from tests.newsroom import add, publish

    about = publish(add(room.section("umea", "sv"), InfoPage(title="Om samarbetet", lead="Så arbetar vi.")))
    below = publish(add(about, InfoPage(title="Kontakt", lead="Hör av dig.")))
    submit(signed_in(admin_user), about, "uk", include_subtree="on")
    assert in_language(below, "uk").get_parent().pk == in_language(about, "uk").pk
    assert Page.find_problems() == ([], [], [], [], [])


def test_jobs_carry_ids(article: NewsPage, admin_user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """localize hands objects to its queue; a database cannot hold them."""
    sent: list[str] = []
    monkeypatch.setattr(type(run_job), "enqueue", lambda _task, *args: sent.append(json.dumps(args)))
    background.enqueue(translate_below, [article.pk, ["uk"], admin_user], {})
    assert json.loads(sent[0]) == [
        "cms.translation.submitting.translate_below",
        [article.pk, ["uk"], {"model": "auth.User", "pk": str(admin_user.pk)}],
        {},
    ]


def test_jobs_find_their_objects_again(article: NewsPage, room: Newsroom, admin_user: User) -> None:
    background.enqueue(translate_below, [room.news("umea", "sv").pk, ["uk"], admin_user], {})
    assert in_language(article, "uk") is not None


def test_the_editor_opens_and_shows_every_string(article: NewsPage, ukrainian: Translation, translator: User) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[in_language(article, "uk").pk])
    answer = signed_in(translator).get(f"{edit}?editor=localize")
    shown = {segment.get("source") for segment in json.loads(answer.context["props"])["segments"]}
    assert set(SV.values()) <= shown


def test_a_text_is_typed_only_where_it_is_kept(article: NewsPage, ukrainian: Translation, translator: User) -> None:
    """localize's editor, where pictures, files and links are chosen, has no field for it and leads to the workbench."""
    edit = reverse("wagtailadmin_pages:edit", args=[in_language(article, "uk").pk])
    shown = signed_in(translator).get(f"{edit}?editor=localize").content.decode()
    told = json.loads(unescape(shown.partition('data-props="')[2].partition('"')[0]))
    assert "string" not in {segment["type"] for segment in told["segments"]}
    assert f'<a href="{edit}">The texts are at the workbench</a>' in shown


@pytest.mark.parametrize(("source", "offered"), [("sv", "en"), ("en", "sv")])
def test_a_city_sends_pages_to_translation_into_the_languages_it_uses_only(
    source: str, offered: str, room: Newsroom
) -> None:
    """With the group as setup makes it, for a city that writes Swedish and English."""
    sections = [room.section("umea", language) for language in LANGUAGES]
    for section in sections:
        section.languages = ["sv", "en"]
    editor = User.objects.create_user("umea-editor")
    editor.groups.add(set_up_editors(sections, "Umeå"))
    client, page = signed_in(editor), write_article(source)
    form = client.get(reverse("wagtail_localize:submit_page_translation", args=[page.pk])).context["form"]
    assert [locale.language_code for locale in form.fields["locales"].queryset] == [offered]
    for asked in (["uk"], ["fi"], [offered, "uk"]):
        answer = submit(client, page, *asked)
        assert answer.status_code == 200
        assert answer.context["form"].errors["locales"]
        assert not Translation.objects.exists()
        assert not any(in_language(page, language) for language in asked)
    submit(client, page, offered)
    assert in_language(page, offered)
