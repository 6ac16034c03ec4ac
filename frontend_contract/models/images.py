"""Images and files as documents show them."""

from pydantic import Field, model_validator

from frontend_contract.models.shape import Address, Language, Shape


class FocalPoint(Shape):
    """Where the subject is, in percent from the left and from the top."""

    x: float = Field(ge=0, le=100, description="Percent from the left.", examples=[50])
    y: float = Field(ge=0, le=100, description="Percent from the top.", examples=[40])


class ImageSource(Shape):
    """One format of the image at several widths, for `<source>` in `<picture>`."""

    type: str = Field(description="Media type.", examples=["image/avif"])
    srcset: str = Field(
        description="Addresses with widths, as the `srcset` attribute takes them.",
        examples=["https://misto.example/media/images/a.width-400.avif 400w"],
    )


class Image(Shape):
    """An image with the alternative text of this very use."""

    alt: str = Field(
        description="Alternative text; empty exactly when decorative.", examples=["En talare vid ett bord"]
    )
    decorative: bool = Field(description="True when the image says nothing the text does not.", examples=[False])
    caption: str | None = Field(description="Caption.", examples=["Presentation i Umeå."])
    credit: str | None = Field(description="Who made it.", examples=["Misto"])
    license: str | None = Field(description="Licence, as a name or SPDX id.", examples=["CC-BY-4.0"])
    width: int = Field(gt=0, description="Width of the original in pixels.", examples=[1600])
    height: int = Field(gt=0, description="Height of the original in pixels.", examples=[900])
    focal_point: FocalPoint | None = Field(description="Where the subject is.", examples=[{"x": 50, "y": 40}])
    dominant_color: str | None = Field(
        pattern=r"^#[0-9a-f]{6}$", description="Colour to show while loading.", examples=["#1b4d6b"]
    )
    src: Address = Field(
        description="JPEG that any browser shows; the file as it was uploaded while the sizes are being made.",
        examples=["https://misto.example/media/images/a.width-800.jpg"],
    )
    sources: list[ImageSource] = Field(
        description="AVIF, WebP and JPEG at fixed widths, never enlarged; none while they are being made.",
        examples=[[{"type": "image/avif", "srcset": "https://misto.example/media/images/a.width-400.avif 400w"}]],
    )

    @model_validator(mode="after")
    def _described(self) -> "Image":
        """An image either says what it shows or is declared decorative."""
        if bool(self.alt.strip()) == self.decorative:
            raise ValueError("an image has an alternative text or is marked decorative, not both")
        return self


class File(Shape):
    """A document to download."""

    title: str = Field(description="Title.", examples=["Letter of Intent"])
    url: Address = Field(
        description="Where it is.",
        examples=["https://misto.example/documents/0d6f7a52-3c1b-4e8f-9a57-2b64c8d1e0f3/loi.pdf"],
    )
    language: Language | None = Field(description="Language the file is written in.")
    mime_type: str = Field(description="Media type.", examples=["application/pdf"])
    size: int = Field(ge=0, description="Size in bytes.", examples=[48213])
    filename: str = Field(description="File name.", examples=["loi.pdf"])
