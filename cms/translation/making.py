"""How a translation was made, read from localize's strings and from their history.

What a machine wrote and a person changed is neither's alone: it counts as both's, as long as it is still like what the
machine wrote. What a person wrote anew is a person's.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wagtail_localize.models import StringTranslation, Translation

from cms.translation.concordance.remembering import plain
from cms.translation.extractions import digest_of
from cms.translation.memory import LEAST, likeness
from cms.translation.models import Making, Origin, StringVersion, Way

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE


def describe(translation: Translation, shown: Iterable[StringTranslation] | None = None) -> dict[str, Any]:
    """Return the facts of a text built from these strings now, as the fields of a `Making`; by default from all."""
    strings = translation.source.stringsegment_set.get_translations(translation.target_locale_id)
    rows = list(strings.exclude(has_error=True) if shown is None else shown)
    machine = [row for row in rows if row.translation_type == MACHINE]
    changed = _changed([row for row in rows if row.translation_type != MACHINE])
    tools = {*(row.tool_name for row in machine), *changed.values()}
    return {
        "translated_from": translation.source.locale.language_code,
        "origin": _origin(machine=len(machine), changed=len(changed), total=len(rows)),
        "tool": ", ".join(sorted(filter(None, tools))),
        "machine_at": max((row.updated_at for row in machine), default=None),
        "accepted_at": _accepted_at(machine, changed),
        "source_digest": digest_of(translation.source),
    }


def facts(made: Making) -> dict[str, Any]:
    """Return the fields that every making has."""
    names = ("translated_from", "origin", "tool", "machine_at", "accepted_at", "source_digest")
    return {name: getattr(made, name) for name in names}


def _changed(rows: list[StringTranslation]) -> dict[StringTranslation, str]:
    """Return the texts by people that are still like what a machine wrote before, each with the name of the tool."""
    if not rows:
        return {}
    versions = StringVersion.objects.filter(way=Way.MACHINE, locale=rows[0].locale_id)
    versions = versions.filter(context__in={row.context_id for row in rows}).order_by("pk")
    written = {(version.context_id, version.string_id): version for version in versions}
    found = ((row, written.get((row.context_id, row.translation_of_id))) for row in rows)
    return {
        row: version.tool
        for row, version in found
        if version and likeness(plain(version.after), plain(row.data)) >= LEAST
    }


def _accepted_at(machine: list[StringTranslation], changed: Iterable[StringTranslation]) -> datetime | None:
    """Return when a person accepted the last of a machine's texts, or changed it; None while one of them waits."""
    by_hand = [row.updated_at for row in changed]
    if not machine:
        return max(by_hand, default=None)
    versions = StringVersion.objects.filter(way=Way.ACCEPTED, locale=machine[0].locale_id)
    versions = versions.filter(context__in={row.context_id for row in machine}).order_by("changed_at")
    accepted = {(row.context_id, row.string_id, row.after): row.changed_at for row in versions}
    times = [accepted.get((row.context_id, row.translation_of_id, row.data)) for row in machine]
    return max([*by_hand, *(time for time in times if time)]) if all(times) else None


def _origin(*, machine: int, changed: int, total: int) -> Origin:
    if not machine and not changed:
        return Origin.HUMAN
    return Origin.MACHINE if machine == total else Origin.MIXED
