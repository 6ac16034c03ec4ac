"""What the specifications ask of a feed: fails with the rule that is broken."""

import re
from collections import Counter
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser
from django.http import HttpResponse
from lxml import etree
from lxml import html as lxml_html

from tests.cities.specifications import hold_against_json_feed_1_1, hold_against_rfc_4287, hold_against_rss_2_0

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (\+0000|GMT)")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def read_by_a_feed_reader(response: HttpResponse) -> Any:
    """Return the feed as a common reader understands it, without anything it had to forgive."""
    found = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not found.bozo, found.get("bozo_exception")
    return found


def hold_against_atom(text: bytes) -> Any:
    """Hold a document against RFC 4287 and return its root."""
    root = etree.fromstring(text)
    hold_against_rfc_4287(root)
    assert all(element.tag.startswith(ATOM) for element in root.iter())  # nothing of others, which Atom would allow
    said = [
        element for element in root.iter() if not len(element) and element.tag not in (f"{ATOM}link", f"{ATOM}category")
    ]
    assert all(element.text for element in said)
    _at_most_one_alternate_of_a_sort(root)
    own = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [root.findtext(f"{ATOM}id")]
    entries = root.findall(f"{ATOM}entry")
    keys = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(keys) == len(set(keys))
    for entry in entries:
        _at_most_one_alternate_of_a_sort(entry)
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", entry.findtext(f"{ATOM}id") or "")
        dates = [entry.findtext(f"{ATOM}{name}") or "" for name in ("published", "updated")]
        assert all(RFC_3339.fullmatch(date) for date in dates)
        assert dates[0] <= dates[1] <= (root.findtext(f"{ATOM}updated") or "")
        hold_text_against_readers(entry.findtext(f"{ATOM}content") or "")
    return root


def hold_against_rss(text: bytes) -> Any:
    """Hold a document against RSS 2.0, and what feed validators ask beside, and return its channel."""
    root = etree.fromstring(text)
    hold_against_rss_2_0(root)
    [channel] = root
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        assert len(channel.findall(name)) == 1
        assert channel.findtext(name), name
    assert RFC_822.fullmatch(channel.findtext("lastBuildDate")), channel.findtext("lastBuildDate")
    own = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert len(own) == 1
    allowed = {"title", "link", "description", "pubDate", "guid", "enclosure", "category"}
    for item in channel.findall("item"):
        counts = Counter(child.tag for child in item)
        assert {name for name in counts if not str(name).startswith("{")} <= allowed
        assert all(count == 1 for name, count in counts.items() if name not in ("category", f"{ATOM}link"))
        [guid] = item.findall("guid")
        assert guid.get("isPermaLink") == "false"
        assert RFC_822.fullmatch(item.findtext("pubDate"))
        assert parsedate_to_datetime(item.findtext("pubDate")) <= parsedate_to_datetime(
            channel.findtext("lastBuildDate")
        )
        assert is_absolute(item.findtext("link"))
        for enclosure in item.findall("enclosure"):
            assert set(enclosure.attrib) == {"url", "length", "type"}
            assert int(enclosure.get("length")) > 0
            assert is_absolute(enclosure.get("url"))
        hold_text_against_readers(item.findtext(f"{CONTENT}encoded"))
    guids = [item.findtext("guid") for item in channel.findall("item")]
    assert len(guids) == len(set(guids))
    return channel


def hold_against_json_feed(feed: dict[str, Any]) -> dict[str, Any]:
    """Hold data against JSON Feed 1.1, and return it."""
    hold_against_json_feed_1_1(feed)
    assert all(is_absolute(feed[name]) for name in ("home_page_url", "feed_url"))
    for item in feed["items"]:
        assert is_absolute(item["url"])
        for name in ("date_published", "date_modified"):
            assert RFC_3339.fullmatch(item[name])
            assert datetime.fromisoformat(item[name]).tzinfo
        hold_text_against_readers(item["content_html"])
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
    return feed


def hold_text_against_readers(text: str) -> None:
    """Fail when a text has anything that runs, or an address that means nothing away from the hub."""
    assert text.strip()
    for element in lxml_html.fragments_fromstring(f"<div>{text}</div>")[0].iter():
        assert element.tag not in ("script", "style", "iframe", "object", "form", "base")
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in ("href", "src") or is_absolute(value), f"{name}={value}"
            if name == "srcset":
                assert all(is_absolute(part.split()[0]) for part in value.split(","))


def is_absolute(address: str | None) -> bool:
    """Whether an address means the same everywhere."""
    found = urlsplit(address or "")
    return found.scheme in ("mailto", "tel") or (found.scheme in ("http", "https") and bool(found.netloc))


def _at_most_one_alternate_of_a_sort(element: Any) -> None:
    sorts = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in element.findall(f"{ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    )
    assert sorts
    assert max(sorts.values()) == 1
