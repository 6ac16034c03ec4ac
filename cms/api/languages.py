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


def _unknown(code: str) -> str:
    meant = _meant(code)
    return f"This hub has no language “{code[:35]}”" + (f": did you mean {meant}?" if meant else ".")


def _meant(code: str) -> str | None:
    known = [in_path(language) for language in languages()]
    whole = code.lower().replace("_", "-")
    first = whole.partition("-")[0]
    guesses = (whole, _OFTEN_MEANT.get(whole), first, _OFTEN_MEANT.get(first))
    return next((guess for guess in guesses if guess in known), None)
