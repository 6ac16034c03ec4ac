"""What may stand in the place of a text: inline HTML, with the links of its source, and no longer than it fits."""

from html.parser import HTMLParser
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString
from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue, extract_ids

from cms.translation.files.reading import CONTROL
from cms.translation.files.units import Unit

EMPTY_TAGS = ("br",)


def clean(target: str, unit: Unit) -> str:
    """Return a target as localize stores it; raise `ValueError` when it is not what may stand there."""
    if CONTROL.search(target):
        raise ValueError(_("The text has signs that no text has."))
    _check_balance(target)
    html = _normal(target)
    soup = BeautifulSoup(target, "html.parser")
    if any(type(each) is not NavigableString for each in soup.find_all(string=True)):
        raise ValueError(_("Remarks and declarations in HTML are not taken."))
    if extract_ids(html) != extract_ids(unit.source):
        raise ValueError(_("The links of the text are not those of the source."))
    length = len(StringValue(html).render_text())
    if unit.max_length and length > unit.max_length:
        raise ValueError(
            _("The text has %(length)d characters, and %(most)d have room.")
            % {"length": length, "most": unit.max_length}
        )
    return html if StringValue(html).render_text().strip() else ""


def _check_balance(html: str) -> None:
    reader = _Balance()
    reader.feed(html)
    reader.close()
    if reader.open or reader.is_broken:
        raise ValueError(_("A tag is opened and not closed, or closed and not opened."))


class _Balance(HTMLParser):
    """Counts whether each tag that is opened is closed, in that order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.is_broken = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in EMPTY_TAGS:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.is_broken |= tag not in EMPTY_TAGS

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY_TAGS:
            self.is_broken |= not self.open or self.open.pop() != tag


def _normal(html: str) -> str:
    """Return HTML as localize writes it; raise `ValueError` when it has more than inline tags."""
    return str(StringValue.from_translated_html(html).data)
