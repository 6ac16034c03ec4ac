"""How many words a text has: counted when it is published, because reading whole pages to list them would not do."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.html import strip_tags

from cms.content.pages import ContentPage
from cms.translation.digests import strings
from cms.translation.models import Extent


def count_words(texts: Iterable[str]) -> int:
    """Return how many words the texts have, markup apart."""
    return sum(len(strip_tags(html).split()) for html in texts)


def measure(pages: Iterable[ContentPage], taken_apart: Mapping[int, Iterable[Any]]) -> None:
    """Count the words of these live texts, where another revision is live than last time.

    `taken_apart` are the segments of those that somebody has looked at already, by the number of their page.
    """
    live = {page.pk: page for page in pages if page.alias_of_id is None}
    known = dict(Extent.objects.filter(page__in=live).values_list("page", "revision")) if live else {}
    changed = [page for pk, page in live.items() if known.get(pk, 0) != page.live_revision_id]
    rows = [
        Extent(
            page=page,
            key=page.translation_key,
            revision=page.live_revision_id,
            words=count_words(html for _path, html in strings(page, taken_apart.get(page.pk))),
        )
        for page in changed
    ]
    if rows:
        Extent.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["page"], update_fields=["key", "revision", "words"]
        )


def words_of(pages: Collection[int]) -> dict[int, int]:
    """Return the words of published pages, by their number."""
    return dict(Extent.objects.filter(page__in=pages).values_list("page", "words"))
