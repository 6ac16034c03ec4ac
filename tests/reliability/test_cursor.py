"""Cursors belong to those who hold them, and to what they follow."""

import re

import pytest

from cms.publications.cursor import Cursor, MalformedCursor, decode, encode

HERE = Cursor("0193a3f5b2c1", 947)


def test_a_cursor_comes_back_as_it_was_given() -> None:
    assert decode(encode(HERE, ["sv", "uk"], ["news"]), ["uk", "sv"], ["news"]) == HERE


def test_a_cursor_fits_into_any_address() -> None:
    assert re.fullmatch(r"[A-Za-z0-9\-_.]+", encode(HERE, ["sv-FI"], ["news", "people"]))


@pytest.mark.parametrize(("languages", "kinds"), [(["uk"], ["news"]), (["sv"], []), ([], []), (["sv"], ["people"])])
def test_a_cursor_follows_only_what_it_was_made_for(languages: list[str], kinds: list[str]) -> None:
    with pytest.raises(MalformedCursor):
        decode(encode(HERE, ["sv"], ["news"]), languages, kinds)


@pytest.mark.parametrize(
    "text", ["", "hej", "Херсон", "MS4uLg", "%00", "djE.YWJjLjQy", encode(HERE) + "A", encode(HERE)[:-1]]
)
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(MalformedCursor):
        decode(text)
