"""Real answers as examples: one per kind, language and situation, taken from this hub through its own door.

What the content does not show is brought about in this hub for one question, and undone: a text that was taken away, a
translation that a machine made, a request too many, a database that fails.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection, transaction
from django.db.models import Min
from django.test import Client
from django.test.utils import override_settings
from rest_framework.exceptions import PermissionDenied

from cms.api.contract.files import as_json
from cms.api.refusals import refusal
from cms.content.languages import in_path, languages
from cms.publications.by_hand import gone, withdraw
from cms.publications.cursor import Cursor, encode
from cms.publications.filling import in_contract
from cms.publications.models import Publication
from cms.publications.publish import publish
from cms.translation.models import Origin, Provenance
from frontend_contract.models.documents import SUMMARY

MISSING = "00000000-0000-4000-8000-000000000000"
SOME_CURSOR = "Q3bW0yVtZpK5c8nJr1xHfUeLd6aGm2sTqPo9YvBi"
A_DAY = "2026-01-01T00:00:00Z"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def example_files() -> dict[str, str]:
    """Return the examples by path inside `frontend_contract/`; the hub is left as it was."""
    born = _find_birth()
    with override_settings(RATE_LIMITS={"answers": 0, "search": 0}):
        return {f"examples/{name}.json": as_json(_steady(answer, born)) for name, answer in _examples()}


def _examples() -> Iterator[tuple[str, Any]]:
    for language in languages():
        code = in_path(language)
        yield f"{code}/home", _get(f"/{code}/home")
        yield f"{code}/search", _get(f"/{code}/search?q=Kherson&limit=3")
        for kind in SUMMARY:
            items = _get(f"/{code}/{kind}?limit=100&include=body")["items"]
            yield f"{code}/{kind}-list", _get(f"/{code}/{kind}?limit={2 if kind == 'news' else 100}")
            yield from _situations(code, kind, sorted(items, key=_most_telling))
        yield f"{code}/feed-news", _few(_get(f"/{code}/feeds/news.json"))
    yield "languages", _get("/languages")
    yield "api-info", _get("/api-info")
    yield "status", _get("/status") | {"epoch": "demo"}
    yield "lookup", _get(f"/sv/lookup?path={_get('/sv/home')['path']}")
    yield "changes", _get("/changes?limit=3") | {"next_cursor": SOME_CURSOR}
    yield from _problems()


def _situations(code: str, kind: str, items: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield an item of this kind and language for each situation: one that the content has, else one made for it."""
    found = {}
    for situation, is_in in _SITUATIONS.items():
        item = next((item for item in items if is_in(item)), None)
        if item:
            found[situation] = _get(f"/{code}/{kind}/{item['id']}")
    if missing := _find_in_another_language(code, kind, {item["id"] for item in items}):
        found["fallback"] = missing
    for situation, make, ask, status in _MADE:
        item = next((item for item in items if situation not in _OF_TRANSLATIONS or _is_translated(item)), None)
        if item and situation not in found:
            address = f"/{code}/{kind}/{item['id']}{ask.format(_others(code))}"
            found[situation] = _get_as_if(partial(make, UUID(item["id"]), item["language"]), address, status)
    yield from ((f"{code}/{kind}-{situation}", answer) for situation, answer in found.items())


def _is_translated(item: dict[str, Any]) -> bool:
    return bool(item["translation"]["translated_from"])


_SITUATIONS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "original": lambda item: not _is_translated(item),
    "translated": lambda item: item["translation"]["origin"] in ("human", "machine_reviewed", "mixed"),
    "machine": lambda item: item["translation"]["origin"] == "machine",
    "stale": lambda item: item["translation"]["is_stale"],
}
_OF_TRANSLATIONS = ("machine", "stale")
_TAKEN_BACK = {
    "sv": "Texten är återkallad.",
    "uk": "Текст відкликано.",
    "fi": "Teksti on vedetty takaisin.",
    "en": "This text has been withdrawn.",
}


def _leave_to_a_machine(key: UUID, language: str) -> None:
    made = Provenance.objects.filter(key=key, language=language)
    made.update(origin=Origin.MACHINE, tool="language model", reviewed_at=None)
    publish([key])


def _let_the_source_move_on(key: UUID, language: str) -> None:
    Provenance.objects.filter(key=key, language=language).update(source_digest="of an earlier text")
    publish([key])


def _leave_untranslated(key: UUID, language: str) -> None:
    Publication.objects.of_keys([key]).in_language(language).delete()


def _take_back(key: UUID, language: str) -> None:
    withdraw(key, _TAKEN_BACK[language], [language])


def _take_away(key: UUID, language: str) -> None:
    gone(key, "unpublished", "", [language])


_MADE: tuple[tuple[str, Callable[[UUID, str], None], str, int], ...] = (
    ("machine", _leave_to_a_machine, "", 200),
    ("stale", _let_the_source_move_on, "", 200),
    ("fallback", _leave_untranslated, "?fallback={}", 200),
    ("withdrawn", _take_back, "", 200),
    ("gone", _take_away, "", 410),
)
"""Situations, how they come about, how an item in them is asked for, and the status of the answer."""


