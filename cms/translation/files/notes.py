"""What a file tells a translator about a text: how long it may be, what its field is for, its names and terms."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.translation.files.reading import CONTROL
from cms.translation.files.units import Unit, Work
from cms.translation.names.offers import Offered, Offers


def write_notes(work: Work, unit: Unit, offers: Offers) -> Iterator[tuple[str, str]]:
    """Yield the notes of a text, each on one line, with what it is about."""
    if unit.max_length:
        yield "max length", str(unit.max_length)
    if unit.help:
        yield "help", on_one_line(unit.help)
    for offered in offers.find(unit.source, work.source_language, work.language):
        yield "term" if offered.is_term else "name", on_one_line(_write(offered))


def on_one_line(text: str) -> str:
    """Return words without line breaks, and without signs that no file may have."""
    return " ".join(CONTROL.sub(" ", text).split())


def _write(offered: Offered) -> str:
    said = [f"{offered.found} → {', '.join([*offered.forms, *offered.also])}"]
    if offered.never:
        said.append(f"{_('Never:')} {', '.join(offered.never)}")
    if offered.note:
        said.append(offered.note)
    return "; ".join(said)
