"""What a translation takes over from its source, as a digest: another digest means that the source has changed."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.fields import StreamField
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.content.pages import ContentPage


def digest(page: ContentPage) -> str:
    """Return the digest of the page's strings, links, pictures and blocks.

    Blank values do not count: a field that a new version of the hub adds makes no translation stale.
    """
    taken = {"segments": sorted(_segments(page)), "blocks": dict(_blocks(page))}
    return hashlib.sha256(json.dumps(taken, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


def strings(page: ContentPage) -> Iterator[tuple[str, str]]:
    """Yield path and HTML of every string that translators would be given."""
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            yield segment.path, segment.string.data


def _segments(page: ContentPage) -> Iterator[list[str]]:
    for segment in extract_segments(page):
        match segment:
            case StringSegmentValue():
                yield [segment.path, segment.string.data, json.dumps(segment.attrs, sort_keys=True)]
            case OverridableSegmentValue():
                yield [segment.path, str(segment.data), ""]


def _blocks(page: ContentPage) -> Iterator[tuple[str, Any]]:
    """Yield the blocks of each body: dates, choices and order are no strings, but translations take them over."""
    for translatable in get_translatable_fields(type(page)):
        field = translatable.get_field(type(page))
        if isinstance(field, StreamField) and translatable.is_translated(page):
            yield field.name, _without_blanks(field.value_from_object(page).get_prep_value())


def _without_blanks(value: Any) -> Any:
    match value:
        case dict():
            kept = {name: _without_blanks(item) for name, item in value.items()}
            return {name: item for name, item in kept.items() if item not in (None, "", [], {}, False)}
        case list() | tuple():
            return [_without_blanks(item) for item in value]
    return value
