"""How a translation was made, read from localize's strings."""

from typing import Any

from wagtail_localize.models import SourceDeletedError, StringTranslation, Translation, TranslationSource

from cms.translation.digests import digest
from cms.translation.models import Making, Origin

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE


def describe(translation: Translation) -> dict[str, Any]:
    """Return the facts of a text built from these strings now, as the fields of a `Making`."""
    strings = translation.source.stringsegment_set.get_translations(translation.target_locale_id)
    rows = list(strings.exclude(has_error=True).values_list("translation_type", "tool_name", "updated_at"))
    machine = [(tool, at) for kind, tool, at in rows if kind == MACHINE]
    return {
        "translated_from": translation.source.locale.language_code,
        "origin": _origin(machine=len(machine), total=len(rows)),
        "tool": ", ".join(sorted({tool for tool, _at in machine if tool})),
        "machine_at": max((at for _tool, at in machine), default=None),
        "source_digest": _digest(translation.source),
    }


def facts(made: Making) -> dict[str, Any]:
    """Return the fields that every making has."""
    names = ("translated_from", "origin", "tool", "machine_at", "source_digest")
    return {name: getattr(made, name) for name in names}


def _digest(source: TranslationSource) -> str:
    try:
        return digest(source.as_instance())
    except SourceDeletedError:
        return ""


def _origin(*, machine: int, total: int) -> Origin:
    if not machine:
        return Origin.HUMAN
    return Origin.MACHINE if machine == total else Origin.MIXED
