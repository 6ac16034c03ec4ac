"""Saving one string: as often as the line needs it, never over what somebody else wrote meanwhile."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.translation.history import Begun, note_beginning, write, write_first
from cms.translation.models import accept
from cms.translation.workbench.rows import version_of
from cms.translation.workbench.texts import from_typed, has_marks


@dataclass(frozen=True)
class Saved:
    """What is stored now: `conflict` when it is somebody else's text, and the one sent was not stored."""

    said: StringTranslation | None
    conflict: bool = False


@transaction.atomic
def save(
    translation: Translation,
    segment: StringSegment,
    text: str,
    base: str,
    user: Any,
    begun_with: Begun | None = None,
) -> Saved:
    """Store what was typed over the state of the string that it was typed over.

    `base` is the version the translator saw, `begun_with` the machine's text of elsewhere that they began with. The
    same text sent twice is stored once, so that an answer lost on the way does no harm. An empty text takes the
    translation away. Raise `ValidationError` when the marks are broken.
    """
    rows = StringTranslation.objects.filter(
        translation_of=segment.string_id, locale=translation.target_locale_id, context=segment.context_id
    )
    stored = rows.select_for_update(of=("self",)).select_related("last_translated_by").first()
    source = segment.string.data
    marked = has_marks(source, stored.data if stored else "")
    html = from_typed(text, marked=marked, source=source) if text.strip() else ""
    if (stored.data if stored else "") == html:
        return Saved(_accepted(stored, user) if stored else None)
    if version_of(stored) != base:
        return Saved(stored, conflict=True)
    if stored is None:
        first, is_mine = write_first(translation.target_locale, segment, html, user=user, begun=begun_with)
        is_same = first.data == html
        return Saved(_accepted(first, user) if is_same and not is_mine else first, conflict=not is_same)
    if not html:
        stored.delete()
        return Saved(None)
    if begun_with:
        note_beginning(segment, translation.target_locale, stored.data, begun_with, user)
    return Saved(write(translation.target_locale, segment, html, user=user))


def _accepted(stored: StringTranslation, user: Any) -> StringTranslation:
    """Take a text as it is: whoever sends it unchanged stands for it."""
    if accept(stored, user):
        stored.refresh_from_db()
    return stored
