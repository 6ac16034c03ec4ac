"""Each engine is asked in its own way, and whatever it answers is a list of texts or a reason, never an error."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from pytest_django import Settings

from cms.environment import Environment
from cms.translation.engines import line
from cms.translation.engines.choosing import ENGINES, find_engine
from cms.translation.engines.engine import Engine, EngineFailed, Trouble
from cms.translation.engines.wordlist import WordList
from tests.translators.engine_room import Double, give, playing, set_up, status, usual

REMOTE = ("deepl", "google", "libretranslate")
TEXTS = ["En delegation besökte <b>Umeå</b>.", "Mer information"]


@pytest.fixture(autouse=True)
def room() -> None:
    """No pages: an engine knows none."""


@pytest.fixture
def double(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Double]:
    """A server that plays all engines."""
    monkeypatch.setattr(line, "BETWEEN", 0.01)
    monkeypatch.setattr(line, "LONGEST_WAIT", 0.02)
    with playing() as started:
        set_up(started, settings, monkeypatch)
        yield started


def engine(name: str) -> Engine:
    return ENGINES[name]()


def trouble(name: str = "deepl") -> Trouble:
    with pytest.raises(EngineFailed) as failed:
        engine(name).translate("sv", "uk", TEXTS)
    return failed.value.trouble


@pytest.mark.parametrize("name", REMOTE)
def test_an_engine_gives_as_many_texts_as_it_was_sent_in_their_order(name: str, double: Double) -> None:
    assert engine(name).translate("sv", "uk", TEXTS) == [f"UK {text}" for text in TEXTS]
    assert double.sent == TEXTS


@pytest.mark.parametrize(("key", "host"), [("abc:fx", "FREE"), ("abc", "PAID")])
def test_deepl_is_asked_at_the_host_of_its_key(
    key: str, host: str, double: Double, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEEPL_KEY = key
    monkeypatch.setattr("cms.translation.engines.deepl." + {"FREE": "PAID", "PAID": "FREE"}[host], "https://[::]:1")
    engine("deepl").translate("sv", "en", TEXTS)
    [request] = double.requests
    assert request["headers"]["Authorization"] == f"DeepL-Auth-Key {key}"
    assert request["data"]["target_lang"] == "EN-GB"
    assert request["data"]["source_lang"] == "SV"
    assert (request["data"]["tag_handling"], request["data"]["ignore_tags"]) == ("xml", ["span"])


@pytest.mark.parametrize("name", ["google", "libretranslate"])
def test_others_are_asked_for_html(name: str, double: Double) -> None:
    engine(name).translate("sv-FI", "en", TEXTS)
    [request] = double.requests
    assert (request["data"]["source"], request["data"]["target"], request["data"]["format"]) == ("sv", "en", "html")


@pytest.mark.parametrize("name", REMOTE)
def test_a_key_is_never_in_an_address(name: str, double: Double) -> None:
    engine(name).translate("sv", "uk", TEXTS)
    assert "key" not in double.requests[0]["path"]


@pytest.mark.parametrize("name", REMOTE)
def test_what_is_too_much_just_now_is_sent_again(name: str, double: Double) -> None:
    double.answers = [status(429)]
    assert len(engine(name).translate("sv", "uk", TEXTS)) == 2
    assert len(double.requests) == 2


@pytest.mark.parametrize("name", REMOTE)
@pytest.mark.parametrize("code", [500, 502, 503, 504])
def test_what_may_have_been_translated_is_not_sent_again(name: str, code: int, double: Double) -> None:
    double.answers = [status(code)]
    assert trouble(name) is Trouble.UNREACHABLE
    assert len(double.requests) == 1


@pytest.mark.parametrize("name", REMOTE)
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (400, Trouble.REFUSED), (401, Trouble.KEY), (403, Trouble.KEY), (404, Trouble.ODD), (413, Trouble.REFUSED),
        (429, Trouble.BUSY), (456, Trouble.QUOTA), (500, Trouble.UNREACHABLE), (503, Trouble.UNREACHABLE),
    ],
)  # fmt: skip
def test_what_does_not_pass_is_a_reason(name: str, code: int, expected: Trouble, double: Double) -> None:
    double.answers = [status(code)] * 9
    assert trouble(name) is expected
    assert len(double.requests) <= 1 + line.TRIES_AGAIN


def test_nobody_waits_as_long_as_an_engine_wishes(double: Double) -> None:
    double.answers = [status(429, Retry_After="3600")]
    begun = time.monotonic()
    engine("deepl").translate("sv", "uk", TEXTS)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("name", REMOTE)
@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>", b"null", b"[]", b"3", b'{"translations": null}', b"\xff\xfe", b"[" * 100_000,
        b'{"translations": [{"text": 1}, {"text": 2}], "translatedText": [1, 2]}',
        b'{"translations": {"text": "x"}, "translatedText": "x", "data": "x"}',
        b'{"translations": [null, null], "translatedText": [null, null], "data": {"translations": [[], []]}}',
    ],
    ids=lambda body: body[:20].decode("latin-1"),
)  # fmt: skip
def test_an_answer_that_is_none_is_a_reason(name: str, body: bytes, double: Double) -> None:
    double.answers = [(200, {}, body)]
    assert trouble(name) is Trouble.ODD


@pytest.mark.parametrize("name", REMOTE)
@pytest.mark.parametrize("texts", [[], ["one"], ["one", "two", "three"]])
def test_more_or_fewer_texts_than_were_sent_are_none(name: str, texts: list[str], double: Double) -> None:
    path = {"deepl": "/v2/translate", "google": "/language/translate/v2", "libretranslate": "/translate"}[name]
    double.answers = [usual(path, texts)]
    assert trouble(name) is Trouble.ODD


def test_a_huge_answer_is_not_read_to_its_end(double: Double) -> None:
    double.answers = [usual("/v2/translate", ["x" * line.MOST_BYTES, "y" * line.MOST_BYTES])]
    assert trouble() is Trouble.ODD


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(code: int, double: Double) -> None:
    with playing() as other:
        double.answers = [status(code, Location=f"{other.url}/v2/translate")]
        assert trouble() is Trouble.ODD
        assert other.requests == []


def test_silence_ends(double: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "TIMEOUT", line.Timeout(connect=0.2, read=0.1))
    double.answers = [lambda _handler: time.sleep(0.5)] * 5
    assert trouble() is Trouble.UNREACHABLE
    assert len(double.requests) == 1  # it may have been counted there


def test_an_answer_that_trickles_ends(double: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "LONGEST_ANSWER", 0.2)

    def trickle(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        try:
            for _time in range(100):
                handler.wfile.write(b" ")
                handler.wfile.flush()
                time.sleep(0.02)
        except ConnectionError:
            pass

    double.answers = [trickle]
    begun = time.monotonic()
    assert trouble() is Trouble.ODD
    assert time.monotonic() - begun < 1.5


def test_an_answer_that_breaks_off_is_a_reason(double: Double) -> None:
    def break_off(handler: BaseHTTPRequestHandler) -> None:
        give(handler, 200, {"Content-Length": "5000"}, b'{"translations": [')

    double.answers = [break_off]
    assert trouble() in (Trouble.UNREACHABLE, Trouble.ODD)


def test_nobody_at_home_is_a_reason(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "BETWEEN", 0.01)
    settings.LIBRETRANSLATE_URL, settings.LIBRETRANSLATE_KEY = "http://127.0.0.1:9", ""
    assert trouble("libretranslate") is Trouble.UNREACHABLE


@pytest.mark.parametrize(
    "url", ["http://translate.umea.se", "ftp://localhost", "file:///etc/passwd", "", "http://0x7f.1"]
)
def test_texts_leave_this_machine_over_https_only(url: str, settings: Settings) -> None:
    settings.LIBRETRANSLATE_URL, settings.LIBRETRANSLATE_KEY = url, ""
    assert trouble("libretranslate") is Trouble.UNREACHABLE
    assert not line.is_safe(url)


SAID = {"Cherson": "Херсон", "förstudie": "попереднє дослідження"}


def dictionaries(double: Double) -> list[tuple[str, str, str]]:
    """Return the dictionaries that were written: languages and entries."""
    written = [one for data in double.written for one in data.get("dictionaries", [data])]
    return [(one["source_lang"], one["target_lang"], one["entries"]) for one in written]


def test_deepl_gets_the_register_once_and_again_when_it_has_changed(double: Double) -> None:
    deepl = engine("deepl")
    first = deepl.keep_glossary("sv", "uk", SAID)
    assert deepl.keep_glossary("sv", "uk", SAID) == first == double.glossary["glossary_id"]
    assert dictionaries(double) == [("sv", "uk", "Cherson\tХерсон\nförstudie\tпопереднє дослідження")]
    deepl.keep_glossary("sv", "fi", {"Cherson": "Herson"})
    deepl.keep_glossary("sv", "uk", {"Cherson": "Херсон"})
    assert dictionaries(double)[1:] == [("sv", "fi", "Cherson\tHerson"), ("sv", "uk", "Cherson\tХерсон")]
    assert [data["path"].rpartition("/")[2] for data in double.written] == [
        "glossaries",
        "dictionaries",
        "dictionaries",
    ]


def test_deepl_translates_with_its_glossary(double: Double) -> None:
    deepl = engine("deepl")
    deepl.translate("sv", "uk", TEXTS, deepl.keep_glossary("sv", "uk", SAID))
    assert double.requests[0]["data"]["glossary_id"] == double.glossary["glossary_id"]
    deepl.translate("sv", "uk", TEXTS)
    assert "glossary_id" not in double.requests[1]["data"]


def test_a_glossary_that_is_gone_is_made_again(double: Double) -> None:
    deepl = engine("deepl")
    before = deepl.keep_glossary("sv", "uk", SAID)
    double.glossary = {}
    with pytest.raises(EngineFailed) as failed:
        deepl.translate("sv", "uk", TEXTS, before)
    assert failed.value.trouble is Trouble.GLOSSARY
    assert deepl.keep_glossary("sv", "uk", SAID) == double.glossary["glossary_id"] != before


def test_the_glossaries_of_others_are_left_alone(double: Double) -> None:
    double.of_others = [{"glossary_id": "def3a26b", "name": "Vasa stad"}]
    with pytest.raises(EngineFailed) as failed:
        engine("deepl").keep_glossary("sv", "uk", SAID)
    assert failed.value.trouble is Trouble.QUOTA
    assert double.written == []


@pytest.mark.parametrize("odd", ["a\tb", "a\nb", " a", "", "x" * 1025, "\x00"])
def test_what_deepl_would_refuse_is_left_out_of_the_glossary(odd: str, double: Double) -> None:
    engine("deepl").keep_glossary("sv", "uk", {odd: "Херсон", "Cherson": "Херсон", "Visby": odd})
    assert dictionaries(double) == [("sv", "uk", "Cherson\tХерсон")]


@pytest.mark.parametrize(
    "said", [b"[]", b"{}", b'{"glossaries": [{"name": "Misto http://testserver", "glossary_id": "../x"}]}']
)
def test_an_odd_list_of_glossaries_is_none(said: bytes, double: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.translators.engine_room._Handler.do_GET", lambda handler: give(handler, 200, {}, said))
    with pytest.raises(EngineFailed) as failed:
        engine("deepl").keep_glossary("sv", "uk", SAID)
    assert failed.value.trouble is Trouble.ODD


@pytest.mark.parametrize("name", ["google", "libretranslate", "wordlist"])
def test_others_have_no_glossary(name: str, double: Double) -> None:
    assert engine(name).keep_glossary("sv", "uk", SAID) == ""
    assert double.written == []


def test_the_word_list_says_what_it_is_and_always_says_the_same() -> None:
    texts = ['Kommun och <b>stad</b> i <span translate="no" id="p1">Umeå</span>, vecka 24 &amp; mer']
    said = WordList().translate("sv", "en", texts)
    assert said == ['[en] Municipality and <b>city</b> in <span translate="no" id="p1">Umeå</span>, week 24 &amp; more']
    assert said == WordList().translate("sv", "en", texts)
    assert "Demo" in WordList.label


@pytest.mark.parametrize(
    ("pair", "expected"),
    [(("sv", "uk"), "deepl"), (("sv", "fi"), "google"), (("en", "fi"), "libretranslate"), (("fi", "uk"), "wordlist")],
)
def test_the_nearest_setting_serves_a_pair(pair: tuple[str, str], expected: str, settings: Settings) -> None:
    settings.MACHINE_ENGINES = {
        ("*", "*"): "wordlist",
        ("*", "fi"): "libretranslate",
        ("sv", "*"): "google",
        ("sv", "uk"): "deepl",
    }
    found = find_engine(*pair)
    assert found
    assert found.name == expected


def test_a_pair_without_engine_has_none(settings: Settings) -> None:
    settings.MACHINE_ENGINES = {("sv", "uk"): "deepl"}
    assert find_engine("uk", "sv") is None


KEYS = {"deepl": {"DEEPL_KEY": "x"}, "google": {"GOOGLE_KEY": ""}, "wordlist": {}}


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("", {}),
        ("*:wordlist", {("*", "*"): "wordlist"}),
        ("sv-uk:deepl, *-fi:wordlist", {("sv", "uk"): "deepl", ("*", "fi"): "wordlist"}),
        ("sv-FI-uk:deepl", {("sv-FI", "uk"): "deepl"}),
    ],
)
def test_engines_are_set_per_pair_of_languages(said: str, read: dict[tuple[str, str], str]) -> None:
    env = Environment({"MACHINE_ENGINES": said})
    assert env.pairs("MACHINE_ENGINES", KEYS) == read
    assert env.refused == []


@pytest.mark.parametrize("said", ["deepl", "sv:deepl", "sv-uk:altavista", "sv-uk=deepl", "*:google"])
def test_an_odd_setting_is_refused_in_one_sentence(said: str) -> None:
    env = Environment({"MACHINE_ENGINES": said})
    assert env.pairs("MACHINE_ENGINES", KEYS) == {}
    [sentence] = env.refused
    assert sentence.startswith("MACHINE_ENGINES ")


@pytest.mark.parametrize("said", ["http://translate.umea.se", "translate.umea.se", "https://"])
def test_a_service_is_reached_over_https(said: str) -> None:
    env = Environment({"LIBRETRANSLATE_URL": said})
    assert env.service("LIBRETRANSLATE_URL") == ""
    assert len(env.refused) == 1


def test_every_engine_takes_what_its_limits_say(double: Double) -> None:
    """A Cyrillic letter is six bytes in JSON, and DeepL takes 128 KiB."""
    assert len(json.dumps("ї" * ENGINES["deepl"].limits.characters)) < 128 * 1024
