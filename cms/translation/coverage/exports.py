"""The coverage as CSV for a spreadsheet, and as JSON for programs."""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.content.languages import languages
from cms.translation.coverage.cells import Item, read_items

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet would take for the beginning of a formula (OWASP, CSV injection)."""

AT_ONCE = 500


def as_csv(pages: Any) -> Iterator[str]:
    """Yield the lines of a CSV file (RFC 4180), with a mark by which spreadsheets know UTF-8."""
    yield "\ufeff" + _line([_("Key"), _("Kind"), _("Title"), _("Original"), *languages()])
    for item in read_all(pages):
        yield _line([str(item.key), item.kind, item.title, item.language, *(cell.how.value for cell in item.cells)])


def as_json(pages: Any) -> dict[str, Any]:
    """Return the coverage of all items as JSON can hold it."""
    return {"languages": languages(), "items": [_describe(item) for item in read_all(pages)]}


def read_all(pages: Any) -> Iterator[Item]:
    """Yield the items of a query, some hundred at a time."""
    batch: list[Page] = []
    for page in pages.select_related("locale").iterator(chunk_size=AT_ONCE):
        batch.append(page)
        if len(batch) == AT_ONCE:
            yield from read_items(batch)
            batch = []
    yield from read_items(batch)


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def _line(cells: Iterable[str]) -> str:
    written = StringIO()
    csv.writer(written).writerow([neutral(str(cell)) for cell in cells])
    return written.getvalue()


def _describe(item: Item) -> dict[str, Any]:
    return {
        "id": str(item.key),
        "kind": item.kind,
        "title": item.title,
        "language": item.language,
        "coverage": {cell.language: cell.how.value for cell in item.cells},
        "goes_live": {cell.language: _moment(cell.goes_live) for cell in item.cells if cell.goes_live},
    }


def _moment(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
