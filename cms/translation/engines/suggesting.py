"""Machine suggestions for a page: its open texts are filled in, each marked until a person accepts it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.translation.engines.choosing import find_engine
from cms.translation.engines.guard import find_obstacle, languages_of, translate
from cms.translation.engines.models import left
from cms.translation.engines.reasons import Outcome, Reason
from cms.translation.memory import open_segments
from cms.translation.models import Reason as MarkedFor
from cms.translation.models import mark
from cms.translation.permissions import may_write
from cms.translation.reading import is_hidden

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def suggest(translation: Translation, user: "User") -> Outcome:
    """Fill the open texts of a translation by a machine, as far as it goes; whatever hinders is said, not raised.

    Nothing that is stored is overwritten, not even what somebody stores while the machine is at work. The engine is
    asked outside of any transaction of ours: it may take its time, and a transaction would keep others from writing.
    """
    tool = tool_for(translation)
    if reason := find_hindrance(translation, user):
        return Outcome(reasons=(reason,), tool=tool, left=open_segments(translation).count())
    segments = list(open_segments(translation))
    suggested = translate(translation, [segment.string.data for segment in segments])
    filled = _store(translation, segments, suggested.texts, suggested.tool, user)
    if filled is None and Reason.RESTRICTED not in suggested.reasons:
        suggested.reasons.append(Reason.NOT_YOURS)
    return Outcome(
        filled=filled or 0,
        left=open_segments(translation).count(),
        reasons=tuple(suggested.reasons),
        tool=suggested.tool or tool,
    )


def find_hindrance(translation: Translation, user: "User") -> Reason | None:
    """Return why a machine may suggest nothing here now, at this person's wish, or None."""
    key, locale = translation.source.object_id, translation.target_locale_id
    target = Page.objects.filter(translation_key=key, locale=locale).first()
    if target and is_hidden(user, target):  # most often because nobody outside may read it: that is said
        return find_obstacle(translation) or Reason.NOT_YOURS
    if not may_write(user, key, locale):
        return Reason.NOT_YOURS
    if target and target.workflow_in_progress:
        return Reason.IN_REVIEW
    if not open_segments(translation).exists():
        return Reason.NOTHING_OPEN
    if reason := find_obstacle(translation):
        return reason
    return None if left(translation.target_locale.language_code) else Reason.BUDGET


def tool_for(translation: Translation) -> str:
    """Return the name of the engine that serves a translation; empty when none does."""
    engine = find_engine(*languages_of(translation))
    return engine.label if engine else ""


@transaction.atomic
def _store(
    translation: Translation, segments: list[StringSegment], texts: Mapping[str, str], tool: str, user: "User"
) -> int | None:
    """Store suggestions where nothing is stored yet, each marked; return how many.

    None when the text was sent to review, locked or taken from the user while the machine was at work.
    """
    by_now = type(user).objects.filter(pk=user.pk).first()  # whoever asked may have lost their rights since
    if by_now is None or not may_write(by_now, translation.source.object_id, translation.target_locale_id):
        return None
    count = 0
    for segment in segments:
        if segment.string.data not in texts:
            continue
        row, is_new = StringTranslation.objects.get_or_create(
            translation_of_id=segment.string_id,
            locale=translation.target_locale,
            context_id=segment.context_id,
            defaults={
                "data": texts[segment.string.data],
                "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE,
                "tool_name": tool,
            },
        )
        if is_new:
            mark(row, MarkedFor.MACHINE)
            count += 1
    return count
