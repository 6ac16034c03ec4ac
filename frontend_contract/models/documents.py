"""The documents, kind by kind: what each says of itself, its stored form, its public form and its form in lists."""

from typing import Annotated, Generic, Literal
from uuid import UUID

from pydantic import Field

from frontend_contract.models.blocks import Block, BlockT, ContactDetails, StoredBlock
from frontend_contract.models.images import File, Image
from frontend_contract.models.json_ld import JsonLd
from frontend_contract.models.links import Card, LinkT, Party, Pointer
from frontend_contract.models.rich_text import Node, nodes_field
from frontend_contract.models.shape import Address, Day, Html, Language, Path, Shape, Slug, Status, Time

# --- What every document says -------------------------------------------------------------------------------------


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


class _Said(Shape, Generic[LinkT]):
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


class _Served(_Said[Card]):
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


# --- What each kind says --------------------------------------------------------------------------------------------


class _NewsCore(Shape, Generic[LinkT]):
    """A news article, without its body."""

    lead: str = Field(description="Lead, plain text.", examples=["Umeå och Cherson inleder ett samarbete."])
    image: Image | None = Field(description="Main image.")
    topics: list[LinkT] = Field(description="Topics.")
    people: list[LinkT] = Field(description="People it is about or quotes.")
    partners: list[LinkT] = Field(description="Partners it concerns.")
    partnerships: list[LinkT] = Field(description="Partnerships it concerns.")


class NewsContent(_NewsCore[LinkT], Generic[LinkT, BlockT]):
    """A news article."""

    body: list[BlockT] = Field(description="The text, block by block.")


class Name(Shape):
    """One form of a name."""

    text: str = Field(min_length=1, description="The name.", examples=["Cherson"])
    language: Language = Field(description="Language it is used in.")
    script: str = Field(pattern=r"^[A-Z][a-z]{3}$", description="Script (ISO 15924).", examples=["Latn"])
    status: Literal["official", "exonym", "historical", "transliteration"] = Field(
        description="What kind of name it is.", examples=["exonym"]
    )


class Role(Shape):
    """An appointment: what somebody is or was, where, and when."""

    title: str = Field(min_length=1, description="Title.", examples=["kommunalråd"])
    organisation: str | None = Field(description="Where.", examples=["Umeå kommun"])
    party: Party | None = Field(
        description="Party, for elected offices only.", examples=[{"letter": "S", "name": "Socialdemokraterna"}]
    )
    start: Day | None = Field(alias="from", description="First day, when known.")
    end: Day | None = Field(alias="to", description="Last day; null while it lasts or when unknown.")


class _PersonCore(Shape, Generic[LinkT]):
    """Somebody who speaks for a partner, without the biography."""

    name: str = Field(min_length=1, description="Name as written in this language.", examples=["Віталій Бєлобров"])
    names: list[Name] = Field(description="The name in every language and script.")
    roles: list[Role] = Field(description="Appointments, the newest first.")
    portrait: Image | None = Field(description="Portrait.")
    contacts: list[ContactDetails[LinkT]] = Field(description="How to reach them in office.")


class PersonContent(_PersonCore[LinkT], Generic[LinkT, BlockT]):
    """Somebody who speaks for a partner."""

    body: list[BlockT] = Field(description="About the person, block by block.")


class Coordinates(Shape):
    """A place on the map, coarse on purpose (two decimals at the most, WGS 84)."""

    lat: float = Field(ge=-90, le=90, description="Latitude.", examples=[63.83])
    lon: float = Field(ge=-180, le=180, description="Longitude.", examples=[20.26])


class _PartnerCore(Shape, Generic[LinkT]):
    """A municipality or agency, without its presentation."""

    country: str = Field(pattern=r"^[A-Z]{2}$", description="Country (ISO 3166-1 alpha-2).", examples=["SE"])
    languages: list[Language] = Field(description="Languages it works in.", examples=[["sv"]])
    website: Address | None = Field(description="Its own website.", examples=["https://www.umea.se/"])
    logo: Image | None = Field(description="Logo.")
    coordinates: Coordinates | None = Field(description="Where it lies.")
    names: list[Name] = Field(description="Its name in every language.")


class PartnerContent(_PartnerCore[LinkT], Generic[LinkT, BlockT]):
    """A municipality or agency."""

    body: list[BlockT] = Field(description="Presentation, block by block.")


class Member(Shape, Generic[LinkT]):
    """A partner's part in a partnership."""

    partner: LinkT = Field(description="The partner.")
    part: str | None = Field(description="Its part.", examples=["Samordnare"])
    joined: Day | None = Field(description="Since when.")


class Phase(Shape):
    """A phase or milestone of a partnership."""

    title: str = Field(min_length=1, description="Title.", examples=["Ettårig förstudie"])
    type: Literal["letter_of_intent", "pre_study", "visit", "application", "project", "milestone"] = Field(
        description="What kind of step it is.", examples=["pre_study"]
    )
    start: Day | None = Field(alias="from", description="First day, when known.")
    end: Day | None = Field(alias="to", description="Last day, when known.")
    text: Html | None = Field(description="What happened, as HTML.")
    text_nodes: list[Node] | None = nodes_field("text")


class _PartnershipCore(Shape, Generic[LinkT]):
    """A cooperation between partners, without body and phases."""

    lead: str = Field(description="Lead, plain text.", examples=["Demokrati och stadsplanering."])
    image: Image | None = Field(description="Main image.")
    members: list[Member[LinkT]] = Field(description="Partners and their parts.")
    programme: str | None = Field(description="Programme.", examples=["ICLD kommunalt partnerskap"])
    funder: str | None = Field(description="Who pays.", examples=["Sveriges regering"])
    theme: str | None = Field(description="Theme.", examples=["Demokrati och stadsplanering"])
    areas: list[str] = Field(description="Areas of cooperation.", examples=[["beredskap", "vattenförsörjning"]])
    documents: list[File] = Field(description="Files to download.")
    contacts: list[ContactDetails[LinkT]] = Field(description="Whom to turn to.")


