"""When a text is published: take note of how it was made, give translators its new text, and see what became stale.

`refresh(pages)` looks again at what is stored, so it may be called at any time and any number of times. Publishing
calls it in its own transaction before it builds their documents; nothing here publishes anything.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from cms.content.pages import ContentPage
from cms.translation.extents import measure
from cms.translation.extractions import Extractions
from cms.translation.making import describe_page, facts
from cms.translation.models import Provenance, TranslatedRevision
from cms.translation.provenance import Makings, read_makings
from cms.translation.sources import find_begun

Texts = Mapping[str, ContentPage]
"""The live text of each language: a draft of a source concerns no translation."""


def refresh(pages: Iterable[ContentPage]) -> dict[UUID, Makings]:
    """Bring what is known of the translations of these pages up to date with their live texts, and return it.

    The pages are those of some keys in all languages, as they are stored now.
    """
    texts: dict[UUID, dict[str, ContentPage]] = {}
    for page in pages:
        by_language = texts.setdefault(page.translation_key, {})
        if page.live:
            by_language[page.language] = page
    found = read_makings(texts)
    extractions = Extractions([key for key, makings in found.items() if makings.sources])
    refreshed = {
        key: _refresh(key, makings, texts[key], extractions) if makings.sources else makings
        for key, makings in found.items()
    }
    measure([page for by_language in texts.values() for page in by_language.values()], extractions.taken_apart)
    return refreshed


def _refresh(key: UUID, makings: Makings, texts: Texts, extractions: Extractions) -> Makings:
    sources = {language for language in makings.sources.values() if language in texts}
    seen = {language: extractions.look_at(texts[language]) for language in sources}
    rows = dict(makings.rows)
    for language, source in makings.sources.items():
        if language in texts:
            digest = seen[source].digest if source in seen else ""
            rows[language] = _note_making(texts[language], source, digest, rows.get(language))
    for text in seen.values():
        extractions.extract(text)
    for row in rows.values():
        if row.translated_from in seen:
            _mark(row, texts[row.translated_from], seen[row.translated_from].digest)
    made_from = {language: row.translated_from for language, row in rows.items() if row.translated_from}
    return Makings({**makings.sources, **made_from}, rows)


def _note_making(page: ContentPage, source: str, digest_now: str, row: Provenance | None) -> Provenance:
    """Keep how the live text was made, when it is another one than last time."""
    if row and row.revision == page.live_revision_id:
        return row
    row = row or Provenance(key=page.translation_key, language=page.language, translated_from=source)
    row.revision = page.live_revision_id
    for name, value in _find_making(page, digest_now).items():
        setattr(row, name, value)
    if row.machine_at and not row.accepted_at:
        row.reviewed_at = None  # a part of it nobody has read
    if row.accepted_at and (row.reviewed_at is None or row.reviewed_at < row.accepted_at):
        row.reviewed_at = row.accepted_at
    row.stale_since = None
    row.save()
    return row


def _find_making(page: ContentPage, digest_now: str) -> dict[str, Any]:
    made = TranslatedRevision.objects.filter(revision=page.live_revision_id).first()
    if made:
        return facts(made)
    begun = find_begun(page)
    if begun is None:
        return {"source_digest": digest_now}
    made_on_page = describe_page(begun, page)
    # Stopped, somebody writes the page by itself, with the source as it stands before their eyes.
    return made_on_page if begun.enabled else made_on_page | {"source_digest": digest_now}


def _mark(row: Provenance, source: ContentPage, digest: str) -> None:
    """Mark a translation stale or fresh; while its source is not public it stays what it was."""
    stale_since = None
    if row.source_digest != digest:
        stale_since = row.stale_since or source.last_published_at or timezone.now()
    if stale_since != row.stale_since:
        row.stale_since = stale_since
        row.save(update_fields=["stale_since"])
