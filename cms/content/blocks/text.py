"""Blocks of text: heading, paragraph, list, fact box."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.fields import LineBlock, NamedChoiceBlock
from cms.content.blocks.public import PublicBlock, PublicStruct
from cms.content.documents import Context
from cms.content.rich_text import FEATURES, INLINE, inline_html, links_in, public_html
from frontend_contract.models.blocks import FactBox, Heading, Paragraph, TextList


class HeadingBlock(PublicStruct):
    """A heading inside the text."""

    text = LineBlock(label=_("Text"), max_length=150)
    level = NamedChoiceBlock(
        label=_("Level"),
        choices=[("2", _("Heading")), ("3", _("Heading below a heading"))],
        default="2",
        help_text=_("Screen readers jump from heading to heading: do not skip a level."),
    )

    def publish(self, value: Any, block_id: str, context: Context) -> Heading:
        """Return the heading."""
        return Heading(type="heading", id=block_id, html="", text=value["text"], level=int(value["level"]))

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Divides a long text. Readers see it as the title of what follows.")
        preview_value = {"text": "Samarbetets områden", "level": "2"}


class ParagraphBlock(PublicBlock, blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **kwargs: Any) -> None:
        """Allow what running text may have."""
        super().__init__(**{"features": FEATURES, **kwargs})

    def publish(self, value: Any, block_id: str, context: Context) -> Paragraph | None:
        """Return the text; nothing when nothing was written."""
        html = public_html(value.source or "", context.targets)
        return Paragraph(type="paragraph", id=block_id, html=html, links=links_in(html)) if html else None

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Running text, with links and emphasis. Headings, quotes and pictures are blocks of their own.")
        preview_value = (
            "<p>Umeå kommun och Cherson i Ukraina inleder ett samarbete med fokus på <b>demokrati och"
            " stadsplanering</b>. Det är en del av den svenska regeringens stöd till Ukraina.</p>"
        )


class ListOfTextBlock(PublicStruct):
    """A list with bullets or numbers."""

    style = NamedChoiceBlock(
        label=_("Style"),
        choices=[("bullet", _("Bullets")), ("number", _("Numbers: the order matters"))],
        default="bullet",
    )
    items = blocks.ListBlock(blocks.RichTextBlock(features=INLINE, label=_("Item")), label=_("Items"))

    def publish(self, value: Any, block_id: str, context: Context) -> TextList:
        """Return the list."""
        items = [inline_html(public_html(item.source or "", context.targets)) for item in value["items"]]
        return TextList(
            type="list", id=block_id, html="", style=value["style"] or "bullet", items=[item for item in items if item]
        )

    class Meta:
        icon = "list-ul"
        label = _("List")
        description = _("Several things of one sort, one a line.")
        preview_value = {
            "style": "bullet",
            "items": [
                "<p>beredskapsfrågor</p>",
                "<p>vattenförsörjning</p>",
                "<p>avfallsfrågor</p>",
                "<p>digitalisering</p>",
            ],
        }


class FactBoxBlock(PublicStruct):
    """Background beside the text."""

    title = LineBlock(label=_("Title"), max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES, required=False, default="")
    items = blocks.ListBlock(LineBlock(label=_("Fact"), max_length=300), label=_("Facts"), default=[], min_num=0)

    def clean(self, value: Any) -> Any:
        """Check that there is a text or a fact."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not public_html(cleaned["text"].source or "") and not cleaned["items"]:
            raise blocks.StructBlockValidationError(
                block_errors={"text": ValidationError(_("Write a text, or at least one fact."))}
            )
        return cleaned

    def publish(self, value: Any, block_id: str, context: Context) -> FactBox:
        """Return the box."""
        return FactBox(
            type="fact_box",
            id=block_id,
            html="",
            title=value["title"],
            text=public_html(value["text"].source or "", context.targets) or None,
            items=[fact.strip() for fact in value["items"] if fact and fact.strip()],
        )

    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        description = _("Background beside the text, such as “More information”. Readers may skip it.")
        preview_value = {
            "title": "Mer information",
            "text": "<p>Samarbetet är ett kommunalt partnerskap som stärker den lokala demokratiutvecklingen.</p>",
            "items": [
                "Administreras av Internationellt centrum för lokal demokrati (ICLD)",
                "ICLD har sitt kontor i Visby",
            ],
        }
