"""How a translation was made, read from localize's strings."""

from datetime import datetime
from typing import Any

from wagtail_localize.models import StringTranslation, Translation

from cms.translation.extractions import digest_of
from cms.translation.models import Making, Origin, StringVersion, Way

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE


def describe(translation: Translation) -> dict[str, Any]:
    """Return the facts of a text built from these strings now, as the fields of a `Making`."""
    strings = translation.source.stringsegment_set.get_translations(translation.target_locale_id)
    rows = list(strings.exclude(has_error=True))
    machine = [row for row in rows if row.translation_type == MACHINE]
    return {
        "translated_from": translation.source.locale.language_code,
        "origin": _origin(machine=len(machine), total=len(rows)),
        "tool": ", ".join(sorted({row.tool_name for row in machine if row.tool_name})),
        "machine_at": max((row.updated_at for row in machine), default=None),
        "accepted_at": _accepted_at(machine),
        "source_digest": digest_of(translation.source),
    }


def facts(made: Making) -> dict[str, Any]:
    """Return the fields that every making has."""
    names = ("translated_from", "origin", "tool", "machine_at", "accepted_at", "source_digest")
    return {name: getattr(made, name) for name in names}


def _accepted_at(machine: list[StringTranslation]) -> datetime | None:
    """Return when a person accepted the last of these texts as it is; None while one of them waits for that."""
    if not machine:
        return None
    versions = StringVersion.objects.filter(way=Way.ACCEPTED, locale=machine[0].locale_id)
    versions = versions.filter(context__in={row.context_id for row in machine}).order_by("changed_at")
    accepted = {(row.context_id, row.string_id, row.after): row.changed_at for row in versions}
    times = [accepted.get((row.context_id, row.translation_of_id, row.data)) for row in machine]
    return max((time for time in times if time), default=None) if all(times) else None


def _origin(*, machine: int, total: int) -> Origin:
    if not machine:
        return Origin.HUMAN
    return Origin.MACHINE if machine == total else Origin.MIXED
