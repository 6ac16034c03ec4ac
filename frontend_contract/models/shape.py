"""What every contract model shares: strict when the hub writes, frozen, and the few value types in use everywhere."""

from datetime import date, datetime
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Kind = Literal["news", "people", "partnerships", "partners", "pages", "topics", "home"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Status = Literal["published", "withdrawn"]
ChangeStatus = Literal["published", "withdrawn", "redirected", "gone", "vanished"]


class Shape(BaseModel):
    """A part of the contract: immutable, and closed when the hub writes it.

    Published schemas leave the same objects open, so that a new optional field is a minor change for consumers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


def _aware(value: datetime) -> datetime:
    """Times leave the house in UTC and in whole seconds (RFC 3339, `Z`); a naive time has no meaning outside."""
    offset = value.utcoffset()
    if offset is None or offset.total_seconds() != 0:
        raise ValueError("a time must be given in UTC")
    return value.replace(microsecond=0)


Time = Annotated[datetime, AfterValidator(_aware), Field(examples=["2024-06-14T08:00:00Z"])]
Day = Annotated[date, Field(examples=["2024-06-10"])]
Language = Annotated[
    str,
    Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$", examples=["sv"]),
]
Html = Annotated[
    str,
    Field(
        examples=["<p>Umeå kommun och Cherson inleder ett samarbete.</p>"],
        json_schema_extra={"contentMediaType": "text/html"},
    ),
]
Address = Annotated[
    str, Field(pattern=r"^(https?|hub):/", examples=["https://misto.example/sv/umea/news/umea-samarbete-cherson"])
]
Path = Annotated[str, Field(pattern=r"^/[a-z0-9\-/.~]*$", examples=["/sv/umea/news/umea-samarbete-cherson"])]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", examples=["umea-samarbete-cherson"])]
