"""Links: how one document points to another, stored as a pointer and handed out as a card."""

from datetime import date
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from pydantic import Field

from frontend_contract.models.shape import Address, Kind, Language, Path, Shape


class Pointer(Shape):
    """The stored form of a link: whom it means, never what that document said at the time.

    `at` picks the role a person held on that day; `appointment` picks one of several held then; `required` says that
    the document may not be published in a language in which the target is not.
    """

    pointer: Kind = Field(description="Kind of the document pointed to.", examples=["people"])
    id: UUID = Field(description="Key of the document pointed to.", examples=["5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"])
    at: date | None = Field(default=None, description="Day whose role is shown, for people.", examples=["2024-06-14"])
    appointment: UUID | None = Field(
        default=None,
        description="Key of the chosen appointment, for people.",
        examples=["0b8e7f5a-9f3c-4b52-8f4e-2c1b0f4f9c11"],
    )
    required: bool = Field(default=False, description="The target must be published in this language.", examples=[True])


class Party(Shape):
    """A political party as shown beside an elected person."""

    letter: str = Field(description="The party's letter or short name.", examples=["S"])
    name: str = Field(description="The party's name in the card's language.", examples=["Socialdemokraterna"])


class _Card(Shape):
    """A linked document in short; a card never holds another card."""

    id: UUID = Field(description="Key, the same in every language.", examples=["5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"])
    language: Language = Field(description="Language this card is written in.")
    is_fallback: bool = Field(description="True when it is not the requested language.", examples=[False])
    title: str = Field(description="Title of the linked document.", examples=["Umeå"])
    path: Path = Field(description="The hub's own path of the linked document.")
    url: Address = Field(
        description="Where the API serves the linked document.",
        examples=["https://misto.example/content/v1/sv/partners/5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"],
    )


class PageCard(_Card):
    """A linked article, page, partner, partnership or front page."""

    kind: Literal["news", "partnerships", "partners", "pages", "home"] = Field(
        description="Kind of the linked document.", examples=["partners"]
    )


class PersonCard(_Card):
    """A linked person with the role held when the linking document was published."""

    kind: Literal["people"] = Field(description="Kind of the linked document.", examples=["people"])
    role: str | None = Field(description="Title of the role held at the time.", examples=["kommunalråd"])
    organisation: str | None = Field(description="Where the role is held.", examples=["Umeå kommun"])
    party: Party | None = Field(
        description="Party, for elected offices only.", examples=[{"letter": "S", "name": "Socialdemokraterna"}]
    )


class TopicCard(_Card):
    """A linked topic."""

    kind: Literal["topics"] = Field(description="Kind of the linked document.", examples=["topics"])
    code: str = Field(description="The topic's code, the same in every language.", examples=["urban-planning"])


class MissingCard(Shape):
    """A linked document that is not published in any allowed language."""

    kind: Kind = Field(description="Kind of the linked document.", examples=["people"])
    id: UUID = Field(description="Key of the linked document.", examples=["5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"])
    language: None = Field(description="Always null: nothing can be shown.", examples=[None])
    available_languages: list[Language] = Field(
        description="Languages in which it is published.", examples=[["sv", "fi"]]
    )


Card = Annotated[
    PageCard | PersonCard | TopicCard | MissingCard,
    Field(description="A linked document in short, or the languages in which it could be had."),
]

LinkT = TypeVar("LinkT", bound=Shape)
"""`Pointer` in stored documents, `Card` in public ones."""


class TextLink(Shape):
    """A link inside a text that leads to another document of this hub."""

    kind: Kind = Field(description="Kind of the document linked to.", examples=["news"])
    id: UUID = Field(description="Key of the document linked to.", examples=["5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"])
    path: Path | None = Field(description="The hub's own path, null when not published in an allowed language.")
    url: Address | None = Field(description="Where the API serves it, null likewise.")
