"""Cursors belong to those who hold them, and to what they follow."""

import base64
import re
from dataclasses import replace

import pytest
from pytest_django import Settings

from cms.publications.cursor import SUM, Cursor, ForeignCursor, MalformedCursor, _keys_of, _sum, decode, encode

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


def test_nobody_makes_a_cursor_out_of_another() -> None:
    """Not even who knows how they are written: each bit that is turned, of the secret's name apart, breaks the seal."""
    sealed = base64.urlsafe_b64decode(encode(HERE))[:-SUM]
    for bit in range(16, 8 * len(sealed)):
        turned = bytearray(sealed)
        turned[bit // 8] ^= 1 << bit % 8
        text = base64.urlsafe_b64encode(bytes(turned) + _sum(turned)).decode().rstrip("=")
        with pytest.raises(MalformedCursor):
            decode(text)


def test_the_largest_place_and_the_longest_epoch_come_back() -> None:
    for there in (Cursor("x" * 100, 2**48 - 1), Cursor("", 0), replace(HERE, sequence=0)):
        assert decode(encode(there)) == there


def test_of_two_secrets_of_one_name_the_right_one_opens_a_cursor(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.publications.cursor.NAME", 0)
    _keys_of.cache_clear()
    cursor = encode(HERE)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another " * 10, [settings.SECRET_KEY]
    assert decode(cursor) == HERE
    _keys_of.cache_clear()


def test_a_cursor_of_a_secret_that_is_gone_is_told_apart_from_what_is_none(settings: Settings) -> None:
    cursor = encode(HERE)
    settings.SECRET_KEY = "another " * 10
    with pytest.raises(ForeignCursor):
        decode(cursor)
    with pytest.raises(MalformedCursor):
        decode(cursor[:-1])
