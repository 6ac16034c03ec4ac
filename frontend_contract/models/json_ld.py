"""A document in the words of schema.org, for search engines: JSON-LD 1.1, ready for a page's `<script>` element.

Names of fields are schema.org's, so they are no snake case. A field that has nothing to say is left out.
"""

from typing import Literal

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from frontend_contract.models.shape import Address, Day, Language, Shape, Time

KEY = "urn:uuid:5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"
ITEM = "https://misto.example/content/v1/sv/news/5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"
PAGE = "https://misto.example/sv/umea/news/umea-samarbete-cherson"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


class _Words(Shape):
    """Objects in the words of schema.org."""

    model_config = ConfigDict(alias_generator=to_camel)


class JsonLdText(_Words):
    """Words in another language than those around them."""

    value: str = Field(alias="@value", description="The words.", examples=["Херсон"])
    language: Language = Field(alias="@language", description="Their language.", examples=["uk"])


class JsonLdThing(_Words):
    """Something that is named, and described elsewhere if it has an `@id`."""

    type: str = Field(alias="@type", description="Type in schema.org.", examples=["GovernmentOrganization"])
    id: str | None = Field(default=None, alias="@id", description="What it is identified by.", examples=[KEY])
    name: str | JsonLdText | None = Field(
        default=None, description="Name; it says so when it is in another language.", examples=["Umeå kommun"]
    )
    alternate_name: str | None = Field(default=None, description="Short name.", examples=["S"])
    url: Address | None = Field(default=None, description="Page for people.", examples=[PAGE])
    in_language: Language | None = Field(default=None, description="Language it is written in.")
    term_code: str | None = Field(default=None, description="Code of a topic.", examples=["urban-planning"])


class JsonLdImage(_Words):
    """An image."""

    type: Literal["ImageObject"] = Field(alias="@type", description="Type in schema.org.", examples=["ImageObject"])
    url: Address = Field(
        description="Where the file is.", examples=["https://misto.example/media/images/a.width-800.jpg"]
    )
    description: str | None = Field(
        default=None, description="What it shows, in words.", examples=["En talare vid ett bord"]
    )
    caption: str | None = Field(default=None, description="Caption.", examples=["Presentation i Umeå."])
    credit_text: str | None = Field(default=None, description="Who made it.", examples=["Misto"])
    license: Address | JsonLdThing | None = Field(default=None, description="Licence.", examples=[LICENCE])


class JsonLdRole(_Words):
    """What somebody is to an organisation, and when."""

    type: Literal["OrganizationRole", "EmployeeRole"] = Field(
        alias="@type", description="Type in schema.org.", examples=["EmployeeRole"]
    )
    role_name: str | None = Field(default=None, description="Title or part.", examples=["kommunalråd"])
    start_date: Day | None = Field(default=None, description="First day.")
    end_date: Day | None = Field(default=None, description="Last day.")
    works_for: JsonLdThing | None = Field(default=None, description="Where.")
    member_of: JsonLdThing | None = Field(default=None, description="Of what.")
    member: JsonLdThing | None = Field(default=None, description="Who.")


class JsonLdPoint(_Words):
    """A point on the map."""

    type: Literal["GeoCoordinates"] = Field(
        alias="@type", description="Type in schema.org.", examples=["GeoCoordinates"]
    )
    latitude: float = Field(description="Latitude.", examples=[63.83])
    longitude: float = Field(description="Longitude.", examples=[20.26])


class JsonLdAddress(_Words):
    """The country that something lies in."""

    type: Literal["PostalAddress"] = Field(alias="@type", description="Type in schema.org.", examples=["PostalAddress"])
    address_country: str = Field(description="Country (ISO 3166-1 alpha-2).", examples=["SE"])


class JsonLdPlace(_Words):
    """Where something lies, coarse on purpose."""

    type: Literal["Place"] = Field(alias="@type", description="Type in schema.org.", examples=["Place"])
    address: JsonLdAddress = Field(description="Country.")
    geo: JsonLdPoint | None = Field(default=None, description="Point on the map.")


