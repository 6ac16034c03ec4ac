"""The documents, kind by kind: the stored form, the public form, and the form in lists and among search hits."""

from typing import Annotated, Literal

from pydantic import Field

from frontend_contract.models.blocks import Block, StoredBlock
from frontend_contract.models.content import (
    HomeContent,
    InfoContent,
    InfoCore,
    NewsContent,
    NewsCore,
    PartnerContent,
    PartnerCore,
    PartnershipContent,
    PartnershipCore,
    PersonContent,
    PersonCore,
    TopicContent,
)
from frontend_contract.models.links import Card, Pointer
from frontend_contract.models.said import Notice, Said, Served
from frontend_contract.models.shape import Html, Shape


class StoredNews(NewsContent[Pointer, StoredBlock], Said[Pointer]):
    """A news article as published, links unfilled."""

    kind: Literal["news"] = Field(description="Kind.", examples=["news"])


class StoredPerson(PersonContent[Pointer, StoredBlock], Said[Pointer]):
    """A person as published, links unfilled."""

    kind: Literal["people"] = Field(description="Kind.", examples=["people"])


class StoredPartner(PartnerContent[Pointer, StoredBlock], Said[Pointer]):
    """A partner as published, links unfilled."""

    kind: Literal["partners"] = Field(description="Kind.", examples=["partners"])


class StoredPartnership(PartnershipContent[Pointer, StoredBlock], Said[Pointer]):
    """A partnership as published, links unfilled."""

    kind: Literal["partnerships"] = Field(description="Kind.", examples=["partnerships"])


class StoredInfo(InfoContent[Pointer, StoredBlock], Said[Pointer]):
    """A page as published, links unfilled."""

    kind: Literal["pages"] = Field(description="Kind.", examples=["pages"])


class StoredTopic(TopicContent[Pointer], Said[Pointer]):
    """A topic as published, links unfilled."""

    kind: Literal["topics"] = Field(description="Kind.", examples=["topics"])


class StoredHome(HomeContent[Pointer], Said[Pointer]):
    """A front page as published, links unfilled; its notice is written by its editors."""

    kind: Literal["home"] = Field(description="Kind.", examples=["home"])
    notice: Notice | None = Field(description="A message to every reader.")


class NewsArticle(NewsContent[Card, Block], Served):
    """A news article."""

    kind: Literal["news"] = Field(description="Kind.", examples=["news"])


class Person(PersonContent[Card, Block], Served):
    """Somebody who speaks for a partner."""

    kind: Literal["people"] = Field(description="Kind.", examples=["people"])


class Partner(PartnerContent[Card, Block], Served):
    """A municipality or agency."""

    kind: Literal["partners"] = Field(description="Kind.", examples=["partners"])


class Partnership(PartnershipContent[Card, Block], Served):
    """A cooperation between partners."""

    kind: Literal["partnerships"] = Field(description="Kind.", examples=["partnerships"])


class InfoPage(InfoContent[Card, Block], Served):
    """A page about the cooperation itself."""

    kind: Literal["pages"] = Field(description="Kind.", examples=["pages"])


class Topic(TopicContent[Card], Served):
    """A topic."""

    kind: Literal["topics"] = Field(description="Kind.", examples=["topics"])


class Home(HomeContent[Card], Served):
    """The front door of a language."""

    kind: Literal["home"] = Field(description="Kind.", examples=["home"])


class NewsSummary(NewsCore[Card], Served):
    """A news article in a list."""

    kind: Literal["news"] = Field(description="Kind.", examples=["news"])


class PersonSummary(PersonCore[Card], Served):
    """A person in a list."""

    kind: Literal["people"] = Field(description="Kind.", examples=["people"])


class PartnerSummary(PartnerCore[Card], Served):
    """A partner in a list."""

    kind: Literal["partners"] = Field(description="Kind.", examples=["partners"])


class PartnershipSummary(PartnershipCore[Card], Served):
    """A partnership in a list."""

    kind: Literal["partnerships"] = Field(description="Kind.", examples=["partnerships"])


class InfoSummary(InfoCore[Card], Served):
    """A page in a list."""

    kind: Literal["pages"] = Field(description="Kind.", examples=["pages"])


class _Found(Shape):
    """What a search adds to an item of a list."""

    snippet: Html = Field(
        description="The part of the text that was found: HTML with nothing in it but `<mark>` around the words.",
        examples=["Umeå kommun och <mark>Cherson</mark> i Ukraina inleder ett samarbete."],
    )


class NewsHit(_Found, NewsSummary):
    """A news article that a search found."""


class PersonHit(_Found, PersonSummary):
    """A person that a search found."""


class PartnerHit(_Found, PartnerSummary):
    """A partner that a search found."""


class PartnershipHit(_Found, PartnershipSummary):
    """A partnership that a search found."""


class InfoHit(_Found, InfoSummary):
    """A page that a search found."""


class TopicHit(_Found, Topic):
    """A topic that a search found."""


StoredDocument = StoredNews | StoredPerson | StoredPartner | StoredPartnership | StoredInfo | StoredTopic | StoredHome
Document = Annotated[
    NewsArticle | Person | Partner | Partnership | InfoPage | Topic | Home, Field(discriminator="kind")
]

STORED: dict[str, type[StoredDocument]] = {
    "news": StoredNews,
    "people": StoredPerson,
    "partners": StoredPartner,
    "partnerships": StoredPartnership,
    "pages": StoredInfo,
    "topics": StoredTopic,
    "home": StoredHome,
}
"""Stored form of each kind."""

PUBLIC: dict[str, type[Served]] = {
    "news": NewsArticle,
    "people": Person,
    "partners": Partner,
    "partnerships": Partnership,
    "pages": InfoPage,
    "topics": Topic,
    "home": Home,
}
"""Public form of each kind."""

SUMMARY: dict[str, type[Served]] = {
    "news": NewsSummary,
    "people": PersonSummary,
    "partners": PartnerSummary,
    "partnerships": PartnershipSummary,
    "pages": InfoSummary,
    "topics": Topic,
}
"""Form of each kind in lists: without body and phases."""

HIT: dict[str, type[Served]] = {
    "news": NewsHit,
    "people": PersonHit,
    "partners": PartnerHit,
    "partnerships": PartnershipHit,
    "pages": InfoHit,
    "topics": TopicHit,
}
"""Form of each kind in a search."""

Hit = Annotated[NewsHit | PersonHit | PartnerHit | PartnershipHit | InfoHit | TopicHit, Field(discriminator="kind")]
"""An item of a search."""


def fields_of(kind: str) -> list[str]:
    """Return the names of the fields that a document of this kind can have, as consumers see them."""
    return [field.alias or name for name, field in PUBLIC[kind].model_fields.items()]
