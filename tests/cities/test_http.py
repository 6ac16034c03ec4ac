"""HTTP as caches and browsers understand it."""

import gzip
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from uuid import UUID

import brotli
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.utils.http import http_date

from cms.api.delivery import Answer, finish
from cms.api.kept import cache_control
from cms.publications.by_hand import redirect
from news.models import NewsPage
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.contract.truth import READ, SENT
from tests.newsroom import add, publish

ADDRESSES = [
    "/sv/news",
    "/sv/news/{id}",
    "/fi/news/{id}?fallback=sv",
    "/sv/home",
    "/changes",
    "/status",
    "/sv/lookup?path=/sv/umea/news/umea-ingar-samarbete-med-cherson",
    "/languages",
    "/api-info",
]
ADDRESSES += ["/openapi.json", "//robots.txt", "//sv/umea/news/umea-ingar-samarbete-med-cherson"]
ADDRESSES += ["/docs", "/docs/sv", "/docs/reference", "/docs/problems/gone", "/docs/mirror.py"]
ADDRESSES += ["/docs/examples/sv/news-original.json", "/docs/examples/problems/gone.json"]

same = pytest.mark.parametrize("address", ADDRESSES)


@same
def test_what_one_already_has_is_not_sent_again(city: City, seed: Seed, address: str) -> None:
    address = address.replace("{id}", seed.id)
    first = city.ask(address)
    for tag in (first["ETag"], "*", f'"other", {first["ETag"]}', f"W/{first['ETag']}"):
        again = city.ask(address, If_None_Match=tag)
        assert (again.status_code, again.content) == (304, b"")
        of_body = {"Content-Type", "Content-Length", "Content-Encoding"}
        assert dict(again.headers) == {name: value for name, value in first.headers.items() if name not in of_body}


@same
def test_another_entity_tag_gets_the_answer(city: City, seed: Seed, address: str) -> None:
    address = address.replace("{id}", seed.id)
    assert city.ask(address, If_None_Match='"other"').status_code == 200


@same
def test_head_is_get_without_the_body(city: City, seed: Seed, address: str) -> None:
    address = address.replace("{id}", seed.id)
    get, head = city.ask(address), city.ask(address, method="HEAD")
    assert head.content == b""
    assert dict(head.headers) == dict(get.headers)
    assert int(head["Content-Length"]) == len(get.content)


def test_the_entity_tag_changes_with_the_item_and_only_then(city: City, seed: Seed) -> None:
    before = city.ask(f"/sv/news/{seed.id}")["ETag"]
    assert city.ask(f"/sv/news/{seed.id}")["ETag"] == before
    seed.article.lead = "Ett nytt samarbete."
    publish(seed.article)
    assert city.ask(f"/sv/news/{seed.id}")["ETag"] != before


def test_if_modified_since_counts_only_without_an_entity_tag(city: City, seed: Seed) -> None:
    address = f"/sv/news/{seed.id}"
    modified = city.ask(address)["Last-Modified"]
    assert city.ask(address, If_Modified_Since=modified).status_code == 304
    assert city.ask(address, If_Modified_Since=http_date(0)).status_code == 200
    assert city.ask(address, If_Modified_Since=modified, If_None_Match='"other"').status_code == 200


def test_a_condition_that_does_not_hold_is_a_problem(city: City, seed: Seed) -> None:
    city.problem(f"/sv/news/{seed.id}", "precondition-failed", If_Match='"other"')


def test_answers_may_be_kept_a_minute_and_used_a_day_without_the_hub(city: City, seed: Seed) -> None:
    expected = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
    assert city.ask(f"/sv/news/{seed.id}")["Cache-Control"] == expected


NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (20, "public, max-age=20, stale-while-revalidate=0, stale-if-error=0"),
        (200, "public, max-age=60, stale-while-revalidate=140, stale-if-error=140"),
        (-5, "public, max-age=0, stale-while-revalidate=0, stale-if-error=0"),
    ],
)
def test_nothing_is_kept_past_the_next_known_change(left: int, expected: str) -> None:
    with patch("cms.api.kept.time", return_value=NOW.timestamp()):
        assert cache_control(NOW.timestamp() + left) == expected


def test_an_item_that_expires_is_not_kept_longer_and_neither_is_what_shows_it(city: City, seed: Seed) -> None:
    seed.vitalii.expire_at = datetime.now(UTC) + timedelta(seconds=30)
    publish(seed.vitalii)
    for address in (f"/sv/people/{seed.vitalii.translation_key}", f"/sv/news/{seed.id}", "/sv/people", "/changes"):
        age = int(city.ask(address)["Cache-Control"].split("max-age=")[1].split(",")[0])
        assert age <= 30, address


def test_a_coming_publication_shortens_nothing(city: City, seed: Seed) -> None:
    coming = add(seed.room.news("umea", "sv"), NewsPage(title="Ansökan har lämnats in", lead="Nytt."))
    coming.go_live_at = datetime.now(UTC) + timedelta(seconds=30)
    coming.save_revision().publish()
    assert "max-age=60" in city.ask("/sv/news")["Cache-Control"]


def test_caches_can_forget_by_key(city: City, seed: Seed) -> None:
    keys = city.ask(f"/sv/news/{seed.id}")["Surrogate-Key"].split()
    assert keys[0] == seed.id.replace("-", "")[:12]
    assert str(seed.janet.translation_key).replace("-", "")[:12] in keys


@pytest.mark.parametrize("address", ["/sv/people/{slug}", "/sv/people/{replaced}", "/sv/lookup?path={replaced_path}"])
def test_a_redirect_is_kept_no_longer_than_what_it_leads_to(city: City, seed: Seed, address: str) -> None:
    replaced_path = city.get(f"/sv/people/{seed.janet.translation_key}")["path"]
    redirect(seed.janet.translation_key, seed.vitalii.translation_key)
    places = {"slug": seed.vitalii.slug, "replaced": seed.janet.translation_key, "replaced_path": replaced_path}
    asked = address.format(**places)
    assert "max-age=60" in city.ask(asked)["Cache-Control"]
    seed.vitalii.expire_at = datetime.now(UTC) + timedelta(seconds=30)
    publish(seed.vitalii)
    response = city.ask(asked)
    assert response.status_code == 308
    assert int(response["Cache-Control"].split("max-age=")[1].split(",")[0]) <= 30


def test_the_redirect_of_a_moved_item_is_kept_no_longer_than_the_item_stands(city: City, seed: Seed) -> None:
    path = city.get(f"/sv/news/{seed.id}")["path"]
    seed.article.move(seed.room.news("kherson", "sv"), pos="last-child")
    seed.article.refresh_from_db()
    seed.article.expire_at = datetime.now(UTC) + timedelta(seconds=30)
    publish(seed.article)
    response = city.ask(f"/sv/lookup?path={path}")
    assert response.status_code == 308
    assert int(response["Cache-Control"].split("max-age=")[1].split(",")[0]) <= 30


@pytest.mark.parametrize("query", ["", "?include=html&rich_text=nodes", "?fields=body"])
def test_a_link_inside_a_text_is_inside_for_caches_and_brings_no_language(city: City, seed: Seed, query: str) -> None:
    seed.vitalii.expire_at = datetime.now(UTC) + timedelta(seconds=30)
    publish(seed.vitalii)
    article = NewsPage(title="Besöket", lead="Tre dagar.")
    article.body = [("paragraph", f'<p>Läs om <a linktype="page" id="{seed.vitalii.pk}">honom</a>.</p>')]
    publish(add(seed.room.news("umea", "sv"), article))
    told = city.ask(f"/sv/news/{article.translation_key}{query}")
    assert str(seed.vitalii.translation_key).replace("-", "")[:12] in told["Surrogate-Key"].split()
    assert int(told["Cache-Control"].split("max-age=")[1].split(",")[0]) <= 30
    assert told["Content-Language"] == "sv"
    changes = city.ask("/changes?include=document&language=sv&kind=news")
    assert str(seed.vitalii.translation_key).replace("-", "")[:12] in changes["Surrogate-Key"].split()
    in_finnish = city.ask(f"/fi/news/{article.translation_key}?fallback=uk,sv&fields=body")
    [link] = in_finnish.json()["body"][0]["links"]
    assert "/uk/people/" in link["url"]
    assert in_finnish["Content-Language"] == "sv"


