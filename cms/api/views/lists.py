"""The list of a kind in a language, page by page."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request

from cms.api.accepted import list_parameters
from cms.api.contract.components import list_name, whole_or_part
from cms.api.contract.operations import Operation
from cms.api.delivery import Answer
from cms.api.languages import language_in_path
from cms.api.parameters import ListParameters, read_list
from cms.api.rates import Rate
from cms.api.views.address import Address, as_bytes
from cms.publications.filling import Filled, fill
from cms.publications.freshness import Freshness
from cms.publications.reading import list_items


class ListAddress(Address):
    """The list of a kind."""

    kind = ""

    def answer(self, request: Request, **path: str) -> Answer:
        """Return a page of the list."""
        language = language_in_path(path["language"])
        wanted = read_list(request.GET, self.kind)
        listed = list_items(
            language,
            self.kind,
            wanted.fallback,
            wanted.limit,
            wanted.offset,
            selection=wanted.selection,
            sort=wanted.sort,
        )
        filled = fill(listed.rows, language, wanted.fallback, wanted.parts)
        return answer_with(
            filled, filled.documents, listed.total, request.path, wanted, language, fresh=listed.freshness
        )

    def rate_of(self, request: Request) -> Rate | None:
        """Return that a list is counted as a search when it is one."""
        return Rate.SEARCH if "q" in request.GET else self.rate

    def describe(self) -> Operation:
        """Say what this address is."""
        return Operation(
            name=f"list_{self.kind}",
            tag="Content",
            summary=f"The list of {self.kind}",
            description=(
                f"Published {self.kind} in one language, newest first. With `fallback` each item comes once, in the "
                "best of the languages allowed, and says which it is. Past the end there are no items."
            ),
            parameters=list_parameters(self.kind),
            answer=whole_or_part(list_name(self.kind)),
            answer_description="A page of the list.",
            problems=("unknown-language",),
        )


def answer_with(
    filled: Filled,
    items: list[dict[str, Any]],
    total: int,
    path: str,
    wanted: ListParameters,
    language: str,
    *,
    fresh: Freshness,
) -> Answer:
    """Return items made of filled documents as a page of the list at this path."""
    return Answer(
        body=as_bytes(
            {
                "items": items,
                "total": total,
                "_links": _links(settings.PUBLIC_URL + path, wanted, total),
                "_meta": _meta(wanted, total, language),
            }
        ),
        languages=filled.languages or (language,),
        keys=filled.keys,
        changed_at=fresh.changed_at,
        next_change_at=fresh.next_change_at,
    )


def _links(address: str, wanted: ListParameters, total: int) -> dict[str, dict[str, str] | None]:
    """Return where the list goes on, in the request's own style: pages or offsets."""
    last = max(total - 1, 0) // wanted.limit * wanted.limit
    following, before = wanted.offset + wanted.limit, wanted.offset - wanted.limit

    def at(offset: int) -> dict[str, str]:
        return {"href": f"{address}?{wanted.query_at(offset)}"}

    return {
        "self": at(wanted.offset),
        "next": at(following) if following < total else None,
        "prev": at(min(max(before, 0), last)) if wanted.offset > 0 else None,
        "first": at(0),
        "last": at(last),
    }


def _meta(wanted: ListParameters, total: int, language: str) -> dict[str, Any]:
    return {
        "limit": wanted.limit,
        "offset": wanted.offset,
        "page": wanted.page,
        "total": total,
        "language": language,
        "fallback": list(wanted.fallback),
    }
