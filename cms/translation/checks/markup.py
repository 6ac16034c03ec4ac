"""Links, typed addresses and emphasis: a translation has those of its source."""

import html
import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail_localize.strings import INLINE_TAGS

from cms.translation.checks.findings import Finding

_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\b([^>]*)>")
_ADDRESS = re.compile(r"""\b(?:href|id)\s*=\s*["']?([^"'\s>]+)""")
_SAME = {"strong": "b", "em": "i"}
_EMPTY_LINK = re.compile(r"<a\b[^>]*>(?:\s|&nbsp;|<[^>]*>)*?</a\s*>", re.IGNORECASE)
_LINK = re.compile(r"<a\b.*?</a\s*>|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_END = r"[^\s<>.,;:!?)…'\"’”“»«]"
TYPED = re.compile(rf"(?:https?://|www\.)[^\s<>]*{_END}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""An address of a page or of a mailbox as somebody types it, without what follows it in a sentence."""

_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?")
_OF_LANGUAGE = re.compile(r"(?:www|[a-z]{2})\.(?=[^.]+\.)")
"""How the host of a site begins in one of its languages."""


def find_markup(source: str, target: str) -> Iterator[Finding]:
    """Yield what is wrong with the links, the addresses and the emphasis of a translation."""
    yield from _find_typed(_typed(source), _typed(target))
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


def _find_typed(typed: set[str], ours: set[str]) -> Iterator[Finding]:
    """Yield which addresses are others; one of the same site may be its page in the other language."""
    lost, added = typed - ours, ours - typed
    if {_site(address) for address in lost} - {_site(address) for address in added}:
        yield Finding("links", True, _("A link of the source is missing."))
    if added:
        is_elsewhere = not {_site(address) for address in added} <= {_site(address) for address in lost}
        sentence = _("There is a link that the source does not have, or one too many.")
        yield Finding("links", is_elsewhere, sentence)


def _typed(text: str) -> set[str]:
    """Return the addresses of a string that are no link, each in one way of writing it."""
    if "@" not in text and "://" not in text and "www." not in text:
        return set()
    found = TYPED.findall(html.unescape(_LINK.sub(" ", text)))
    return {_SCHEME.sub("", address.rstrip("/")) for address in found}


def _site(address: str) -> str:
    """Return the site of an address, whichever of its languages it leads to; a mailbox is its own."""
    if "@" in address.partition("/")[0]:
        return address.lower()
    return _OF_LANGUAGE.sub("", re.split(r"[/?#:]", address)[0].lower(), count=1)


def _links(text: str) -> Counter[str]:
    """Return what the links of a string are known by: localize's ids, or their addresses."""
    found = (match for match in _TAG.finditer(text) if match[1].lower() == "a")
    return Counter(address[1] if (address := _ADDRESS.search(match[2])) else "" for match in found)


def _tags(text: str) -> Counter[str]:
    names = (match[1].lower() for match in _TAG.finditer(text))
    return Counter(_SAME.get(name, name) for name in names if name != "a")