@pytest.mark.parametrize(
    "address",
    [
        *("/sv/news", "/changes", "/export.ndjson", "//health/live", "/nowhere", "/ua/news", "//content/v2"),
        *("/docs", "/docs/sv", "/docs/reference", "/docs/problems/gone", "/docs/problems/no-such"),
        *("/docs/examples/languages.json", "/docs/mirror.py"),
    ],
)
def test_any_site_may_read(city: City, seed: Seed, address: str) -> None:
    assert city.ask(address, Origin="https://www.umea.se")["Access-Control-Allow-Origin"] == "*"
    preflight = city.ask(address, method="OPTIONS", Origin="https://www.umea.se")
    assert (preflight.status_code, preflight.content) == (204, b"")
    assert preflight["Access-Control-Allow-Origin"] == "*"
    assert preflight["Access-Control-Allow-Headers"] == SENT
    assert "Content-Type" not in preflight


@pytest.mark.parametrize("accept", ["sv", "uk;q=0.9, en", "xx"])
def test_the_visitors_language_changes_nothing(city: City, seed: Seed, accept: str) -> None:
    for address in (f"/sv/news/{seed.id}", "//sv"):
        assert city.ask(address, Accept_Language=accept).content == city.ask(address).content


def test_absolute_addresses_never_come_from_the_host_header(city: City, seed: Seed) -> None:
    assert city.ask(f"/sv/news/{seed.id}", Host="localhost").content == city.ask(f"/sv/news/{seed.id}").content


def test_there_is_one_spelling_of_each_address() -> None:
    patterns = [str(pattern.pattern) for pattern in get_resolver("cms.api.urls").url_patterns]
    assert not [pattern for pattern in patterns if pattern.endswith("/")]


# What applies to every answer ---------------------------------------------------------------------------------------

ANSWERED = [
    ("/sv/news", {}, 200),
    ("/sv/news/{id}", {}, 200),
    ("/sv/news/{id}", {"If_None_Match": "*"}, 304),
    ("/sv/news/{slug}", {}, 308),
    ("/sv/news?limit=0", {}, 400),
    ("/sv/news", {"Authorization": "Bearer abc"}, 401),
    ("/fi/news/{id}", {}, 404),
    ("/nowhere", {}, 404),
    ("/sv/news", {"Accept": "text/csv"}, 406),
    ("/sv/news", {"If_Match": '"other"'}, 412),
    ("/sv/news?limit=" + "1" * 6_000, {}, 414),
    ("/sv/news", {"Content_Length": "3"}, 415),
    ("//health/live", {}, 200),
    ("/docs", {}, 200),
    ("/docs/sv", {}, 200),
    ("/docs/sv", {"If_None_Match": "*"}, 304),
    ("/docs/reference", {}, 200),
    ("/docs/problems/gone", {}, 200),
    ("/docs/problems/gone", {"If_Match": '"other"'}, 412),
    ("/docs/problems/no-such", {}, 404),
    ("/docs/examples/sv/news-original.json", {}, 200),
    ("/docs/examples/problems/gone.json", {}, 200),
    ("/docs/examples/languages.json", {"Accept": "text/csv"}, 406),
    ("/docs/mirror.py", {}, 200),
    ("/docs/mirror.py", {"Accept": "text/csv"}, 406),
    ("/docs/mirror.py", {"Authorization": "Bearer abc"}, 401),
]
each_answer = pytest.mark.parametrize(("address", "headers", "status"), ANSWERED)


