"""Feeds and sitemaps as their specifications have them: grammars and schemas, which know nothing of this hub."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree

_HERE = Path(__file__).parent
_ATOM = etree.RelaxNG(etree.parse(_HERE / "rfc4287.rng"))
_RSS = etree.RelaxNG(etree.parse(_HERE / "rss-2.0.rng"))
_SITEMAP = etree.XMLSchema(etree.parse(_HERE / "sitemap-0.9.xsd"))
JSON_FEED = Draft202012Validator(json.loads((_HERE / "json-feed-1.1.json").read_text()), format_checker=FormatChecker())
_NAMES = {"atom": "http://www.w3.org/2005/Atom"}
_RULES_OF_ATOM = {
    "a feed has an author unless each of its entries has one": "atom:author or not(atom:entry[not(atom:author)])",
    "an entry leads somewhere or has content": "not(atom:entry[not(atom:link[@rel='alternate' or not(@rel)] or "
    "atom:content)])",
    "an entry has an author": "not(atom:entry[not(atom:author or ../atom:author or atom:source/atom:author)])",
}
"""The Schematron rules of RFC 4287, appendix B, asked of a feed."""


def hold_against_rfc_4287(feed: Any) -> None:
    """Fail when a feed breaks the grammar of Atom or one of the rules that stand in it."""
    assert _ATOM.validate(feed), _ATOM.error_log
    for rule, test in _RULES_OF_ATOM.items():
        assert feed.xpath(test, namespaces=_NAMES), rule


def hold_against_rss_2_0(rss: Any) -> None:
    """Fail when a document breaks RSS 2.0."""
    assert _RSS.validate(rss), _RSS.error_log


def hold_against_json_feed_1_1(feed: Any) -> None:
    """Fail when data break JSON Feed 1.1."""
    assert not [f"{error.json_path}: {error.message[:200]}" for error in JSON_FEED.iter_errors(feed)]


def hold_against_sitemaps_0_9(root: Any) -> None:
    """Fail when a document breaks the sitemap protocol."""
    assert _SITEMAP.validate(root), _SITEMAP.error_log
