"""When a text is published: take note of how it was made, give translators its new text, and see what became stale.

`refresh(keys)` looks again at what is stored, so it may be called at any time and any number of times. Publishing calls
it in its own transaction before it builds their documents; nothing here publishes anything.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from wagtail_localize.models import Translation, TranslationSource

from cms.content.pages import ContentPage
from cms.translation.digests import digest
from cms.translation.making import describe, facts
from cms.translation.models import Provenance, TranslatedRevision
from cms.translation.provenance import read_makings


def refresh(keys: Collection[UUID]) -> None:
    """Bring what is known of the keys' translations up to date with their live texts."""
    for key, makings in read_makings(keys).items():
        if makings.sources:
            _refresh(key, makings.sources)


def _refresh(key: UUID, sources: Mapping[str, str]) -> None:
    pages = _live_pages(key)
    digests = {language: digest(page) for language, page in pages.items() if language in sources.values()}
    for language in sources:
        if language in pages:
            _note_making(pages[language], sources[language], digests.get(sources[language], ""))
    for language in digests:
        _extract(pages[language])
    for row in Provenance.objects.filter(key=key):
        _mark(row, pages.get(row.translated_from), digests.get(row.translated_from))


def _live_pages(key: UUID) -> dict[str, ContentPage]:
    """Return the live text of each language: a draft of the source concerns no translation."""
    source = TranslationSource.objects.filter(object_id=key).select_related("specific_content_type").first()
    model = source.specific_content_type.model_class() if source else None
    if model is None:
        return {}
    live = model.objects.filter(translation_key=key, live=True).select_related("locale")
    return {page.language: page for page in live}


def _note_making(page: ContentPage, source: str, digest_now: str) -> None:
    """Keep how the live text was made, when it is another one than last time."""
    row = Provenance.objects.filter(key=page.translation_key, language=page.language).first()
    if row and row.revision == page.live_revision_id:
        return
    row = row or Provenance(key=page.translation_key, language=page.language, translated_from=source)
    row.revision = page.live_revision_id
    for name, value in _find_making(page, digest_now).items():
        setattr(row, name, value)
    if row.reviewed_at and row.machine_at and row.machine_at > row.reviewed_at:
        row.reviewed_at = None
    row.stale_since = None
    row.save()


def _find_making(page: ContentPage, digest_now: str) -> dict[str, Any]:
    made = TranslatedRevision.objects.filter(revision=page.live_revision_id).first()
    if made:
        return facts(made)
    rows = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    )
    translation = rows.select_related("source__locale").first()
    # Without localize somebody wrote it by hand, with the source as it stood before their eyes.
    return describe(translation) if translation else {"source_digest": digest_now}


def _extract(page: ContentPage) -> None:
    """Give translators the live text of a source, when it has changed; what they have translated stays."""
    if TranslationSource.objects.filter(object_id=page.translation_key, locale=page.locale_id).exists():
        TranslationSource.update_or_create_from_instance(page)


def _mark(row: Provenance, source: ContentPage | None, seen: str | None) -> None:
    """Mark a translation stale or fresh; while its source is not public it stays what it was."""
    if source is None or seen is None:
        return
    stale_since = None
    if row.source_digest != seen:
        stale_since = row.stale_since or source.last_published_at or timezone.now()
    if stale_since != row.stale_since:
        row.stale_since = stale_since
        row.save(update_fields=["stale_since"])
