"""LibreTranslate: free software, on this machine or another."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.conf import settings

from cms.translation.engines.answers import texts_of
from cms.translation.engines.engine import Limits
from cms.translation.engines.line import post


class LibreTranslate:
    """A LibreTranslate server."""

    name: ClassVar[str] = "libretranslate"
    label: ClassVar[str] = "LibreTranslate"
    # Each server sets its own limits; the public one takes 2,000 characters.
    limits: ClassVar[Limits] = Limits(texts=20, characters=2_000)
    declines: ClassVar[bool] = True

    def keep_glossary(self, source: str, target: str, entries: Mapping[str, str]) -> str:
        """Keep none: LibreTranslate has no glossaries."""
        return ""

    def translate(self, source: str, target: str, texts: Sequence[str], glossary: str = "") -> list[str]:
        """Return the texts in another language."""
        data = {
            "q": list(texts),
            "source": source.partition("-")[0],
            "target": target.partition("-")[0],
            "format": "html",
        }
        if settings.LIBRETRANSLATE_KEY:
            data["api_key"] = settings.LIBRETRANSLATE_KEY
        said = post(f"{settings.LIBRETRANSLATE_URL}/translate", data)
        return texts_of(said, "translatedText", count=len(texts))
