"""Everybody reads the admin and the reading pages in their own language."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import django
import polib
import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.test import Client, RequestFactory
from django.utils.translation import override
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.users.models import UserProfile

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ["sv", "uk", "fi"]
OURS = [ROOT / "locale" / language / "LC_MESSAGES/django.po" for language in LANGUAGES]
OVER_WAGTAIL = [
    ROOT / "locale/wagtail" / language / "LC_MESSAGES" / f"{domain}.po"
    for language in LANGUAGES
    for domain in ("django", "djangojs")
]
SOURCES = ("cms", "home", "news", "partners", "frontend_contract")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

catalogues = pytest.mark.parametrize("catalogue", OURS + OVER_WAGTAIL, ids=lambda path: str(path.relative_to(ROOT)))
Words = dict[tuple[str | None, str], list[str]]


def _name(entry: polib.POEntry) -> tuple[str | None, str]:
    return entry.msgctxt, entry.msgid


def _translations(entry: polib.POEntry) -> list[str]:
    """Return the translation, or its forms from one to many."""
    return [form for _number, form in sorted(entry.msgstr_plural.items())] or [entry.msgstr]


def _words(catalogue: polib.POFile | polib.MOFile) -> Words:
    return {_name(entry): _translations(entry) for entry in catalogue}


@catalogues
def test_every_text_is_translated(catalogue: Path) -> None:
    entries = polib.pofile(str(catalogue))
    assert len(entries) > 0
    assert [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete or not all(_translations(entry))] == []


@catalogues
def test_no_translation_loses_or_invents_a_placeholder(catalogue: Path) -> None:
    odd = []
    for entry in polib.pofile(str(catalogue)):
        own = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        *_fewer, most = _translations(entry)
        if set(PLACEHOLDER.findall(most)) != own or set(PLACEHOLDER.findall("".join(_translations(entry)))) != own:
            odd.append(entry.msgid)
    assert odd == []


@catalogues
def test_what_is_compiled_is_what_was_written(catalogue: Path) -> None:
    written, compiled = polib.pofile(str(catalogue)), polib.mofile(str(catalogue.with_suffix(".mo")))
    assert _words(compiled) == _words(written)


@pytest.mark.parametrize("language", ["uk"])
def test_ukrainian_counts_in_its_own_forms(language: str) -> None:
    counted = [entry for entry in polib.pofile(str(OURS[LANGUAGES.index(language)])) if entry.msgid_plural]
    assert counted
    assert all(len(entry.msgstr_plural) == 4 and len(set(entry.msgstr_plural.values())) >= 3 for entry in counted)


@pytest.mark.skipif(not shutil.which("xgettext"), reason="no gettext on this machine")
def test_no_text_of_ours_is_missing_from_the_catalogues(tmp_path: Path) -> None:
    """A text in the sources that `make messages` would add, or one it would drop, turns this red."""
    for name in SOURCES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "items"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    (tmp_path / "locale").mkdir()
    subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "makemessages", "--locale", "sv", "-v", "0"],
        cwd=tmp_path,
        env={**os.environ, "DATA_DIR": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "cms.settings"},
        check=True,
    )
    found = _words(polib.pofile(str(tmp_path / "locale/sv/LC_MESSAGES/django.po")))
    for catalogue in OURS:
        assert _words(polib.pofile(str(catalogue))).keys() == found.keys()


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_what_we_say_for_wagtail_is_something_it_says(domain: str) -> None:
    """After an upgrade a text may be gone or changed: then ours is dead and should go, too."""
    known = {_name(entry) for catalogue in _of_packages(domain) for entry in polib.pofile(str(catalogue))}
    for language in LANGUAGES:
        ours = polib.pofile(str(ROOT / "locale/wagtail" / language / "LC_MESSAGES" / f"{domain}.po"))
        assert {_name(entry) for entry in ours} - known == set()


def _of_packages(domain: str) -> Iterator[Path]:
    for package in ("wagtail", "wagtail_localize"):
        spec = find_spec(package)
        assert spec
        assert spec.origin
        yield from Path(spec.origin).parent.glob(f"**/locale/en/LC_MESSAGES/{domain}.po")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_nothing_of_wagtail_is_left_in_english(domain: str, language: str) -> None:
    """After an upgrade this names every new text, and each that lacks one of its forms."""
    installed = {Path(app.path) for app in apps.get_app_configs()}
    texts = [
        _name(entry)
        for catalogue in _of_packages(domain)
        if catalogue.parents[3] in installed
        for entry in polib.pofile(str(catalogue))
        if not entry.obsolete
    ]
    said = _said(domain, language)
    assert len(texts) > 100
    assert [text for text in texts if text not in said] == []


def _said(domain: str, language: str) -> set[tuple[str | None, str]]:
    """Return the texts of which Django finds all forms: of catalogues that have a text, the last one listed wins."""
    packages = [Path(django.__file__).parent / "conf", *(Path(app.path) for app in reversed([*apps.get_app_configs()]))]
    found: dict[tuple[str | None, str], bool] = {}
    for folder in [*(package / "locale" for package in packages), ROOT / "locale/wagtail", ROOT / "locale"]:
        path = folder / language / "LC_MESSAGES" / f"{domain}.mo"
        if path.exists():
            catalogue = polib.mofile(str(path))
            forms = int(re.findall(r"nplurals\s*=\s*(\d)", catalogue.metadata["Plural-Forms"])[0])
            found |= {_name(e): all(_translations(e)) and len(e.msgstr_plural) in (0, forms) for e in catalogue}
    return {name for name, complete in found.items() if complete}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "heading", "password"),
    [
        ("sv", "Logga in i Misto", "Lösenord"),
        ("uk", "Увійти до Misto", "Пароль"),
        ("fi", "Kirjaudu Mistoon", "Salasana"),
        ("en", "Sign in to Misto", "Password"),
    ],
)
def test_people_sign_in_in_their_browsers_language(client: Client, language: str, heading: str, password: str) -> None:
    page = client.get("/admin/login/", headers={"accept-language": language}).content.decode()
    assert heading in page
    assert re.search(rf"<label[^>]*>\s*{password}", page)
    assert "Wagtail" not in re.sub(r"<noscript.*?</noscript>|<script.*?</script>", "", page, flags=re.DOTALL)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "browser", "heading", "refusal"),
    [
        ("sv", "en", "Fel 404", "Ledsen, du saknar rättigheter att tillträda detta område."),
        ("uk", "en", "Помилка 404", "Вибачте, ви не маєте дозволів для доступу у цей розділ."),
        ("fi", "en", "Virhe 404", "Pahoittelut, mutta sinulla ei ole pääsyä tähän osioon."),
        ("en", "sv", "Error 404", "Sorry, you do not have permission to access this area."),
    ],
)
def test_what_is_not_there_or_not_allowed_is_said_in_the_readers_language(
    client: Client, language: str, browser: str, heading: str, refusal: str
) -> None:
    """Whatever the browser would rather have."""
    user = User.objects.create_user("reader")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    UserProfile.objects.create(user=user, preferred_language=language)
    client.force_login(user)
    missing = client.get("/admin/does-not-exist/", headers={"accept-language": browser})
    assert missing.status_code == 404
    page = missing.content.decode()
    assert f'lang="{language}"' in page
    assert re.search(rf"<h1[^>]*>\s*{heading}", page)
    assert "Wagtail" not in re.sub(r"<noscript.*?</noscript>", "", page, flags=re.DOTALL)
    refused = client.get("/admin/workflows/list/", headers={"accept-language": browser}, follow=True)
    assert refusal in html.unescape(refused.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "translation"), [("sv", "Länken saknar text"), ("uk", "Посилання не має тексту")])
def test_what_is_wrong_with_a_page_is_said_in_the_language_too(language: str, translation: str) -> None:
    """The checker of pages puts its words together when it is shown, and not when the hub starts."""
    with override(language):
        assert translation in str(ContentCheckerItem().get_axe_messages(RequestFactory().get("/")))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/jsi18n/", "/admin/localize/jsi18n/"])
def test_the_scripts_of_the_admin_speak_the_language_too(client: Client, address: str) -> None:
    """Ours for the editor of translations, and Wagtail's own for the rest."""
    script = client.get(address, headers={"accept-language": "uk"}).content.decode()
    for text, translation in {"Publish in ": "Опублікувати мовою: ", "Save": "Зберегти"}.items():
        assert f"{json.dumps(text)}: {json.dumps(translation)}" in script


@pytest.mark.django_db
def test_the_help_has_no_news_of_wagtail(admin_client: Client) -> None:
    page = admin_client.get("/admin/").content.decode()
    assert "guide.wagtail.org" not in page
    assert "whats-new-in-wagtail" not in page
