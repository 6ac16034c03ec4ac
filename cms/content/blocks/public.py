"""What every block of ours does: it says for itself what is public about it, and shows it to the editor."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from wagtail import blocks

from cms.content.documents import Context
from cms.content.html import render_block
from frontend_contract.models.blocks import StoredBlock

EXAMPLE = Context(language="sv", published_at=datetime(2024, 6, 14, 8, tzinfo=UTC))
"""What the example in the block picker is made for: the article this hub began with."""

FILLED_WHEN_READ = {"quote", "contact", "link_list"}
"""Blocks that show other documents: their HTML is made when those are known."""


class PublicBlock(blocks.Block):
    """A block that becomes a block of the contract."""

    def publish(self, value: Any, block_id: str, context: Context) -> StoredBlock | None:
        """Return what is public of the value; None when there is nothing (any longer)."""
        raise NotImplementedError

    def get_preview_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Show, in the block picker, the very HTML that cities get."""
        return {**(parent_context or {}), "html": self.render_example(value), "language": EXAMPLE.language}

    def render_example(self, value: Any) -> str:
        """Return the example as HTML."""
        published = self.publish(value, "example", EXAMPLE)
        return as_html(published, EXAMPLE.language) if published else ""

    class Meta:
        preview_template = "content/block_preview.html"


TEXTS = (blocks.CharBlock, blocks.TextBlock)


class WholeStruct(blocks.StructBlock):
    """A block of several fields; what is not given has its default, whoever made the value."""

    def normalize(self, value: Any) -> Any:
        """Take what was given, and defaults for the rest."""
        if value is None:
            return super().normalize(value)
        rest = {name: block.get_default() for name, block in self.child_blocks.items() if name not in value}
        return super().normalize({**rest, **value})


class PublicStruct(PublicBlock, WholeStruct):
    """A block of several fields that becomes a block of the contract."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let a text that was never written be empty: localize cannot extract `None`."""
        super().__init__(*args, **kwargs)
        for child in self.child_blocks.values():
            if isinstance(child, TEXTS) and child.meta.default is None:
                child.meta.default = ""


def as_html(block: StoredBlock, language: str) -> str:
    """Return the block as HTML."""
    return render_block(block.model_dump(mode="json", by_alias=True), language)


def with_html(block: StoredBlock, language: str) -> StoredBlock:
    """Return the block with its HTML, unless that can only be made when it is read."""
    if block.type in FILLED_WHEN_READ:
        return block
    return block.model_copy(update={"html": as_html(block, language)})


def or_none(text: Any) -> str | None:
    """Return a text without space around it; None when nothing is left: the contract has no empty texts."""
    return str(text or "").strip() or None
