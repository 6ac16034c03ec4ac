"""The parameters of a request, read once into frozen values; anything unknown or malformed is refused with a list."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from cms.api.problems import ProblemError
from cms.api.values import MOST, Parameter, choice, codes, keys, moment
from cms.content.languages import in_path, languages
from cms.publications.models import READABLE, Status
from cms.publications.parts import SUMMARY as IN_LISTS
from cms.publications.parts import WHOLE, Parts
from cms.publications.selection import EVERYTHING, NEWEST_FIRST, ORDERS, Selection
from frontend_contract.models.documents import SUMMARY, fields_of
from frontend_contract.models.shape import KINDS

LARGEST_OFFSET = 1_000_000_000
LIST_LIMIT = 20
LONGEST_QUESTION = 200
CHANGES_LIMIT = 100
LONGEST_PATH = 700

_NUMBER = re.compile(r"[0-9]{1,10}")
_CURSOR = re.compile(r"[A-Za-z0-9\-_.]{1,200}")
_PATH = re.compile(r"(/[a-z0-9\-.~]+)+/?")
# Every blank by its number: what "\s" is differs between the languages that read the document.
_SAYS_SOMETHING = re.compile(
    r"[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]"
)
_LINKS = "names, quotes or links to one of these, by key, in its fields or in its text."


@dataclass(frozen=True)
class ItemParameters:
    """How one item is wanted."""

    fallback: tuple[str, ...] = ()
    parts: Parts = WHOLE


@dataclass(frozen=True)
class ListParameters:
    """Which part of a list is wanted, and how its items."""

    given: tuple[tuple[str, str], ...] = ()
    limit: int = LIST_LIMIT
    offset: int = 0
    fallback: tuple[str, ...] = ()
    parts: Parts = IN_LISTS
    selection: Selection = EVERYTHING
    sort: str = NEWEST_FIRST

    @property
    def page(self) -> int:
        """The page, from 1, that the offset lies on."""
        return self.offset // self.limit + 1

    def query_at(self, offset: int) -> str:
        """Return the query for another offset, in the style of this request: pages or offsets."""
        style = ("page", offset // self.limit + 1) if "page" in dict(self.given) else ("offset", offset)
        others = [(name, value) for name, value in self.given if name not in ("page", "offset")]
        return urlencode([*others, style], safe=",")


@dataclass(frozen=True)
class SearchParameters(ListParameters):
    """What is looked for, and which part of what is found is wanted."""

    question: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChangesParameters:
    """Which changes are wanted."""

    cursor: str | None = None
    limit: int = CHANGES_LIMIT
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    with_documents: bool = False
    parts: Parts = WHOLE


@dataclass(frozen=True)
class Narrowing:
    """Which languages and kinds are wanted; all of them when none is named."""

    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def named_languages(self) -> tuple[str, ...]:
        """Return the languages, by name when it is all of them."""
        return self.languages or tuple(languages())


@dataclass(frozen=True)
class LookupParameters:
    """Which path is looked up."""

    path: str


def read_nothing(query: QueryDict) -> None:
    """Refuse every parameter: this address has none."""
    _read(query, {})


def read_item(query: QueryDict, kind: str) -> ItemParameters:
    """Return the parameters of an item of this kind."""
    values = _read(query, item_parameters(kind))
    return ItemParameters(values.get("fallback", ()), _parts(values, in_list=False))


def read_list(query: QueryDict, kind: str) -> ListParameters:
    """Return the parameters of a list of this kind."""
    values = _read_list(query, list_parameters(kind))
    sort = values.get("sort", NEWEST_FIRST)
    return ListParameters(**_as_list(query, values), selection=_selection(values), sort=sort)


def read_search(query: QueryDict) -> SearchParameters:
    """Return the parameters of a search."""
    allowed = search_parameters()
    if "q" not in query:
        raise _refusal("Say with q what to look for.", allowed)
    values = _read_list(query, allowed)
    return SearchParameters(**_as_list(query, values), question=values["q"], kinds=values.get("kind", ()))


def read_changes(query: QueryDict) -> ChangesParameters:
    """Return the parameters of the changes feed."""
    values = _read(query, changes_parameters())
    return ChangesParameters(
        cursor=values.get("cursor"),
        limit=values.get("limit", CHANGES_LIMIT),
        languages=tuple(sorted(values.get("language", ()))),
        kinds=tuple(sorted(values.get("kind", ()))),
        with_documents="include" in values,
        parts=_parts(values, in_list=False),
    )


def read_export(query: QueryDict) -> Narrowing:
    """Return the parameters of the export."""
    values = _read(query, export_parameters())
    return Narrowing(tuple(sorted(values.get("language", ()))), tuple(sorted(values.get("kind", ()))))


def read_lookup(query: QueryDict) -> LookupParameters:
    """Return the parameters of a lookup."""
    allowed = lookup_parameters()
    values = _read(query, allowed)
    if "path" not in values:
        raise _refusal("Say with path which path of the hub to look up.", allowed)
    return LookupParameters(**values)


def read_sitemap(query: QueryDict) -> int | None:
    """Return which page of the sitemap is wanted, if one is."""
    page: int | None = _read(query, sitemap_parameters()).get("page")
    return page


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
        "limit": _number(1, MOST, "Items a page.", default=LIST_LIMIT),
        "offset": _number(0, LARGEST_OFFSET, "Items to pass over; not together with `page`.", default=0),
        "page": _number(1, LARGEST_OFFSET, "Page, from 1; not together with `offset`.", default=1),
        "fallback": _fallback(),
    }


def part_parameters(fields: Iterable[str]) -> dict[str, Parameter]:
    """Return the parameters that say which parts of items are wanted."""
    return {
        "include": _several(
            {word: word for word in ("body", "html", "json_ld")},
            "`body` brings back what lists leave out; `html` adds the whole body as one text; `json_ld` adds what "
            "search engines read in a page.",
        ),
        "fields": _several(
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
        "status": _several(
            {status.value: status.value for status in READABLE},
            "What is withdrawn stays readable, but is listed only when asked for.",
            default=[Status.PUBLISHED.value],
        ),
        "published_from": moment("Only what readers see dated then or later; a day begins at midnight UTC.", time.min),
        "published_to": moment("Only what readers see dated then or earlier; a day ends at midnight UTC.", time.max),
        "q": _question(
            "Only what the search finds by these words, in the order of the list; what is withdrawn is never found."
        ),
        "updated_since": moment("Only what had its last major change then or later; as in `published_from`.", time.min),
    }


@cache
def search_parameters() -> dict[str, Parameter]:
    """Return the parameters that a search takes."""
    return {
        "q": _question(
            "Words that the text must have, all of them; the first ten count. Small and capital letters are the same, "
            "and so are letters with and without marks.",
            is_required=True,
        ),
        "kind": _several({kind: kind for kind in SUMMARY}, "Only these kinds."),
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
        "limit": _number(1, MOST, "Changes an answer.", default=CHANGES_LIMIT),
        **export_parameters(),
        "include": _one_of("document", "`document` adds the whole object to each change that has one."),
        "rich_text": _rich_text(),
    }


def export_parameters() -> dict[str, Parameter]:
    """Return the parameters that the export takes."""
    return {
        "language": _several(_language_paths(), "Only these languages."),
        "kind": _several({kind: kind for kind in KINDS}, "Only these kinds."),
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
        )
    }


def sitemap_parameters() -> dict[str, Parameter]:
    """Return the parameters that a sitemap takes."""
    return {"page": _number(1, LARGEST_OFFSET, "Page, from 1, of a sitemap that goes into several files.")}


def _parts(values: Mapping[str, Any], *, in_list: bool) -> Parts:
    """Return the parts of documents that the parameters ask for."""
    include = values.get("include", ())
    return Parts(
        fields=frozenset(values.get("fields", ())),
        body="body" in include or not in_list,
        html="html" in include,
        json_ld="json_ld" in include,
        nodes="rich_text" in values,
    )


def _fallback() -> Parameter:
    return _several(_language_paths(), "Languages to take instead, best first, when this one is missing.")


def _rich_text() -> Parameter:
    return _one_of("nodes", "`nodes` adds a tree of typed nodes beside the HTML of each rich text.")


def _selection(values: Mapping[str, Any]) -> Selection:
    """Return what the parameters narrow a list to."""
    return Selection(
        statuses=values.get("status", EVERYTHING.statuses),
        ids=values.get("ids", ()),
        partners=values.get("partner", ()),
        partnerships=values.get("partnership", ()),
        people=values.get("person", ()),
        topics=values.get("topic", ()),
        published_from=values.get("published_from"),
        published_to=values.get("published_to"),
        updated_since=values.get("updated_since"),
        question=values.get("q", ""),
    )


def _language_paths() -> dict[str, str]:
    return {in_path(language): language for language in languages()}


def _read_list(query: QueryDict, allowed: Mapping[str, Parameter]) -> dict[str, Any]:
    values = _read(query, allowed)
    if "page" in values and "offset" in values:
        raise _refusal("Use page or offset, not both.", allowed)
    return values


def _as_list(query: QueryDict, values: Mapping[str, Any]) -> dict[str, Any]:
    limit = values.get("limit", LIST_LIMIT)
    return {
        "given": tuple((name, str(value)) for name, value in query.items()),
        "limit": limit,
        "offset": values.get("offset", (values.get("page", 1) - 1) * limit),
        "fallback": values.get("fallback", ()),
        "parts": _parts(values, in_list=True),
    }


def _read(query: QueryDict, allowed: Mapping[str, Parameter]) -> dict[str, Any]:
    values = {}
    for name, given in query.lists():
        if name not in allowed:
            raise _refusal(f"There is no parameter “{_short(name)}” here.", allowed)
        if len(given) > 1:
            raise _refusal(f"The parameter “{name}” is given more than once.", allowed)
        try:
            values[name] = allowed[name].read(given[0])
        except ValueError:
            raise _refusal(f"“{_short(given[0])}” is nothing that {name} takes.", allowed) from None
    return values


def _refusal(detail: str, allowed: Mapping[str, Parameter]) -> ProblemError:
    return ProblemError(
        "invalid-parameters", detail, allowed={name: parameter.takes for name, parameter in allowed.items()}
    )


def _short(text: str) -> str:
    return "".join(letter for letter in text[:60] if letter.isprintable())


def _number(least: int, most: int, description: str, *, default: int | None = None) -> Parameter:
    def read(text: str) -> int:
        if not _NUMBER.fullmatch(text) or not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    schema = {"type": "integer", "minimum": least, "maximum": most}
    if default is not None:
        schema["default"] = default
    return Parameter(f"{least} to {most}", read, schema, description)


def _several(values: Mapping[str, str], description: str, *, default: list[str] | None = None) -> Parameter:
    def read(text: str) -> tuple[str, ...]:
        words = text.split(",")
        if any(word not in values for word in words):
            raise ValueError(text)
        return tuple(dict.fromkeys(values[word] for word in words))

    schema: dict[str, Any] = {"type": "array", "items": {"type": "string", "enum": list(values)}, "minItems": 1}
    if default:
        schema["default"] = default
    return Parameter(f"one or several of {', '.join(values)}", read, schema, description, is_list=True)


def _one_of(value: str, description: str) -> Parameter:
    def read(text: str) -> str:
        if text != value:
            raise ValueError(text)
        return text

    return Parameter(value, read, {"type": "string", "enum": [value]}, description)


def _read_cursor(text: str) -> str:
    if not _CURSOR.fullmatch(text):
        raise ValueError(text)
    return text


def _read_path(text: str) -> str:
    if len(text) > LONGEST_PATH or not _PATH.fullmatch(text):
        raise ValueError(text)
    return text


def _question(description: str, *, is_required: bool = False) -> Parameter:
    def read(text: str) -> str:
        if not _SAYS_SOMETHING.search(text) or len(text) > LONGEST_QUESTION:
            raise ValueError(text)
        return text

    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_QUESTION}
    schema["pattern"] = _SAYS_SOMETHING.pattern
    return Parameter(f"1 to {LONGEST_QUESTION} characters", read, schema, description, is_required=is_required)
