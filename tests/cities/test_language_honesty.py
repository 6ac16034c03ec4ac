"""No text is ever labelled with a language it is not in: over languages, gaps, tombstones and chains of fallback."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cms.publications.by_hand import NoticeForOneLanguage, gone, redirect, vanish, withdraw
from cms.publications.models import Publication
from tests.cities.marked import MARK, open_marked_newsroom, originals_inside, wrong_labels, wrong_labels_in_json_ld
from tests.contract.city import City, documents_inside
from tests.newsroom import LANGUAGES

NAMES = ("janet", "vitalii", "democracy", "umea-kherson", "about", "article", "visit", "umea", "kherson", "misto")
KINDS = ("news", "people", "partnerships", "partners", "pages", "topics")
Keys = Mapping[str, tuple[str, UUID]]


@dataclass(frozen=True)
class World:
    """What is not simply published, which language is asked for, and which are allowed instead."""

    language: str
    fallback: tuple[str, ...] = ()
    states: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        return f"?fallback={','.join(self.fallback)}" if self.fallback else ""

    @property
    def allowed(self) -> tuple[str, ...]:
        return (self.language, *self.fallback)

    def state(self, name: str, language: str) -> str:
        return self.states.get((name, language), "published")

    def best(self, name: str) -> str | None:
        """The language in which something is to be had; None when it is not, or is taken back."""
        if self.state(name, self.language) in ("gone", "vanished", "redirected"):
            return None
        readable = ("published", "withdrawn")
        return next((code for code in self.allowed if self.state(name, code) in readable), None)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    language, *others = draw(st.permutations(LANGUAGES))
    fallback = tuple(others[: draw(st.integers(0, 3))])
    places = st.tuples(st.sampled_from(NAMES), st.sampled_from(LANGUAGES))
    states = st.sampled_from(["missing", "missing", "gone", "vanished", "withdrawn", "redirected"])
    return World(language, fallback, draw(st.dictionaries(places, states, max_size=14)))


@pytest.fixture(scope="module")
def keys(django_db_setup: None, django_db_blocker: Any) -> Iterator[Keys]:
    """Every kind in every language, each text with its mark; made once, each world plays in a savepoint."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield open_marked_newsroom()
        transaction.set_rollback(True)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
@example(
    World("fi", ("uk", "sv"), {("janet", "uk"): "missing", ("janet", "fi"): "missing", ("article", "fi"): "missing"})
)
@example(World("uk", ("sv",), {(name, "uk"): "missing" for name in NAMES}))
@example(World("uk", ("sv", "en"), {(name, "uk"): "gone" for name in NAMES}))
@example(World("uk", ("sv",), {("janet", "uk"): "gone", ("umea", "uk"): "vanished", ("democracy", "uk"): "redirected"}))
@example(World("uk", (), {("article", "sv"): "withdrawn"}))
@example(World("en", (), {("janet", "en"): "missing", ("democracy", "en"): "withdrawn", ("umea", "en"): "vanished"}))
def test_no_text_is_labelled_with_a_language_it_is_not_in(keys: Keys, db: None, world: World) -> None:
    with transaction.atomic():
        cache.clear()
        _make(world, keys)
        city = City()
        for name in NAMES:
            _hold_item(city, world, keys, name)
        for kind in KINDS:
            _hold_list(city, world, keys, kind)
        for question in ("Cherson", "Umeå", "demokrati"):
            _hold(
                city, world, keys, f"/{world.language}/search{world.query}{'&' if world.fallback else '?'}q={question}"
            )
        strict = replace(world, fallback=())
        _hold(city, strict, keys, f"/changes?include=document&language={world.language}")
        _hold_what_has_no_chain(city, world.language)
        transaction.set_rollback(True)


