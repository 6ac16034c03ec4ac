"""Which engine serves a pair of languages, as the setting MACHINE_ENGINES says."""

from collections.abc import Mapping

from django.conf import settings

from cms.translation.engines.deepl import DeepL
from cms.translation.engines.engine import Engine
from cms.translation.engines.google import Google
from cms.translation.engines.libretranslate import LibreTranslate
from cms.translation.engines.wordlist import WordList

ENGINES: Mapping[str, type[Engine]] = {engine.name: engine for engine in (DeepL, Google, LibreTranslate, WordList)}


def find_engine(source: str, target: str) -> Engine | None:
    """Return the engine for a pair of languages: the one named for it, else for one of them, else for all."""
    for pair in ((source, target), (source, "*"), ("*", target), ("*", "*")):
        if pair in settings.MACHINE_ENGINES:
            return ENGINES[settings.MACHINE_ENGINES[pair]]()
    return None


def engine_choices() -> list[tuple[str, str]]:
    """Return the engines for a select field."""
    return [(engine.name, engine.label) for engine in ENGINES.values()]
