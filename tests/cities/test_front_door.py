"""The front door: whatever is answered from memory is what the house itself would say."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import process_time
from typing import Any
from unittest.mock import Mock, patch

import brotli
import pytest
from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections, connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings
from redis.exceptions import RedisError

from cms.api import behind, watch
from cms.api.answers import Answers
from cms.api.build import build
from cms.api.front_door import FrontDoor
from cms.api.kept import Kept
from cms.api.watch import Place, Watch
from cms.translation.models import Term, TermForm
from news.models import NewsPage
from tests.cities.conftest import Seed
from tests.newsroom import add, publish
from tests.publishing import publish_noted

ROOM = 4_000_000


@dataclass
class Said:
    status: str
    headers: dict[str, str]
    body: bytes


class House:
    """The hub with its door, and the same hub without one; counts who was let in."""

    def __init__(self, most_bytes: int = ROOM) -> None:
        self.inside = WSGIHandler()
        self.let_in = 0
        self.door = FrontDoor(self._count, most_bytes=most_bytes)

    def ask(self, path: str, *, method: str = "GET", door: bool = True, **headers: str) -> Said:
        publish_noted()
        said: dict[str, Any] = {}

        def start(status: str, sent: list[tuple[str, str]], exc_info: Any = None) -> None:
            said.update(status=status, headers=dict(sent))

        body = b"".join((self.door if door else self.inside)(_environ(path, method, headers), start))
        return Said(said["status"], said["headers"], body)

    def cpu(self, path: str, *, times: int, door: bool = True, **headers: str) -> float:
        """Return seconds of CPU that an answer takes, the best of three measures."""
        asked, application = _environ(path, "GET", headers), self.door if door else self.inside

        def measure() -> float:
            requests, before = [dict(asked) for _time in range(times)], process_time()
            for request in requests:
                b"".join(application(request, lambda *_said: None))
            return (process_time() - before) / times

        return min(measure() for _time in range(3))

    def _count(self, environ: Any, start_response: Callable[..., Any]) -> Any:
        self.let_in += 1
        return self.inside(environ, start_response)


def _environ(path: str, method: str, headers: Mapping[str, str]) -> dict[str, Any]:
    environ = RequestFactory().generic(method, f"/content/v1{path}" if path[:2] != "//" else path[1:]).environ
    environ = {name: value for name, value in environ.items() if name != "CONTENT_LENGTH"}
    return environ | {"HTTP_HOST": "testserver"} | {f"HTTP_{name.upper()}": value for name, value in headers.items()}


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Requests share the test's own connection, as with Django's test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def always_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not wait 100 milliseconds for a change to be seen."""
    monkeypatch.setattr(watch, "LATEST", -1.0)


@pytest.fixture
def house() -> House:
    return House()


