"""Languages: their codes as fields and as paths write them, and their names in themselves."""

from django.conf import settings

NAMES = {"sv": "svenska", "uk": "українська", "fi": "suomi", "en": "English"}

SCRIPTS = {"uk": "Cyrl"}


def languages() -> list[str]:
    """Return the BCP 47 codes of the languages this hub publishes in."""
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


def language_choices() -> list[tuple[str, str]]:
    """Return the hub's languages for a select field, each named in itself."""
    return [(code, name_of(code)) for code in languages()]


def name_of(language: str) -> str:
    """Return the name of a language in itself; its code where we have no name."""
    return NAMES.get(language) or NAMES.get(language.partition("-")[0]) or language


def in_path(language: str) -> str:
    """Return the code as paths write it: lower case."""
    return language.lower()


def from_path(segment: str) -> str | None:
    """Return the language a path means, or None when the hub has no such language."""
    return {in_path(code): code for code in languages()}.get(segment)


def script_of(language: str) -> str:
    """Return the script a language is usually written in (ISO 15924)."""
    return SCRIPTS.get(language.partition("-")[0], "Latn")
