"""How a translation was made, read from localize's strings and from their history.

What a machine wrote and a person changed is neither's alone: it counts as both's, as long as it is still like what the
machine wrote in that place, for this text of the source or for an earlier one, or wrote elsewhere and the memory put
there. What a person wrote anew is a person's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail_localize.models import StringTranslation, Translation

from cms.content.pages import ContentPage
from cms.translation.concordance.remembering import plain
from cms.translation.extractions import digest_of
from cms.translation.history import BY_MACHINES
from cms.translation.memory import LEAST, MACHINE, likeness
from cms.translation.models import Making, Origin, StringVersion, Way
from cms.translation.standing import find_standing, read_texts


def describe(translation: Translation) -> dict[str, Any]:
    """Return the facts of a text built from all its strings as they are now, as the fields of a `Making`."""
    strings = translation.source.stringsegment_set.get_translations(translation.target_locale_id)
    return _describe(translation, map(_text_of, strings.exclude(has_error=True).select_related("context")))


def describe_page(translation: Translation, page: ContentPage) -> dict[str, Any]:
    """Return the facts of a page as it stands: of those strings that stand in it, and of what was written over them."""
    standing, at = find_standing(page), page.last_published_at or timezone.now()
    by_hand = [_Text(path, None, said, at) for path, said in read_texts(page) if (path, said) not in standing]
    return _describe(translation, [*map(_text_of, standing.values()), *by_hand])


def facts(made: Making) -> dict[str, Any]:
    """Return the fields that every making has."""
    names = ("translated_from", "origin", "tool", "machine_at", "accepted_at", "source_digest")
    return {name: getattr(made, name) for name in names}


@dataclass(frozen=True)
class _Text:
    """What stands in one place, without its marks; `string` is the source's text, unless it was written on the page."""

    path: str
    string: int | None
    said: str
    at: datetime
    is_machine: bool = False
    tool: str = ""


def _text_of(row: StringTranslation) -> _Text:
    is_machine = row.translation_type == MACHINE
    return _Text(row.context.path, row.translation_of_id, plain(row.data), row.updated_at, is_machine, row.tool_name)


def _describe(translation: Translation, texts: Iterable[_Text]) -> dict[str, Any]:
    texts = list(texts)
    machine = [text for text in texts if text.is_machine]
    changed = _changed(translation, texts)
    tools = {*(text.tool for text in machine), *changed.values()}
    return {
        "translated_from": translation.source.locale.language_code,
        "origin": _origin(machine=len(machine), changed=len(changed), total=len(texts)),
        "tool": ", ".join(sorted(filter(None, tools))),
        "machine_at": max((text.at for text in machine), default=None),
        "accepted_at": _accepted_at(translation, machine, changed),
        "source_digest": digest_of(translation.source),
    }


def _changed(translation: Translation, texts: list[_Text]) -> dict[_Text, str]:
    """Return the texts by people that are still like what a machine wrote before, each with the name of the tool."""
    by_people = [text for text in texts if not text.is_machine]
    written = _written_by_machines(translation) if by_people else {}
    found = {text: _tool_of(text, written.get(text.path, {})) for text in by_people}
    return {text: tool for text, tool in found.items() if tool is not None}


def _written_by_machines(translation: Translation) -> dict[str, dict[str, str]]:
    """Return by path what machines ever wrote there, for whichever text of the source, each with the tool's name."""
    written: dict[str, dict[str, str]] = defaultdict(dict)
    versions = _versions(translation).filter(BY_MACHINES).order_by("pk")
    for path, after, tool in versions.values_list("context__path", "after", "tool"):
        written[path][plain(after)] = tool
    return written


def _tool_of(text: _Text, written: Mapping[str, str]) -> str | None:
    """Return which machine wrote what a text is most like; nothing when it is like none of that."""
    score, tool = max(((likeness(said, text.said), tool) for said, tool in written.items()), default=(0.0, ""))
    return tool if score >= LEAST else None


def _accepted_at(translation: Translation, machine: list[_Text], changed: Iterable[_Text]) -> datetime | None:
    """Return when a person accepted, approved or changed the last of a machine's texts; None while one waits.

    Approved is what stood in the text that was reviewed: nothing is said of what comes back later, however old.
    """
    by_hand = [text.at for text in changed]
    if not machine:
        return max(by_hand, default=None)
    versions = _versions(translation).filter(way__in=(Way.ACCEPTED, Way.APPROVED)).order_by("changed_at")
    said = versions.values_list("context__path", "string", "after", "changed_at")
    accepted: dict[tuple[str, int | None, str], datetime] = {
        (path, string, plain(after)): changed_at for path, string, after, changed_at in said
    }
    times = [accepted.get((text.path, text.string, text.said)) for text in machine]
    return max([*by_hand, *(time for time in times if time)]) if all(times) else None


def _versions(translation: Translation) -> QuerySet[StringVersion]:
    return StringVersion.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )


def _origin(*, machine: int, changed: int, total: int) -> Origin:
    if not machine and not changed:
        return Origin.HUMAN
    return Origin.MACHINE if machine == total else Origin.MIXED
