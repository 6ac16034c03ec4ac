"""The demo as it is loaded: what `make run` promises about its content and its accounts."""

import json
import os
import re
import shlex
import stat
from collections.abc import Iterator
from html import unescape
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any, get_args

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from lxml import html
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Page, Revision
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation

from cms.demo.accounts import FILE
from cms.demo.loading import load
from cms.demo.texts import items, key_of, topics
from cms.publications.models import Counter, Publication
from cms.translation.permissions import may_translate
from frontend_contract.models.blocks import _Plain
from home.models import HomePage
from partners.models import PartnerPage
from tests.database import Dump, restore

LANGUAGES = ("sv", "uk", "fi", "en")
SEED = key_of("news", "umea-samarbete-cherson")
STEPS_BEFORE_THE_INTERRUPTION = 20

Document = dict[str, Any]

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def demo(as_migrated: Dump, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, loaded once for all these tests, in a run that was interrupted and in another."""
    with django_db_blocker.unblock():
        restore(as_migrated)
        with override_settings(DEMO=True):
            interrupted = load()
            assert len(list(islice(interrupted, STEPS_BEFORE_THE_INTERRUPTION))) == STEPS_BEFORE_THE_INTERRUPTION
            interrupted.close()
            call_command("load_demo", stdout=StringIO())
    with override_settings(DEMO=True):
        yield
    with django_db_blocker.unblock():
        restore(as_migrated)
        _file().unlink()


def documents(*, kind: str | None = None, language: str | None = None) -> list[Document]:
    """What is published, as documents."""
    found = Publication.objects.readable().of_kind(*[kind] if kind else []).in_language(*[language] if language else [])
    return [json.loads(publication.document) for publication in found.order_by("sequence")]


def document(kind: str, name: str, language: str) -> Document:
    [found] = [said for said in documents(kind=kind, language=language) if said["id"] == str(key_of(kind, name))]
    return found


def blocks(said: Document, kind: str) -> list[Document]:
    return [block for block in said.get("body", []) if block["type"] == kind]


# --- Loading --------------------------------------------------------------------------------------------------------


def test_loading_again_changes_nothing() -> None:
    def state() -> list[Any]:
        rows = list(Publication.objects.order_by("pk").values_list("key", "language", "sequence", "digest"))
        counts = [model.objects.count() for model in (Page, Revision, User, Translation, StringTranslation)]
        return [Counter.objects.get().value, rows, counts, _accounts()]

    before = state()
    with override_settings(DEMO=True):
        call_command("load_demo", stdout=StringIO())
    assert state() == before


def test_a_hub_that_is_no_demo_refuses_in_one_line() -> None:
    with override_settings(DEMO=False), pytest.raises(CommandError) as refused:
        call_command("load_demo")
    assert "DEMO=1" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_the_load_says_what_it_does() -> None:
    said = StringIO()
    with override_settings(DEMO=True):
        call_command("load_demo", stdout=said)
    assert "Umeå inleder samarbete med Cherson (sv, uk, fi, en)" in said.getvalue()


# --- The ground -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_and_index_is_live_in_every_language(language: str) -> None:
    home = HomePage.objects.get(locale__language_code=language)
    assert home.slug == language
    assert home.live
    sections = PartnerPage.objects.child_of(home)
    assert {section.slug for section in sections} == {"umea", "kherson", "vaasa", "icld"}
    for section in sections:
        below = section.get_children().filter(slug__in=("news", "people", "partnerships"))
        assert [page.live for page in below] == [True, True, True]
        assert all(page.alias_of_id is None for page in below)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_home_welcomes_and_puts_something_first(language: str) -> None:
    [home] = documents(kind="home", language=language)
    assert home["text"].startswith("<p>")
    assert [link["pointer"] for link in home["featured"]] == ["news", "partnerships", "news"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_has_its_label(language: str) -> None:
    assert {said["code"]: said["label"] for said in documents(kind="topics", language=language)} == {
        code: label[language] for code, label in topics().items()
    }


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("sv", {"Umeå", "Cherson", "Vasa", "Internationellt centrum för lokal demokrati (ICLD)"}),
        ("uk", {"Умео", "Херсон", "Вааса", "Шведський міжнародний центр місцевої демократії (ICLD)"}),
        ("fi", {"Uumaja", "Herson", "Vaasa", "Ruotsin kansainvälinen paikallisdemokratian keskus (ICLD)"}),
        ("en", {"Umeå", "Kherson", "Vaasa", "Swedish International Centre for Local Democracy (ICLD)"}),
    ],
)
def test_partners_have_their_names_in_every_language(language: str, names: set[str]) -> None:
    assert {said["title"] for said in documents(kind="partners", language=language)} == names


def test_each_partner_knows_all_its_names_with_script_and_status() -> None:
    kherson = document("partners", "kherson", "fi")
    assert {(name["language"], name["text"], name["script"], name["status"]) for name in kherson["names"]} == {
        ("uk", "Херсон", "Cyrl", "official"),
        ("en", "Kherson", "Latn", "transliteration"),
        ("sv", "Cherson", "Latn", "exonym"),
        ("fi", "Herson", "Latn", "exonym"),
        ("fi", "H’erson", "Latn", "exonym"),
    }


# --- The seed article -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "city"), [("sv", "Cherson"), ("uk", "Херсон"), ("fi", "Herson"), ("en", "Kherson")]
)
def test_the_seed_article_calls_the_city_what_its_readers_do(language: str, city: str) -> None:
    said = document("news", "umea-samarbete-cherson", language)
    assert city in said["lead"]
    assert said["id"] == str(SEED)


def test_the_seed_article_has_its_swedish_address() -> None:
    said = document("news", "umea-samarbete-cherson", "sv")
    assert said["path"] == "/sv/umea/news/umea-samarbete-cherson"
    assert "samarbete" in said["title"]
    assert "Cherson" in said["title"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_seed_article_has_all_that_was_promised(language: str) -> None:
    said = document("news", "umea-samarbete-cherson", language)
    assert [block["speaker"]["person"]["id"] for block in blocks(said, "quote")] == [
        str(key_of("people", "janet-agren")),
        str(key_of("people", "anders-agren")),
    ]
    assert said["image"]["alt"]
    assert [source["type"] for source in said["image"]["sources"]] == ["image/avif", "image/webp", "image/jpeg"]
    assert (said["image"]["credit"], said["image"]["license"]) == ("Misto", "CC0-1.0")
    assert [link["id"] for link in said["partnerships"]] == [str(key_of("partnerships", "umea-kherson"))]
    assert len(blocks(said, "fact_box")) == 1
    assert blocks(said, "period")[0]["week"] == {"year": 2024, "week": 24}


def test_the_commissioners_have_their_party_and_the_deputy_mayor_his_ukrainian_name() -> None:
    janet, anders = (document("people", name, "sv") for name in ("janet-agren", "anders-agren"))
    assert [role["party"] for role in janet["roles"]] == [{"letter": "S", "name": "Socialdemokraterna"}]
    assert [role["party"] for role in anders["roles"]] == [{"letter": "M", "name": "Moderaterna"}]
    vitalii = document("people", "vitalii-bielobrov", "uk")
    assert vitalii["title"] == "Віталій Бєлобров"
    assert (vitalii["roles"][0]["title"], vitalii["roles"][0]["party"]) == ("заступник міського голови", None)


def test_the_partnership_has_its_members_phases_and_areas() -> None:
    said = document("partnerships", "umea-kherson", "uk")
    assert len(said["members"]) == 4
    assert [phase["type"] for phase in said["phases"]] == ["letter_of_intent", "pre_study", "visit", "application"]
    assert "водопостачання" in said["areas"]
    assert all((said["programme"], said["funder"], said["theme"]))


# --- All items ------------------------------------------------------------------------------------------------------


def test_every_item_is_published_in_its_languages_and_no_others() -> None:
    published = {(said["id"], said["language"]) for said in documents() if said["kind"] != "topics"}
    meant = {(str(item.key), language) for item in items() for language in (item.source, *item.translations)}
    assert published == meant


def test_every_block_type_is_used() -> None:
    declared = {get_args(block.model_fields["type"].annotation)[0] for block in get_args(_Plain)}
    used = {block["type"] for said in documents() for block in said.get("body", [])}
    assert used == declared | {"quote", "contact", "link_list"}


def test_every_text_states_its_licence_and_how_it_was_written() -> None:
    for said in documents():
        assert said["attribution"]["license"] == "CC-BY-4.0"
        assert said["translation"]["ai_disclosure"] == "autonomous"


def test_every_image_states_its_licence() -> None:
    images = [said[name] for said in documents() for name in ("image", "portrait", "logo") if said.get(name)]
    assert images
    assert {(image["credit"], image["license"]) for image in images} == {("Misto", "CC0-1.0")}


def test_quotes_are_words_of_people_in_the_seed_article_only() -> None:
    quoting = {said["id"] for said in documents() if blocks(said, "quote")}
    assert quoting == {str(SEED)}


def test_provenance_says_what_each_text_was_made_from() -> None:
    for item in items():
        for language in (item.source, *item.translations):
            made = document(item.kind, item.name, language)["translation"]
            assert made["source_language"] == item.source
            if language == item.source:
                assert (made["origin"], made["translated_from"]) == ("original", None)
            else:
                assert (made["translated_from"], made["tool"]) == (item.source_of(language), "language model")


def test_only_one_text_is_machine_translated_and_unreviewed_and_it_quotes_nobody() -> None:
    unreviewed = [said for said in documents() if said["translation"]["origin"] == "machine"]
    assert [(said["kind"], said["language"], said["translation"]["reviewed_at"]) for said in unreviewed] == [
        ("pages", "uk", None)
    ]
    assert not blocks(unreviewed[0], "quote")


def test_a_chain_leads_from_ukrainian_over_swedish_to_finnish() -> None:
    made = {said["language"]: said["translation"] for said in documents() if said["id"] == _id("letter-of-intent")}
    assert [made[language]["translated_from"] for language in ("uk", "sv", "fi")] == [None, "uk", "sv"]
    assert {made[language]["source_language"] for language in ("uk", "sv", "fi")} == {"uk"}


def test_only_one_translation_is_stale() -> None:
    stale = [(said["id"], said["language"]) for said in documents() if said["translation"]["is_stale"]]
    assert stale == [(_id("motion-2023"), "fi")]


def test_the_half_done_translation_is_begun_and_unpublished() -> None:
    page = Page.objects.get(translation_key=key_of("news", "generators"), locale__language_code="en")
    assert not page.live
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code="en")
    total, done = translation.get_progress()
    assert 0 < done < total


def test_a_swedish_item_has_never_existed_in_ukrainian() -> None:
    key = key_of("news", "twin-towns")
    assert document("news", "twin-towns", "sv")
    assert not Page.objects.filter(translation_key=key, locale__language_code="uk").exists()
    assert not Publication.objects.filter(key=key, language="uk").exists()


# --- Accounts -------------------------------------------------------------------------------------------------------


def test_there_is_an_account_for_each_part() -> None:
    parts = {(account["role"], account["language"], account["partner"]) for account in _accounts()}
    assert parts == {
        ("administrator", None, None),
        ("editor", "sv", "umea"),
        ("editor", "uk", "kherson"),
        ("editor", "fi", "vaasa"),
        *(("reviewer", language, None) for language in LANGUAGES),
        *(("translator", language, None) for language in LANGUAGES),
    }


def test_the_accounts_file_is_its_owners_and_its_passwords_work() -> None:
    assert stat.S_IMODE(os.stat(_file()).st_mode) == 0o600
    passwords = [account["password"] for account in _accounts()]
    assert len(set(passwords)) == len(passwords)
    for account in _accounts():
        assert len(account["password"]) >= 16
        assert authenticate(username=account["username"], password=account["password"])


@pytest.mark.parametrize(
    ("section", "steps"),
    [
        ("umea", ["Umeå editors", "Reviewers of Ukrainian"]),
        ("kherson", ["Kherson editors", "Reviewers of Ukrainian"]),
    ],
)
def test_each_section_has_a_review_by_its_partner_and_then_by_its_language(section: str, steps: list[str]) -> None:
    workflow = PartnerPage.objects.get(slug=section, locale__language_code="uk").get_workflow()
    assert [task.name for task in workflow.tasks] == steps


def test_what_lies_in_no_section_is_reviewed_by_its_language() -> None:
    workflow = Page.objects.get(url_path="/fi/topics/").get_workflow()
    assert [task.name for task in workflow.tasks] == ["Reviewers of Finnish"]


def test_a_review_is_not_kept_waiting_by_a_partner_without_editors() -> None:
    assert not Group.objects.get(name__contains="ICLD").user_set.exists()
    workflow = PartnerPage.objects.get(slug="icld", locale__language_code="fi").get_workflow()
    first = workflow.tasks.first().specific
    assert first.may_be_skipped


def test_translators_publish_nothing_themselves() -> None:
    assert not _page("umea-samarbete-cherson", "uk").permissions_for_user(_user("uk-translator")).can_publish()


def test_demo_accounts_sign_in_to_demo_hubs_only(client: Client) -> None:
    account = _accounts()[1]
    client.force_login(User.objects.get(username=account["username"]))
    assert client.get("/admin/").status_code == 200
    with override_settings(DEMO=False):
        assert authenticate(username=account["username"], password=account["password"]) is None
        assert client.get("/admin/").status_code == 302, "nor does anybody stay signed in"


def test_passwords_are_made_anew_for_another_data_dir(tmp_path: Path) -> None:
    from cms.demo.accounts import make_accounts

    with override_settings(DEMO=True, DATA_DIR=tmp_path):
        anew = {account.username: account.password for account in make_accounts()}
    assert all(anew[account["username"]] != account["password"] for account in _accounts())
    assert authenticate(username="umea-editor", password=anew["umea-editor"])


def test_a_demo_account_saves_another_language_as_its_form_is_shown(client: Client) -> None:
    """Wagtail asks for a name and an address: what is shown can be sent back as it is."""
    client.force_login(User.objects.get(username="uk-translator"))
    [form] = [form for form in html.document_fromstring(client.get("/admin/account/").content).forms if form.fields]
    said = dict(form.form_values())
    assert said["name_email-first_name"] == "Перекладач"
    answer = client.post("/admin/account/", {**said, "locale-preferred_language": "fi"}, follow=True)
    assert "errorlist" not in answer.content.decode()
    assert UserProfile.objects.get(user__username="uk-translator").preferred_language == "fi"


@pytest.mark.parametrize(
    ("username", "language"),
    [("umea-editor", "sv"), ("kherson-editor", "uk"), ("vaasa-editor", "fi"), ("uk-translator", "uk"), ("admin", "en")],
)
def test_each_account_finds_the_admin_in_its_language(username: str, language: str) -> None:
    assert UserProfile.objects.get(user__username=username).preferred_language == language


@pytest.mark.parametrize(
    ("username", "section", "language", "allowed"),
    [
        ("umea-editor", "umea", "sv", True),
        ("umea-editor", "umea", "uk", False),
        ("umea-editor", "kherson", "sv", False),
        ("kherson-editor", "kherson", "uk", True),
        ("kherson-editor", "umea", "uk", False),
        ("vaasa-editor", "vaasa", "fi", True),
        ("vaasa-editor", "vaasa", "sv", True),
        ("uk-translator", "umea", "uk", False),
        ("sv-reviewer", "umea", "sv", False),
    ],
)
def test_who_may_write_news_where(username: str, section: str, language: str, allowed: bool) -> None:
    index = Page.objects.get(url_path=f"/{language}/{section}/news/")
    assert index.permissions_for_user(_user(username)).can_add_subpage() is allowed


def test_a_translator_carries_the_seed_article_into_one_language_only() -> None:
    swedish = _page("umea-samarbete-cherson", "sv")
    translator = _user("uk-translator")
    assert may_translate(translator, swedish, "uk")
    assert not may_translate(translator, swedish, "fi")
    assert not swedish.permissions_for_user(translator).can_edit()
    assert not _page("letter-of-intent", "uk").permissions_for_user(translator).can_edit()


def test_a_reviewer_publishes_translations_in_one_language() -> None:
    may = {
        language: _page("umea-samarbete-cherson", language).permissions_for_user(_user("uk-reviewer")).can_publish()
        for language in LANGUAGES
    }
    assert may == {"sv": False, "uk": True, "fi": False, "en": False}


# --- Setting a partner up -------------------------------------------------------------------------------------------

HARSTAD = """
slug = "harstad"
country = "NO"
languages = ["en"]
title = {sv = "Harstad", uk = "Гарстад", fi = "Harstad", en = "Harstad"}

[[names]]
text = "Harstad"
language = "en"
script = "Latn"
status = "official"
"""


def test_a_new_partner_is_set_up_in_every_language_and_again_without_harm(tmp_path: Path) -> None:
    file = tmp_path / "harstad.toml"
    file.write_text(HARSTAD)
    said = [StringIO(), StringIO()]
    for output in said:
        call_command("setup_partner", str(file), stdout=output)
    assert said[0].getvalue() == said[1].getvalue()
    sections = PartnerPage.objects.filter(slug="harstad", live=True)
    assert {section.language for section in sections} == set(LANGUAGES)
    assert len({section.translation_key for section in sections}) == 1
    assert all(section.get_children().count() == 3 for section in sections)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ('slug = "harstad"', "missing"),
        (HARSTAD.replace('"NO"', '"Norway"'), "capital letters"),
        (HARSTAD.replace('uk = "Гарстад", ', ""), "title is missing in uk"),
        (HARSTAD.replace('["en"]', '["nb"]'), "nb is no language of this hub"),
        (HARSTAD.replace('"Latn"', '"Runr"'), "Runr"),
        ("not TOML", "Expected"),
    ],
)
def test_an_odd_declaration_is_refused_in_one_line(tmp_path: Path, wrong: str, reason: str) -> None:
    file = tmp_path / "harstad.toml"
    file.write_text(wrong)
    with pytest.raises(CommandError) as refused:
        call_command("setup_partner", str(file))
    assert reason in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
    assert not PartnerPage.objects.filter(slug="harstad").exists()


# --- What the documentation prints ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "at_least"), [("/content/v1/docs", 24), ("/content/v1/docs/sv", 24), ("/content/v1/openapi.json", 27)]
)
def test_every_request_that_is_printed_is_answered(page: str, at_least: int) -> None:
    printed = _printed_requests(Client().get(page).content.decode())
    assert len(printed) >= at_least
    answers = {url: Client().get(url.removeprefix(settings.PUBLIC_URL)).status_code for url in printed}
    assert {url: status for url, status in answers.items() if status != 200} == {}


def _printed_requests(text: str) -> list[str]:
    """Return the addresses of all curl lines in a page."""
    return [shlex.split(line)[-1] for line in re.findall(r"\bcurl [^\n\"<]+", unescape(text))]


def _id(name: str) -> str:
    return str(key_of("news", name))


def _page(name: str, language: str) -> Page:
    return Page.objects.get(translation_key=key_of("news", name), locale__language_code=language).specific


def _user(username: str) -> User:
    return User.objects.get(username=username)


def _file() -> Path:
    return Path(settings.DATA_DIR) / FILE


def _accounts() -> list[dict[str, Any]]:
    accounts: list[dict[str, Any]] = json.loads(_file().read_text())
    return accounts