def _get_as_if(act: Callable[[], object], path: str, status: int) -> Any:
    """Return what would be answered after an act; then it has never happened."""
    with transaction.atomic():
        act()
        answer = _get(path, status)
        transaction.set_rollback(True)
    return answer


def _others(code: str) -> str:
    return ",".join(other for other in map(in_path, languages()) if other != code)


def _find_in_another_language(code: str, kind: str, known: set[str]) -> dict[str, Any] | None:
    chain = _others(code)
    items = _get(f"/{code}/{kind}?limit=100&fallback={chain}")["items"]
    found = min((item["id"] for item in items if item["id"] not in known), default=None)
    return _get(f"/{code}/{kind}/{found}?fallback={chain}") if found else None


def _few(feed: dict[str, Any]) -> dict[str, Any]:
    """Return a feed with its first two items: the others look alike."""
    return {**feed, "items": feed["items"][:2]}


def _problems() -> Iterator[tuple[str, Any]]:
    yield "problems/unknown-language", _get("/ua/news", 404)
    yield "problems/not-found", _get(f"/sv/news/{MISSING}", 404)
    yield "problems/invalid-parameters", _get("/sv/news?limit=0", 400)
    yield "problems/invalid-cursor", _get("/changes?cursor=not-a-cursor", 400)
    yield "problems/cursor-expired", _get(f"/changes?cursor={encode(Cursor('another-epoch', 3), (), ())}", 410)
    yield "problems/keys-not-available", _get("/sv/news", 401, Authorization="Bearer abc")
    yield "problems/not-acceptable", _get("/sv/news", 406, Accept="text/csv")
    yield "problems/precondition-failed", _get("/sv/news", 412, If_Match='"another-state"')
    yield "problems/uri-too-long", _get(f"/sv/news?ids={MISSING * 200}", 414)
    yield "problems/unsupported-media-type", _get("/sv/news", 415, Content_Length="2")
    yield "problems/method-not-allowed", _get("/sv/news", 405, method="POST")
    yield "problems/bad-request", _get("/sv/news", 400, Host="another.example")
    missing = _find_untranslated()
    if missing:
        yield "problems/not-in-this-language", _get(missing, 404)
    key = min(item["id"] for item in _get("/sv/news?limit=100")["items"])
    yield "problems/gone", _get_as_if(lambda: gone(UUID(key), "unpublished", "", ["sv"]), f"/sv/news/{key}", 410)
    yield from _failures()


def _failures() -> Iterator[tuple[str, Any]]:
    """Yield what is answered when the hub itself fails, or will not: brought about for one request each."""
    cache.clear()  # what was counted so far
    with override_settings(RATE_LIMITS={"answers": 2, "search": 2}):
        for limit in (11, 12):
            _get(f"/sv/news?limit={limit}")
        yield "problems/too-many-requests", _get("/sv/news?limit=13", 429)
    yield "problems/headers-too-large", json.loads(refusal(431).content)
    with connection.execute_wrapper(_refuse):
        yield "problems/unavailable", _get("/sv/news?limit=13", 503)
    for name, status, fault in (("internal-error", 500, RuntimeError()), ("forbidden", 403, PermissionDenied())):
        with patch("cms.api.views.lists.read_list", side_effect=fault):
            yield f"problems/{name}", _get("/sv/news?limit=13", status)


def _refuse(*_statement: Any) -> Any:
    raise OperationalError


def _find_untranslated() -> str | None:
    for item in _get("/sv/news?limit=100")["items"]:
        there = {alternate["language"] for alternate in item["alternates"]}
        for language in languages():
            if language not in there:
                return f"/{in_path(language)}/news/{item['id']}"
    return None


def _get(path: str, status: int = 200, *, method: str = "GET", **headers: str) -> Any:
    sent = {"Host": settings.PUBLIC_HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    response = Client().generic(method, f"/content/v1{path}", secure=settings.IS_ENCRYPTED, headers=sent)
    if response.status_code != status:
        raise LookupError(f"{path} answers {response.status_code}, not {status}")
    return json.loads(response.content)


def _find_birth() -> str:
    """Return when this hub first published anything: whatever is later differs from load to load."""
    first = Publication.objects.aggregate(moment=Min("changed_at"), first=Min("first_published_at"))
    return in_contract(first["first"] or first["moment"])


def _steady(data: Any, born: str) -> Any:
    """Return an answer in which everything this very hub did happened on one day, so that each load gives the same."""
    match data:
        case str() if _TIME.fullmatch(data) and data >= born:
            return A_DAY
        case {"items": [{"published_at": _}, *_] as items} if "snippet" not in items[0]:
            steady = [_steady(item, born) for item in items]
            by_date = sorted(sorted(steady, key=_id), key=lambda item: str(item["published_at"]), reverse=True)
            return {**{name: _steady(value, born) for name, value in data.items()}, "items": by_date}
        case dict():
            return {name: _steady(value, born) for name, value in data.items()}
        case list():
            return [_steady(value, born) for value in data]
    return data


def _most_telling(item: dict[str, Any]) -> tuple[int, str]:
    """Put first what has the most types of blocks: an example shows the more."""
    return -len({block["type"] for block in item.get("body", [])}), _id(item)


def _id(item: dict[str, Any]) -> str:
    return str(item["id"])
