"""What a source said when a translation was made of it, found again among its drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail_localize.segments.extract import extract_segments

from cms.content.pages import ContentPage
from cms.translation.digests import digest

LATEST = 20
"""Drafts of a source among which the one is looked for of which a translation was made."""


@dataclass(frozen=True)
class Then:
    """A source as it was, with its segments."""

    page: ContentPage
    segments: Sequence[Any]


def find_then(source: ContentPage, made_from: str, until: datetime) -> Then | None:
    """Return the newest draft, saved until that time, whose text has this digest; nothing when it is not kept."""
    for earlier in source.revisions.filter(created_at__lte=until).order_by("-created_at", "-pk")[:LATEST]:
        then = Then(page := earlier.as_object(), list(extract_segments(page)))
        if digest(then.page, then.segments) == made_from:
            return then
    return None
