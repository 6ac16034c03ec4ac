"""Languages: their codes as fields and as paths write them, and their names in themselves."""

from collections.abc import Callable

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext

NAMES = {"sv": "svenska", "sv-FI": "svenska (Finland)", "uk": "українська", "fi": "suomi", "en": "English"}

SCRIPTS = {"uk": "Cyrl"}


def languages() -> list[str]:
    """Return the BCP 47 codes of the languages this hub publishes in."""
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


def language_choices() -> list[tuple[str, str]]:
    """Return the hub's languages for a select field, each named in itself."""
    return [(code, name_of(code)) for code in languages()]


def name_of(language: str) -> str:
    """Return the name of a language in itself; its code where nobody knows it."""
    return _name(language, lambda code: NAMES.get(code) or _known(code, "name_local"))


def name_in_english(language: str) -> str:
    """Return what a language is called in the names of groups and reviews: no two are called the same."""
    return _name(language, lambda code: _known(code, "name"))


def name_for_reader(language: str) -> str:
    """Return what a language is called in the language of who reads."""
    return _name(language, lambda code: _translated(_known(code, "name")))


def in_path(language: str) -> str:
    """Return the code as paths write it: lower case."""
    return language.lower()


def from_path(segment: str) -> str | None:
    """Return the language a path means, or None when the hub has no such language."""
    return {in_path(code): code for code in languages()}.get(segment)


def script_of(language: str) -> str:
    """Return the script a language is usually written in (ISO 15924)."""
    return SCRIPTS.get(language.partition("-")[0], "Latn")


def _name(language: str, find: Callable[[str], str | None]) -> str:
    """Return the name of a language or, of one that is spoken in several countries, with the country's code."""
    base, _hyphen, country = language.partition("-")
    name = find(base)
    return find(language) or (f"{name} ({country})" if name and country else name) or language


def _known(code: str, what: str) -> str | None:
    name: str | None = LANG_INFO.get(code.lower(), {}).get(what)
    return name


def _translated(name: str | None) -> str | None:
    return gettext(name) if name else None
