"""The coverage as CSV for a spreadsheet, and as JSON for programs."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _

from cms.content.languages import languages
from cms.translation.coverage.cells import partner_of
from cms.translation.coverage.finding import Item, read_titles
from cms.translation.coverage.totals import count_items

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet would take for the beginning of a formula (OWASP, CSV injection)."""

_WITHIN = re.compile(r"(?<=[;\t\r\n])(?=[\s\"']*[=+@-])")
"""Where a cell would become several: where a comma is written in numbers, spreadsheets divide at semicolons instead."""


def as_csv(items: Sequence[Item], partners: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a CSV file (RFC 4180), with a mark by which spreadsheets know UTF-8."""
    wanted, titles = languages(), read_titles(items)
    yield "\ufeff" + _line([_("Key"), _("Kind"), _("Partner"), _("Title"), _("Original"), *wanted, _("Restricted")])
    for item in items:
        said = [str(item.key), item.kind, partner_of(item, partners), titles[item.shown.pk], item.language]
        yield _line([*said, *(how.value for how in item.how_everywhere()), " ".join(item.restricted)])


def as_json(items: Sequence[Item], partners: Mapping[str, str]) -> dict[str, Any]:
    """Return the coverage of all items as JSON can hold it."""
    totals = {total.how.value: dict(zip(languages(), total.numbers, strict=True)) for total in count_items(items)}
    titles = read_titles(items)
    described = [_describe(item, partner_of(item, partners), titles[item.shown.pk]) for item in items]
    return {"languages": languages(), "totals": totals, "items": described}


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    within = _WITHIN.sub("'", cell)
    return f"'{within}" if cell.startswith(DANGEROUS) else within


def _line(cells: Iterable[str]) -> str:
    written = StringIO()
    csv.writer(written).writerow([neutral(cell) for cell in cells])
    return written.getvalue()


def _describe(item: Item, partner: str, title: str) -> dict[str, Any]:
    times = {language: item.goes_live(language) for language in languages()}
    return {
        "id": str(item.key),
        "kind": item.kind,
        "partner": partner,
        "title": title,
        "language": item.language,
        "coverage": {language: how.value for language, how in zip(languages(), item.how_everywhere(), strict=True)},
        "goes_live": {language: _moment(time) for language, time in times.items() if time},
        "restricted": item.restricted,
    }


def _moment(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
