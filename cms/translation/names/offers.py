"""What a translator is offered: the names and terms of a source string, as their own language writes them."""

from dataclasses import dataclass, replace

from wagtail_localize.strings import StringValue

from cms.translation.names.matching import beginning_of, name_pattern, plain, word_pattern
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


class Offers:
    """The register, made ready to be looked for in many texts."""

    def __init__(self, register: Register) -> None:
        """Take the register; what a pair of languages needs is prepared when the first text in it comes."""
        self._register = register
        self._ready: dict[tuple[str, str], list[_Ready]] = {}

    def find(self, source: str, source_language: str, target_language: str) -> list[Offered]:
        """Return the forms of the names and terms that occur in a source string, in the order in which they occur."""
        # Most texts have no tags, and to parse them takes longer than all the rest.
        text = plain(str(StringValue(source).render_text()) if "<" in source or "&" in source else source)
        small, languages = text.lower(), (source_language, target_language)
        if languages not in self._ready:
            self._ready[languages] = [_Ready(known, *languages) for known in self._register if known.best(languages[1])]
        found = ((place, ready) for ready in self._ready[languages] if (place := ready.find(text, small)))
        return [
            replace(ready.offered, found=text[start:end])
            for (start, end), ready in sorted(found, key=lambda pair: pair[0][0])
        ]


def find_names(
    source: str, source_language: str, target_language: str, register: Register | None = None
) -> list[Offered]:
    """Return the forms of the names and terms that occur in one source string, in the order in which they occur."""
    offers = Offers(read_register() if register is None else register)
    return offers.find(source, source_language, target_language)


def find_form(known: Known, text: str, language: str) -> list[tuple[int, int]]:
    """Return the places where a name or a term stands in a text, in any form that may be written there."""
    pattern = word_pattern if known.is_word else name_pattern
    return [match.span() for form in _written(known, language) for match in pattern(form, language).finditer(text)]


def may_stand(known: Known, small: str, language: str) -> bool:
    """Whether a name or a term can stand in a text at all, which is given in small letters: told in no time."""
    return any(beginning_of(form, language, is_word=known.is_word) in small for form in _written(known, language))


class _Ready:
    """A name or a term, with what it is offered as and the letters with which its forms begin."""

    def __init__(self, known: Known, source: str, target: str) -> None:
        self.known, self.language, self.offered = known, source, _offer(known, "", target)
        self.beginnings = {beginning_of(form, source, is_word=known.is_word) for form in _written(known, source)}

    def find(self, text: str, small: str) -> tuple[int, int] | None:
        """Return the first place where it stands, the longest of those; `small` is the text in small letters."""
        if not any(beginning in small for beginning in self.beginnings):
            return None
        places = find_form(self.known, text, self.language)
        return min(places, key=lambda place: (place[0], -place[1])) if places else None


def _written(known: Known, language: str) -> list[str]:
    return [*known.forms(language), *_surnames(known, language)]


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
