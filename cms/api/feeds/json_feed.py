"""JSON Feed 1.1."""

from typing import Any

from django.conf import settings

from cms.api.feeds.entries import Entry, Feed
from cms.publications.filling import in_contract

Json = dict[str, Any]

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> Json:
    """Return the feed as JSON Feed 1.1; what only Misto has to say stands in `_misto`."""
    return {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "description": feed.about,
        "language": feed.language,
        "authors": [{"name": settings.WAGTAIL_SITE_NAME}],
        "items": [_item(entry) for entry in feed.entries],
    }


def _item(entry: Entry) -> Json:
    item = {
        "id": entry.key,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": in_contract(entry.published_at),
        "date_modified": in_contract(entry.updated_at),
        "authors": [{"name": entry.credit}],
        "tags": entry.topics,
        "language": entry.document["language"],
        "_misto": _own(entry),
    }
    if entry.lead:
        item["summary"] = entry.lead
    if found := entry.enclosure:
        item["image"] = found.address
        item["attachments"] = [{"url": found.address, "mime_type": found.media_type, "size_in_bytes": found.size}]
    return item


def _own(entry: Entry) -> Json:
    document = entry.document
    return {
        "about": f"{settings.PUBLIC_URL}/content/v1/docs",
        "kind": document["kind"],
        "license": document["attribution"]["license"],
        "canonical_url": document["attribution"]["canonical_url"],
        "translation": document["translation"],
        "alternates": document["alternates"],
    }
