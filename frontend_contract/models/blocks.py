"""The blocks of a body: a union told apart by `type`, each with `html` that is ready to print."""

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field

from frontend_contract.models.images import File, Image
from frontend_contract.models.links import Card, LinkT, Party, Pointer, TextLink
from frontend_contract.models.rich_text import Node, nodes_field
from frontend_contract.models.shape import Address, Day, Html, Language, Shape


class _Block(Shape):
    """What every block has, so that a consumer can print a type it has never heard of."""

    id: str = Field(
        description="Identifies the block in its body, the same in every language.",
        examples=["0d1d5a52-5a3e-4b0e-93a5-8e8a3a3f8f01"],
    )
    html: Html = Field(description="The whole block as sanitised HTML.")


class Heading(_Block):
    """A heading inside the text."""

    type: Literal["heading"] = Field(description="Block type.", examples=["heading"])
    text: str = Field(description="Plain text.", examples=["Samarbetets områden"])
    level: Literal[2, 3] = Field(description="Level; the title of the item is level 1.", examples=[2])


class Paragraph(_Block):
    """Running text; its content is `html`."""

    type: Literal["paragraph"] = Field(description="Block type.", examples=["paragraph"])
    links: list[TextLink] = Field(description="Documents of this hub that the text links to.", examples=[[]])
    nodes: list[Node] | None = nodes_field("html")


class TextList(_Block):
    """A list with bullets or numbers."""

    type: Literal["list"] = Field(description="Block type.", examples=["list"])
    style: Literal["bullet", "number"] = Field(description="Bullets or numbers.", examples=["bullet"])
    items: list[Html] = Field(description="Items as inline HTML.", examples=[["beredskap", "vattenförsörjning"]])
    items_nodes: list[list[Node]] | None = nodes_field("items")


class Speaker(Shape, Generic[LinkT]):
    """Whose words a quote is. When the speaker is a document, name, role and party come from it, in its language."""

    name: str = Field(description="Name as printed.", examples=["Janet Ågren"])
    role: str | None = Field(description="Role when the item was published.", examples=["kommunalråd"])
    party: Party | None = Field(
        description="Party, for elected offices.", examples=[{"letter": "S", "name": "Socialdemokraterna"}]
    )
    person: LinkT | None = Field(description="The person's document, if there is one.")


class OriginalWords(Shape):
    """The words as they were said, when the quote is a translation."""

    language: Language = Field(description="Language of the original words.")
    text: str = Field(description="The original words.", examples=["Det är viktigt att stå upp för demokrati."])


class Quote(_Block, Generic[LinkT]):
    """Somebody's own words."""

    type: Literal["quote"] = Field(description="Block type.", examples=["quote"])
    text: str = Field(
        description="The words, plain.", examples=["Det är viktigt att stå upp för demokrati och frihet."]
    )
    speaker: Speaker[LinkT] | None = Field(description="Whose words; null when the person is no longer shown.")
    original: OriginalWords | None = Field(description="The original words, when this is a translation.")


class ImageBlock(_Block):
    """An image in the text."""

    type: Literal["image"] = Field(description="Block type.", examples=["image"])
    image: Image = Field(description="The image.")


class Gallery(_Block):
    """Several images that belong together."""

    type: Literal["gallery"] = Field(description="Block type.", examples=["gallery"])
    title: str | None = Field(description="Title.", examples=["Besöket i Umeå"])
    images: list[Image] = Field(description="The images.")


class FactBox(_Block):
    """Background beside the text ("Mer information")."""

    type: Literal["fact_box"] = Field(description="Block type.", examples=["fact_box"])
    title: str = Field(description="Title.", examples=["Mer information"])
    text: Html | None = Field(description="Text as HTML.")
    items: list[str] = Field(description="Facts, one a line, plain.", examples=[["Administreras av ICLD"]])
    text_nodes: list[Node] | None = nodes_field("text")


