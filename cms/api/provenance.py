"""Names of languages for the line that says how a text came about."""

from typing import Any

from cms.content.languages import name_of


def provenance_of(document: dict[str, Any]) -> dict[str, str]:
    """Return what the template of the provenance needs to know beside the document."""
    how = document["translation"]
    return {"source": name_of(how["source_language"]), "translated_from": name_of(how["translated_from"] or "")}
