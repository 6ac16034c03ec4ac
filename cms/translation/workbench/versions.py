"""Versions of a text: how its translation was changed, also under what the source said in its place before."""

from collections.abc import Iterator, Mapping

from wagtail_localize.models import StringSegment, Translation

from cms.translation.concordance.remembering import plain
from cms.translation.models import StringVersion
from cms.translation.pairing import Placed, find_divided, pair


def versions_of(translation: Translation, segment: StringSegment) -> list[StringVersion]:
    """Return the changes of one text's translation, the newest first, also those under earlier source texts.

    The paragraphs of a block are one place: what was said under a text that is gone belongs to the one most alike.
    """
    rows = StringVersion.objects.filter(context=segment.context_id, locale=translation.target_locale_id)
    versions = list(rows.select_related("user", "string").order_by("-pk"))
    path = segment.context.path
    if path not in find_divided([translation.source_id])[translation.source_id]:
        return versions
    said = {version.string_id: plain(version.string.data) for version in versions}
    there = StringSegment.objects.filter(source=translation.source_id, context=segment.context_id)
    present = {string: plain(html) for string, html in there.values_list("string", "string__data")}
    own = {segment.string_id, *_earlier(segment.string_id, said, present, path)}
    return [version for version in versions if version.string_id in own]


def _earlier(own: int, said: Mapping[int, str], present: Mapping[int, str], path: str) -> Iterator[int]:
    """Yield the source texts that are gone from the place, and were what this one is now."""
    places = [Placed(string, path, text) for string, text in present.items()]
    for gone, text in said.items():
        if gone not in present and pair([Placed(gone, path, text)], places, {path}).get(gone) == own:
            yield gone
