"""The search of a language, across kinds, the best first."""

from rest_framework.request import Request

from cms.api.accepted import search_parameters
from cms.api.contract.components import whole_or_part
from cms.api.contract.operations import Operation
from cms.api.delivery import Answer
from cms.api.languages import language_in_path
from cms.api.parameters import read_search
from cms.api.rates import Rate
from cms.api.views.address import Address
from cms.api.views.lists import answer_with
from cms.publications.filling import fill
from cms.publications.search.finding import find


class SearchAddress(Address):
    """The search of a language."""

    rate = Rate.SEARCH

    def answer(self, request: Request, **path: str) -> Answer:
        """Return a page of what was found."""
        language = language_in_path(path["language"])
        wanted = read_search(request.GET)
        chain = list(dict.fromkeys([language, *wanted.fallback]))
        found = find(wanted.question, chain, wanted.kinds, wanted.limit, wanted.offset)
        filled = fill([hit.row for hit in found.hits], language, wanted.fallback, wanted.parts)
        items = filled.documents
        if wanted.parts.want("snippet"):
            items = [item | {"snippet": hit.snippet} for item, hit in zip(items, found.hits, strict=True)]
        return answer_with(filled, items, found.total, request.path, wanted, language, fresh=found.freshness)

    def describe(self) -> Operation:
        """Say what this address is."""
        return Operation(
            name="search",
            tag="Content",
            summary="Search in a language",
            description=(
                "Published items of all kinds whose text has all the words, in whichever form, the best first: a word "
                "in the title or a name weighs more than one in the text. A name is found in all its spellings, so "
                "that Kherson finds Cherson, Херсон and Herson. With `fallback` each item comes once, in the best of "
                "the languages allowed, and is searched in that one. What is withdrawn is not found."
            ),
            parameters=search_parameters(),
            answer=whole_or_part("SearchResults"),
            answer_description="A page of what was found.",
            problems=("unknown-language",),
        )
