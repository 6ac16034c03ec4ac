"""DeepL: API v2 for texts and v3 for glossaries, the free and the paid one."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.conf import settings

from cms.translation.engines.answers import texts_of
from cms.translation.engines.engine import EngineFailed, Limits, Trouble
from cms.translation.engines.glossaries import forget_glossary, keep_glossary
from cms.translation.engines.line import post

PAID = "https://api.deepl.com"
FREE = "https://api-free.deepl.com"
FREE_KEY = ":fx"
"""What the keys of the free API end with."""

NO_GLOSSARY = (400, 404)
"""What DeepL says to a glossary that is gone, or has no dictionary for the two languages."""

TARGETS = {"en": "EN-GB", "pt": "PT-PT"}
"""Languages that DeepL wants with a region when it writes them."""


class DeepL:
    """The engine of DeepL SE, Cologne."""

    name: ClassVar[str] = "deepl"
    label: ClassVar[str] = "DeepL"
    # 50 texts and 128 KiB in a request; a Cyrillic letter takes six bytes in JSON.
    limits: ClassVar[Limits] = Limits(texts=50, characters=15_000)

    declines: ClassVar[bool] = True

    def keep_glossary(self, source: str, target: str, entries: Mapping[str, str]) -> str:
        """Return the id of our glossary, once it has these entries."""
        return keep_glossary(_origin(), _headers(), (source, target), entries)

    def translate(self, source: str, target: str, texts: Sequence[str], glossary: str = "") -> list[str]:
        """Return the texts in another language."""
        asked: dict[str, Any] = {
            "text": list(texts),
            "source_lang": source.partition("-")[0].upper(),
            "target_lang": TARGETS.get(target, target.upper()),
            "tag_handling": "xml",
            "ignore_tags": ["span"],
            "preserve_formatting": True,
        }
        try:
            said = post(
                f"{_origin()}/v2/translate", asked | ({"glossary_id": glossary} if glossary else {}), _headers()
            )
        except EngineFailed as failed:
            if glossary and failed.status in NO_GLOSSARY:
                forget_glossary(glossary)
                raise EngineFailed(Trouble.GLOSSARY, failed.status) from None
            raise
        return texts_of(said, "translations", count=len(texts), field="text")


def _origin() -> str:
    return FREE if settings.DEEPL_KEY.endswith(FREE_KEY) else PAID


def _headers() -> dict[str, str]:
    return {"Authorization": f"DeepL-Auth-Key {settings.DEEPL_KEY}"}
