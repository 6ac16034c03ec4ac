"""What every document says, whatever its kind: of itself when it is stored, and more when it is handed out."""

from typing import Generic, Literal
from uuid import UUID

from pydantic import Field

from frontend_contract.models.json_ld import JsonLd
from frontend_contract.models.links import Card, LinkT
from frontend_contract.models.shape import Address, Html, Language, Path, Shape, Slug, Status, Time


class Translation(Shape):
    """How this text came about (see also Article 50 of the EU AI Act, Regulation 2024/1689, on disclosure)."""

    origin: Literal["original", "human", "machine", "machine_reviewed", "mixed"] = Field(
        description="Written here, or translated by whom.", examples=["human"]
    )
    source_language: Language = Field(description="Language the item was first written in.")
    translated_from: Language | None = Field(description="Language this text was made from; null for an original.")
    is_stale: bool = Field(description="The source has been published with changes since.", examples=[False])
    stale_since: Time | None = Field(description="Since when.")
    tool: str | None = Field(description="Tool that made machine text.", examples=["DeepL"])
    reviewed_at: Time | None = Field(description="When it was last reviewed after a machine had made it.")
    ai_disclosure: Literal["none", "assisted", "autonomous"] = Field(
        description="Whether artificial intelligence took part in writing the text.", examples=["none"]
    )


class Attribution(Shape, Generic[LinkT]):
    """Who published it and how it may be used."""

    partner: LinkT | None = Field(description="The partner whose section holds the item.")
    canonical_url: Address | None = Field(
        description="The owner's own page, when there is one.", examples=["https://www.umea.se/"]
    )
    license: str | None = Field(description="Licence of the text, as a name or SPDX id.", examples=["CC-BY-4.0"])
    credit_line: str | None = Field(
        description="How to name the source, in the language of the text.", examples=["Umeå kommun"]
    )


class Notice(Shape):
    """A message to put above the text, such as why it was withdrawn."""

    text: str = Field(description="The message.", examples=["Artikeln är återkallad."])
    at: Time = Field(description="Since when it stands.")


class Alternate(Shape):
    """The same item in one of the languages it is published in."""

    language: Language = Field(description="Language.")
    url: Address = Field(
        description="Where the API serves it.",
        examples=["https://misto.example/content/v1/uk/news/5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"],
    )
    path: Path = Field(description="The hub's own path.")
    title: str = Field(description="Title in that language.", examples=["Умео починає співпрацю з Херсоном"])


class Href(Shape):
    """A link as the Swedish REST API profile writes it."""

    href: Address = Field(description="Absolute address.")


class ItemLinks(Shape):
    """Where the item is."""

    self: Href = Field(description="Where the API serves this text in its own language.")
    html: Href = Field(description="A plain page for people.")


class Said(Shape, Generic[LinkT]):
    """What a document says of itself, whether stored or handed out."""

    id: UUID = Field(
        description="Key: the same in every language, for ever.", examples=["5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"]
    )
    language: Language = Field(description="Language this text is written in.")
    title: str = Field(min_length=1, description="Title.", examples=["Umeå ingår samarbete med Cherson"])
    slug: Slug = Field(description="Readable name in addresses; set once.")
    path: Path = Field(description="The hub's own address of this item in this language.")
    first_published_at: Time = Field(description="When this language was first published.")
    published_at: Time = Field(description="The date readers see, the same in all languages.")
    updated_at: Time = Field(description="Last major change.")
    change_note: str | None = Field(
        description="What the last major change was.", examples=["Rättad titel på vice borgmästaren."]
    )
    translation: Translation = Field(description="How this text came about.")
    attribution: Attribution[LinkT] = Field(description="Who published it and how it may be used.")


class Served(Said[Card]):
    """What the hub adds when it hands a document out."""

    requested_language: Language = Field(description="Language that was asked for.")
    is_fallback: bool = Field(description="True when `language` is not the requested one.", examples=[False])
    status: Status = Field(description="`withdrawn` stays readable, with a notice.", examples=["published"])
    notice: Notice | None = Field(description="A message to put above the text.")
    alternates: list[Alternate] = Field(description="Every published language of this item, itself included.")
    html: Html | None = Field(
        default=None,
        description="The whole body as one text; there only with `include=html`, and null where there is no body.",
    )
    json_ld: JsonLd | None = Field(
        default=None,
        description=(
            "The document in the words of schema.org (JSON-LD), whose names are not in snake case; there only with "
            '`include=json_ld`. For a page\'s `<script type="application/ld+json">` write `<` in it as `\\u003c`, so '
            "that no text can end the element."
        ),
    )
    links: ItemLinks = Field(alias="_links", description="Where the item is.")
