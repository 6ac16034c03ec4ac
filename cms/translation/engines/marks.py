"""What an engine must not touch: links, emphasis, placeholders, addresses and names go out marked and are counted back.

An answer is taken only when each mark came back once and nothing else is there: no tag, attribute or scheme that the
source did not have.
"""

import html
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from wagtail_localize.strings import StringValue

from cms.translation.checks.addresses import TYPED
from cms.translation.checks.markup import find_markup
from cms.translation.engines.names import find_places
from cms.translation.names.register import Register

_TAG = re.compile(r"(<[^<>]*>)")
_KNOWN_TAG = re.compile(r"""<(/?)([a-z]+)(?:\s+id\s*=\s*["']?([\w-]+)["']?)?\s*/?>""", re.IGNORECASE)
_SPAN = re.compile(r"""<span\b[^<>]*?\bid\s*=\s*["']?p(\d+)["']?[^<>]*>[^<>]*</span>""", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_PLACEHOLDER = re.compile(TYPED.pattern + r"|%\(\w+\)[sd]|%[sd]|\{\{[^{}]*\}\}|\{\w*\}|(?<!\w)[@#]\w+")
UNTRANSLATED = 40
"""Characters from which on a text that comes back as it was is no translation."""


@dataclass(frozen=True)
class Masked:
    """A text as it goes out, and what stands in for each of its marks when it comes back."""

    source: str
    text: str
    kept: tuple[str, ...]


def mask(source: str, languages: tuple[str, str], register: Register, key: UUID | None = None) -> Masked:
    """Mark what an engine must not touch in a text, localize's HTML; `languages` are its own and the other."""
    kept: list[str] = []

    def hold(shown: str, instead: str) -> str:
        kept.append(html.escape(instead, quote=False))
        return f'<span translate="no" id="p{len(kept)}">{html.escape(shown, quote=False)}</span>'

    parts = _TAG.split(source)
    out = [
        part if number % 2 else _mask_text(html.unescape(part), languages, register, key, hold)
        for number, part in enumerate(parts)
    ]
    return Masked(source=source, text="".join(out), kept=tuple(kept))


def unmask(masked: Masked, answer: str) -> str | None:
    """Return an answer as it may be stored; None when a mark is lost, doubled or added, or nothing was translated."""
    if _CONTROL.search(answer):
        return None
    numbers = [int(found[1]) for found in _SPAN.finditer(answer)]
    if sorted(numbers) != list(range(1, len(masked.kept) + 1)):
        return None
    said = _SPAN.sub(lambda found: masked.kept[int(found[1]) - 1], answer)
    tags = [_canonical(tag) for tag in _TAG.findall(said)]
    if None in tags or Counter(tags) != Counter(map(_canonical, _TAG.findall(masked.source))):
        return None
    return _as_stored(masked.source, _rewrite(said.strip()))


def _mask_text(
    text: str, languages: tuple[str, str], register: Register, key: UUID | None, hold: Callable[[str, str], str]
) -> str:
    """Return a plain text as HTML, with its placeholders and names held."""
    found = [(match.start(), match.end(), match[0]) for match in _PLACEHOLDER.finditer(text)]
    names = [(place.start, place.end, place.form) for place in find_places(text, *languages, register, key)]
    found += [place for place in names if not any(place[0] < end and start < place[1] for start, end, _same in found)]
    out, at = "", 0
    for start, end, instead in sorted(found):
        out += html.escape(text[at:start], quote=False) + hold(instead, instead)
        at = end
    return out + html.escape(text[at:], quote=False)


def _canonical(tag: str) -> tuple[str, ...] | None:
    """Return what a tag is known by; None for one that no text of ours has."""
    found = _KNOWN_TAG.fullmatch(tag)
    if found is None:
        return None
    name = found[2].lower()
    return ("" if name == "br" else found[1], name, found[3] or "")


def _rewrite(said: str) -> str:
    """Return the answer with its tags as we write them, and all else as text."""
    parts = _TAG.split(said)
    return "".join(
        _written(part) if number % 2 else html.escape(html.unescape(part), quote=False)
        for number, part in enumerate(parts)
    )


def _written(tag: str) -> str:
    close, name, number = _canonical(tag) or ("", "", "")
    if name == "br":
        return "<br/>"
    return f"<{close}{name}" + (f' id="{number}">' if number else ">")


def _as_stored(source: str, said: str) -> str | None:
    try:
        stored = str(StringValue.from_translated_html(said).data)
    except ValueError:
        return None
    if stored != said:  # a tag was closed before it was opened, or never: it would be mended by guessing
        return None
    is_same = stored == source.strip() and len(stored) >= UNTRANSLATED and " " in stored
    is_blank = not StringValue(stored).render_text().strip()
    return None if is_same or is_blank or any(find_markup(source, stored)) else stored
