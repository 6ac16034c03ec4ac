"""The blocks a text is made of, one for each block of the contract."""

from cms.content.blocks.body import BodyBlock, BodyField, public_body

__all__ = ["BodyBlock", "BodyField", "public_body"]
