"""The feeds of a language: the newest of a kind in three forms."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from rest_framework.request import Request

from cms.api.contract.components import components, ref
from cms.api.contract.info import EXAMPLE_SERVER
from cms.api.contract.operations import Operation
from cms.api.contract.samples import sample_of
from cms.api.delivery import Answer
from cms.api.feeds.entries import FORMS, MOST, Entry, Feed
from cms.api.feeds.json_feed import json_feed
from cms.api.feeds.xml import write_atom, write_rss
from cms.api.languages import language_in_path
from cms.api.parameters import read_nothing
from cms.api.problems import ProblemError
from cms.api.views.about import RELEASED
from cms.api.views.address import Address, as_bytes
from cms.publications.filling import fill
from cms.publications.freshness import freshness
from cms.publications.reading import published_items
from frontend_contract.models.documents import SUMMARY

NAMES = {"rss": "RSS 2.0", "atom": "Atom (RFC 4287)", "json": "JSON Feed 1.1"}
WRITERS: dict[str, Callable[[Feed], bytes]] = {
    "rss": write_rss,
    "atom": write_atom,
    "json": lambda feed: as_bytes(json_feed(feed)),
}


class FeedAddress(Address):
    """The feed of a kind in one form."""

    form = ""

    @property
    def media_type(self) -> str:  # type: ignore[override]  # known when the form is
        """The form's own."""
        return FORMS[self.form]

    def answer(self, request: Request, **path: str) -> Answer:
        """Return the newest documents with their whole text."""
        language = language_in_path(path["language"])
        kind = path["kind"]
        if kind not in SUMMARY:
            raise ProblemError("not-found", f"There are feeds of {', '.join(SUMMARY)}.")
        read_nothing(request.GET)
        filled = fill(published_items(language, kind).newest_first()[:MOST], language)
        fresh = freshness()
        entries = [Entry(document) for document in filled.documents]
        feed = Feed(language, kind, self.form, entries, fresh.changed_at or _birth())
        return Answer(
            body=WRITERS[self.form](feed),
            media_type=self.media_type if self.form == "json" else f"{self.media_type}; charset=utf-8",
            languages=filled.languages or (language,),
            keys=filled.keys,
            alternates=tuple(feed.elsewhere),
            changed_at=fresh.changed_at,
            next_change_at=fresh.next_change_at,
        )

    def describe(self) -> Operation:
        """Say what this address is."""
        return Operation(
            name=f"get_{self.form}_feed",
            tag="Feeds",
            summary=f"The newest of a kind as {NAMES[self.form]}",
            description=(
                f"The {MOST} newest published documents of a kind, each with its whole text as HTML, its main image as "
                "an enclosure, its licence and its other languages. What is withdrawn is left out. The identifier of "
                "an entry is the key: the same in every language."
            ),
            answer=ref("JsonFeed") if self.form == "json" else _xml(self.form),
            answer_description="The feed.",
            media_type=self.media_type,
            problems=("not-found", "unknown-language"),
        )


def _xml(form: str) -> dict[str, object]:
    sample = sample_of(ref("NewsArticle"), components())
    example = WRITERS[form](Feed("sv", "news", form, [Entry(sample)], _birth())).decode()
    example = example.replace(settings.PUBLIC_URL, EXAMPLE_SERVER)
    return {"type": "string", "contentMediaType": FORMS[form], "examples": [example]}


def _birth() -> datetime:
    """Return what a feed is dated by while nothing has ever been published."""
    return datetime.fromisoformat(f"{RELEASED}T00:00:00+00:00")