ADDRESSES = [
    "/sv/news",
    "/sv/news/{id}",
    "/fi/news/{id}?fallback=sv",
    "/sv/home",
    "/changes",
    "/status",
    "/openapi.json",
]
ADDRESSES += ["//sv/umea/news/umea-ingar-samarbete-med-cherson"]
ADDRESSES += ["/docs", "/docs/sv", "/docs/reference", "/docs/problems/gone", "/docs/mirror.py"]
ADDRESSES += ["/docs/examples/sv/news-original.json", "/docs/examples/problems/gone.json"]
REQUESTS: list[dict[str, str]] = [
    {},
    {"accept_encoding": "gzip"},
    {"accept_encoding": "br, gzip"},
    {"accept_encoding": "br;q=0, gzip;q=0.5"},
    {"if_none_match": "*"},
    {"if_none_match": '"other"'},
    {"if_modified_since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    {"if_modified_since": "Fri, 01 Jan 2100 00:00:00 GMT", "if_none_match": '"other"'},
    {"if_modified_since": "yesterday"},
    {"if_match": '"other"'},
    {"authorization": "Bearer abc"},
    {"accept": "text/html"},
    {"accept": "application/json"},
    {"host": "evil.example"},
    {"cookie": "misto_session=abc"},
    {"accept_language": "uk"},
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_door_says_what_the_house_says(house: House, seed: Seed, address: str) -> None:
    address = address.replace("{id}", seed.id)
    house.ask(address)
    for method in ("GET", "HEAD", "OPTIONS", "POST"):
        for headers in REQUESTS:
            with_door, without = (
                house.ask(address, method=method, **headers),
                house.ask(address, method=method, door=False, **headers),
            )
            assert with_door == without, (method, headers)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_was_answered_once_is_answered_at_the_door_without_a_query(
    house: House, seed: Seed, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = address.replace("{id}", seed.id)
    first = house.ask(address)
    monkeypatch.setattr(watch, "LATEST", 60.0)
    with CaptureQueriesContext(connection) as queries:
        again, not_modified = house.ask(address), house.ask(address, if_none_match=first.headers["ETag"])
    assert (again, house.let_in, len(queries)) == (first, 1, 0)
    assert (not_modified.status, not_modified.body) == ("304 Not Modified", b"")


@pytest.mark.parametrize("path", ["/sv/news/{id}", "/sv/news", "/sv/search?q=samarbete", "/changes"])
def test_a_kept_answer_takes_a_twentieth_of_the_cpu_of_one_that_is_built(
    house: House, seed: Seed, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes less than a hundredth, and a `304` still less: what is guarded is that nothing is built on the way."""
    monkeypatch.setattr(watch, "LATEST", 60.0)
    path = path.replace("{id}", seed.id)
    built = house.cpu(path, times=5, door=False)
    tag = house.ask(path).headers["ETag"]
    assert house.cpu(path, times=200) < built / 20
    assert house.cpu(path, times=200, if_none_match=tag) < built / 20


def test_an_answer_is_compressed_once_and_has_a_tag_of_its_own(house: House, seed: Seed) -> None:
    plain, zipped, brotlied = (house.ask("/sv/news", accept_encoding=name) for name in ("identity", "gzip", "br"))
    assert gzip.decompress(zipped.body) == brotli.decompress(brotlied.body) == plain.body
    tags = [said.headers["ETag"].strip('"') for said in (plain, zipped, brotlied)]
    assert tags[1:] == [f"{tags[0]}-gz", f"{tags[0]}-br"]
    assert int(zipped.headers["Content-Length"]) == len(zipped.body) < len(plain.body)
    for said in (plain, zipped, brotlied):
        assert house.ask("/sv/news", accept_encoding="br", if_none_match=said.headers["ETag"]).status.startswith("304")
    with patch("cms.api.kept.gzip.compress", side_effect=AssertionError("twice")):
        assert house.ask("/sv/news", accept_encoding="gzip") == zipped


def test_the_entity_tag_is_the_same_in_every_process(seed: Seed) -> None:
    one, other = House(), House()
    assert one.ask(f"/sv/news/{seed.id}").headers["ETag"] == other.ask(f"/sv/news/{seed.id}").headers["ETag"]


def test_a_change_is_seen_at_the_next_look(house: House, seed: Seed) -> None:
    before = house.ask("/sv/news"), house.ask(f"/sv/news/{seed.id}"), house.ask(f"/uk/news/{seed.id}?fallback=sv")
    seed.article.title = "Umeå och Cherson arbetar vidare"
    publish(seed.article)
    after = house.ask("/sv/news"), house.ask(f"/sv/news/{seed.id}"), house.ask(f"/uk/news/{seed.id}?fallback=sv")
    assert all(new != old for new, old in zip(after, before, strict=True))
    assert "arbetar vidare" in after[0].body.decode()
    assert "arbetar vidare" in after[1].body.decode()


def test_a_change_elsewhere_leaves_an_item_at_the_door(house: House, seed: Seed) -> None:
    house.ask(f"/sv/news/{seed.id}")
    house.ask("/sv/news")
    publish(add(seed.room.news("umea", "sv"), NewsPage(title="Ansökan har lämnats in", lead="Nytt.")))
    house.ask(f"/sv/news/{seed.id}")
    assert house.let_in == 2
    house.ask("/sv/news")
    assert house.let_in == 3


def test_a_new_word_of_the_register_makes_searches_anew(house: House, seed: Seed) -> None:
    def asked() -> int:
        house.ask("/sv/search?q=memorandum")
        return house.let_in

    assert (asked(), asked()) == (1, 1)
    term = Term(definition="A letter of what two parties mean to do.")
    term.forms = [TermForm(text="memorandum", language="en"), TermForm(text="avsiktsförklaring", language="sv")]
    term.save()
    assert (asked(), asked()) == (2, 2)
    term.save()
    assert asked() == 2, "nothing is new"


def test_what_an_item_shows_of_others_changes_it_too(house: House, seed: Seed) -> None:
    assert "Janet Ågren" in house.ask(f"/sv/news/{seed.id}").body.decode()
    seed.janet.title = "Janet Å. Ågren"
    publish(seed.janet)
    assert "Janet Å. Ågren" in house.ask(f"/sv/news/{seed.id}").body.decode()


def test_what_was_begun_before_a_change_is_not_kept_after_it(seed: Seed) -> None:
    look = Watch()
    answers, begun = Answers(look, ROOM), look.look()
    assert begun
    seed.article.title = "Umeå och Cherson arbetar vidare"
    publish(seed.article)
    publish_noted()
    look.look()
    answers.keep("item", _kept(seed.id), begun)
    answers.keep("list", _kept("all"), begun)
    answers.keep("other", _kept(str(seed.janet.translation_key)), Place(begun.epoch, begun.sequence))
    assert answers.find("item", 0) is None
    assert answers.find("list", 0) is None


def test_another_epoch_makes_everything_anew(house: House, seed: Seed) -> None:
    house.ask(f"/sv/news/{seed.id}")
    from cms.publications.models import Counter

    Counter.objects.update(epoch="another")
    house.ask(f"/sv/news/{seed.id}")
    assert house.let_in == 2


def test_nothing_is_kept_past_the_moment_it_changes_by_itself(house: House, seed: Seed) -> None:
    moment = timezone.now() + timezone.timedelta(seconds=100)
    seed.vitalii.expire_at = moment
    publish(seed.vitalii)
    address = f"/sv/people/{seed.vitalii.translation_key}"
    assert "max-age=60" in house.ask(address).headers["Cache-Control"]
    with patch("cms.api.front_door.time", return_value=moment.timestamp()):
        house.ask(address)
    assert house.let_in == 2


@pytest.mark.parametrize("address", ["/sv/news", "/sv/news/{id}", "/languages"])
def test_another_process_has_what_one_has_made(seed: Seed, settings: Settings, address: str) -> None:
    settings.ANSWERS_BEHIND = True
    address = address.replace("{id}", seed.id)
    made = House().ask(address)
    other, restarted = _open(House()), _open(House())
    assert other.ask(address) == made
    assert other.let_in == 0
    seed.janet.title = "Janet Ågren, på nytt"
    publish(seed.janet)
    assert (restarted.ask(address) == made) == (address == "/languages")


def test_what_a_process_made_holds_for_one_that_starts_later(seed: Seed, settings: Settings) -> None:
    settings.ANSWERS_BEHIND = True
    address = f"/sv/people/{seed.janet.translation_key}"
    made = House().ask(address)
    seed.vitalii.title = "Vitalii Bielobrov, ombud"  # something else goes on meanwhile
    publish(seed.vitalii)
    later = _open(House())
    assert later.ask(address) == made
    assert later.let_in == 0


def test_what_others_made_is_free(seed: Seed, settings: Settings) -> None:
    settings.RATE_LIMITS, settings.ANSWERS_BEHIND = {"answers": 2, "search": 2}, True
    House().ask("/sv/news")
    other = _open(House())
    for _again in range(5):
        assert other.ask("/sv/news").status == "200 OK"
    assert other.ask("/sv/people").status.startswith("429")


@pytest.mark.parametrize("failure", [RedisError("no such host"), TimeoutError("silent")])
def test_the_hub_goes_on_without_its_cache(
    seed: Seed, settings: Settings, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    settings.RATE_LIMITS, settings.ANSWERS_BEHIND = {"answers": 1, "search": 1}, True
    monkeypatch.setattr(behind, "_silent_until", float("-inf"))
    for act in ("get", "set", "add", "incr"):
        monkeypatch.setattr(type(caches[DEFAULT_CACHE_ALIAS]), act, Mock(side_effect=failure))
    house = House()
    for address in ("/sv/news", "/sv/people", "/sv/news"):
        assert house.ask(address).status == "200 OK"
    assert house.let_in == 2


def _open(house: House) -> House:
    """Let a first visitor in, after whom the door knows how it is called."""
    house.ask("/api-info")
    house.let_in = 0
    return house


def test_an_export_never_fills_the_memory(house: House, seed: Seed) -> None:
    for _again in range(2):
        assert house.ask("/export.ndjson").status == "200 OK"
    assert house.let_in == 2
    assert house.door._answers.size == 0


def test_what_is_added_to_the_address_of_a_page_fills_no_memory(house: House, seed: Seed) -> None:
    for _again in range(2):
        assert house.ask("/docs?utm_source=umea").status == "200 OK"
    assert house.let_in == 2
    assert house.door._answers.size == 0


def test_a_form_that_an_example_is_not_in_is_refused_everywhere_after(house: House, seed: Seed) -> None:
    for address in ("/docs/examples/languages.json", "/languages"):
        assert house.ask(address).status == "200 OK"
        assert house.ask(address, accept="text/csv").status.startswith("406")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("PUBLIC_URL", "https://misto.umea.example"),
        ("DEFAULT_FROM_EMAIL", "misto@umea.example"),
        ("RATE_LIMITS", {"answers": 7, "search": 7}),
        ("WAGTAIL_CONTENT_LANGUAGES", [("sv", "Svenska"), ("uk", "Українська")]),
        ("SECRET_KEY", "the secret of another hub, which no cursor of this one was sealed with"),
    ],
)
def test_another_setting_that_is_printed_makes_other_answers(settings: Settings, name: str, other: Any) -> None:
    before = build.__wrapped__()
    assert build.__wrapped__() == before
    setattr(settings, name, other)
    assert build.__wrapped__() != before


@pytest.mark.parametrize(
    "wrong", [{"if_none_match": '"other"'}, {"if_modified_since": "Sun, 06 Nov 1994 08:49:37 GMT"}]
)
def test_what_was_refused_to_one_over_the_limit_is_not_kept_and_handed_out(
    house: House, seed: Seed, settings: Settings, wrong: dict[str, str]
) -> None:
    settings.RATE_LIMITS = {"answers": 1, "search": 1}
    assert house.ask("/sv/news").status == "200 OK"
    for asked in (wrong, {}):  # for the first of them it is built, to see whether they have it
        assert house.ask("/sv/people", **asked).status.startswith("429")
    assert house.let_in == 3


def test_errors_are_not_kept(house: House, seed: Seed) -> None:
    for _again in range(2):
        assert house.ask(f"/fi/news/{seed.id}").status.startswith("404")
    assert house.let_in == 2


def test_when_the_database_is_silent_the_door_says_what_it_knows(house: House, seed: Seed) -> None:
    first = house.ask(f"/sv/news/{seed.id}")
    with (
        patch("cms.api.watch.connection.close"),
        patch("cms.api.watch.position", side_effect=OperationalError("no such host")),
    ):
        assert house.ask(f"/sv/news/{seed.id}") == first
    assert house.let_in == 1


def test_the_memory_is_bounded_and_what_is_wanted_stays(seed: Seed, settings: Settings) -> None:
    settings.ANSWERS_BEHIND = False
    look = Watch()
    place = look.look()
    assert place
    answers = Answers(look, 40_000)
    for number in range(100):
        answers.keep(f"{number}", _kept("build", number), place)
        answers.find("0", 0)
        assert answers.size <= 40_000
    assert answers.find("0", 0)
    assert answers.find("99", 0)
    assert answers.find("50", 0) is None
    answers.keep("huge", Kept(b"x" * 20_000, "text/plain", (), "build", None, None), place)
    assert answers.find("huge", 0) is None


def _kept(scope: str, number: int = 0) -> Kept:
    return Kept(b"%d" % number * 500, "application/json", (), scope, None, None)
