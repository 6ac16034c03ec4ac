"""Links, typed addresses and emphasis: a translation has those of its source."""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail_localize.strings import INLINE_TAGS

from cms.translation.checks.addresses import find_typed
from cms.translation.checks.findings import Finding

_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\b([^>]*)>")
_ADDRESS = re.compile(r"""\b(?:href|id)\s*=\s*["']?([^"'\s>]+)""")
_SAME = {"strong": "b", "em": "i"}
_EMPTY_LINK = re.compile(r"<a\b[^>]*>(?:\s|&nbsp;|<[^>]*>)*?</a\s*>", re.IGNORECASE)


def find_markup(source: str, target: str) -> Iterator[Finding]:
    """Yield what is wrong with the links, the addresses and the emphasis of a translation."""
    yield from find_typed(source, target)
    if "<" not in source and "<" not in target:
        return
    yield from _find_links(_links(source), _links(target))
    if len(_EMPTY_LINK.findall(target)) > len(_EMPTY_LINK.findall(source)):
        yield Finding("links", True, _("A link has no text: nobody could follow it."))
    tags, ours = _tags(source), _tags(target)
    unknown = sorted(set(ours) - {*INLINE_TAGS, "a"})
    if unknown:
        yield Finding("markup", True, _("“<%(tag)s>” cannot stand in a translation.") % {"tag": unknown[0]})
    elif tags != ours:
        yield Finding("markup", False, _("Bold, italic or line breaks are not as in the source."))


def _find_links(links: Counter[str], ours: Counter[str]) -> Iterator[Finding]:
    if links - ours:
        yield Finding("links", True, _("A link of the source is missing."))
    if ours - links:
        yield Finding("links", True, _("There is a link that the source does not have, or one too many."))


def _links(text: str) -> Counter[str]:
    """Return what the links of a string are known by: localize's ids, or their addresses."""
    found = (match for match in _TAG.finditer(text) if match[1].lower() == "a")
    return Counter(address[1] if (address := _ADDRESS.search(match[2])) else "" for match in found)


def _tags(text: str) -> Counter[str]:
    names = (match[1].lower() for match in _TAG.finditer(text))
    return Counter(_SAME.get(name, name) for name in names if name != "a")
