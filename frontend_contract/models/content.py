"""What each kind of document says beside what every document says, its links and blocks stored or filled in."""

from typing import Generic, Literal

from pydantic import Field

from frontend_contract.models.blocks import BlockT, ContactDetails
from frontend_contract.models.images import File, Image
from frontend_contract.models.links import LinkT, Party
from frontend_contract.models.rich_text import Node, nodes_field
from frontend_contract.models.shape import Address, Day, Html, Language, Shape, Slug


class NewsCore(Shape, Generic[LinkT]):
    """A news article, without its body."""

    lead: str = Field(description="Lead, plain text.", examples=["Umeå och Cherson inleder ett samarbete."])
    image: Image | None = Field(description="Main image.")
    topics: list[LinkT] = Field(description="Topics.")
    people: list[LinkT] = Field(description="People it is about or quotes.")
    partners: list[LinkT] = Field(description="Partners it concerns.")
    partnerships: list[LinkT] = Field(description="Partnerships it concerns.")


class NewsContent(NewsCore[LinkT], Generic[LinkT, BlockT]):
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


class PersonCore(Shape, Generic[LinkT]):
    """Somebody who speaks for a partner, without the biography."""

    name: str = Field(min_length=1, description="Name as written in this language.", examples=["Віталій Бєлобров"])
    names: list[Name] = Field(description="The name in every language and script.")
    roles: list[Role] = Field(description="Appointments, the newest first.")
    portrait: Image | None = Field(description="Portrait.")
    contacts: list[ContactDetails[LinkT]] = Field(description="How to reach them in office.")


class PersonContent(PersonCore[LinkT], Generic[LinkT, BlockT]):
    """Somebody who speaks for a partner."""

    body: list[BlockT] = Field(description="About the person, block by block.")


class Coordinates(Shape):
    """A place on the map, coarse on purpose (two decimals at the most, WGS 84)."""

    lat: float = Field(ge=-90, le=90, description="Latitude.", examples=[63.83])
    lon: float = Field(ge=-180, le=180, description="Longitude.", examples=[20.26])


class PartnerCore(Shape, Generic[LinkT]):
    """A municipality or agency, without its presentation."""

    country: str = Field(pattern=r"^[A-Z]{2}$", description="Country (ISO 3166-1 alpha-2).", examples=["SE"])
    languages: list[Language] = Field(description="Languages it works in.", examples=[["sv"]])
    website: Address | None = Field(description="Its own website.", examples=["https://www.umea.se/"])
    logo: Image | None = Field(description="Logo.")
    coordinates: Coordinates | None = Field(description="Where it lies.")
    names: list[Name] = Field(description="Its name in every language.")


class PartnerContent(PartnerCore[LinkT], Generic[LinkT, BlockT]):
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


class PartnershipCore(Shape, Generic[LinkT]):
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


class PartnershipContent(PartnershipCore[LinkT], Generic[LinkT, BlockT]):
    """A cooperation between partners."""

    phases: list[Phase] = Field(description="Phases and milestones, in order.")
    body: list[BlockT] = Field(description="The text, block by block.")


class InfoCore(Shape, Generic[LinkT]):
    """A page about the cooperation itself, without its body."""

    lead: str = Field(description="Lead, plain text.", examples=["Så arbetar vi."])
    image: Image | None = Field(description="Main image.")


class InfoContent(InfoCore[LinkT], Generic[LinkT, BlockT]):
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
