"""Who works in several languages, or in several roles, has the rights of each where it is theirs, and nowhere else."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from cms.demo.reviews import set_up_language_reviews, set_up_section_reviews
from cms.demo.rights import set_up_editors, set_up_reviewers, set_up_translators
from cms.translation.notices.models import Matter, Notice
from cms.translation.notices.noting import note_all
from cms.translation.notices.speaking import language_of
from cms.translation.review import review_state, send_to_review
from news.models import NewsPage
from tests.newsroom import LANGUAGES, Newsroom
from tests.translators.desk import (
    SV,
    UK,
    WORDS,
    begin,
    carry,
    change_source,
    in_language,
    press_publish,
    read,
    say,
    signed_in,
    submit,
    write_article,
    write_chain,
)
from tests.translators.test_queue import entries
from tests.translators.test_review import press
from tests.translators.test_rights import put, url_of_string


@pytest.fixture(autouse=True)
def reviews(room: Newsroom) -> None:
    """Each language is reviewed, and in Umeå's section its editors read first."""
    for language in LANGUAGES:
        set_up_language_reviews(room.home(language))
    sections = [room.section("umea", language) for language in LANGUAGES]
    for section in sections:
        section.languages = ["sv", "en"]
    set_up_section_reviews(sections, set_up_editors(sections, "Umeå"), "Umeå")


@pytest.fixture
def of_two_languages(room: Newsroom) -> User:
    """Who translates into Swedish and into Finnish."""
    return _member("two-languages", *(set_up_translators(room.home(language)) for language in ("sv", "fi")))


@pytest.fixture
def of_two_roles(room: Newsroom) -> User:
    """Who translates into Swedish, and reviews Finnish."""
    return _member("two-roles", set_up_translators(room.home("sv")), set_up_reviewers(room.home("fi")))


@pytest.fixture
def of_city_and_language(room: Newsroom) -> User:
    """Who writes for Umeå in Swedish and English, and translates everything into Finnish."""
    sections = [room.section("umea", language) for language in LANGUAGES]
    for section in sections:
        section.languages = ["sv", "en"]
    return _member("city-and-language", set_up_editors(sections, "Umeå"), set_up_translators(room.home("fi")))


@pytest.fixture
def kherson() -> NewsPage:
    """The article of Kherson, in Ukrainian."""
    return write_article("uk", city="kherson")


def _member(name: str, *groups: Any) -> User:
    user = User.objects.create_user(name, email=f"{name}@misto.example")
    user.groups.add(*groups)
    return user


def texts_typed(user: User, source: NewsPage, *languages: str) -> set[str]:
    """Type a title into each translation of a page; return the languages in which it was stored."""
    client, stored = signed_in(user), set()
    for language in languages:
        url = url_of_string(begin(source, language), source.title)
        status = put(client, url, WORDS[language]["title"]).status_code
        rows = StringTranslation.objects.filter(locale__language_code=language, context__path="title")
        assert status in (201, 403)
        assert rows.filter(context__object_id=source.translation_key).exists() is (status == 201)
        if status == 201:
            stored.add(language)
    return stored


def opened(user: User, *pages: Page) -> list[bool]:
    """Return which of these pages open to be written."""
    client = signed_in(user)
    return [client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200 for page in pages]


def waiting(user: User, **choices: str) -> set[tuple[str, str, str]]:
    """Return what waits: which text, in which language, and why."""
    return {(entry.title, entry.language, entry.state.value) for entry in entries(user, **choices)}


def complete(source: NewsPage, language: str) -> tuple[Translation, NewsPage]:
    """Begin a translation and say all of it."""
    translation = begin(source, language)
    say(translation, WORDS[language])
    return translation, in_language(source, language)


# --- Two languages ----------------------------------------------------------------------------------------------------


def test_who_translates_into_two_languages_writes_both_and_no_other(
    article: NewsPage, kherson: NewsPage, of_two_languages: User
) -> None:
    assert texts_typed(of_two_languages, kherson, "sv", "fi", "en") == {"sv", "fi"}
    assert texts_typed(of_two_languages, article, "fi", "uk") == {"fi"}
    assert opened(of_two_languages, article, kherson) == [False, False]


