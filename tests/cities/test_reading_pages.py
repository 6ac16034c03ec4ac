"""The plain page at each item's own address."""

import re

import pytest
from django.http import HttpResponse

from cms.content.paths import public_path
from cms.publications.by_hand import gone, redirect, vanish, withdraw
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.newsroom import Newsroom, publish


def _read(city: City, address: str) -> str:
    response = city.ask(f"/{address}")
    assert response.status_code == 200, response.content
    return response.content.decode()


def test_the_article_can_be_read_in_its_language(city: City, seed: Seed) -> None:
    page = _read(city, city.get(f"/uk/news/{seed.id}")["path"])
    assert '<html lang="uk">' in page
    assert "<h1>Умео починає співпрацю з Херсоном</h1>" in page
    assert "Мова оригіналу:" in page
    for block in city.get(f"/uk/news/{seed.id}")["body"]:
        assert block["html"] in page


def test_the_page_names_the_other_languages(city: City, seed: Seed) -> None:
    page = _read(city, public_path(seed.article))
    for alternate in city.get(f"/sv/news/{seed.id}")["alternates"]:
        assert f'hreflang="{alternate["language"]}" href="{alternate["path"]}"' in page
    assert 'lang="uk" hreflang="uk">українська</a>' in page


@pytest.mark.parametrize("kind", ["people", "partners", "partnerships", "topics", "news"])
def test_every_kind_has_a_page(city: City, seed: Seed, kind: str) -> None:
    for item in city.get(f"/sv/{kind}")["items"]:
        assert f"<h1>{item['title']}</h1>" in _read(city, item["path"])


def test_the_front_page_is_at_its_language(city: City, room: Newsroom) -> None:
    assert '<html lang="fi">' in _read(city, "/fi")


def test_search_engines_are_asked_to_stay_away(city: City, seed: Seed) -> None:
    response = city.ask(f"/{public_path(seed.article)}")
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_the_page_needs_no_script_and_no_other_host(city: City, seed: Seed) -> None:
    page = _read(city, public_path(seed.article))
    assert re.findall(r"<script[^>]*>", page) == ['<script type="application/ld+json">']  # data, which nothing runs
    assert not re.findall(r'(?:src|srcset)="https?://(?!testserver)', page)


def test_a_withdrawn_article_carries_its_notice(city: City, seed: Seed) -> None:
    withdraw(seed.article.translation_key, "Uppgifterna stämde inte.", ["sv"])
    page = _read(city, public_path(seed.article))
    assert "Återkallad." in page
    assert "Uppgifterna stämde inte." in page


def test_a_moved_article_leads_to_its_new_address(city: City, seed: Seed) -> None:
    before = public_path(seed.article)
    _read(city, before)
    seed.article.move(seed.room.news("kherson", "sv"), pos="last-child")
    response = city.ask(f"/{before}")
    assert (response.status_code, response["Location"]) == (301, before.replace("/umea/", "/kherson/"))


def test_a_slash_at_the_end_is_taken_away(city: City, seed: Seed) -> None:
    path = public_path(seed.article)
    response = city.ask(f"/{path}/")
    assert (response.status_code, response["Location"]) == (301, path)


@pytest.mark.parametrize(("address", "language"), [("/uk/news/nemaie", "uk"), ("/sv/nyheter", "sv"), ("/xx", "sv")])
def test_a_page_that_does_not_exist_says_so_in_the_language_of_its_address(
    city: City, room: Newsroom, address: str, language: str
) -> None:
    response = city.ask(f"/{address}")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")
    assert f'<html lang="{language}">' in response.content.decode()


def test_an_article_that_is_gone_leaves_no_trace_of_its_text(city: City, seed: Seed) -> None:
    gone(seed.article.translation_key, "deleted", "https://www.umea.se/instead", ["sv"])
    response = city.ask(f"/{public_path(seed.article)}")
    assert response.status_code == 410
    page = response.content.decode()
    assert seed.article.title not in page
    assert 'href="https://www.umea.se/instead"' in page
    assert f'href="{public_path(seed.ukrainian)}" lang="uk"' in page


def test_a_vanished_article_looks_as_if_it_never_was(city: City, seed: Seed) -> None:
    path = public_path(seed.article)
    vanish(seed.article.translation_key)
    assert city.ask(f"/{path}").content == city.ask("//sv/umea/news/never").content


def test_an_article_that_was_replaced_leads_to_the_one_that_replaced_it(city: City, seed: Seed) -> None:
    redirect(seed.janet.translation_key, seed.anders.translation_key)
    response = city.ask(f"/{public_path(seed.janet)}")
    assert (response.status_code, response["Location"]) == (301, public_path(seed.anders))


def test_what_an_editor_types_is_never_markup_of_ours(city: City, seed: Seed) -> None:
    seed.article.title = "Umeå <script>alert(1)</script> Cherson"
    publish(seed.article)
    page = _read(city, public_path(seed.article))
    assert re.findall(r"<script[^>]*>", page) == ['<script type="application/ld+json">']


def _said_on_a_page(response: HttpResponse, status: int, language: str) -> str:
    """Return what a page says that refuses something, which is guarded and kept as every page without a text."""
    page = response.content.decode()
    assert (response.status_code, response["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert (response["X-Content-Type-Options"], response["X-Frame-Options"]) == ("nosniff", "DENY")
    assert "style-src 'self' 'sha256-" in response["Content-Security-Policy"]
    assert f'<html lang="{language}">' in page
    assert f'<a href="/{language}">Misto</a>' in page
    return page


def test_a_condition_that_does_not_hold_is_said_on_a_page(city: City, seed: Seed) -> None:
    for article, language in ((seed.article, "sv"), (seed.ukrainian, "uk")):
        refused = city.ask(f"/{public_path(article)}", If_Match='"another"')
        assert article.title not in _said_on_a_page(refused, 412, language)


@pytest.mark.parametrize("rest", ["/{}", "?{}", "/news?q={}"])
@pytest.mark.parametrize("language", ["sv", "uk", "fi", "en"])
def test_an_address_that_is_too_long_is_refused_on_a_page_in_its_language(
    city: City, room: Newsroom, language: str, rest: str
) -> None:
    secret = "a" * 6_000
    assert secret not in _said_on_a_page(city.ask(f"//{language}{rest.format(secret)}"), 414, language)


@pytest.mark.parametrize("address", ["//robots.txt?", "//media/images/", "//nowhere/", "//"])
def test_elsewhere_an_address_that_is_too_long_is_refused_in_plain_words(
    city: City, room: Newsroom, address: str
) -> None:
    response = city.ask(address + "a" * 6_000)
    assert (response.status_code, response["Content-Type"]) == (414, "text/plain")
