"""The answers around documents: lists, changes, languages, health and problems."""

from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import Field

from frontend_contract.models.documents import Document
from frontend_contract.models.said import Href
from frontend_contract.models.shape import Address, ChangeStatus, Kind, Language, Shape, Time

ItemT = TypeVar("ItemT")


class ListLinks(Shape):
    """Where this list goes on; null where there is nothing."""

    self: Href = Field(description="This answer.")
    next: Href | None = Field(description="The next page.")
    prev: Href | None = Field(description="The page before.")
    first: Href | None = Field(description="The first page.")
    last: Href | None = Field(description="The last page.")


class ListMeta(Shape):
    """How this list was cut."""

    limit: int = Field(ge=1, le=100, description="Items a page.", examples=[20])
    offset: int = Field(ge=0, description="Items passed over.", examples=[0])
    page: int = Field(ge=1, description="Page, from 1.", examples=[1])
    total: int = Field(ge=0, description="Items in all.", examples=[12])
    language: Language = Field(description="Language that was asked for.")
    fallback: list[Language] = Field(description="Languages allowed instead, best first.", examples=[["sv", "en"]])


class ListAnswer(Shape, Generic[ItemT]):
    """A page of a list."""

    items: list[ItemT] = Field(description="The items.")
    total: int = Field(ge=0, description="Items in all.", examples=[12])
    links: ListLinks = Field(alias="_links", description="Where this list goes on.")
    meta: ListMeta = Field(alias="_meta", description="How this list was cut.")


class Change(Shape):
    """One publication at its latest change."""

    id: UUID = Field(description="Key.", examples=["5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"])
    kind: Kind = Field(description="Kind.", examples=["news"])
    language: Language = Field(description="Language.")
    status: ChangeStatus = Field(description="What it is now.", examples=["published"])
    changed_at: Time = Field(description="When it changed.")
    url: Address | None = Field(description="Where the API serves it; null for tombstones.")
    reason: str | None = Field(description="Why it is gone.", examples=["unpublished"])
    alternative: Address | None = Field(description="Where to go instead.")
    document: Document | None = Field(
        default=None, description="The whole object, null for tombstones; there only with `include=document`."
    )


class Changes(Shape):
    """What changed since a cursor, in order, tombstones included."""

    items: list[Change] = Field(description="The changes.")
    next_cursor: str = Field(
        pattern=r"^[A-Za-z0-9\-_.]+$",
        description="Cursor to ask with next time.",
        examples=["Q3bW0yVtZpK5c8nJr1xHfUeLd6aGm2sTqPo9YvBi"],
    )
    has_more: bool = Field(description="True when there is more to fetch now.", examples=[False])


class ExportHead(Shape):
    """The first line of an export."""

    cursor: str = Field(
        pattern=r"^[A-Za-z0-9\-_.]+$",
        description="Cursor to ask `changes` with next.",
        examples=["Q3bW0yVtZpK5c8nJr1xHfUeLd6aGm2sTqPo9YvBi"],
    )
    epoch: str = Field(description="Changes only when cursors become void.", examples=["0193a3f5"])
    generated_at: Time | None = Field(
        description="The time of the last change in it; null when nothing was ever published."
    )
    total: int = Field(ge=0, description="Items that follow, one a line.", examples=[412])


class LanguageInfo(Shape):
    """A language of this hub, named in itself."""

    language: Language = Field(description="BCP 47 code.")
    name: str = Field(description="Its own name.", examples=["svenska"])
    url: Address = Field(
        description="The front door of the language.", examples=["https://misto.example/content/v1/sv/home"]
    )


class ApiInfo(Shape):
    """What this API is, as the Swedish REST API profile asks (VER.06)."""

    api_name: str = Field(alias="apiName", description="Name.", examples=["Misto partner API"])
    api_version: str = Field(alias="apiVersion", description="Version.", examples=["1.0.0"])
    api_released: str = Field(
        alias="apiReleased",
        description="Day of release.",
        examples=["2026-11-23"],
        json_schema_extra={"format": "date"},
    )
    api_documentation: Address = Field(
        alias="apiDocumentation", description="Documentation.", examples=["https://misto.example/content/v1/docs"]
    )
    api_status: str = Field(alias="apiStatus", description="Status.", examples=["active"])


class Health(Shape):
    """Whether the hub is alive, or can serve."""

    status: str = Field(description="`ok` when all is well.", examples=["ok"])


class HubStatus(Shape):
    """What the hub holds now."""

    epoch: str = Field(description="Changes only when cursors become void.", examples=["0193a3f5"])
    last_change_at: Time | None = Field(description="When anything last changed.")
    publications: dict[str, dict[str, int]] = Field(
        description="Published items per language and kind.", examples=[{"sv": {"news": 12}}]
    )


class Lookup(Shape):
    """What lies at a path of the hub."""

    kind: Kind = Field(description="Kind.", examples=["news"])
    id: UUID = Field(description="Key.", examples=["5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"])
    url: Address = Field(
        description="Where the API serves it.",
        examples=["https://misto.example/content/v1/sv/news/5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"],
    )


class AvailableLanguage(Shape):
    """A language in which the item can be had."""

    language: Language = Field(description="Language.")
    url: Address = Field(
        description="Where.", examples=["https://misto.example/content/v1/sv/news/5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"]
    )


class Problem(Shape):
    """What went wrong (RFC 9457)."""

    type: Address = Field(
        description="A page that says what to do.",
        examples=["https://misto.example/content/v1/docs/problems/not-in-this-language"],
    )
    title: str = Field(description="What it is called.", examples=["Not in this language"])
    status: int = Field(ge=400, le=599, description="HTTP status.", examples=[404])
    detail: str = Field(description="What happened here.", examples=["This item is not published in Ukrainian."])
    instance: str = Field(
        description="The path that was asked for; `/` when it was refused unread.", examples=["/content/v1/uk/news"]
    )
    available_languages: list[AvailableLanguage] | None = Field(
        default=None, description="Languages in which the item can be had."
    )
    languages: list[Language] | None = Field(default=None, description="The hub's languages.", examples=[["sv", "uk"]])
    reason: str | None = Field(default=None, description="Why it is gone.", examples=["unpublished"])
    alternative: Address | None = Field(default=None, description="Where to go instead.")
    allowed: dict[str, Any] | None = Field(
        default=None, description="What is allowed, per parameter.", examples=[{"limit": "1 to 100"}]
    )