class Documents(_Block):
    """Files to download."""

    type: Literal["documents"] = Field(description="Block type.", examples=["documents"])
    title: str | None = Field(description="Title.", examples=["Dokument"])
    documents: list[File] = Field(description="The files.")


class Video(_Block):
    """A video elsewhere; `html` is a plain link, so nobody is tracked before choosing to watch."""

    type: Literal["video"] = Field(description="Block type.", examples=["video"])
    title: str = Field(description="What the video shows.", examples=["Kherson delegation in Umeå"])
    url: Address = Field(description="Page of the video.", examples=["https://www.youtube.com/watch?v=aqz-KE-bpKQ"])
    provider: str = Field(description="Who hosts it.", examples=["YouTube"])
    embed_url: Address | None = Field(
        description="Address for an iframe that sets as few cookies as the provider allows.",
        examples=["https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"],
    )


class ContactDetails(Shape, Generic[LinkT]):
    """How to reach somebody. When the contact is a document, empty fields are filled from it, in its language."""

    name: str | None = Field(description="Name.", examples=["Umeå kommun"])
    role: str | None = Field(description="Role.", examples=["Internationell samordnare"])
    organisation: str | None = Field(description="Organisation.", examples=["Umeå kommun"])
    email: str | None = Field(description="E-mail address.", examples=["international@umea.example"])
    phone: str | None = Field(description="Telephone number.", examples=["+46 90 16 10 00"])
    url: Address | None = Field(description="Web address.", examples=["https://www.umea.se/"])
    person: LinkT | None = Field(description="The person's document, if there is one.")


class Contact(_Block, Generic[LinkT]):
    """Whom to turn to."""

    type: Literal["contact"] = Field(description="Block type.", examples=["contact"])
    contact: ContactDetails[LinkT] = Field(description="How to reach them.")


class LinkListItem(Shape, Generic[LinkT]):
    """One link of a list: to a document of this hub or to an address outside."""

    title: str | None = Field(
        description="Text of the link; null: the target's title.", examples=["ICLD om programmet"]
    )
    description: str | None = Field(description="What the reader finds there.", examples=["Programmets regler"])
    url: Address | None = Field(description="Address outside.", examples=["https://icld.se/"])
    target: LinkT | None = Field(description="The document of this hub.")


class LinkList(_Block, Generic[LinkT]):
    """Links to read on."""

    type: Literal["link_list"] = Field(description="Block type.", examples=["link_list"])
    title: str | None = Field(description="Title.", examples=["Läs mer"])
    links: list[LinkListItem[LinkT]] = Field(description="The links.")


class Week(Shape):
    """An ISO 8601 calendar week, as the Nordic countries count them."""

    year: int = Field(ge=1, description="ISO week year.", examples=[2024])
    week: int = Field(ge=1, le=53, description="ISO week.", examples=[24])


class Period(_Block):
    """When something happened: a calendar week or a range of days, both ends included."""

    type: Literal["period"] = Field(description="Block type.", examples=["period"])
    label: str | None = Field(description="What happened then.", examples=["Delegationens besök"])
    start: Day = Field(description="First day.")
    end: Day = Field(description="Last day.", examples=["2024-06-16"])
    week: Week | None = Field(
        description="The calendar week, when one was meant.", examples=[{"year": 2024, "week": 24}]
    )


_Plain = Heading | Paragraph | TextList | ImageBlock | Gallery | FactBox | Documents | Video | Period

StoredBlock = Annotated[
    _Plain | Quote[Pointer] | Contact[Pointer] | LinkList[Pointer],
    Field(discriminator="type"),
]
"""A block as published, links unfilled."""

Block = Annotated[
    _Plain | Quote[Card] | Contact[Card] | LinkList[Card],
    Field(discriminator="type"),
]
"""A block as handed out."""

BlockT = TypeVar("BlockT")
"""`StoredBlock` in stored documents, `Block` in public ones."""
