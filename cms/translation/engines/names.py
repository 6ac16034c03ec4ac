"""Names and terms of the register in a text that goes to an engine: where they stand, and what to write instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from wagtail.models import Page

from cms.content.pages import ContentPage
from cms.translation.names.matching import has_cases, plain
from cms.translation.names.models import Name, Use
from cms.translation.names.offers import find_form
from cms.translation.names.register import Known, Register

GENITIVES = ("s", "'s", ":s", "'")
"""What Swedish and English put after a name; both have it, so it can be put over."""


@dataclass(frozen=True)
class Place:
    """Where a name or a term stands, and the form of the other language."""

    start: int
    end: int
    form: str


def find_places(text: str, source: str, target: str, register: Register, key: UUID | None = None) -> list[Place]:
    """Return where names and terms stand in a plain text, none within another.

    A word with an ending says more than its name (Hersonissa: in Kherson), so it is left to the engine; only what is
    written as in the register is found, and the genitives of Swedish and English.
    """
    same = plain(text)
    if len(same) != len(text):
        return []
    found = [
        place
        for known in register
        if known.best(target) and key not in known.mentioned_by
        for place in _find(known, same, source, target)
    ]
    kept: list[Place] = []
    for place in sorted(found, key=lambda place: (place.start, -place.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def glossary_of(source: str, target: str, register: Register) -> dict[str, str]:
    """Return names and terms as an engine’s glossary: what one language writes, and what the other.

    Of people only those whose page everybody can read, as searches do: nobody else’s name is sent but with a text that
    has it.
    """
    people = set(_people_who_are_public())
    entries: dict[str, str] = {}
    for known in register:
        if known.best(target) and (known.kind != Name.Kind.PERSON or known.pk in people):
            entries = {**_written(known, source, target), **entries}
    return entries


def _written(known: Known, source: str, target: str) -> dict[str, str]:
    """Return what is to be written for each form of a language."""
    best = known.best(target)[0]
    # What is only allowed, such as an abbreviation, stays where the other language has it too.
    same = set(known.forms(source, Use.ALLOWED)) & set(known.forms(target))
    written = {plain(form): form if form in same else best for form in known.forms(source)}
    if known.kind == Name.Kind.PERSON:
        written |= {plain(form).split()[-1]: best.split()[-1] for form in known.forms(source) if " " in form}
    return written


def _find(known: Known, text: str, source: str, target: str) -> Iterator[Place]:
    written = _written(known, source, target)
    for start, end in find_form(known, text, source):
        form = _form(text[start:end], written, source, target, is_word=known.is_word)
        if form:
            yield Place(start, end, form)


def _form(found: str, written: dict[str, str], source: str, target: str, *, is_word: bool) -> str | None:
    if found in written:
        return written[found]
    if is_word:
        said = {word.lower(): form for word, form in written.items()}.get(found.lower())
        return said[0].upper() + said[1:] if said and found[0].isupper() else said
    if not has_cases(source) and not has_cases(target):
        for ending in GENITIVES:
            if found.endswith(ending) and found.removesuffix(ending) in written:
                return _in_genitive(written[found.removesuffix(ending)], target)
    return None


def _in_genitive(form: str, language: str) -> str:
    if language.startswith("en"):
        return f"{form}’s"
    return form if form.endswith("s") else f"{form}s"


def _people_who_are_public() -> Iterator[int]:
    """Yield the numbers of the names of people whose page everybody can read, on a ground that still stands."""
    named = list(Name.objects.filter(kind=Name.Kind.PERSON, page__isnull=False).values_list("pk", "page"))
    pages = Page.objects.live().public().filter(pk__in={page for _name, page in named}).specific()
    now = timezone.now()
    shown = {page.pk for page in pages if isinstance(page, ContentPage) and page.is_permitted(now)}
    yield from (name for name, page in named if page in shown)
