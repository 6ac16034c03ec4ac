"""The register as a glossary at DeepL, which gives names and terms the endings that their sentence asks for.

The hub has one glossary of its name there, with a dictionary for each pair of languages: the free API allows no more
than one. A dictionary is written anew when the register has changed since.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.cache import cache

from cms.translation.engines.engine import EngineFailed, Trouble
from cms.translation.engines.line import ask

A_DAY = 24 * 60 * 60
MOST_BYTES = 1_024
"""Bytes of an entry that DeepL takes."""


def keep_glossary(
    origin: str, headers: Mapping[str, str], languages: tuple[str, str], entries: Mapping[str, str]
) -> str:
    """Return the id of our glossary once it says this of a pair of languages; raise `EngineFailed`."""
    dictionary = _dictionary(languages, entries)
    if not dictionary["entries"]:
        return ""
    place = _place(origin, headers, dictionary)
    known = str(cache.get(place, ""))
    if not known or cache.get(_gone(known)):
        known = _write(f"{origin}/v3/glossaries", headers, dictionary)
        cache.set(place, known, A_DAY)
    return known


def forget_glossary(glossary: str) -> None:
    """Look for our glossary anew: the one of this id is no longer there, or not as we left it."""
    cache.set(_gone(glossary), True, A_DAY)


def name_of_ours() -> str:
    """Return what our glossary is called: a hub for trying things out has another."""
    return f"Misto {settings.PUBLIC_URL}"


def _write(url: str, headers: Mapping[str, str], dictionary: Mapping[str, str]) -> str:
    found = _find(ask("GET", url, headers=headers))
    if found:
        ask("PUT", f"{url}/{found}/dictionaries", dictionary, headers)
        return found
    made = ask("POST", url, {"name": name_of_ours(), "dictionaries": [dictionary]}, headers)
    return _id_of(made)


def _find(said: Any) -> str:
    """Return the id of our glossary in a list of all; empty when it is not there."""
    listed = said.get("glossaries") if isinstance(said, dict) else None
    if not isinstance(listed, list):
        raise EngineFailed(Trouble.ODD)
    ours = [each for each in listed if isinstance(each, dict) and each.get("name") == name_of_ours()]
    return _id_of(ours[0]) if ours else ""


def _id_of(said: Any) -> str:
    found = said.get("glossary_id") if isinstance(said, dict) else None
    if not isinstance(found, str) or not found.replace("-", "").isalnum():
        raise EngineFailed(Trouble.ODD)
    return found


def _dictionary(languages: tuple[str, str], entries: Mapping[str, str]) -> dict[str, str]:
    source, target = (language.partition("-")[0].lower() for language in languages)
    lines = [f"{theirs}\t{ours}" for theirs, ours in entries.items() if _is_fit(theirs) and _is_fit(ours)]
    return {"source_lang": source, "target_lang": target, "entries": "\n".join(lines), "entries_format": "tsv"}


def _is_fit(text: str) -> bool:
    return text == text.strip() and text.isprintable() and 0 < len(text.encode()) <= MOST_BYTES


def _place(origin: str, headers: Mapping[str, str], dictionary: Mapping[str, str]) -> str:
    """Return where the id is kept for as long as the account, the hub's name and the entries are these."""
    said = json.dumps([origin, dict(headers), name_of_ours(), dict(dictionary)], sort_keys=True)
    return f"deepl-glossary-{hashlib.sha256(said.encode()).hexdigest()}"


def _gone(glossary: str) -> str:
    return f"deepl-glossary-gone-{glossary}"
