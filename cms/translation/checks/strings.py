"""One string beside its source, as it is saved."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue

from cms.translation.checks.dates import find_dates
from cms.translation.checks.findings import Finding
from cms.translation.checks.leftovers import find_leftovers, find_same
from cms.translation.checks.markup import find_markup
from cms.translation.checks.measures import find_measures
from cms.translation.checks.numbers import find_numbers
from cms.translation.checks.order import find_order
from cms.translation.checks.swaps import find_swapped_links
from cms.translation.names.missing import find_missing
from cms.translation.names.register import Register, read_register
from cms.translation.names.slips import find_slips


def find_in(
    source: str,
    target: str,
    source_language: str,
    target_language: str,
    *,
    max_length: int | None = None,
    is_alt: bool = False,
    is_name: bool = False,
    register: Register | None = None,
    key: UUID | None = None,
    is_unread: bool = False,
) -> list[Finding]:
    """Return what is wrong, or may be, with the HTML of one translated string of the page with this key.

    `is_name` is what may be the same in every language: a name, an address. `is_unread` is what a machine wrote and
    no person has accepted: its terms are looked for, too.
    """
    text, original = _text(target), _text(source)
    register = read_register() if register is None else register
    if not text.strip():
        code = "alt" if is_alt else "missing"
        return [Finding(code, True, _alt_missing() if is_alt else _("This text is not translated yet."))]
    languages = source_language, target_language
    return [
        *find_markup(source, target),
        *find_swapped_links(source, target, languages, register),
        *find_numbers(original, text, *languages),
        *find_dates(original, text, *languages),
        *find_measures(original, text, *languages),
        *find_order(original, text, *languages),
        *_find_length(text, max_length),
        *(_find_alt(original, text) if is_alt else ()),
        *_find_names(original, text, languages, register, key, is_unread),
        *find_left(original, text, *languages, register, is_name=is_name, is_alt=is_alt),
    ]


def find_left(
    original: str,
    text: str,
    source_language: str,
    target_language: str,
    register: Register,
    *,
    is_name: bool = False,
    is_alt: bool = False,
) -> list[Finding]:
    """Return what of a text without marks is still the source's, or may be."""
    names = _forms(register)
    left = list(find_leftovers(original, text, source_language, target_language, names, is_name=is_name))
    if left or is_name or is_alt or original.strip() != text.strip():
        return left
    terms = {form for known in register if known.is_term for form in known.forms(target_language)}
    return list(find_same(text, source_language, target_language, names | terms))


def _find_names(
    original: str, text: str, languages: tuple[str, str], register: Register, key: UUID | None, is_unread: bool
) -> Iterator[Finding]:
    """Yield what the register says is not to be written, and the names of the source that are not there.

    What it forbids is an error, all else a warning. A name that is written wrong is not said to be missing as well; and
    a text that is the source’s says enough of itself.
    """
    slips = find_slips(text, languages[1], register, key=key)
    for slip in slips:
        yield Finding("term" if slip.is_term else "name", slip.why == "forbidden", slip.sentence)
    told = {form for slip in slips for form in slip.instead}
    if original.strip() != text.strip():
        for missing in find_missing(original, text, languages, register, key=key, with_words=is_unread):
            if not told & {*missing.forms, *(form.split()[-1] for form in missing.forms)}:
                yield Finding("term" if missing.is_term else "name", False, missing.sentence)


def _forms(register: Register) -> set[str]:
    return {spelling.text for known in register if not known.is_term for spelling in known.spellings}


def _find_length(text: str, most: int | None) -> Iterator[Finding]:
    if most and len(text) > most:
        sentence = _("This has %(length)d characters; there is room for %(most)d.")
        yield Finding("length", True, sentence % {"length": len(text), "most": most})


def _find_alt(original: str, text: str) -> Iterator[Finding]:
    if text.strip() == original.strip():
        is_sentence = sum(word.islower() for word in text.split()) > 1
        yield Finding("alt", is_sentence, _("The description of the picture is still that of the source."))


def _alt_missing() -> str:
    return _("The description of a picture is not translated yet: those who cannot see it would get none.")


def _text(html: str) -> str:
    return str(StringValue(html).render_text()) if "<" in html or "&" in html else html
