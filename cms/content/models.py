"""The models of this app, for Django to find."""

from cms.content.files import ContentDocument
from cms.content.images import ContentImage, ContentRendition, ImageText

__all__ = ["ContentDocument", "ContentImage", "ContentRendition", "ImageText"]
