"""JSON Feed 1.1 as the hub writes it; what only Misto has to say stands in `_misto`."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from frontend_contract.models.said import Alternate, Translation
from frontend_contract.models.shape import Address, Html, Kind, Language, Shape, Time


class FeedAuthor(Shape):
    """Who wrote it."""

    name: str = Field(description="Name of the source.", examples=["Umeå kommun"])


class FeedAttachment(Shape):
    """The main image as a file to fetch."""

    url: Address = Field(description="Where it is.", examples=["https://misto.example/media/images/a.width-800.jpg"])
    mime_type: str = Field(description="Media type.", examples=["image/jpeg"])
    size_in_bytes: int = Field(gt=0, description="Size in bytes.", examples=[48213])


class FeedExtension(Shape):
    """What JSON Feed has no words for."""

    about: Address = Field(description="What these fields mean.", examples=["https://misto.example/content/v1/docs"])
    kind: Kind = Field(description="Kind.", examples=["news"])
    license: str | None = Field(description="Licence of the text, as a name or SPDX id.", examples=["CC-BY-4.0"])
    canonical_url: Address | None = Field(
        description="The owner's own page, when there is one.", examples=["https://www.umea.se/"]
    )
    translation: Translation = Field(description="How this text came about.")
    alternates: list[Alternate] = Field(description="Every published language of this item, itself included.")


class FeedItem(Shape):
    """A document with its whole text."""

    id: UUID = Field(
        description="Key: the same in every language, for ever.", examples=["5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"]
    )
    url: Address = Field(description="A plain page for people.")
    title: str = Field(min_length=1, description="Title.", examples=["Umeå ingår samarbete med Cherson"])
    content_html: Html = Field(min_length=1, description="The whole text as sanitised HTML, addresses absolute.")
    summary: str | None = Field(
        default=None, description="Lead, plain text.", examples=["Umeå och Cherson inleder ett samarbete."]
    )
    image: Address | None = Field(
        default=None, description="Main image.", examples=["https://misto.example/media/images/a.width-800.jpg"]
    )
    date_published: Time = Field(description="The date readers see.")
    date_modified: Time = Field(description="Last major change.")
    authors: list[FeedAuthor] = Field(description="Whom to name as the source.")
    tags: list[str] = Field(description="Topics.", examples=[["Stadsplanering"]])
    language: Language = Field(description="Language of the text.")
    attachments: list[FeedAttachment] = Field(default=[], description="The main image, with size and type.")
    misto: FeedExtension = Field(alias="_misto", description="What JSON Feed has no words for.")


class JsonFeed(Shape):
    """The newest of a kind as JSON Feed 1.1 (jsonfeed.org)."""

    version: Literal["https://jsonfeed.org/version/1.1"] = Field(
        description="Version of the format.", examples=["https://jsonfeed.org/version/1.1"]
    )
    title: str = Field(description="Name of the feed.", examples=["Misto: Nyheter"])
    home_page_url: Address = Field(description="The front page of the language.", examples=["https://misto.example/sv"])
    feed_url: Address = Field(
        description="Where this feed is.", examples=["https://misto.example/content/v1/sv/feeds/news.json"]
    )
    description: str = Field(description="What it holds.", examples=["Det nyaste, med hela texten."])
    language: Language = Field(description="Language of every item.")
    authors: list[FeedAuthor] = Field(description="Who publishes it.", examples=[[{"name": "Misto"}]])
    items: list[FeedItem] = Field(max_length=20, description="The newest first.")