@each_answer
def test_a_browser_on_any_site_may_read_every_answer_errors_too(
    city: City, seed: Seed, address: str, headers: dict[str, str], status: int
) -> None:
    response = _ask(city, seed, address, headers)
    assert response.status_code == status
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Expose-Headers"] == READ
    assert "Access-Control-Allow-Credentials" not in response


@each_answer
def test_answers_differ_by_encoding_and_by_nothing_else(
    city: City, seed: Seed, address: str, headers: dict[str, str], status: int
) -> None:
    assert _ask(city, seed, address, headers).get("Vary", "") == (
        "Accept-Encoding" if status < 400 and "health" not in address else ""
    )


@each_answer
def test_only_what_is_right_is_kept(city: City, seed: Seed, address: str, headers: dict[str, str], status: int) -> None:
    response = _ask(city, seed, address, headers)
    is_kept = status < 400 and "health" not in address
    assert response["Cache-Control"].startswith("public, max-age=60") == is_kept
    assert (response["Cache-Control"] == "private, no-store") != is_kept
    assert ("ETag" in response) == (status in (200, 304) and is_kept)


@each_answer
def test_head_is_answered_like_get_whatever_the_answer(
    city: City, seed: Seed, address: str, headers: dict[str, str], status: int
) -> None:
    get, head = _ask(city, seed, address, headers), _ask(city, seed, address, headers, method="HEAD")
    assert (head.status_code, head.content) == (status, b"")
    assert dict(head.headers) == dict(get.headers)


@each_answer
def test_nobody_is_given_a_cookie(city: City, seed: Seed, address: str, headers: dict[str, str], status: int) -> None:
    response = _ask(city, seed, address, headers | {"Cookie": "misto_session=abc"})
    assert not response.cookies
    assert "Set-Cookie" not in response


@pytest.mark.parametrize(
    "address", ["/docs", "/docs/sv", "/docs/problems/gone", "/docs/examples/sv/news-original.json"]
)
def test_what_is_long_is_sent_compressed(city: City, seed: Seed, address: str) -> None:
    whole = city.ask(address).content
    for encoding, unpack in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        sent = city.ask(address, Accept_Encoding=encoding)
        assert sent["Content-Encoding"] == encoding
        assert unpack(sent.content) == whole
        assert len(sent.content) < len(whole) / 2


@pytest.mark.parametrize(
    ("address", "languages"),
    [
        *(("/docs", "en"), ("/docs/sv", "sv"), ("/docs/reference", "en"), ("/docs/problems/gone", "en, sv")),
        *(("/docs/examples/uk/topics-original.json", "uk"), ("/docs/examples/languages.json", None)),
    ],
)
def test_the_documentation_says_its_language(city: City, seed: Seed, address: str, languages: str | None) -> None:
    assert city.ask(address).get("Content-Language") == languages


OLD, NEW = http_date(0), http_date(4_000_000_000)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If_None_Match": "{tag}"}, 304),
        ({"If_None_Match": "{tag}", "If_Modified_Since": OLD}, 304),  # the tag counts, the date does not
        ({"If_None_Match": '"other"', "If_Modified_Since": NEW}, 200),
        ({"If_Modified_Since": NEW}, 304),
        ({"If_Modified_Since": OLD}, 200),
        ({"If_Modified_Since": "yesterday"}, 200),
        ({"If_Match": "{tag}"}, 200),
        ({"If_Match": "*"}, 200),
        ({"If_Match": "W/{tag}"}, 412),  # a strong comparison: a weak tag never is the same
        ({"If_Match": '"other"', "If_None_Match": "{tag}"}, 412),  # first what must hold, then what one has
        ({"If_Match": "{tag}", "If_None_Match": "{tag}"}, 304),
        ({"If_Match": "{tag}", "If_Unmodified_Since": OLD}, 200),
        ({"If_Unmodified_Since": OLD}, 412),
        ({"If_Unmodified_Since": NEW}, 200),
        ({"If_Unmodified_Since": "yesterday"}, 200),
        ({"If_Unmodified_Since": OLD, "If_Modified_Since": NEW}, 412),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_conditions_are_weighed_in_the_order_of_rfc_9110(
    city: City, seed: Seed, headers: dict[str, str], status: int, method: str
) -> None:
    tag = city.ask(f"/sv/news/{seed.id}")["ETag"]
    sent = {name: value.replace("{tag}", tag) for name, value in headers.items()}
    assert city.ask(f"/sv/news/{seed.id}", method=method, **sent).status_code == status


