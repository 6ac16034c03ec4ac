"""A body: the blocks that a text may hold, the field that holds them, and how they become public."""

from typing import Any

from django.core.exceptions import ValidationError as FieldError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError
from wagtail import blocks
from wagtail.fields import StreamField

from cms.content.blocks.dates import PeriodBlock
from cms.content.blocks.media import DocumentsBlock, GalleryBlock, SingleImageBlock, VideoBlock
from cms.content.blocks.people import ContactBlock, LinkListBlock, QuoteBlock
from cms.content.blocks.public import with_html
from cms.content.blocks.text import FactBoxBlock, HeadingBlock, ListOfTextBlock, ParagraphBlock
from cms.content.documents import Context
from cms.content.errors import PublishingRefused
from frontend_contract.models.blocks import Quote, StoredBlock


class BodyBlock(blocks.StreamBlock):
    """The blocks that a text may hold, in the order in which they are needed most."""

    paragraph = ParagraphBlock(group=gettext_lazy("Text"))
    heading = HeadingBlock(group=gettext_lazy("Text"))
    quote = QuoteBlock(group=gettext_lazy("Text"))
    list = ListOfTextBlock(group=gettext_lazy("Text"))
    image = SingleImageBlock(group=gettext_lazy("Pictures and films"))
    gallery = GalleryBlock(group=gettext_lazy("Pictures and films"))
    video = VideoBlock(group=gettext_lazy("Pictures and films"))
    fact_box = FactBoxBlock(group=gettext_lazy("Beside the text"))
    period = PeriodBlock(group=gettext_lazy("Beside the text"))
    documents = DocumentsBlock(group=gettext_lazy("Beside the text"))
    contact = ContactBlock(group=gettext_lazy("Beside the text"))
    link_list = LinkListBlock(group=gettext_lazy("Beside the text"))


class BodyField(StreamField):
    """A text made of blocks. Migrations know none of them: a new help text is not a change of the table."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Hold the usual blocks."""
        super().__init__(*(args or (BodyBlock(),)), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Describe the field without its blocks."""
        name, path, _blocks, options = super().deconstruct()
        return name, path, [], {key: value for key, value in options.items() if key != "block_lookup"}


def public_body(body: Any, context: Context, *, needs_speakers: bool = False) -> list[StoredBlock]:
    """Return the blocks as documents store them.

    With `needs_speakers` the document waits for the people it quotes. Raises `PublishingRefused` naming the block.
    """
    published = [_publish(number, block, context) for number, block in enumerate(body, start=1)]
    return [_requiring(block) if needs_speakers else block for block in published if block]


def _publish(number: int, block: Any, context: Context) -> StoredBlock | None:
    try:
        stored = block.block.publish(block.value, block.id or f"new-{number}", context)
    except (ValidationError, FieldError) as error:
        sentence = _("Block %(number)s (%(label)s) cannot be published: %(problem)s") % {
            "number": number,
            "label": block.block.label,
            "problem": _problem(error),
        }
        raise PublishingRefused([sentence], {"body": [sentence]}) from error
    return with_html(stored, context.language) if stored else None


def _problem(error: ValidationError | FieldError) -> str:
    match error:
        case ValidationError():
            return "; ".join(problem["msg"].removeprefix("Value error, ") for problem in error.errors())
        case _:
            return " ".join(error.messages)


def _requiring(block: StoredBlock) -> StoredBlock:
    match block:
        case Quote(speaker=speaker) if speaker and speaker.person:
            person = speaker.person.model_copy(update={"required": True})
            return block.model_copy(update={"speaker": speaker.model_copy(update={"person": person})})
        case _:
            return block
