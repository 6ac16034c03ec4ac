"""Every string keeps its history: who changed it, when, by which way, from what to what."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.log_actions import get_active_log_context
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation

from cms.translation.models import StringVersion, Unconfirmed, Way

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MEMORY = "Translation memory"
FILES = ("PO File", "PO file", "XLIFF file")
"""What the column `tool_name` of localize says of a text that came from the memory, or from a file."""

BY_MACHINES = Q(way=Way.MACHINE) | (Q(way=Way.MEMORY) & ~Q(tool=MEMORY))
"""Versions that a machine wrote, there or where the memory has them from: of people's texts the memory is the tool."""

_way: ContextVar[Way | None] = ContextVar("way", default=None)


def connect() -> None:
    """Keep the history from now on."""
    pre_save.connect(_remember, sender=StringTranslation)
    post_save.connect(_keep_change, sender=StringTranslation)
    post_delete.connect(_keep_removal, sender=StringTranslation)


@dataclass(frozen=True)
class Begun:
    """What a machine wrote elsewhere, and with which tool: somebody's text here began with it."""

    text: str
    tool: str


def write(
    locale: Locale,
    segment: StringSegment,
    text: str,
    *,
    user: "User | None",
    tool: str = "",
    kind: str = StringTranslation.TRANSLATION_TYPE_MANUAL,
) -> StringTranslation:
    """Store the translation of a segment, as localize's editor does."""
    row = _row(text, kind, tool, user)
    stored, _made = StringTranslation.objects.update_or_create(
        **_place(locale, segment), defaults=row | {"has_error": False, "field_error": ""}
    )
    return stored


def write_first(
    locale: Locale,
    segment: StringSegment,
    text: str,
    *,
    user: "User | None",
    tool: str = "",
    kind: str = StringTranslation.TRANSLATION_TYPE_MANUAL,
    begun: Begun | None = None,
) -> tuple[StringTranslation, bool]:
    """Store the translation of a segment unless there is one; return what is stored then, and whether it is this.

    What somebody else stores at the same moment counts as there. `begun` is what the text began with.
    """
    row = _row(text, kind, tool, user)
    noted = note_beginning(segment, locale, "", begun, user) if begun else None
    stored, is_first = StringTranslation.objects.get_or_create(**_place(locale, segment), defaults=row)
    if noted and not is_first:
        noted.delete()
    return stored, is_first


def note_beginning(
    segment: StringSegment, locale: Locale, before: str, begun: Begun, user: "User | None"
) -> StringVersion:
    """Keep that a text began with one of the memory, also when that never stood here as it was."""
    return StringVersion.objects.create(
        context_id=segment.context_id,
        locale=locale,
        string_id=segment.string_id,
        before=before,
        after=begun.text,
        way=Way.MEMORY,
        tool=begun.tool,
        user=user,
    )


def note_reading(texts: Iterable[StringTranslation], reader: "User | None", at: datetime) -> None:
    """Keep that a review has approved these texts as they are; once, however often it is told."""
    known = set(
        StringVersion.objects.filter(way=Way.APPROVED, changed_at=at).values_list("context", "locale", "string")
    )
    StringVersion.objects.bulk_create(
        StringVersion(
            context_id=text.context_id,
            locale_id=text.locale_id,
            string_id=text.translation_of_id,
            before=text.data,
            after=text.data,
            way=Way.APPROVED,
            tool=text.tool_name,
            user=reader,
            changed_at=at,
        )
        for text in texts
        if (text.context_id, text.locale_id, text.translation_of_id) not in known
    )


@contextmanager
def changing(way: Way) -> Iterator[None]:
    """Say by which way what is stored meanwhile came."""
    token = _way.set(way)
    try:
        yield
    finally:
        _way.reset(token)


def _place(locale: Locale, segment: StringSegment) -> dict[str, Any]:
    return {"translation_of_id": segment.string_id, "locale": locale, "context_id": segment.context_id}


def _row(text: str, kind: str, tool: str, user: "User | None") -> dict[str, Any]:
    return {"data": text, "translation_type": kind, "tool_name": tool, "last_translated_by": user}


def _remember(instance: StringTranslation, raw: bool = False, **_signal: Any) -> None:
    found = None if raw or instance.pk is None else _stored(instance)
    instance._before = found or ""  # from one signal to the next, on the object that is being saved


def _keep_change(instance: StringTranslation, raw: bool = False, update_fields: Any = None, **_signal: Any) -> None:
    if raw or (update_fields is not None and "data" not in update_fields):
        return
    way = _way.get() or _way_of(instance)
    if way == Way.TYPED:
        Unconfirmed.objects.filter(pk=instance.pk).delete()
    if instance._before != instance.data:
        if way == Way.TYPED and _was_said(instance):
            way = Way.RESTORED
        _add(instance, before=instance._before, after=instance.data, way=way, user=_writer(instance))


def _keep_removal(instance: StringTranslation, origin: Any = None, **_signal: Any) -> None:
    """Keep that a person took a text away; with a whole page's strings their history goes, too."""
    if isinstance(origin, StringTranslation) and instance.data:
        _add(instance, before=instance.data, after="", way=Way.REMOVED, user=get_active_log_context().user)


def _add(instance: StringTranslation, *, before: str, after: str, way: Way, user: "User | None") -> None:
    if instance.context_id is None:
        return
    StringVersion.objects.create(
        context_id=instance.context_id,
        locale_id=instance.locale_id,
        string_id=instance.translation_of_id,
        before=before,
        after=after,
        way=way,
        tool=instance.tool_name,
        user=user,
    )


def _way_of(instance: StringTranslation) -> Way:
    if instance.tool_name == MEMORY:
        return Way.MEMORY
    if instance.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
        return Way.MACHINE
    return Way.FILE if instance.tool_name in FILES else Way.TYPED


def _was_said(instance: StringTranslation) -> bool:
    """Whether the same source text was translated by these very words before, in this place."""
    earlier = StringVersion.objects.filter(context=instance.context_id, locale=instance.locale_id)
    return earlier.filter(string=instance.translation_of_id, after=instance.data).exists()


def _writer(instance: StringTranslation) -> "User | None":
    user: User | None = instance.last_translated_by or get_active_log_context().user
    return user


def _stored(instance: StringTranslation) -> str | None:
    rows: QuerySet[Any] = StringTranslation.objects.filter(pk=instance.pk)
    return rows.values_list("data", flat=True).first()
