"""Slugs: readable ASCII names in addresses, made from titles once.

Ukrainian follows the official table (Cabinet of Ministers, resolution 55 of 27 January 2010).
"""

import re
from itertools import count
from typing import TYPE_CHECKING

from anyascii import anyascii
from wagtail.models import Page

if TYPE_CHECKING:
    from cms.content.pages import ContentPage

LONGEST = 80

_EVERYWHERE = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "h",
    "ґ": "g",
    "д": "d",
    "е": "e",
    "ж": "zh",
    "з": "z",
    "и": "y",
    "і": "i",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
}
_AT_THE_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_INSIDE = {"є": "ie", "ї": "i", "й": "i", "ю": "iu", "я": "ia"}
# Not Ukrainian, but met in names; KMU 55 says nothing of them.
_NEIGHBOURS = {"ё": "io", "ы": "y", "э": "e", "ъ": ""}
_TABLE = {**_EVERYWHERE, **_INSIDE, **_NEIGHBOURS, "ь": ""}

_APOSTROPHES = re.compile(r"['’ʼ`´]")
_FIRST_LETTER = re.compile(r"(?<!\w)[єїйюя]")
_CYRILLIC = re.compile(f"[{''.join(_TABLE)}]")
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


def transliterate(text: str) -> str:
    """Return Ukrainian text in lower-case Latin letters; other letters stay as they are."""
    text = _APOSTROPHES.sub("", text.lower())
    text = text.replace("зг", "zgh")  # not “zh”, which is ж
    text = _FIRST_LETTER.sub(lambda match: _AT_THE_START[match[0]], text)
    return _CYRILLIC.sub(lambda match: _TABLE[match[0]], text)


def slug_of(title: str) -> str:
    """Return the slug a title suggests: ASCII words joined by hyphens, cut at a word; empty when nothing is left."""
    words = _NOT_IN_SLUGS.sub("-", anyascii(transliterate(title)).lower()).strip("-")
    if len(words) <= LONGEST:
        return words
    return words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]


def free_slug(page: "ContentPage", wanted: str = "") -> str:
    """Return the slug of the page's title, numbered when a sibling or another page of its kind and language has it."""
    wanted = wanted or slug_of(page.title) or slug_of(page.get_verbose_name()) or "page"
    taken = _slugs_beside(page, wanted)
    if wanted not in taken:
        return wanted
    return next(f"{wanted}-{number}" for number in count(2) if f"{wanted}-{number}" not in taken)


def _slugs_beside(page: "ContentPage", wanted: str) -> set[str]:
    same_kind = type(page).objects.filter(locale_id=page.locale_id, slug__startswith=wanted)
    parent = page.get_parent()
    siblings = parent.get_children() if parent else Page.objects.none()
    found = same_kind.exclude(pk=page.pk).values_list("slug", flat=True)
    beside = siblings.filter(slug__startswith=wanted).exclude(pk=page.pk).values_list("slug", flat=True)
    return {*found, *beside}
