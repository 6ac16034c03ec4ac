"""Looks through all texts that partner cities get, or through files, for what the register knows otherwise.

A line that is yielded says where to look, what is wrong there and what to write, and where to mend it:
`/sv/umea/news/…: body, block 7 (quote), text, line 3: “Kherson”: write “Cherson”. https://…/admin/pages/12/edit/`.
Lines of a field are counted as readers see them: a paragraph, a heading, an item of a list and a line break each begin
one; empty paragraphs are none.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue

from cms.content.documents import declarations
from cms.content.files import ContentDocument
from cms.content.images import ImageText
from cms.content.pages import ContentPage
from cms.content.paths import public_path
from cms.translation.digests import strings
from cms.translation.names.register import Register, read_register
from cms.translation.names.slips import Slip, find_slips
from cms.translation.positions import positions_in

NOT_TEXT = ("names", "original", "original_text")
"""Fields that keep names and words as others write them."""


@dataclass(frozen=True)
class Found:
    """A slip in a page: the path of its field, and the line within it."""

    path: str
    line: int
    slip: Slip


def lint_all(languages: Iterable[str]) -> Iterator[str]:
    """Yield a line for each slip in what partner cities get in these languages, and in what is suggested of it."""
    register, wanted = read_register(), set(languages)
    yield from _lint_pages(wanted, register)
    yield from _lint_image_texts(wanted, register)
    yield from _lint_documents(wanted, register)


def lint_work(languages: Iterable[str]) -> Iterator[str]:
    """Yield a line for each slip in what is translated into these languages, whether it is live or not."""
    register = read_register()
    translations = Translation.objects.filter(enabled=True, target_locale__language_code__in=set(languages))
    for translation in translations.select_related("source", "target_locale").order_by("pk"):
        page = Page.objects.filter(
            translation_key=translation.source.object_id, locale=translation.target_locale_id
        ).first()
        if page:
            yield from _lint_translation(translation, page, register)


def lint_file(file: Path, language: str, register: Register) -> Iterator[str]:
    """Yield a line for each slip in a file: path:line:column, what to write."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        for slip in find_slips(line, language, register):
            yield f"{file}:{number}:{slip.start + 1}: {slip.sentence}"


def find_in_page(page: ContentPage, register: Register) -> list[Found]:
    """Return each slip in a page as it is in memory."""
    found, lines = list[Found](), Counter[str]()
    for path, html in strings(page):
        if not set(path.split(".")) & set(NOT_TEXT):
            text = _text(html)
            found += _look(path, text, page.language, register, page.translation_key, above=lines[path])
            lines[path] += _lines_of(text)
    return found


def _lint_pages(languages: set[str], register: Register) -> Iterator[str]:
    for declared in declarations():
        pages = declared.model.objects.filter(live=True, locale__language_code__in=languages)
        for page in pages.select_related("locale").order_by("locale__language_code", "path"):
            found = find_in_page(page, register)
            positions = positions_in(page, {each.path for each in found}) if found else {}
            for each in found:
                yield _say(public_path(page), positions[each.path], each, _edit("wagtailadmin_pages:edit", page.pk))


def _lint_image_texts(languages: set[str], register: Register) -> Iterator[str]:
    for row in ImageText.objects.filter(language__in=languages).order_by("language", "image_id"):
        for field in ("alt", "caption"):
            for each in _look(field, getattr(row, field), row.language, register):
                address = f"/images/{row.image_id}/{row.language}"
                yield _say(address, field, each, _edit("wagtailimages:edit", row.image_id))


def _lint_documents(languages: set[str], register: Register) -> Iterator[str]:
    for row in ContentDocument.objects.filter(language__in=languages).order_by("language", "pk"):
        for each in _look("title", row.title, row.language, register):
            yield _say(f"/documents/{row.pk}/{row.language}", "title", each, _edit("wagtaildocs:edit", row.pk))


def _lint_translation(translation: Translation, page: Page, register: Register) -> Iterator[str]:
    """Yield the slips of the texts at a workbench, each with the address at which it stands there."""
    language, key = translation.target_locale.language_code, translation.source.object_id
    live = {html for _path, html in strings(page.specific)} if page.live else set()
    for number, path, html in _said(translation):
        for each in _look(path, _text(html), language, register, key) if html not in live else ():
            edit = f"{_edit('wagtailadmin_pages:edit', page.pk)}#segment-{number}"
            yield _say(f"/{language}/translations/{translation.pk}", f"text {number}", each, edit)


def _said(translation: Translation) -> Iterator[tuple[int, str, str]]:
    """Yield number, path and translation of each text that was translated, in the order of the page."""
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale_id, context__object_id=translation.source.object_id
    )
    said = {(row.context_id, row.translation_of_id): str(row.data) for row in rows}
    for segment in (
        StringSegment.objects.filter(source=translation.source_id).select_related("context").order_by("order")
    ):
        html = said.get((segment.context_id, segment.string_id))
        if html:
            yield segment.pk, segment.context.path, html


def _look(
    path: str, text: str, language: str, register: Register, key: UUID | None = None, *, above: int = 0
) -> list[Found]:
    """Return the slips of a text; `above` are the lines of its field before it."""
    return [
        Found(path, above + _lines_of(text[: slip.start]), slip)
        for slip in find_slips(text, language, register, key=key)
    ]


def _say(address: str, position: str, found: Found, edit: str) -> str:
    return f"{address}: {position}, line {found.line}: {found.slip.sentence} {edit}"


def _edit(view: str, pk: int) -> str:
    return f"{settings.PUBLIC_URL}{reverse(view, args=[pk])}"


def _lines_of(text: str) -> int:
    return text.count("\n") + 1


def _text(html: str) -> str:
    return str(StringValue(html).render_text())
