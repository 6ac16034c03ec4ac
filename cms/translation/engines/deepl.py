"""DeepL: API v2, the free and the paid one."""

from collections.abc import Sequence
from typing import ClassVar

from django.conf import settings

from cms.translation.engines.answers import texts_of
from cms.translation.engines.engine import Limits
from cms.translation.engines.line import post

PAID = "https://api.deepl.com"
FREE = "https://api-free.deepl.com"
FREE_KEY = ":fx"
"""What the keys of the free API end with."""

TARGETS = {"en": "EN-GB", "pt": "PT-PT"}
"""Languages that DeepL wants with a region when it writes them."""


class DeepL:
    """The engine of DeepL SE, Cologne."""

    name: ClassVar[str] = "deepl"
    label: ClassVar[str] = "DeepL"
    # 50 texts and 128 KiB in a request; a Cyrillic letter takes six bytes in JSON.
    limits: ClassVar[Limits] = Limits(texts=50, characters=15_000)

    def translate(self, source: str, target: str, texts: Sequence[str]) -> list[str]:
        """Return the texts in another language."""
        said = post(
            f"{FREE if settings.DEEPL_KEY.endswith(FREE_KEY) else PAID}/v2/translate",
            {
                "text": list(texts),
                "source_lang": source.partition("-")[0].upper(),
                "target_lang": TARGETS.get(target, target.upper()),
                "tag_handling": "xml",
                "ignore_tags": ["span"],
                "preserve_formatting": True,
            },
            {"Authorization": f"DeepL-Auth-Key {settings.DEEPL_KEY}"},
        )
        return texts_of(said, "translations", count=len(texts), field="text")
