"""Names and terms that are written otherwise than the register says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from cms.translation.names.matching import (
    SHORTEST_ODD,
    caseless_pattern,
    has_cases,
    name_pattern,
    odd_pattern,
    plain,
    word_pattern,
)
from cms.translation.names.models import Name, Use
from cms.translation.names.offers import find_form
from cms.translation.names.register import Known, Register

Why = Literal["forbidden", "foreign", "odd", "case"]
INFLECTED = (Name.Kind.PLACE, Name.Kind.PERSON)


@dataclass(frozen=True)
class Slip:
    """A form that is not to be written here, where it stands, and what to write."""

    start: int
    end: int
    found: str
    instead: tuple[str, ...]
    why: Why
    is_term: bool

    @property
    def sentence(self) -> str:
        """What to tell the writer."""
        if self.why == "case":
            return _("“%(found)s”: give the name the ending that it takes here.") % {"found": self.found}
        if not self.instead:
            return _("“%(found)s” is not to be written.") % {"found": self.found}
        offered = _(" or ").join(_("“%(form)s”") % {"form": form} for form in self.instead)
        return _("“%(found)s”: write %(forms)s.") % {"found": self.found, "forms": offered}


def find_slips(text: str, language: str, register: Register, *, key: UUID | None = None) -> list[Slip]:
    """Return what is wrong with the names and terms of a plain text, but for what the page of this key may mention."""
    written, text = text, plain(text)
    accepted = {place for known in register for place in find_form(known, text, language)}
    found: dict[tuple[int, int], Slip] = {}
    for known in register:
        if key in known.mentioned_by:
            continue
        for slip in _slips_of(known, text, language):
            if not _is_within(slip, accepted):
                found.setdefault((slip.start, slip.end), slip)
    if len(written) == len(text):
        found = {(start, end): replace(slip, found=written[start:end]) for (start, end), slip in found.items()}
    longest = sorted(found.values(), key=lambda slip: (slip.start, -slip.end))
    return [slip for slip in longest if not _is_within(slip, found.keys() - {(slip.start, slip.end)})]


def _slips_of(known: Known, text: str, language: str) -> Iterator[Slip]:
    pattern = word_pattern if known.is_word else name_pattern
    forms: list[tuple[str, Why]] = [(form, "forbidden") for form in known.forms(language, Use.FORBIDDEN)]
    forms += [(form, "foreign") for form in known.foreign_forms(language)]
    for form, why in forms:
        for match in pattern(form, language).finditer(text):
            yield _slip(known, match.span(), match[0], language, why)
    if known.kind == Name.Kind.PLACE and has_cases(language):
        for form in known.forms(language):
            pattern_of_case = caseless_pattern(form, language)
            for match in pattern_of_case.finditer(text) if pattern_of_case else ():
                yield _slip(known, match.span(), match[0], language, "case")
    if not has_cases(language) and known.kind in INFLECTED:
        for word in {form.split()[-1] for form in known.forms(language)}:
            if len(word) >= SHORTEST_ODD:
                for match in odd_pattern(word).finditer(text):
                    yield _slip(known, match.span(), match[0], language, "odd")


def _slip(known: Known, place: tuple[int, int], found: str, language: str, why: Why) -> Slip:
    instead = known.best(language)
    if known.kind == Name.Kind.PERSON and " " not in found:
        instead = list(dict.fromkeys(form.split()[-1] for form in instead))
    return Slip(place[0], place[1], found, tuple(instead), why, known.is_term)


def _is_within(slip: Slip, places: Iterable[tuple[int, int]]) -> bool:
    return any(start <= slip.start and slip.end <= end for start, end in places)
