"""What became of an item: withdrawn, redirected, gone, vanished."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.publications.by_hand import UnusableAddress, gone, redirect, restore, vanish, withdraw
from home.models import Featured, HomePage
from news.models import NewsPage, NewsPerson
from partners.models import PersonPage
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.newsroom import add, publish


def test_a_withdrawn_item_stays_readable_with_a_notice_and_leaves_the_lists(city: City, seed: Seed) -> None:
    withdraw(seed.article.translation_key, "Artikeln är återkallad.", ["sv"])
    item = city.get(f"/sv/news/{seed.id}")
    assert (item["status"], item["notice"]["text"]) == ("withdrawn", "Artikeln är återkallad.")
    assert city.get("/sv/news")["total"] == 0
    assert _change(city, seed.id, "sv")["url"] == f"http://testserver/content/v1/sv/news/{seed.id}"


@pytest.mark.parametrize("named", [(), ("sv", "uk")])
def test_a_notice_stands_above_no_text_in_another_language(city: City, seed: Seed, named: tuple[str, ...]) -> None:
    command = ["publications", "withdraw", seed.id, "--notice", "Artikeln är återkallad."]
    languages = [word for language in named for word in ("--language", language)]
    with pytest.raises(CommandError, match=r"^[^\n]+: sv, uk$"):
        call_command(*command, *languages)
    assert [city.get(f"/{language}/news/{seed.id}")["notice"] for language in ("sv", "uk")] == [None, None]
    call_command(*command, "--language", "sv", stdout=StringIO())
    assert city.get(f"/uk/news/{seed.id}")["notice"] is None
    assert city.get(f"/uk/news/{seed.id}")["status"] == "published"


def test_the_language_of_a_notice_goes_without_saying_where_there_is_one(city: City, seed: Seed) -> None:
    seed.ukrainian.unpublish()
    city.problem(f"/uk/news/{seed.id}", "gone")
    assert withdraw(seed.article.translation_key, "Artikeln är återkallad.") == 1
    assert city.get(f"/sv/news/{seed.id}")["status"] == "withdrawn"
    city.problem(f"/uk/news/{seed.id}", "gone")


def test_an_unpublished_item_is_gone_and_says_where_it_still_is(city: City, seed: Seed) -> None:
    seed.ukrainian.unpublish()
    problem = city.problem(f"/uk/news/{seed.id}", "gone")
    assert problem["reason"] == "unpublished"
    assert [found["language"] for found in problem["available_languages"]] == ["sv"]
    change = _change(city, seed.id, "uk")
    assert (change["status"], change["url"], change["reason"]) == ("gone", None, "unpublished")


def test_a_gone_item_names_its_alternative(city: City, seed: Seed) -> None:
    gone(seed.article.translation_key, "merged", "https://www.umea.se/")
    problem = city.problem(f"/sv/news/{seed.id}", "gone")
    assert (problem["reason"], problem["alternative"]) == ("merged", "https://www.umea.se/")
    assert seed.article.title not in str(problem)


@pytest.mark.parametrize(
    "address",
    [
        *("www.umea.se", "/sv/umea", "hub:/sv", "javascript:alert(1)", "javascript://umea.se/%0aalert(1)"),
        *(
            "ftp://umea.se/",
            "HTTPS://www.umea.se/",
            "https://",
            "https://www.umea.se/\n",
            "https://umea.se/" + "a" * 700,
        ),
    ],
)
def test_nobody_is_sent_to_what_is_no_web_address(city: City, seed: Seed, address: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("publications", "gone", seed.id, "--reason", "merged", "--alternative", address)
    assert "a whole address" in str(refused.value).splitlines()[0]
    with pytest.raises(UnusableAddress):
        gone(seed.article.translation_key, "merged", address)
    assert city.get(f"/sv/news/{seed.id}")["status"] == "published"


def test_a_replaced_item_leads_to_the_one_that_replaced_it(city: City, seed: Seed) -> None:
    redirect(seed.janet.translation_key, seed.anders.translation_key)
    response = city.ask(f"/sv/people/{seed.janet.translation_key}?fallback=uk")
    assert response.status_code == 308
    assert response["Location"].endswith(f"/content/v1/sv/people/{seed.anders.translation_key}?fallback=uk")
    both = [str(person.translation_key).replace("-", "")[:12] for person in (seed.janet, seed.anders)]
    assert response["Surrogate-Key"].split() == both  # a cache in front forgets it with either


def test_an_item_that_was_replaced_twice_leads_to_the_last(city: City, seed: Seed) -> None:
    redirect(seed.janet.translation_key, seed.anders.translation_key)
    redirect(seed.anders.translation_key, seed.vitalii.translation_key)
    response = city.ask(f"/sv/people/{seed.janet.translation_key}")
    assert response["Location"].endswith(f"/content/v1/sv/people/{seed.vitalii.translation_key}")
    vanish(seed.vitalii.translation_key)
    city.problem(f"/sv/people/{seed.janet.translation_key}", "gone")


def test_a_slug_leads_to_the_key(city: City, seed: Seed) -> None:
    response = city.ask(f"/sv/news/{seed.article.slug}?fallback=uk")
    assert response.status_code == 308
    assert response["Location"] == f"http://testserver/content/v1/sv/news/{seed.id}?fallback=uk"
    assert response["Surrogate-Key"] == seed.id.replace("-", "")[:12]
    city.problem(f"/fi/news/{seed.article.slug}", "not-found")


def test_a_vanished_item_looks_exactly_like_one_that_never_was(city: City, seed: Seed) -> None:
    vanish(seed.article.translation_key)
    unknown = str(uuid4())
    vanished, never = (city.ask(f"/sv/news/{key}") for key in (seed.id, unknown))
    assert vanished.content.decode().replace(seed.id, unknown) == never.content.decode()
    assert dict(vanished.headers) == dict(never.headers)
    change = _change(city, seed.id, "sv")
    assert {name: change[name] for name in ("status", "url", "reason", "alternative")} == {
        "status": "vanished",
        "url": None,
        "reason": None,
        "alternative": None,
    }


def test_a_person_who_is_gone_speaks_no_more(city: City, seed: Seed) -> None:
    vanish(seed.janet.translation_key)
    answer = city.ask(f"/sv/news/{seed.id}")
    assert next(block["speaker"] for block in answer.json()["body"] if block["type"] == "quote") is None
    assert "Janet" not in answer.content.decode()


@pytest.mark.parametrize(
    "hide",
    [
        lambda ukrainian, _seed: ukrainian.unpublish(),
        lambda ukrainian, _seed: PageViewRestriction.objects.create(page=ukrainian, restriction_type="login"),
        lambda ukrainian, _seed: gone(ukrainian.translation_key, "mistake", languages=["uk"]),
        lambda ukrainian, _seed: vanish(ukrainian.translation_key, ["uk"]),
        lambda ukrainian, seed: redirect(ukrainian.translation_key, seed.anders.translation_key, ["uk"]),
    ],
    ids=["unpublished", "restricted", "gone", "vanished", "redirected"],
)
def test_a_fallback_shows_nobody_who_was_taken_back_in_the_language_asked_for(
    city: City, seed: Seed, hide: Callable[[PersonPage, Seed], None]
) -> None:
    article = _tell_of_janet(seed)
    addresses = (f"/uk/news/{article.translation_key}?fallback=sv", "/uk/news?fallback=sv&include=body")
    assert all("Жанет" in city.ask(address).content.decode() for address in addresses)
    hide(PersonPage.objects.get(translation_key=seed.janet.translation_key, locale__language_code="uk"), seed)
    for address in addresses:
        told = city.ask(f"{address}&rich_text=nodes").content.decode()
        assert "Janet" not in told, address
        assert f"/people/{seed.janet.translation_key}" not in told, address
    item = city.get(addresses[0])
    text, quote, links = item["body"]  # and no contact
    assert ([link["url"] for link in text["links"]], quote["speaker"]) == ([None], None)
    assert [person["language"] for person in (links["links"][0]["target"], *item["people"])] == [None, None]
    assert "Janet" in city.ask(f"/sv/news/{article.translation_key}?fallback=uk").content.decode()


def _tell_of_janet(seed: Seed) -> NewsPage:
    """Write an article, in Swedish alone, that shows her wherever an article can."""
    article = NewsPage(title="Besöket", lead="Tre dagar i Umeå.")
    article.body = [
        ("paragraph", f'<p>Läs om <a linktype="page" id="{seed.janet.pk}">henne</a>.</p>'),
        ("quote", {"text": "Vi måste göra mer.", "person": seed.janet}),
        ("contact", {"person": seed.janet}),
        ("link_list", {"title": "Läs mer", "links": [{"page": seed.janet}]}),
    ]
    article.people = [NewsPerson(page=seed.janet)]
    return publish(add(seed.room.news("umea", "sv"), article))


def _change(city: City, key: str, language: str) -> dict[str, Any]:
    entries = city.get(f"/changes?language={language}")["items"]
    [found] = [entry for entry in entries if entry["id"] == key]
    return dict(found)


def _unpublish(page: NewsPage) -> None:
    page.unpublish()


def _expire(page: NewsPage) -> None:
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()
    call_command("publish_scheduled")


def _delete(page: NewsPage) -> None:
    page.delete()


@pytest.mark.parametrize(("act", "reason"), [(_unpublish, "unpublished"), (_expire, "expired"), (_delete, "deleted")])
def test_what_an_editor_takes_away_is_gone_with_a_reason(
    city: City, seed: Seed, act: Callable[[NewsPage], None], reason: str
) -> None:
    act(seed.ukrainian)
    problem = city.problem(f"/uk/news/{seed.id}", "gone")
    assert (problem["reason"], problem.get("alternative")) == (reason, None)
    assert [found["language"] for found in problem["available_languages"]] == ["sv"]
    assert [alternate["language"] for alternate in city.get(f"/sv/news/{seed.id}")["alternates"]] == ["sv"]
    change = _change(city, seed.id, "uk")
    assert (change["status"], change["reason"], change["url"]) == ("gone", reason, None)


def test_what_is_restricted_vanishes_as_if_it_never_was(city: City, seed: Seed) -> None:
    PageViewRestriction.objects.create(page=seed.article, restriction_type=PageViewRestriction.LOGIN)
    never = str(uuid4())
    for query in ("", "?fallback=uk"):
        told, unknown = city.ask(f"/sv/news/{seed.id}{query}"), city.ask(f"/sv/news/{never}{query}")
        assert (told.status_code, dict(told.headers)) == (404, dict(unknown.headers))
        assert told.content.decode().replace(seed.id, never) == unknown.content.decode()
    assert _change(city, seed.id, "sv")["status"] == "vanished"


def test_what_is_restricted_stays_as_if_it_never_was_when_somebody_says_that_it_is_gone(city: City, seed: Seed) -> None:
    PageViewRestriction.objects.create(page=seed.article, restriction_type=PageViewRestriction.LOGIN)
    city.problem(f"/sv/news/{seed.id}", "not-found")
    gone(seed.article.translation_key, "mistake", "https://www.umea.se/")
    city.problem(f"/sv/news/{seed.id}", "not-found")
    assert _change(city, seed.id, "sv")["status"] == "vanished"
    assert city.problem(f"/uk/news/{seed.id}", "gone")["reason"] == "mistake"


def test_a_moved_item_keeps_its_key_and_is_not_redirected(city: City, seed: Seed) -> None:
    seed.article.move(seed.room.news("kherson", "sv"), pos="last-child")
    item = city.get(f"/sv/news/{seed.id}")
    assert item["path"].startswith("/sv/kherson/news/")
    assert _change(city, seed.id, "sv")["status"] == "published"


def test_what_is_published_again_is_no_tombstone_any_more(city: City, seed: Seed) -> None:
    before = city.get(f"/uk/news/{seed.id}")
    seed.ukrainian.unpublish()
    city.problem(f"/uk/news/{seed.id}", "gone")
    publish(NewsPage.objects.get(pk=seed.ukrainian.pk))
    after = city.get(f"/uk/news/{seed.id}")
    assert {**after, "translation": None} == {**before, "translation": None}
    assert _change(city, seed.id, "uk")["status"] == "published"


def test_a_withdrawn_item_is_still_told_of_everywhere_but_in_lists(city: City, seed: Seed) -> None:
    withdraw(seed.article.translation_key, "Artikeln är återkallad.", ["sv"])
    assert [found["language"] for found in city.get(f"/uk/news/{seed.id}")["alternates"]] == ["sv", "uk"]
    assert _change(city, seed.id, "sv")["status"] == "withdrawn"
    [entry] = [e for e in city.get("/changes?language=sv&include=document")["items"] if e["id"] == seed.id]
    assert entry["document"]["notice"]["text"] == "Artikeln är återkallad."
    assert seed.id not in {item["id"] for item in city.get("/sv/news")["items"]}


def test_a_withdrawn_item_is_put_first_no_more_until_it_stands_again(city: City, seed: Seed) -> None:
    home = HomePage.objects.get(pk=seed.room.home("sv").pk)
    home.featured = [Featured(page=seed.article)]
    publish(home)
    assert [card["id"] for card in city.get("/sv/home")["featured"]] == [seed.id]
    for act, shown in ((lambda key: withdraw(key, "Stämde inte.", ["sv"]), []), (restore, [seed.id])):
        cursor = city.get("/changes?limit=100&language=sv")["next_cursor"]
        act(seed.article.translation_key)
        assert [card["id"] for card in city.get("/sv/home")["featured"]] == shown
        told = city.get(f"/changes?language=sv&cursor={cursor}")["items"]
        assert "home" in {entry["kind"] for entry in told}, "whoever keeps a copy of the front page is told"


@pytest.mark.parametrize("status", ["gone", "vanish", "redirect"])
def test_a_tombstone_keeps_no_word_of_the_text(city: City, seed: Seed, status: str) -> None:
    key = seed.article.translation_key
    match status:
        case "gone":
            gone(key, "unpublished")
        case "vanish":
            vanish(key)
        case "redirect":
            redirect(key, seed.janet.translation_key)
    for address in (f"/sv/news/{seed.id}", f"/fi/news/{seed.id}?fallback=sv", "/changes?include=document", "/sv/news"):
        told = city.ask(address)
        assert seed.article.title not in told.content.decode() + str(told.headers), address
        assert seed.article.slug not in told.content.decode(), address