def test_who_translates_into_two_languages_begins_both_and_no_other(
    article: NewsPage, kherson: NewsPage, of_two_languages: User
) -> None:
    client = signed_in(of_two_languages)
    submit(client, kherson, "sv", "fi", "en")
    assert {language: bool(in_language(kherson, language)) for language in ("sv", "fi", "en")} == dict.fromkeys(
        ("sv", "fi", "en"), False
    )
    submit(client, kherson, "sv", "fi")
    assert in_language(kherson, "sv")
    assert in_language(kherson, "fi")
    submit(client, article, "fi")
    assert in_language(article, "fi")


def test_who_translates_into_two_languages_has_one_queue_of_both(
    article: NewsPage, kherson: NewsPage, of_two_languages: User
) -> None:
    """A Swedish text that was first written in Swedish waits for Finnish only."""
    both = {(UK["title"], "sv", "new"), (UK["title"], "fi", "new"), (SV["title"], "fi", "new")}
    assert waiting(of_two_languages) == both
    assert waiting(of_two_languages, language="sv") == {(UK["title"], "sv", "new")}
    page = signed_in(of_two_languages).get(reverse("wagtailadmin_home")).content.decode()
    assert page.count(UK["title"]) >= 2


def test_a_chain_through_both_languages_of_one_translator_waits_link_by_link(of_two_languages: User) -> None:
    """From Ukrainian into Swedish, and from there into Finnish: first the Swedish text has to follow."""
    chain = write_chain()
    change_source(chain)
    states = {language: state for _title, language, state in waiting(of_two_languages)}
    assert states == {"sv": "stale", "fi": "stale_source"}


def test_who_translates_into_two_languages_publishes_neither(kherson: NewsPage, of_two_languages: User) -> None:
    for language in ("sv", "fi"):
        _translation, page = complete(kherson, language)
        press_publish(signed_in(of_two_languages), page)
        assert not read(page).live
        press(of_two_languages, page, "submit")
        assert review_state(read(page), of_two_languages).task == f"Reviewers of {NAMES[language]}"


NAMES = {"sv": "Swedish", "fi": "Finnish"}


# --- Translator of one language, reviewer of another ------------------------------------------------------------------


def test_who_reviews_one_language_and_translates_another_publishes_the_one(
    kherson: NewsPage, of_two_roles: User
) -> None:
    assert texts_typed(of_two_roles, write_article("uk", city="umea"), "sv", "fi", "en") == {"sv", "fi"}
    for language, is_public in (("sv", False), ("fi", True)):
        _translation, page = complete(kherson, language)
        press_publish(signed_in(of_two_roles), page)
        assert read(page).live is is_public, language


def test_who_reviews_one_language_decides_there_and_not_about_their_own_translations(
    kherson: NewsPage, of_two_roles: User, admin_user: User
) -> None:
    for language, is_public in (("sv", False), ("fi", True)):
        translation, page = complete(kherson, language)
        send_to_review(translation, of_two_roles if language == "sv" else admin_user)
        press(of_two_roles, page, "approve")
        assert read(page).live is is_public, language


def test_who_reviews_one_language_locks_and_takes_back_there_only(kherson: NewsPage, of_two_roles: User) -> None:
    client = signed_in(of_two_roles)
    for language, may in (("sv", False), ("fi", True)):
        carry(kherson, language)
        page = in_language(kherson, language)
        client.post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
        assert read(page).locked is may, language
        client.post(reverse("wagtailadmin_pages:unlock", args=[page.pk]))
        client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
        assert read(page).live is not may, language


def test_who_reviews_one_language_gives_out_its_texts_and_no_others(kherson: NewsPage, of_two_roles: User) -> None:
    for language, may in (("sv", False), ("fi", True)):
        url = reverse("desk_assign", args=[kherson.translation_key, language])
        assert (signed_in(of_two_roles).get(url).status_code == 200) is may, language