def test_the_reader_of_labels_can_see() -> None:
    told = {"language": "sv", "title": "⟦sv⟧ Umeå", "html": '<p>⟦sv⟧ Hej <span lang="uk">⟦uk⟧ Умео</span></p>'}
    assert list(wrong_labels(told)) == []
    for wrong in (
        {**told, "title": "⟦uk⟧ Умео"},
        {**told, "html": "<p>⟦uk⟧ Умео</p>"},
        {**told, "html": '<p lang="fi">⟦sv⟧ Hej</p>'},
        {**told, "html": '<img alt="⟦uk⟧ Умео">'},
        {**told, "people": [{"language": "uk", "title": "⟦sv⟧ Janet"}]},
        {**told, "alternates": [{"language": "uk", "title": "⟦sv⟧ Umeå"}]},
        {**told, "people": [{"language": None, "title": "⟦sv⟧ Janet"}]},
    ):
        assert len(list(wrong_labels(wrong))) == 1, wrong


def test_the_reader_of_labels_can_see_in_json_ld() -> None:
    told = {"inLanguage": "sv", "name": "⟦sv⟧ Umeå", "alternateName": ["⟦uk⟧ Умео"], "text": "<p>⟦sv⟧ Hej</p>"}
    assert list(wrong_labels_in_json_ld(told)) == []
    for wrong in (
        {**told, "name": "⟦uk⟧ Умео"},
        {**told, "about": [{"name": {"@value": "⟦sv⟧ A", "@language": "uk"}}]},
    ):
        assert len(list(wrong_labels_in_json_ld(wrong))) == 1, wrong


NOT_IN_A_LANGUAGE = {
    *("id", "kind", "language", "requested_language", "slug", "path", "status", "code", "type", "url", "href", "src"),
    *("srcset", "country", "website", "script", "email", "provider", "embed_url", "letter", "style", "origin"),
    *("source_language", "translated_from", "ai_disclosure", "dominant_color", "license", "languages", "fallback"),
    *("available_languages", "start", "end", "from", "to", "joined", "at"),
}


@pytest.mark.parametrize("name", NAMES)
def test_every_text_has_its_mark(keys: Keys, db: None, name: str) -> None:
    """Or the test above would find nothing in those that have none."""
    for field_, text in _texts("", City().get(_address(keys, name, "sv"))):
        assert field_ in NOT_IN_A_LANGUAGE or field_.endswith(("_at", "_since")) or MARK.search(text), field_


def _make(world: World, keys: Keys) -> None:
    for (name, language), state in sorted(world.states.items(), key=lambda place: place[1] == "redirected"):
        key = keys[name][1]
        match state:
            case "missing":
                Publication.objects.filter(key=key, language=language).delete()
            case "gone":
                gone(key, "unpublished", languages=[language])
            case "vanished":
                vanish(key, languages=[language])
            case "withdrawn":
                _withdraw(key, language)
            case "redirected":
                _replace(key, language)


def _withdraw(key: UUID, language: str) -> None:
    """Withdraw as somebody does who names the language only when the hub asks for it."""
    notice = f"⟦{language}⟧ Stämde inte."
    try:
        withdraw(key, notice)
    except NoticeForOneLanguage:
        withdraw(key, notice, [language])


def _replace(key: UUID, language: str) -> None:
    """Send readers to any other item that is still there."""
    other = Publication.objects.readable().exclude(key=key).order_by("key").first()
    if other:
        redirect(key, other.key, [language])
    else:
        gone(key, "deleted", languages=[language])


def _hold_item(city: City, world: World, keys: Keys, name: str) -> None:
    address = _address(keys, name, world.language) + world.query
    best = world.best(name)
    if best is None:
        assert city.ask(address).status_code in (308, 404, 410), address
        return
    item = _hold(city, world, keys, address)
    assert (item["language"], item["requested_language"]) == (best, world.language)
    assert item["is_fallback"] == (best != world.language)
    readable = [code for code in LANGUAGES if world.state(name, code) in ("published", "withdrawn")]
    assert [alternate["language"] for alternate in item["alternates"]] == readable
    for alternate in item["alternates"]:
        assert city.get(_path(alternate["url"]))["alternates"] == item["alternates"]


