"""Google: Cloud Translation, Basic (v2)."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.conf import settings

from cms.translation.engines.answers import texts_of
from cms.translation.engines.engine import Limits
from cms.translation.engines.line import post

ORIGIN = "https://translation.googleapis.com"


class Google:
    """The engine of Google Cloud."""

    name: ClassVar[str] = "google"
    label: ClassVar[str] = "Google Translate"
    # 128 texts in a request; 5,000 characters are recommended.
    limits: ClassVar[Limits] = Limits(texts=128, characters=5_000)
    declines: ClassVar[bool] = True

    def keep_glossary(self, source: str, target: str, entries: Mapping[str, str]) -> str:
        """Keep none: version 2 has no glossaries; version 3 wants them in a bucket, and an account instead of a key."""
        return ""

    def translate(self, source: str, target: str, texts: Sequence[str], glossary: str = "") -> list[str]:
        """Return the texts in another language."""
        said = post(
            f"{ORIGIN}/language/translate/v2",
            {
                "q": list(texts),
                "source": source.partition("-")[0],
                "target": target.partition("-")[0],
                "format": "html",
            },
            {"X-goog-api-key": settings.GOOGLE_KEY},  # in the address a log would show it
        )
        return texts_of(said, "data", "translations", count=len(texts), field="translatedText")
