"""The coverage as CSV for a spreadsheet, and as JSON for programs."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.content.languages import languages
from cms.translation.coverage.cells import Item, read_items
from cms.translation.coverage.totals import as_totals

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet would take for the beginning of a formula (OWASP, CSV injection)."""

AT_ONCE = 500


def as_csv(pages: Any, partners: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a CSV file (RFC 4180), with a mark by which spreadsheets know UTF-8."""
    yield "\ufeff" + _line([_("Key"), _("Kind"), _("Partner"), _("Title"), _("Original"), *languages()])
    for item in read_all(pages, partners):
        said = [str(item.key), item.kind, item.partner, item.title, item.language]
        yield _line([*said, *(cell.how.value for cell in item.cells)])


def as_json(pages: Any, partners: Mapping[str, str]) -> dict[str, Any]:
    """Return the coverage of all items as JSON can hold it."""
    items = list(read_all(pages, partners))
    found = Counter((cell.language, cell.how) for item in items for cell in item.cells)
    totals = {total.how.value: dict(zip(languages(), total.numbers, strict=True)) for total in as_totals(found)}
    return {"languages": languages(), "totals": totals, "items": [_describe(item) for item in items]}


def read_all(pages: Any, partners: Mapping[str, str]) -> Iterator[Item]:
    """Yield the items of a query, some hundred at a time."""
    batch: list[Page] = []
    for page in pages.select_related("locale").iterator(chunk_size=AT_ONCE):
        batch.append(page)
        if len(batch) == AT_ONCE:
            yield from read_items(batch, partners=partners)
            batch = []
    yield from read_items(batch, partners=partners)


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
        "partner": item.partner,
        "title": item.title,
        "language": item.language,
        "coverage": {cell.language: cell.how.value for cell in item.cells},
        "goes_live": {cell.language: _moment(cell.goes_live) for cell in item.cells if cell.goes_live},
    }


def _moment(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
