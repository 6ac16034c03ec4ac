"""The parameters of a request, read once into frozen values; anything unknown or malformed is refused with a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from cms.api.accepted import (
    CHANGES_LIMIT,
    LIST_LIMIT,
    changes_parameters,
    export_parameters,
    item_parameters,
    list_parameters,
    lookup_parameters,
    search_parameters,
    sitemap_parameters,
)
from cms.api.problems import ProblemError
from cms.api.values import Parameter
from cms.content.languages import languages
from cms.publications.parts import SUMMARY as IN_LISTS
from cms.publications.parts import WHOLE, Parts
from cms.publications.selection import EVERYTHING, NEWEST_FIRST, Selection


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
            raise _refusal(_says_nothing(name, given[0], allowed[name]), allowed) from None
    return values


def _says_nothing(name: str, text: str, parameter: Parameter) -> str:
    meant = parameter.meant and parameter.meant(text)
    return f"“{_short(text)}” is nothing that {name} takes" + (f": did you mean {meant}?" if meant else ".")


def _refusal(detail: str, allowed: Mapping[str, Parameter]) -> ProblemError:
    return ProblemError(
        "invalid-parameters", detail, allowed={name: parameter.takes for name, parameter in allowed.items()}
    )


def _short(text: str) -> str:
    return "".join(letter for letter in text[:60] if letter.isprintable())