@pytest.mark.parametrize("encoding", ["", "-gz", "-br"])
def test_the_tag_of_any_encoding_is_known_again(city: City, seed: Seed, encoding: str) -> None:
    tag = city.ask("/sv/news", Accept_Encoding="identity")["ETag"].strip('"') + encoding
    for accepted in ("identity", "gzip", "br"):
        assert city.ask("/sv/news", If_None_Match=f'"{tag}"', Accept_Encoding=accepted).status_code == 304


def test_the_keys_for_caches_in_front_fit_into_a_header_or_mean_everything() -> None:
    few = finish(Answer(b"", keys=tuple(str(UUID(int=number << 80)) for number in range(315))), "all")
    many = finish(Answer(b"", keys=tuple(str(UUID(int=number << 80)) for number in range(316))), "all")
    assert len(dict(few.headers)["Surrogate-Key"]) <= 4_096
    assert dict(few.headers)["Surrogate-Key"].split()[1] == "000000000001"
    assert dict(many.headers)["Surrogate-Key"] == "all"


def test_every_key_that_changes_lead_to_is_among_their_keys(city: City, seed: Seed) -> None:
    redirect(seed.article.translation_key, seed.partnership.translation_key)
    told = city.ask("/changes?language=sv&kind=news&include=document")
    both = [str(page.translation_key).replace("-", "")[:12] for page in (seed.article, seed.partnership)]
    assert told["Surrogate-Key"].split() == both


def test_every_item_of_a_list_is_among_its_keys(city: City, seed: Seed) -> None:
    keys = city.ask("/sv/people")["Surrogate-Key"].split()
    assert {item["id"].replace("-", "")[:12] for item in city.get("/sv/people")["items"]} <= set(keys)


@pytest.mark.parametrize("address", ["/sv/news/{id}", "/changes?cursor={cursor}", "/sv/news"])
def test_a_coming_publication_shortens_no_answer_anywhere(city: City, seed: Seed, address: str) -> None:
    asked = address.replace("{id}", seed.id).replace("{cursor}", city.get("/changes")["next_cursor"])
    before = city.ask(asked)
    coming = add(seed.room.news("umea", "sv"), NewsPage(title="Ansökan har lämnats in", lead="Nytt."))
    coming.go_live_at = datetime.now(UTC) + timedelta(seconds=30)
    coming.save_revision().publish()
    assert dict(city.ask(asked).headers) == dict(before.headers)


@pytest.mark.parametrize(
    ("address", "status"), [("//sv/nyheter", 404), ("//sv/umea/news", 404), ("//admin/login/", 200), ("//sv", 200)]
)
def test_people_are_answered_in_html(city: City, seed: Seed, client: Client, address: str, status: int) -> None:
    response = client.get(address[1:])
    assert (response.status_code, response["Content-Type"]) == (status, "text/html; charset=utf-8")


def _ask(city: City, seed: Seed, address: str, headers: dict[str, str], *, method: str = "GET") -> HttpResponse:
    asked = address.replace("{id}", seed.id).replace("{slug}", seed.article.slug)
    return city.ask(asked, method=method, **headers)
