"""Which text of each source translators were given last: what did not change since is not taken apart again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail_localize.models import SourceDeletedError, TranslationSource
from wagtail_localize.segments.extract import extract_segments

from cms.content.pages import ContentPage
from cms.translation.digests import digest, mark
from cms.translation.extracting import extract
from cms.translation.memory import prefill_all
from cms.translation.models import Extraction


@dataclass(frozen=True)
class Seen:
    """A source's live text as it was just looked at; its segments when it is another than translators were given."""

    page: ContentPage
    mark: str
    digest: str
    segments: Iterable[Any] | None


class Extractions:
    """What translators were given of some keys."""

    def __init__(self, keys: Collection[UUID]) -> None:
        """Read it, in two queries."""
        sources = TranslationSource.objects.filter(object_id__in=keys).defer("content_json") if keys else []
        self._sources = {(source.object_id, source.locale_id): source for source in sources}
        rows = Extraction.objects.filter(source__in=self._sources.values()) if self._sources else []
        self._rows = {row.source_id: row for row in rows}
        self.taken_apart: dict[int, Iterable[Any]] = {}

    def look_at(self, page: ContentPage) -> Seen:
        """See whether the live text is the one that translators were given."""
        row = self._row_of(page)
        now = mark(page)
        if row and row.taken == now:
            return Seen(page, now, row.digest, None)
        segments = self.taken_apart[page.pk] = extract_segments(page)
        return Seen(page, now, digest(page, segments), segments)

    def extract(self, text: Seen) -> None:
        """Give translators a text that they were not given; what they have translated stays, also elsewhere."""
        source = self._sources.get(_place_of(text.page))
        if source is None or text.segments is None:
            return
        new = extract(source, text.page, text.segments)
        if new:
            prefill_all(source, new)
        row = Extraction(source=source, taken=text.mark, digest=text.digest, at=source.last_updated_at)
        Extraction.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["source"], update_fields=["taken", "digest", "at"]
        )

    def _row_of(self, page: ContentPage) -> Extraction | None:
        """Return what we know, unless localize has taken the text itself since."""
        source = self._sources.get(_place_of(page))
        row = self._rows.get(source.pk) if source else None
        return row if source and row and row.at == source.last_updated_at else None


def digest_of(source: TranslationSource) -> str:
    """Return the digest of the text that translators have; nothing when its page is gone."""
    row = Extraction.objects.filter(source=source, at=source.last_updated_at).first()
    if row:
        return row.digest
    try:
        return digest(source.as_instance())
    except SourceDeletedError:
        return ""


def _place_of(page: ContentPage) -> tuple[UUID, int]:
    return page.translation_key, page.locale_id
