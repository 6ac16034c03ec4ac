"""Feeds and sitemaps keep what others specified, and each breach of it is seen."""

from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from tests.cities.conftest import Seed
from tests.cities.specifications import (
    JSON_FEED,
    hold_against_json_feed_1_1,
    hold_against_rfc_4287,
    hold_against_rss_2_0,
    hold_against_sitemaps_0_9,
)
from tests.contract.city import City

XML: dict[str, tuple[str, Callable[[Any], None]]] = {
    "atom": ("/sv/feeds/news.atom", hold_against_rfc_4287),
    "rss": ("/sv/feeds/news.rss", hold_against_rss_2_0),
    "sitemap": ("/sv/sitemap.xml", hold_against_sitemaps_0_9),
}
BREACHES = {
    "no id": ("atom", "<id>", "<a:id xmlns:a='urn:a'>", "</id>", "</a:id>"),
    "no title": ("atom", "<title>", "<subtitle>", "</title>", "</subtitle>"),
    "a day instead of a time": ("atom", "T08:00:00Z</updated>", "</updated>"),
    "an unknown element": ("atom", "<updated>", "<modified/><updated>"),
    "an unknown attribute": ("atom", "<updated>", "<updated zone='UTC'>"),
    "no address in a link": ("atom", "<link href=", "<link title="),
    "a language that is none": ("atom", 'hreflang="uk"', 'hreflang="på ukrainska"'),
    "an entry without an author": ("atom", "<author>", "<contributor>", "</author>", "</contributor>"),
    "a time as in Atom": ("rss", "Fri, 14 Jun 2024 08:00:00 +0000", "2024-06-14T08:00:00Z"),
    "a month in Swedish": ("rss", " Jun ", " juni "),
    "a year with two digits": ("rss", " Jun 2024 ", " Jun 24 "),
    "no description of the channel": ("rss", "<channel><title>", "<channel><ttl>5</ttl><title>", "description>", "p>"),
    "a key that claims to be an address": ("rss", ' isPermaLink="false"', ""),
    "a path instead of an address": ("rss", "<link>http://testserver", "<link>"),
    "another version": ("rss", 'version="2.0"', 'version="2.1"'),
    "an element of nobody": ("rss", "<guid", "<lead/><guid"),
    "no address of a page": ("sitemap", "<loc>", "<lastmod>", "</loc>", "</lastmod>"),
    "a time without its zone's seconds": ("sitemap", "Z</lastmod>", "Zulu</lastmod>"),
    "a language of no page": ("sitemap", "hreflang=", "lang="),
    "a link inside out": ("sitemap", "xhtml:link href", "xhtml:a href"),
}
"""What breaks a specification, by replacing one text with another."""

JSON_BREACHES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "another version": lambda feed: feed.update(version="https://jsonfeed.org/version/1"),
    "no title": lambda feed: feed.pop("title"),
    "a name that is not in the specification": lambda feed: feed.update(lang="sv"),
    "a path instead of an address": lambda feed: feed.update(feed_url="news.json"),
    "a number for an id": lambda feed: feed["items"][0].update(id=1),
    "no text": lambda feed: feed["items"][0].pop("content_html"),
    "a day instead of a time": lambda feed: feed["items"][0].update(date_published="2024-06-14"),
    "an author without a name": lambda feed: feed["items"][0].update(authors=[{}]),
    "an attachment without a type": lambda feed: feed["items"][0].update(attachments=[{"url": "http://a.example/b"}]),
}


@pytest.mark.parametrize("form", XML)
def test_what_the_hub_writes_keeps_the_specification_of_others(city: City, seed: Seed, form: str) -> None:
    address, hold = XML[form]
    hold(etree.fromstring(city.ask(address).content))


@pytest.mark.parametrize("breach", BREACHES.values(), ids=BREACHES)
def test_a_breach_of_a_specification_is_seen(city: City, seed: Seed, breach: tuple[str, ...]) -> None:
    form, *replacements = breach
    address, hold = XML[form]
    text = city.ask(address).content.decode()
    for old, new in zip(replacements[::2], replacements[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    with pytest.raises(AssertionError):
        hold(etree.fromstring(text.encode()))


@pytest.mark.parametrize("breach", JSON_BREACHES.values(), ids=JSON_BREACHES)
def test_a_breach_of_json_feed_is_seen(city: City, seed: Seed, breach: Callable[[dict[str, Any]], Any]) -> None:
    feed = city.get("/sv/feeds/news.json")
    hold_against_json_feed_1_1(feed)
    breach(feed)
    with pytest.raises(AssertionError):
        hold_against_json_feed_1_1(feed)


def test_the_schema_of_json_feed_is_a_schema() -> None:
    Draft202012Validator.check_schema(JSON_FEED.schema)