class _Text(_Words):
    """What a text says of itself."""

    in_language: Language | None = Field(default=None, description="Language it is written in.")
    translation_of_work: JsonLdThing | None = Field(default=None, description="The text it was translated from.")
    work_translation: list[JsonLdThing] | None = Field(
        default=None, description="Its translations; for a text that is none itself."
    )
    license: Address | JsonLdThing | None = Field(default=None, description="Licence of the text.", examples=[LICENCE])
    credit_text: str | None = Field(default=None, description="How to name the source.", examples=["Umeå kommun"])
    publisher: JsonLdThing | None = Field(default=None, description="Who published it.")
    date_published: Time | None = Field(default=None, description="The date readers see.")
    date_modified: Time | None = Field(default=None, description="Last major change.")
    creative_work_status: str | None = Field(
        default=None, description="`Withdrawn` when it no longer stands.", examples=["Withdrawn"]
    )


class JsonLdPage(_Text):
    """The text about somebody or something."""

    type: Literal["ProfilePage", "WebPage"] = Field(
        alias="@type", description="Type in schema.org.", examples=["ProfilePage"]
    )
    id: Address = Field(alias="@id", description="Where the API serves it.", examples=[ITEM])
    url: Address = Field(description="Page for people.", examples=[PAGE])


class JsonLd(_Text):
    """A document in the words of schema.org.

    News, pages and front pages are texts themselves and say so; people, partners, partnerships and topics are what a
    text is about, and the text is their `mainEntityOfPage`.
    """

    context: Literal["https://schema.org"] = Field(
        alias="@context", description="The vocabulary.", examples=["https://schema.org"]
    )
    type: Literal["NewsArticle", "Person", "GovernmentOrganization", "Project", "WebPage", "DefinedTerm"] = Field(
        alias="@type", description="Type in schema.org.", examples=["NewsArticle"]
    )
    id: str = Field(
        alias="@id",
        description="A text: where the API serves it. What a text is about: its key, the same in every language.",
        examples=[ITEM],
    )
    identifier: str = Field(description="Key, the same in every language.", examples=[KEY])
    url: Address = Field(description="Page for people; a partner's own website when it has one.", examples=[PAGE])
    name: str = Field(description="Title or name.", examples=["Umeå ingår samarbete med Cherson"])
    alternate_name: list[str] | None = Field(
        default=None, description="Every other spelling of a name.", examples=[["Херсон", "Herson"]]
    )
    headline: str | None = Field(default=None, description="Title.", examples=["Umeå ingår samarbete med Cherson"])
    description: str | None = Field(
        default=None, description="Lead.", examples=["Umeå och Cherson inleder ett samarbete."]
    )
    image: JsonLdImage | None = Field(default=None, description="Main image.")
    logo: JsonLdImage | None = Field(default=None, description="Logo.")
    author: JsonLdThing | None = Field(default=None, description="Whose text it is.")
    about: list[JsonLdThing] | None = Field(default=None, description="Topics and partnerships.")
    mentions: list[JsonLdThing] | None = Field(default=None, description="People and partners.")
    job_title: str | None = Field(default=None, description="Title of the latest role.", examples=["kommunalråd"])
    works_for: list[JsonLdRole] | None = Field(default=None, description="Appointments.")
    member_of: list[JsonLdRole] | None = Field(default=None, description="Parties, for elected offices.")
    location: JsonLdPlace | None = Field(default=None, description="Where a partner lies.")
    knows_language: list[Language] | None = Field(
        default=None, description="Languages a partner works in.", examples=[["sv"]]
    )
    member: list[JsonLdRole] | None = Field(default=None, description="Partners of a partnership, and their parts.")
    funder: JsonLdThing | None = Field(default=None, description="Who pays.")
    funding: JsonLdThing | None = Field(default=None, description="Programme.")
    knows_about: list[str] | None = Field(
        default=None, description="Areas of cooperation.", examples=[["beredskap", "vattenförsörjning"]]
    )
    term_code: str | None = Field(default=None, description="Code of a topic.", examples=["urban-planning"])
    main_entity_of_page: JsonLdPage | None = Field(default=None, description="The text about it.")
