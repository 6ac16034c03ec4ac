"""Which parameters each address accepts, and what each of them holds."""

import re
from collections.abc import Iterable
from datetime import time
from functools import cache

from cms.api.languages import languages_meant
from cms.api.values import MOST, Parameter, choice, codes, keys, moment, number, one_of, question, several
from cms.content.languages import in_path, languages
from cms.publications.models import READABLE, Status
from cms.publications.selection import ORDERS
from frontend_contract.models.documents import SUMMARY, fields_of
from frontend_contract.models.shape import KINDS

LARGEST_OFFSET = 1_000_000_000
LIST_LIMIT = 20
CHANGES_LIMIT = 100
LONGEST_PATH = 700

_CURSOR = re.compile(r"[A-Za-z0-9\-_.]{1,200}")
_PATH = re.compile(r"(/[a-z0-9\-.~]+)+/?")
_LINKS = "names, quotes or links to one of these, by key, in its fields or in its text."


@cache
def item_parameters(kind: str) -> dict[str, Parameter]:
    """Return the parameters that an item of this kind takes."""
    return {"fallback": _fallback(), **part_parameters(fields_of(kind))}


@cache
def list_parameters(kind: str) -> dict[str, Parameter]:
    """Return the parameters that a list of this kind takes."""
    return {
        **page_parameters(),
        **filter_parameters(),
        "sort": choice(list(ORDERS), "The order; with a minus sign the latest first; ties by `id`."),
        **part_parameters(fields_of(kind)),
    }


def page_parameters() -> dict[str, Parameter]:
    """Return the parameters that say which part of a list is wanted, and in which languages."""
    return {
        "limit": number(1, MOST, "Items a page.", default=LIST_LIMIT),
        "offset": number(0, LARGEST_OFFSET, "Items to pass over; not together with `page`.", default=0),
        "page": number(1, LARGEST_OFFSET, "Page, from 1; not together with `offset`.", default=1),
        "fallback": _fallback(),
    }


def part_parameters(fields: Iterable[str]) -> dict[str, Parameter]:
    """Return the parameters that say which parts of items are wanted."""
    return {
        "include": several(
            {word: word for word in ("body", "html", "json_ld")},
            "`body` brings back what lists leave out; `html` adds the whole body as one text; `json_ld` adds what "
            "search engines read in a page.",
        ),
        "fields": several(
            {field: field for field in fields},
            "Exactly these fields of each item, also those that are otherwise left out.",
        ),
        "rich_text": _rich_text(),
    }


def filter_parameters() -> dict[str, Parameter]:
    """Return the parameters that narrow a list: a comma means any of, different ones mean all of."""
    return {
        "ids": keys("Only these keys."),
        "partner": keys(f"Only what lies in the section of one of these partners or {_LINKS}"),
        "partnership": keys(f"Only what {_LINKS}"),
        "person": keys(f"Only what {_LINKS}"),
        "topic": codes("Only what has one of these topics, by their code."),
        "status": several(
            {status.value: status.value for status in READABLE},
            "What is withdrawn stays readable, but is listed only when asked for.",
            default=[Status.PUBLISHED.value],
        ),
        "published_from": moment("Only what readers see dated then or later; a day begins at midnight UTC.", time.min),
        "published_to": moment("Only what readers see dated then or earlier; a day ends at midnight UTC.", time.max),
        "q": question(
            "Only what the search finds by these words, in the order of the list; what is withdrawn is never found."
        ),
        "updated_since": moment("Only what had its last major change then or later; as in `published_from`.", time.min),
    }


@cache
def search_parameters() -> dict[str, Parameter]:
    """Return the parameters that a search takes."""
    return {
        "q": question(
            "Words that the text must have, all of them; the first ten count. Small and capital letters are the same, "
            "and so are letters with and without marks.",
            is_required=True,
        ),
        "kind": several({kind: kind for kind in SUMMARY}, "Only these kinds."),
        **page_parameters(),
        **part_parameters(dict.fromkeys(field for kind in SUMMARY for field in [*fields_of(kind), "snippet"])),
    }


@cache
def changes_parameters() -> dict[str, Parameter]:
    """Return the parameters that the changes feed takes."""
    return {
        "cursor": Parameter(
            "the next_cursor of an earlier answer",
            _read_cursor,
            {"type": "string", "pattern": "^[A-Za-z0-9\\-_.]+$", "minLength": 1, "maxLength": 200},
            "`next_cursor` of an earlier answer, with the same `language` and `kind`; none: from the beginning.",
        ),
        "limit": number(1, MOST, "Changes an answer.", default=CHANGES_LIMIT),
        **export_parameters(),
        "include": one_of("document", "`document` adds the whole object to each change that has one."),
        "rich_text": _rich_text(),
    }


def export_parameters() -> dict[str, Parameter]:
    """Return the parameters that the export takes."""
    return {
        "language": several(_language_paths(), "Only these languages.", meant=languages_meant),
        "kind": several({kind: kind for kind in KINDS}, "Only these kinds."),
    }


def lookup_parameters() -> dict[str, Parameter]:
    """Return the parameters that a lookup takes."""
    return {
        "path": Parameter(
            "a path of the hub, such as /sv/umea/news/umea-samarbete-cherson",
            _read_path,
            {"type": "string", "pattern": f"^{_PATH.pattern}$", "maxLength": LONGEST_PATH},
            "A path of the hub, as items, cards and links in texts have it.",
            is_required=True,
            meant=_path_meant,
        )
    }


def sitemap_parameters() -> dict[str, Parameter]:
    """Return the parameters that a sitemap takes."""
    return {"page": number(1, LARGEST_OFFSET, "Page, from 1, of a sitemap that goes into several files.")}


def _fallback() -> Parameter:
    description = "Languages to take instead, best first, when this one is missing."
    return several(_language_paths(), description, meant=languages_meant)


def _rich_text() -> Parameter:
    return one_of("nodes", "`nodes` adds a tree of typed nodes beside the HTML of each rich text.")


def _language_paths() -> dict[str, str]:
    return {in_path(language): language for language in languages()}


def _read_cursor(text: str) -> str:
    if not _CURSOR.fullmatch(text):
        raise ValueError(text)
    return text


def _read_path(text: str) -> str:
    if len(text) > LONGEST_PATH or not _PATH.fullmatch(text):
        raise ValueError(text)
    return text


def _path_meant(text: str) -> str | None:
    """Return the path as it would be written here, whether anything lies there or not."""
    lower = text.lower()
    return lower if len(lower) <= LONGEST_PATH and _PATH.fullmatch(lower) else None
