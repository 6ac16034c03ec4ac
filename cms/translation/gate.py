"""The gate: no text goes live in a language while it still shows another."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail_localize.models import String, StringSegment, Translation
from wagtail_localize.strings import StringValue

from cms.content.pages import ContentPage
from cms.translation import checks
from cms.translation.checks.segments import SAME_IN_EVERY_LANGUAGE
from cms.translation.concordance.remembering import plain
from cms.translation.digests import strings
from cms.translation.engines.policy import to_accept, to_accept_in
from cms.translation.errors import TranslationIncomplete
from cms.translation.models import TranslatedRevision
from cms.translation.sources import find_translation, find_upstream

LONG = 40
"""Characters from which on a text that is the same in two languages cannot be chance."""


def check(page: ContentPage) -> None:
    """Raise `TranslationIncomplete` when `page`, about to go live as it is in memory, shows untranslated text.

    What the stored page already shows live may stay: a translation that became stale is not withdrawn.
    """
    found = find_untranslated(page)
    if found:
        found -= _shown_live(page)
    if found:
        raise TranslationIncomplete([_sentence(found)])
    built = TranslatedRevision.objects.filter(revision=page.live_revision_id).first()
    if built and built.untranslated:
        raise TranslationIncomplete([_("This version was saved before its translation was complete. Save it anew.")])
    if not built and (waiting := _find_unaccepted(page)):
        raise TranslationIncomplete([_unaccepted(len(waiting))])


def missing_segments(translation: Translation) -> list[StringSegment]:
    """Return the segments without translation; one that is empty or in error is none."""
    return [segment for segment in _segments(translation) if is_blank(segment.translation)]


def check_segments(translation: Translation) -> None:
    """Raise `TranslationIncomplete` when segments are missing, empty, accepted by nobody, or say something else."""
    missing = missing_segments(translation)
    if missing:
        raise TranslationIncomplete([_sentence({segment.string.data for segment in missing})])
    waiting = to_accept(translation)
    if waiting:
        raise TranslationIncomplete([_unaccepted(len(waiting))])
    wrong = dict.fromkeys(_named(translation, checks.errors(translation)))
    if wrong:
        raise TranslationIncomplete([*wrong, _("Nothing was published.")])


def name(html: str, sentence: str) -> str:
    """Return what was found with the beginning of the source's text that it is about."""
    return _("“%(text)s”: %(sentence)s") % {"text": _opening(html), "sentence": sentence}


def find_untranslated(page: ContentPage) -> set[str]:
    """Return the source's strings that `page` shows as they are."""
    translation = find_translation(page)
    upstream = [] if translation else find_upstream(page)
    if not translation and not upstream:
        return set()  # an original
    shown = list(strings(page))
    if not translation:
        return _copied(shown, _strings_upstream(upstream))
    copied = _copied(shown, _strings_of(translation.source.locale_id, shown))
    return copied | _left_by_fallback(translation, set(shown) - _said_complete(page))


def is_blank(html: str | None) -> bool:
    """Whether a translation shows nothing: localize would show the source instead."""
    return not html or not StringValue(html).render_text().strip()


def _left_by_fallback(translation: Translation, shown: Iterable[tuple[str, str]]) -> set[str]:
    """Return strings that stand where the source has them, without a translator having said that they are the same."""
    places = set(shown)
    return {
        segment.string.data
        for segment in _segments(translation)
        if (segment.context.path, segment.string.data) in places and segment.translation != segment.string.data
    }


def _find_unaccepted(page: ContentPage) -> set[str]:
    """Return texts that nobody has accepted, nor written over: they stand in the page though its translation ended."""
    found = {plain(mark.string_translation.data) for mark in to_accept_in(page)}
    return found - {plain(html) for html in _shown_live(page)} if found else found


def _said_complete(page: ContentPage) -> set[tuple[str, str]]:
    """Return what the revision that goes live shows, if nothing was open in it when it was built.

    It may wait for its day long after: translators had said then what is the same, whatever they type since.
    """
    rows = TranslatedRevision.objects.filter(revision=page.live_revision_id, untranslated=0)
    made = rows.select_related("revision").first()
    return set(strings(made.revision.as_object())) if made else set()


def _copied(shown: Iterable[tuple[str, str]], sources: Iterable[str]) -> set[str]:
    """Return the long texts that are the same in both languages."""
    return {html for path, html in shown if _is_telling(path, html)} & set(sources)


def _is_telling(path: str, html: str) -> bool:
    if path.rpartition(".")[2] in SAME_IN_EVERY_LANGUAGE:
        return False
    text = StringValue(html).render_text().strip()
    return len(text) >= LONG and " " in text


def _strings_of(locale_id: int, shown: Iterable[tuple[str, str]]) -> QuerySet[Any]:
    """Return those of the shown strings that some source has in its language, in this or an earlier version."""
    hashes = [String._get_data_hash(html) for _path, html in shown]
    found: QuerySet[Any] = String.objects.filter(locale=locale_id, data_hash__in=hashes)
    return found.values_list("data", flat=True)


def _strings_upstream(pages: Iterable[ContentPage]) -> Iterator[str]:
    for other in pages:
        for _path, html in strings(other):
            yield html


def _shown_live(page: ContentPage) -> set[str]:
    stored = type(page).objects.filter(pk=page.pk, live=True).first() if page.pk else None
    return {html for _path, html in strings(stored)} if stored else set()


def _segments(translation: Translation) -> QuerySet[StringSegment]:
    segments: QuerySet[StringSegment] = translation.source.stringsegment_set.annotate_translation(
        translation.target_locale_id
    )
    return segments.select_related("string", "context").order_by("order")


def _named(translation: Translation, findings: Iterable[checks.Finding]) -> Iterator[str]:
    """Yield what was found, each with the beginning of the source's text that it is about."""
    texts = {segment.pk: segment.string.data for segment in _segments(translation)}
    for finding in findings:
        yield name(texts[finding.segment or 0], finding.sentence)


def _opening(html: str) -> str:
    text = str(StringValue(html).render_text()).strip()
    return text if len(text) <= LONG else text[:LONG].rstrip() + "…"


def _sentence(found: set[str]) -> str:
    example = _opening(min(found))
    return ngettext(
        "%(count)d text is not translated yet: “%(example)s”. Nothing was published.",
        "%(count)d texts are not translated yet, such as “%(example)s”. Nothing was published.",
        len(found),
    ) % {"count": len(found), "example": example}


def _unaccepted(count: int) -> str:
    return ngettext(
        "%(count)d text was filled in and nobody has accepted it yet. Nothing was published.",
        "%(count)d texts were filled in and nobody has accepted them yet. Nothing was published.",
        count,
    ) % {"count": count}
