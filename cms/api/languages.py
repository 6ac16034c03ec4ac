"""The language in a path, with a word of help for those who take a country's code for a language's."""

from cms.api.problems import ProblemError
from cms.content.languages import from_path, in_path, languages

_OFTEN_MEANT = {"ua": "uk", "ukr": "uk", "se": "sv", "swe": "sv", "fin": "fi", "gb": "en", "us": "en", "eng": "en"}


def language_in_path(code: str) -> str:
    """Return the language that a path names, or say which ones there are."""
    language = from_path(code)
    if language is None:
        raise ProblemError("unknown-language", _unknown(code), languages=languages())
    return language


def language_meant(code: str) -> str | None:
    """Return the code, as paths write it, of the language that somebody means who writes this one."""
    known = [in_path(language) for language in languages()]
    whole = code.lower().replace("_", "-")
    first = whole.partition("-")[0]
    guesses = (whole, _OFTEN_MEANT.get(whole), first, _OFTEN_MEANT.get(first))
    return next((guess for guess in guesses if guess in known), None)


def languages_meant(codes: str) -> str | None:
    """Return the codes meant by several, with commas between; None when one of them is beyond guessing."""
    meant = [language_meant(code) for code in codes.split(",")]
    return ",".join(dict.fromkeys(filter(None, meant))) if all(meant) else None


def _unknown(code: str) -> str:
    meant = language_meant(code)
    return f"This hub has no language “{code[:35]}”" + (f": did you mean {meant}?" if meant else ".")
