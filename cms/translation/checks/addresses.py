"""Addresses of pages and mailboxes that somebody typed: a translation has those of its source."""

import html
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.translation.checks.findings import Finding

_SUFFIXES = (
    "se|fi|ua|ax|no|dk|is|fo|gl|ee|lv|lt|pl|de|nl|be|lu|fr|es|pt|it|at|ch|cz|sk|si|hr|hu|ro|bg|gr|ie|uk|ge|us|ca|au"
    "|eu|com|org|net|info|int|edu|gov|mil|biz|io|app|dev|nu|tv|укр"
)
"""Ends of hosts that are known without http or www: few, as files, abbreviations and sentences have full stops, too."""

_END = r"[^\s<>.,;:!?)…'\"’”“»«]"
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
TYPED = re.compile(
    rf"(?:https?://|www\.)[^\s<>]*{_END}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|(?<![\w@./:-])(?:{_LABEL}\.)*[^\W_][\w-]*[^\W_]\.(?:{_SUFFIXES})(?![\w@]|\.\w)(?:[/?#][^\s<>]*{_END}|/)?"
)
"""An address of a page or of a mailbox as somebody types it, without what follows it in a sentence."""

_LINK = re.compile(r"<a\b.*?</a\s*>|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?")
_ENDING = re.compile(r"[:'’][^\W\d_]{1,5}\Z")
"""What a language puts to an address: umea.se:n, umea.se’s."""

_HOST = re.compile(r"^[^/?#]*")
_OF_LANGUAGE = re.compile(r"(?:www|[a-z]{2})\.(?=[^.]+\.)")
"""How the host of a site begins in one of its languages."""


def find_typed(source: str, target: str) -> Iterator[Finding]:
    """Yield which addresses are others; one of the same site may be its page in the other language."""
    theirs, ours = _typed(source), _typed(target)
    lost, added = theirs - ours, ours - theirs
    if {_site(address) for address in lost} - {_site(address) for address in added}:
        yield Finding("links", True, _("A link of the source is missing."))
    if added:
        is_elsewhere = not {_site(address) for address in added} <= {_site(address) for address in lost}
        sentence = _("There is a link that the source does not have, or one too many.")
        yield Finding("links", is_elsewhere, sentence)


def _typed(text: str) -> set[str]:
    """Return the addresses of a string that are no link, each in one way of writing it."""
    if "@" not in text and "." not in text:
        return set()
    found = TYPED.findall(html.unescape(_LINK.sub(" ", text)))
    plain = (_SCHEME.sub("", _ENDING.sub("", address).rstrip("/")) for address in found)
    return {_HOST.sub(lambda host: host[0].lower(), address) for address in plain}


def _site(address: str) -> str:
    """Return the site of an address, whichever of its languages it leads to; a mailbox is its own."""
    if "@" in address.partition("/")[0]:
        return address.lower()
    return _OF_LANGUAGE.sub("", re.split(r"[/?#:]", address)[0].lower(), count=1)