def _hold_what_has_no_chain(city: City, language: str) -> None:
    """Hold feeds, pages and the export: they speak one language, and another only where words were said in it."""
    for kind in KINDS:
        feed = city.ask(f"/{language}/feeds/{kind}.json")
        assert list(wrong_labels(feed.json())) == []
        assert _told(feed) == {language, *_said_in(feed)}, kind
        for form in ("rss", "atom"):
            assert _told(city.ask(f"/{language}/feeds/{kind}.{form}")) == _told(feed), kind
        for item in city.get(f"/{language}/{kind}")["items"]:
            page = city.ask(f"/{item['path']}")
            assert _told(page) == {language, *_said_in(page)}, item["path"]
    export = city.ask(f"/export.ndjson?language={language}")
    _head, *lines = map(json.loads, export.content.splitlines())
    assert list(wrong_labels(lines)) == []
    assert _told(export) == {language, *originals_inside(lines)}


def _hold_list(city: City, world: World, keys: Keys, kind: str) -> None:
    address = f"/{world.language}/{kind}{world.query}{'&' if world.fallback else '?'}"
    answer = _hold(city, world, keys, f"{address}include=body")
    more = "include=body,html,json_ld&rich_text=nodes&status=published,withdrawn&q=a*&limit=100"
    _hold(city, world, keys, address + more)
    shown = {item["id"]: item["language"] for item in answer["items"]}
    best = {str(key): world.best(name) for name, (found, key) in keys.items() if found == kind}
    assert len(shown) == len(answer["items"]) == answer["total"]
    for name, (found, key) in keys.items():
        if found == kind and best[str(key)] and world.state(name, best[str(key)]) == "published":
            assert shown.pop(str(key)) == best[str(key)]
    assert not {key for key in shown if best.get(key) is None}, "what is taken back came in another language"


def _hold(city: City, world: World, keys: Keys, address: str) -> Any:
    """Ask, and hold every label in the answer and its header against the texts inside, and every link to the world."""
    allowed = world.allowed
    response = city.ask(address)
    assert response.status_code == 200, f"{address}: {response.content[:300]!r}"
    answer = response.json()
    for item in answer.get("items", ()):
        assert list(wrong_labels_in_json_ld(item.pop("json_ld", None), item["language"])) == [], address
    assert list(wrong_labels(answer)) == [], address
    texts = [entry["document"] for entry in answer["items"]] if "next_cursor" in answer else answer
    found = {document["language"] for document in documents_inside(texts)} - {None}
    assert found <= set(allowed), address
    told = _told(response)
    inside = found | originals_inside(texts)
    assert told == inside or (not inside and told <= {allowed[0]}), address
    for document in documents_inside(answer):
        assert document.get("is_fallback", False) == (document["language"] not in (None, allowed[0])), address
    best = {str(key): world.best(name) for name, (_kind, key) in keys.items()}
    shown = [(document["id"], document["language"]) for document in documents_inside(texts)]
    for key, language in (*shown, *_text_links_inside(texts)):
        assert language == best[key], f"{address}: {key} is shown in {language}"
    return answer


def _text_links_inside(data: Any) -> Iterator[tuple[str, str | None]]:
    """Yield where each link inside a text leads: a key, and the language in which it is read there."""
    match data:
        case {"kind": str(), "id": str(key), "path": _, "url": url} if "language" not in data:
            yield key, url and url.split("/")[-3]
        case dict():
            for value in data.values():
                yield from _text_links_inside(value)
        case list():
            for value in data:
                yield from _text_links_inside(value)


def _told(response: HttpResponse) -> set[str]:
    """Return the languages that the header names."""
    return set(response.get("Content-Language", "").split(", ")) - {""}


def _said_in(response: HttpResponse) -> set[str]:
    """Return the languages in which an answer quotes somebody's own words."""
    return set(re.findall(r'<blockquote lang=\\?"([a-zA-Z-]+)', response.content.decode()))


def _address(keys: Keys, name: str, language: str) -> str:
    kind, key = keys[name]
    return f"/{language}/home" if kind == "home" else f"/{language}/{kind}/{key}"


def _path(url: str) -> str:
    return "/" + url.removeprefix("http://testserver")


def _texts(name: str, data: Any) -> Iterator[tuple[str, str]]:
    match data:
        case dict():
            for field_, value in data.items():
                yield from _texts(field_, value)
        case list():
            for value in data:
                yield from _texts(name, value)
        case str():
            yield name, data
