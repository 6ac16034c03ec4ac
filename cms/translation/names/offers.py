"""What a translator is offered: the names and terms of a source string, as their own language writes them."""

from dataclasses import dataclass

from wagtail_localize.strings import StringValue

from cms.translation.names.matching import name_pattern, plain, word_pattern
from cms.translation.names.models import Name
from cms.translation.names.register import Known, Register, read_register


@dataclass(frozen=True)
class Offered:
    """A name or a term that stands in a source string: what to write, what else may be written, what never."""

    found: str
    forms: tuple[str, ...]
    also: tuple[str, ...]
    never: tuple[str, ...]
    note: str
    is_term: bool


def find_names(
    source: str, source_language: str, target_language: str, register: Register | None = None
) -> list[Offered]:
    """Return the forms of the names and terms that occur in a source string, in the order in which they occur."""
    text = plain(str(StringValue(source).render_text()))
    found = [
        (place, _offer(known, words, target_language))
        for known in (read_register() if register is None else register)
        if (place_and_words := _find(known, text, source_language)) and known.best(target_language)
        for place, words in [place_and_words]
    ]
    return [offered for _place, offered in sorted(found, key=lambda pair: pair[0])]


def find_form(known: Known, text: str, language: str) -> list[tuple[int, int]]:
    """Return the places where a name or a term stands in a text, in any form that may be written there."""
    pattern = word_pattern if known.is_term else name_pattern
    forms = [*known.forms(language), *_surnames(known, language)]
    return [match.span() for form in forms for match in pattern(form, language).finditer(text)]


def _find(known: Known, text: str, language: str) -> tuple[int, str] | None:
    places = find_form(known, text, language)
    if not places:
        return None
    start, end = min(places, key=lambda place: (place[0], -place[1]))
    return start, text[start:end]


def _surnames(known: Known, language: str) -> list[str]:
    if known.kind != Name.Kind.PERSON:
        return []
    return [form.split()[-1] for form in known.forms(language) if " " in form]


def _offer(known: Known, words: str, language: str) -> Offered:
    best = known.best(language)
    return Offered(
        found=words,
        forms=tuple(best),
        also=tuple(form for form in known.forms(language) if form not in best),
        never=tuple(known.forms(language, "forbidden")),
        note=known.note,
        is_term=known.is_term,
    )
