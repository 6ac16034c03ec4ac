"""Rich text as a tree of typed nodes, for websites that make their own elements of it."""

from functools import partial
from operator import is_
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from frontend_contract.models.shape import Address, Kind, Path, Shape


class TextNode(Shape):
    """Plain characters."""

    type: Literal["text"] = Field(description="Node type.", examples=["text"])
    text: str = Field(description="The characters, not escaped.", examples=["demokrati och stadsplanering"])


class BreakNode(Shape):
    """A new line in the same paragraph."""

    type: Literal["line_break"] = Field(description="Node type.", examples=["line_break"])


class GroupNode(Shape):
    """A paragraph, an item of a list, or words with emphasis."""

    type: Literal["paragraph", "list_item", "bold", "italic"] = Field(description="Node type.", examples=["paragraph"])
    children: list["Node"] = Field(description="What it holds.")


class ListNode(Shape):
    """A list with bullets or numbers."""

    type: Literal["list"] = Field(description="Node type.", examples=["list"])
    style: Literal["bullet", "number"] = Field(description="Bullets or numbers.", examples=["bullet"])
    children: list["Node"] = Field(description="Its items.")


class LinkNode(Shape):
    """A link, to a document of this hub or to an address outside."""

    type: Literal["link"] = Field(description="Node type.", examples=["link"])
    kind: Kind | None = Field(description="Kind of the document linked to; null for an address outside.")
    id: UUID | None = Field(
        description="Key of the document linked to.", examples=["5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"]
    )
    path: Path | None = Field(description="The hub's own path, null when not published in an allowed language.")
    url: Address | None = Field(
        description="Where the API serves the document, null likewise; or the address outside.",
        examples=["https://icld.se/"],
    )
    contact: str | None = Field(
        pattern=r"^(mailto|tel):",
        description="E-mail address or telephone number linked to.",
        examples=["mailto:international@umea.example"],
    )
    children: list["Node"] = Field(description="The text of the link.")


Node = Annotated[TextNode | BreakNode | GroupNode | ListNode | LinkNode, Field(discriminator="type")]
"""A part of a rich text."""


_is_none = partial(is_, None)
"""Asked of every block that is written: a function of Python would take longer than writing it."""


def nodes_field(of: str) -> Any:
    """Return the field for the tree of another field: it is there only when asked for."""
    return Field(
        default=None,
        exclude_if=_is_none,
        description=f"`{of}` as a tree; there only with `rich_text=nodes`.",
    )