def test_what_waits_for_somebody_of_two_roles_waits_in_one_queue(
    kherson: NewsPage, of_two_roles: User, admin_user: User
) -> None:
    translation, _page = complete(kherson, "fi")
    send_to_review(translation, admin_user)
    assert waiting(of_two_roles) == {(UK["title"], "sv", "new"), (UK["title"], "fi", "in_review")}


# --- Editor of a city, translator of a language -----------------------------------------------------------------------


def test_an_editor_who_translates_writes_their_section_and_their_language(
    article: NewsPage, kherson: NewsPage, of_city_and_language: User
) -> None:
    assert texts_typed(of_city_and_language, article, "en", "fi", "uk") == {"en", "fi"}
    assert texts_typed(of_city_and_language, kherson, "sv", "en", "fi") == {"fi"}
    assert opened(of_city_and_language, article, kherson) == [True, False]


def test_an_editor_who_translates_touches_no_original_in_the_language_they_translate_into(
    of_city_and_language: User,
) -> None:
    originals = [write_article("fi", city=city) for city in ("umea", "kherson")]
    assert opened(of_city_and_language, *originals) == [False, False]


def test_an_editor_who_translates_publishes_in_their_section_only(
    article: NewsPage, kherson: NewsPage, of_city_and_language: User
) -> None:
    for source, language, is_public in ((article, "en", True), (article, "fi", False), (kherson, "fi", False)):
        _translation, page = complete(source, language)
        press_publish(signed_in(of_city_and_language), page)
        assert read(page).live is is_public, (source.language, language)


def test_an_editor_who_translates_moves_and_deletes_no_translation_of_theirs(
    article: NewsPage, of_city_and_language: User
) -> None:
    client = signed_in(of_city_and_language)
    begin(article, "fi")
    page = in_language(article, "fi")
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert Page.objects.filter(pk=page.pk).exists()
    own = write_article("sv")
    client.post(reverse("wagtailadmin_pages:delete", args=[own.pk]))
    assert not Page.objects.filter(pk=own.pk).exists()


def test_an_editor_who_translates_decides_at_the_citys_step_and_not_at_the_languages(
    article: NewsPage, of_city_and_language: User
) -> None:
    _translation, page = complete(article, "fi")
    press(of_city_and_language, page, "submit")
    press(of_city_and_language, page, "approve")
    assert review_state(read(page), of_city_and_language).task == "Reviewers of Finnish"
    press(of_city_and_language, page, "approve")
    assert not read(page).live


def test_what_waits_for_an_editor_who_translates_is_their_sections_and_their_languages(
    article: NewsPage, kherson: NewsPage, of_city_and_language: User
) -> None:
    """English is theirs in Umeå's section, Finnish everywhere, Swedish nowhere but where it is written first."""
    assert waiting(of_city_and_language) == {
        (SV["title"], "en", "new"), (SV["title"], "fi", "new"), (UK["title"], "fi", "new"),
    }  # fmt: skip


# --- In which language they are told ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "language"),
    [("of_two_languages", "en"), ("of_two_roles", "en"), ("of_city_and_language", "fi")],
)
def test_whoever_has_one_language_only_is_told_in_it(who: str, language: str, request: pytest.FixtureRequest) -> None:
    """Those of two, who have not used the admin, are told in the hub's."""
    assert language_of(request.getfixturevalue(who)) == language


def test_somebody_of_two_roles_is_told_what_is_theirs_in_each(
    kherson: NewsPage, of_two_roles: User, admin_user: User
) -> None:
    note_all()
    news = {(Matter.NEW, "sv"), (Matter.NEW, "fi")}
    assert told(of_two_roles) == news
    for language in ("sv", "fi", "en"):
        send_to_review(complete(kherson, language)[0], admin_user)
    note_all()
    assert told(of_two_roles) == {*news, (Matter.SENT, "fi")}


def told(user: User) -> set[tuple[str, str]]:
    """Return what somebody was ever told of, and in which languages."""
    return set(Notice.objects.filter(user=user).values_list("matter", "language"))
