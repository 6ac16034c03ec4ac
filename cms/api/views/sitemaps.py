"""What search engines ask for: the sitemap of each language, and where the sitemaps are."""

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from cms.api.accepted import sitemap_parameters
from cms.api.contract.info import EXAMPLE_SERVER
from cms.api.contract.operations import Operation
from cms.api.contract.requests import ITEMS
from cms.api.delivery import Answer, deliver, finish
from cms.api.languages import language_in_path
from cms.api.parameters import read_sitemap
from cms.api.problems import ProblemError
from cms.api.sitemaps import Place, count_pages, find_places, sitemap_url, write_index, write_sitemap
from cms.api.views.address import Address
from cms.api.views.reading_only import reading_only
from cms.api.watch import ALL
from cms.content.languages import languages
from cms.publications.freshness import freshness


class SitemapAddress(Address):
    """The sitemap of a language."""

    media_type = "application/xml"

    def answer(self, request: Request, **path: str) -> Answer:
        """Return the pages that people can read, or where the files are when they do not go into one."""
        language = language_in_path(path["language"])
        page = read_sitemap(request.GET)
        pages, fresh = count_pages(language), freshness()
        if page and page > pages:
            raise ProblemError("not-found", f"The sitemap has {pages} pages.")
        is_index = pages > 1 and not page
        places = [] if is_index else find_places(language, page or 1)
        return Answer(
            body=write_index(language, pages) if is_index else write_sitemap(places),
            media_type=f"{self.media_type}; charset=utf-8",
            languages=(language,),
            keys=tuple(place.key for place in places),
            changed_at=fresh.changed_at,
            next_change_at=fresh.next_change_at,
        )

    def describe(self) -> Operation:
        """Say what this address is."""
        return Operation(
            name="get_sitemap",
            tag="Feeds",
            summary="Every page of a language that people can read",
            description=(
                "The hub's own addresses of everything published in a language, as sitemaps.org describes, each with "
                "its other languages (`xhtml:link`) and the time of its last change. What is withdrawn is left out. "
                "When there is more than one file holds, the answer is an index of `?page=1` and so on."
            ),
            parameters=sitemap_parameters(),
            answer={"type": "string", "contentMediaType": self.media_type, "examples": [_example()]},
            answer_description="The sitemap, or its index.",
            media_type=self.media_type,
            problems=("not-found", "unknown-language"),
        )


@reading_only
def show_robots(request: HttpRequest) -> HttpResponse:
    """Say where the sitemaps are: only so may they name addresses outside their own folder."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        *(f"Sitemap: {sitemap_url(language)}" for language in languages()),
    ]
    answer = Answer("\n".join([*lines, ""]).encode(), media_type="text/plain; charset=utf-8")
    return deliver(request, finish(answer, ALL))


def _example() -> str:
    at = {language: f"{EXAMPLE_SERVER}/{language}/umea/news/umea-samarbete-cherson" for language in ("sv", "uk")}
    return write_sitemap([Place(ITEMS["news"], at["sv"], "2024-06-14T08:00:00Z", at)]).decode()
