"""Blocks of pictures, files and films."""

import re
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.content.blocks.fields import LineBlock
from cms.content.blocks.public import PublicStruct, WholeStruct, or_none
from cms.content.documents import Context
from cms.content.files import public_file
from cms.content.html import render_block
from cms.content.pictures import explain_alt, public_image
from frontend_contract.models.blocks import Documents, Gallery, ImageBlock, Video
from frontend_contract.models.images import Image


class DescribedImageBlock(WholeStruct):
    """An image, described for this very use."""

    image = ImageChooserBlock(label=_("Image"))
    alt = LineBlock(
        label=_("Alternative text"),
        required=False,
        max_length=300,
        help_text=_("What the image shows, for those who cannot see it. Read aloud instead of the image."),
    )
    decorative = blocks.BooleanBlock(
        label=_("Decorative"),
        required=False,
        help_text=_("The image says nothing that the text does not. Screen readers pass over it."),
    )
    caption = LineBlock(label=_("Caption"), required=False, max_length=300, help_text=_("Printed below the image."))

    def clean(self, value: Any) -> Any:
        """Check that the image is described or decorative."""
        cleaned = super().clean(value)
        problem = explain_alt(cleaned["image"], alt=cleaned["alt"], decorative=cleaned["decorative"])
        if problem and not self.is_deferred_validation:
            raise blocks.StructBlockValidationError(block_errors={"alt": ValidationError(problem)})
        return cleaned

    def describe(self, value: Any) -> Image | None:
        """Return the image as the contract has it; None when it is gone or may not be shown."""
        if value["image"] is None:
            return None
        return public_image(
            value["image"], alt=value["alt"], decorative=bool(value["decorative"]), caption=value["caption"]
        )


class SingleImageBlock(PublicStruct, DescribedImageBlock):
    """An image in the text."""

    def publish(self, value: Any, block_id: str, context: Context) -> ImageBlock | None:
        """Return the image; nothing when it may not be shown."""
        image = self.describe(value)
        return ImageBlock(type="image", id=block_id, html="", image=image) if image else None

    def render_example(self, value: Any) -> str:
        """Return an example that needs no uploaded image."""
        return render_block({"type": "image", "image": example_image(value)}, "sv")

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A picture between two pieces of text, with its caption and the name of who made it.")
        preview_value = {
            "image": None,
            "alt": "Tecknad gul bro mellan två stränder med hus",
            "decorative": False,
            "caption": "En bro byggs från två håll.",
        }


class GalleryBlock(PublicStruct):
    """Several images that belong together."""

    title = LineBlock(label=_("Title"), required=False, max_length=150)
    images = blocks.ListBlock(DescribedImageBlock(label=_("Image")), label=_("Images"), min_num=2)

    def publish(self, value: Any, block_id: str, context: Context) -> Gallery | None:
        """Return the images that may be shown; nothing when none may."""
        described = [image for item in value["images"] if (image := item.block.describe(item))]
        if not described:
            return None
        return Gallery(type="gallery", id=block_id, html="", title=or_none(value["title"]), images=described)

    def render_example(self, value: Any) -> str:
        """Return an example that needs no uploaded images."""
        images = [example_image(item) for item in value["images"]]
        return render_block({"type": "gallery", "title": value["title"], "images": images}, "sv")

    class Meta:
        icon = "grip"
        label = _("Gallery")
        description = _("Several pictures of one occasion, shown together.")
        preview_value = {
            "title": "Besöket i Umeå",
            "images": [
                {"image": None, "alt": "Tecknad gul bro mellan två stränder", "caption": "Bron mellan städerna."},
                {"image": None, "alt": "Samma bro en gång till", "caption": "Bron från andra sidan."},
            ],
        }


class DocumentsBlock(PublicStruct):
    """Files to download."""

    title = LineBlock(label=_("Title"), required=False, max_length=150)
    documents = blocks.ListBlock(DocumentChooserBlock(label=_("Document")), label=_("Documents"))

    def publish(self, value: Any, block_id: str, context: Context) -> Documents | None:
        """Return the files; nothing when all are deleted."""
        files = [public_file(document) for document in value["documents"] if document]
        if not files:
            return None
        return Documents(type="documents", id=block_id, html="", title=or_none(value["title"]), documents=files)

    def render_example(self, value: Any) -> str:
        """Return an example that needs no uploaded document."""
        example = {
            "title": "Letter of Intent",
            "url": "#",
            "language": "en",
            "mime_type": "application/pdf",
            "size": 48_213,
            "filename": "letter-of-intent.pdf",
        }
        return render_block({"type": "documents", "title": value["title"], "documents": [example]}, "sv")

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        description = _("Files to download, each with its language, type and size.")
        preview_value = {"title": "Dokument", "documents": []}


class Provider(NamedTuple):
    """A place where films are: how its addresses look, the page of a film, and an address for a frame."""

    name: str
    pattern: re.Pattern[str]
    page: str
    embed: str


PROVIDERS = [
    Provider(
        "YouTube",
        re.compile(
            r"https://(?:www\.|m\.)?(?:youtube\.com/(?:watch\?(?:[^#\s]*&)?v=|shorts/|live/|embed/)|youtu\.be/)"
            r"(?P<id>[\w-]{11})(?:[?&#/]\S*)?\Z",
            re.ASCII,
        ),
        "https://www.youtube.com/watch?v={id}",
        "https://www.youtube-nocookie.com/embed/{id}",
    ),
    Provider(
        "Vimeo",
        re.compile(r"https://(?:www\.|player\.)?vimeo\.com/(?:video/)?(?P<id>\d+)(?:[?#/]\S*)?\Z", re.ASCII),
        "https://vimeo.com/{id}",
        "https://player.vimeo.com/video/{id}?dnt=1",
    ),
]


def find_provider(url: str) -> tuple[Provider, str] | None:
    """Return who hosts the film and what it is called there; None when we do not know."""
    return next(((provider, match["id"]) for provider in PROVIDERS if (match := provider.pattern.match(url))), None)


def check_video(url: str) -> None:
    """Check that the film is with somebody we know."""
    if find_provider(url) is None:
        raise ValidationError(_("Give the address of a film on YouTube or Vimeo."))


class VideoBlock(PublicStruct):
    """A film elsewhere."""

    title = LineBlock(label=_("Title"), max_length=150, help_text=_("What the film shows."))
    url = blocks.URLBlock(
        label=_("Address"),
        validators=[check_video],
        help_text=_(
            "The film's page on YouTube or Vimeo. Readers see a link: nobody is tracked before they follow it."
        ),
    )

    def publish(self, value: Any, block_id: str, context: Context) -> Video:
        """Return the film; its address is made anew, so nothing but its number is taken from what was typed."""
        check_video(value["url"] or "")
        provider, number = find_provider(value["url"]) or (PROVIDERS[0], "")
        return Video(
            type="video",
            id=block_id,
            html="",
            title=value["title"],
            url=provider.page.format(id=number),
            provider=provider.name,
            embed_url=provider.embed.format(id=number),
        )

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A film on YouTube or Vimeo.")
        preview_value = {
            "title": "Delegationen från Cherson besöker Umeå",
            "url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
        }


def example_image(value: Any) -> dict[str, Any]:
    """Return a picture that is always there, with the texts of the example."""
    return {
        "alt": value["alt"],
        "decorative": False,
        "caption": value["caption"],
        "credit": "Misto",
        "src": static("content/example.svg"),
        "sources": [],
        "width": 800,
        "height": 450,
    }