class PartnershipContent(_PartnershipCore[LinkT], Generic[LinkT, BlockT]):
    """A cooperation between partners."""

    phases: list[Phase] = Field(description="Phases and milestones, in order.")
    body: list[BlockT] = Field(description="The text, block by block.")


class _InfoCore(Shape, Generic[LinkT]):
    """A page about the cooperation itself, without its body."""

    lead: str = Field(description="Lead, plain text.", examples=["Så arbetar vi."])
    image: Image | None = Field(description="Main image.")


class InfoContent(_InfoCore[LinkT], Generic[LinkT, BlockT]):
    """A page about the cooperation itself."""

    body: list[BlockT] = Field(description="The text, block by block.")


class TopicContent(Shape, Generic[LinkT]):
    """A topic: a code that every language shares and a label for each."""

    code: Slug = Field(description="Code, the same in every language.", examples=["urban-planning"])
    label: str = Field(min_length=1, description="Label in this language.", examples=["Stadsplanering"])


class HomeContent(Shape, Generic[LinkT]):
    """The front door of a language."""

    text: Html = Field(description="Welcome, as HTML.")
    text_nodes: list[Node] | None = nodes_field("text")
    featured: list[LinkT] = Field(description="What the editors put first.")


# --- Stored, public, and in lists -----------------------------------------------------------------------------------


class StoredNews(NewsContent[Pointer, StoredBlock], _Said[Pointer]):
    """A news article as published, links unfilled."""

    kind: Literal["news"] = Field(description="Kind.", examples=["news"])


class StoredPerson(PersonContent[Pointer, StoredBlock], _Said[Pointer]):
    """A person as published, links unfilled."""

    kind: Literal["people"] = Field(description="Kind.", examples=["people"])


class StoredPartner(PartnerContent[Pointer, StoredBlock], _Said[Pointer]):
    """A partner as published, links unfilled."""

    kind: Literal["partners"] = Field(description="Kind.", examples=["partners"])


class StoredPartnership(PartnershipContent[Pointer, StoredBlock], _Said[Pointer]):
    """A partnership as published, links unfilled."""

    kind: Literal["partnerships"] = Field(description="Kind.", examples=["partnerships"])


class StoredInfo(InfoContent[Pointer, StoredBlock], _Said[Pointer]):
    """A page as published, links unfilled."""

    kind: Literal["pages"] = Field(description="Kind.", examples=["pages"])


class StoredTopic(TopicContent[Pointer], _Said[Pointer]):
    """A topic as published, links unfilled."""

    kind: Literal["topics"] = Field(description="Kind.", examples=["topics"])


class StoredHome(HomeContent[Pointer], _Said[Pointer]):
    """A front page as published, links unfilled; its notice is written by its editors."""

    kind: Literal["home"] = Field(description="Kind.", examples=["home"])
    notice: Notice | None = Field(description="A message to every reader.")


class NewsArticle(NewsContent[Card, Block], _Served):
    """A news article."""

    kind: Literal["news"] = Field(description="Kind.", examples=["news"])


class Person(PersonContent[Card, Block], _Served):
    """Somebody who speaks for a partner."""

    kind: Literal["people"] = Field(description="Kind.", examples=["people"])


class Partner(PartnerContent[Card, Block], _Served):
    """A municipality or agency."""

    kind: Literal["partners"] = Field(description="Kind.", examples=["partners"])


class Partnership(PartnershipContent[Card, Block], _Served):
    """A cooperation between partners."""

    kind: Literal["partnerships"] = Field(description="Kind.", examples=["partnerships"])


class InfoPage(InfoContent[Card, Block], _Served):
    """A page about the cooperation itself."""

    kind: Literal["pages"] = Field(description="Kind.", examples=["pages"])


class Topic(TopicContent[Card], _Served):
    """A topic."""

    kind: Literal["topics"] = Field(description="Kind.", examples=["topics"])


class Home(HomeContent[Card], _Served):
    """The front door of a language."""

    kind: Literal["home"] = Field(description="Kind.", examples=["home"])


class NewsSummary(_NewsCore[Card], _Served):
    """A news article in a list."""

    kind: Literal["news"] = Field(description="Kind.", examples=["news"])


class PersonSummary(_PersonCore[Card], _Served):
    """A person in a list."""

    kind: Literal["people"] = Field(description="Kind.", examples=["people"])


class PartnerSummary(_PartnerCore[Card], _Served):
    """A partner in a list."""

    kind: Literal["partners"] = Field(description="Kind.", examples=["partners"])


class PartnershipSummary(_PartnershipCore[Card], _Served):
    """A partnership in a list."""

    kind: Literal["partnerships"] = Field(description="Kind.", examples=["partnerships"])


class InfoSummary(_InfoCore[Card], _Served):
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

PUBLIC: dict[str, type[_Served]] = {
    "news": NewsArticle,
    "people": Person,
    "partners": Partner,
    "partnerships": Partnership,
    "pages": InfoPage,
    "topics": Topic,
    "home": Home,
}
"""Public form of each kind."""

SUMMARY: dict[str, type[_Served]] = {
    "news": NewsSummary,
    "people": PersonSummary,
    "partners": PartnerSummary,
    "partnerships": PartnershipSummary,
    "pages": InfoSummary,
    "topics": Topic,
}
"""Form of each kind in lists: without body and phases."""

HIT: dict[str, type[_Served]] = {
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
