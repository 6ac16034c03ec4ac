"""Since when a text is stale: older than what it was made from, or made from a text that is, however far back."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from cms.translation.models import Provenance
from cms.translation.sources import chain


class Behind(NamedTuple):
    """Since when a text is stale, and which language has to follow before its translators can do anything."""

    since: datetime
    waits_for: str = ""


def find_behind(language: str, sources: Mapping[str, str], stale: Mapping[str, datetime | None]) -> Behind | None:
    """Return since when a text, or one on its way back to the original, is stale; None when none of them is.

    `sources` says from which language each text of the key is made, `stale` since when it is older than that one.
    """
    way = chain(language, sources)
    times = {code: time for code in way[:-1] if (time := stale.get(code))}
    return Behind(min(times.values()), "" if language in times else way[1]) if times else None


def read_waiting() -> dict[tuple[UUID, str], Behind]:
    """Return since when texts have to wait for another language, by key and language; one query."""
    # Of the stale few are a source of others: asked first, thousands of rows need not be read.
    stale = Provenance.objects.filter(stale_since__isnull=False).filter(_is_source()).values("key")
    rows = Provenance.objects.filter(key__in=stale)
    sources: dict[UUID, dict[str, str]] = defaultdict(dict)
    times: dict[UUID, dict[str, datetime | None]] = defaultdict(dict)
    for key, language, source, since in rows.values_list("key", "language", "translated_from", "stale_since"):
        sources[key][language], times[key][language] = source, since
    places = ((key, language) for key, languages in sources.items() for language in languages)
    found = {(key, language): find_behind(language, sources[key], times[key]) for key, language in places}
    return {place: behind for place, behind in found.items() if behind and behind.waits_for}


def _is_source() -> Exists:
    """Say, for a query of provenances, that localize has the text as a source of others."""
    locale = Locale.objects.filter(language_code=OuterRef(OuterRef("language"))).values("pk")
    return Exists(TranslationSource.objects.filter(object_id=OuterRef("key"), locale=Subquery(locale)))
