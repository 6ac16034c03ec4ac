"""Looks through all live texts, or through files, for names and terms that the register does not know so."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from wagtail_localize.strings import StringValue

from cms.content.documents import declarations
from cms.content.pages import ContentPage
from cms.content.paths import public_path
from cms.translation.digests import strings
from cms.translation.names.register import Register, read_register
from cms.translation.names.slips import Slip, find_slips
from cms.translation.places import places_in

NOT_TEXT = ("names", "original", "original_text")
"""Fields that keep names and words as others write them."""


def lint_pages(languages: Iterable[str]) -> Iterator[str]:
    """Yield a line for each slip in the live texts of these languages: its page, its field, what to write."""
    register = read_register()
    wanted = set(languages)
    for declared in declarations():
        pages = declared.model.objects.filter(live=True, locale__language_code__in=wanted)
        for page in pages.select_related("locale").order_by("locale__language_code", "path"):
            yield from _lint_page(page, register)


def lint_file(file: Path, language: str, register: Register) -> Iterator[str]:
    """Yield a line for each slip in a file: path:line:column, what to write."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        for slip in find_slips(line, language, register):
            yield f"{file}:{number}:{slip.start + 1}: {slip.sentence}"


def find_in_page(page: ContentPage, register: Register) -> list[tuple[str, Slip]]:
    """Return each slip in a page as it is in memory, with what editors call the field it stands in."""
    found = [
        (path, slip)
        for path, html in strings(page)
        if not set(path.split(".")) & set(NOT_TEXT)
        for slip in find_slips(str(StringValue(html).render_text()), page.language, register, key=page.translation_key)
    ]
    places = places_in(page, {path for path, _slip in found}) if found else {}
    return [(str(places[path]) or path, slip) for path, slip in found]


def _lint_page(page: ContentPage, register: Register) -> Iterator[str]:
    for place, slip in find_in_page(page, register):
        yield f"{public_path(page)} “{page.title}” {place}: {slip.sentence}"
