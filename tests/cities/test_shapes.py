"""The shapes of items, cards and lists: every field name is a promise."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from wagtail.images.models import AbstractImage

from cms.publications.by_hand import withdraw
from home.models import InfoPage
from news.models import NewsPage
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.newsroom import Newsroom, add, add_image, publish

ENVELOPE = {
    *("id", "kind", "language", "requested_language", "is_fallback", "title", "slug", "path", "status", "notice"),
    *("first_published_at", "published_at", "updated_at", "change_note", "translation", "alternates", "attribution"),
    "_links",
}
KINDS = {
    "news": {"lead", "image", "body", "topics", "people", "partners", "partnerships"},
    "people": {"name", "names", "roles", "portrait", "body", "contacts"},
    "partners": {"country", "languages", "website", "logo", "coordinates", "names", "body"},
    "partnerships": {
        *("lead", "image", "members", "programme", "funder", "theme", "areas", "phases", "documents", "contacts"),
        "body",
    },
    "pages": {"lead", "image", "body"},
    "topics": {"code", "label"},
}
CARD = {"kind", "id", "language", "is_fallback", "title", "path", "url"}
CARDS = {"people": CARD | {"role", "organisation", "party"}, "topics": CARD | {"code"}}
PARTS = {
    "translation": {
        *("origin", "source_language", "translated_from", "is_stale", "stale_since", "tool", "reviewed_at"),
        "ai_disclosure",
    },
    "alternates": {"language", "url", "path", "title"},
    "attribution": {"partner", "canonical_url", "license", "credit_line"},
    "_links": {"self", "html"},
    "notice": {"text", "at"},
    "roles": {"title", "organisation", "party", "from", "to"},
    "party": {"letter", "name"},
    "names": {"text", "language", "script", "status"},
    "members": {"partner", "part", "joined"},
    "phases": {"title", "type", "from", "to", "text"},
    "speaker": {"name", "role", "party", "person"},
    "image": {
        *("alt", "decorative", "caption", "credit", "license", "width", "height", "focal_point", "dominant_color"),
        *("src", "sources"),
    },
    "sources": {"type", "srcset"},
    "focal_point": {"x", "y"},
}
BLOCKS = {"quote": {"text", "speaker", "original"}, "fact_box": {"title", "text", "items"}}


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_has_exactly_its_fields_and_lists_leave_the_body_out(city: City, seed: Seed, kind: str) -> None:
    publish(add(seed.room.section("umea", "sv"), InfoPage(title="Om samarbetet", lead="Tre städer.")))
    summary, *_ = city.get(f"/sv/{kind}")["items"]
    assert set(summary) == ENVELOPE | KINDS[kind] - {"body", "phases"}
    assert set(city.get(f"/sv/{kind}/{summary['id']}")) == ENVELOPE | KINDS[kind]
    assert set(city.get(f"/sv/{kind}?include=body")["items"][0]) == ENVELOPE | KINDS[kind]


def test_the_front_page_has_exactly_its_fields(city: City, seed: Seed) -> None:
    assert set(city.get("/sv/home")) == ENVELOPE | {"text", "featured"}


def test_every_part_of_an_item_has_exactly_its_fields(city: City, seed: Seed) -> None:
    point = {"focal_point_x": 250, "focal_point_y": 100, "focal_point_width": 10, "focal_point_height": 10}
    seed.article.image, seed.article.image_alt = add_image(width=1000, height=500, **point), "En talare visar bilder"
    publish(seed.article)
    withdraw(seed.ukrainian.translation_key, "Artikeln är återkallad.", ["uk"])
    items = [
        city.get(f"/sv/news/{seed.id}"),
        city.get(f"/uk/news/{seed.id}"),
        city.get(f"/sv/people/{seed.janet.translation_key}"),
        city.get(f"/sv/partnerships/{seed.partnership.translation_key}"),
        *city.get("/sv/partners")["items"],
    ]
    seen = list(_parts("", items))
    for name, part in seen:
        assert set(part) == PARTS[name], name
    assert {name for name, _part in seen} == set(PARTS)


@pytest.mark.parametrize("address", ["/sv/news/{id}", "/uk/news/{id}?fallback=sv", "/sv/partnerships?include=body"])
def test_a_card_has_the_fields_of_its_kind(city: City, seed: Seed, address: str) -> None:
    cards = [card for card in _cards(city.get(address.replace("{id}", seed.id))) if card["language"]]
    assert cards
    for card in cards:
        assert set(card) == CARDS.get(card["kind"], CARD)


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_block_has_its_fields_beside_id_type_and_html(city: City, seed: Seed, kind: str) -> None:
    blocks = [block for block in city.get(f"/sv/news/{seed.id}")["body"] if block["type"] == kind]
    assert blocks
    for block in blocks:
        assert set(block) == {"id", "type", "html"} | BLOCKS[kind]


def test_what_is_absent_is_null_and_a_list_that_is_absent_is_empty(city: City, room: Newsroom) -> None:
    page = publish(add(room.news("umea", "fi"), NewsPage(title="Uutinen", lead="Esimerkki.")))
    item = city.get(f"/fi/news/{page.translation_key}")
    assert [item[name] for name in ("image", "notice", "change_note")] == [None, None, None]
    assert [item[name] for name in ("body", "topics", "people", "partners", "partnerships")] == [[], [], [], [], []]
    assert item["attribution"]["canonical_url"] is None


def _parts(name: str, data: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every part of an answer whose fields are promised, with its name."""
    match data:
        case dict():
            if name in PARTS:
                yield name, data
            for key, value in data.items():
                yield from _parts(key, value)
        case list():
            for value in data:
                yield from _parts(name, value)


def _cards(data: Any) -> Iterator[dict[str, Any]]:
    match data:
        case dict():
            if "kind" in data and "alternates" not in data:
                yield data
            for value in data.values():
                yield from _cards(value)
        case list():
            for value in data:
                yield from _cards(value)


def test_an_item_in_a_list_with_body_is_the_item_itself(city: City, seed: Seed) -> None:
    [item] = city.get("/sv/news?include=body")["items"]
    assert item == city.get(f"/sv/news/{seed.id}")


def test_the_seed_article_says_where_and_when_it_is(city: City, seed: Seed) -> None:
    item = city.get(f"/sv/news/{seed.id}")
    assert item["path"] == "/sv/umea/news/umea-ingar-samarbete-med-cherson"
    assert item["published_at"] == item["updated_at"] == "2024-06-14T08:00:00Z"
    assert item["_links"]["self"]["href"] == f"http://testserver/content/v1/sv/news/{seed.id}"
    assert item["_links"]["html"]["href"] == f"http://testserver{item['path']}"
    assert item["attribution"]["partner"]["title"] == "Umeå"
    assert item["translation"]["origin"] == "original"


def test_a_quotes_speaker_is_a_document_with_role_and_party(city: City, seed: Seed) -> None:
    [janet, anders] = [block for block in city.get(f"/sv/news/{seed.id}")["body"] if block["type"] == "quote"]
    assert janet["speaker"]["name"] == janet["speaker"]["person"]["title"] == "Janet Ågren"
    assert janet["speaker"]["party"] == {"letter": "S", "name": "Socialdemokraterna"}
    assert (anders["speaker"]["role"], anders["speaker"]["party"]["letter"]) == ("kommunalråd", "M")
    assert "Janet Ågren" in janet["html"]


def test_every_block_can_be_printed_and_keeps_its_id_in_every_language(city: City, seed: Seed) -> None:
    swedish, ukrainian = (city.get(f"/{language}/news/{seed.id}")["body"] for language in ("sv", "uk"))
    assert [block["type"] for block in swedish] == [
        *("paragraph", "quote", "period", "heading", "list", "quote", "fact_box")
    ]
    assert all(block["html"] for block in swedish)
    assert [block["id"] for block in swedish] == [block["id"] for block in ukrainian]


def test_a_card_never_holds_another_card(city: City, seed: Seed) -> None:
    item = city.get(f"/sv/news/{seed.id}")
    for card in [*item["topics"], *item["people"], *item["partners"], item["attribution"]["partner"]]:
        assert not [value for value in card.values() if isinstance(value, dict) and "kind" in value]


def test_a_partnership_names_its_members_and_phases(city: City, seed: Seed) -> None:
    item = city.get(f"/sv/partnerships/{seed.partnership.translation_key}")
    assert [member["partner"]["title"] for member in item["members"]] == ["Umeå", "Cherson"]
    assert [(phase["type"], phase["from"]) for phase in item["phases"]] == [
        ("letter_of_intent", None),
        ("visit", "2024-06-10"),
        ("pre_study", None),
    ]


def test_an_image_comes_in_modern_formats_without_the_place_it_was_taken(city: City, seed: Seed) -> None:
    seed.article.image, seed.article.image_alt = add_image(), "En talare visar bilder"
    publish(seed.article)
    image = city.get(f"/sv/news/{seed.id}")["image"]
    assert [source["type"] for source in image["sources"]] == ["image/avif", "image/webp", "image/jpeg"]
    assert image["src"].startswith("http://testserver/media/images/")
    assert image["alt"] == "En talare visar bilder"


def test_reading_makes_no_picture(city: City, seed: Seed, monkeypatch: pytest.MonkeyPatch) -> None:
    seed.article.image, seed.article.image_alt = add_image(), "En talare visar bilder"
    publish(seed.article)
    before = city.get(f"/sv/news/{seed.id}")["image"]
    cache.clear()
    for name in ("get_rendition", "get_renditions", "create_rendition", "create_renditions"):
        monkeypatch.delattr(AbstractImage, name)
    assert city.get(f"/sv/news/{seed.id}")["image"] == before
    assert city.get("/sv/news")["items"][0]["image"] == before


def test_a_picture_keeps_its_addresses_while_its_article_changes(city: City, seed: Seed) -> None:
    seed.article.image, seed.article.image_alt = add_image(), "En talare visar bilder"
    publish(seed.article)
    before = city.get(f"/sv/news/{seed.id}")["image"]
    article = NewsPage.objects.get(pk=seed.article.pk)
    article.title, article.image_alt = "Umeå och Cherson arbetar vidare", "Talare i Umeå"
    publish(article)
    assert city.get(f"/sv/news/{seed.id}")["image"] == {**before, "alt": "Talare i Umeå"}


def test_a_link_in_a_text_says_where_it_leads(city: City, seed: Seed) -> None:
    text = f'<p>Läs om <a linktype="page" id="{seed.janet.pk}">Janet</a>.</p>'
    page = publish(add(seed.room.news("umea", "sv"), NewsPage(title="Mer", lead="Nytt.", body=[("paragraph", text)])))
    [link] = city.get(f"/sv/news/{page.translation_key}")["body"][0]["links"]
    janet = city.get(f"/sv/people/{seed.janet.translation_key}")
    assert link == {
        "kind": "people",
        "id": janet["id"],
        "path": janet["path"],
        "url": janet["_links"]["self"]["href"],
    }


def test_correcting_an_appointment_changes_the_articles_that_show_it(city: City, seed: Seed) -> None:
    cursor = city.get("/changes")["next_cursor"]
    appointment = seed.janet.appointments.get()
    appointment.title = "kommunstyrelsens ordförande"
    appointment.save()
    [quote, *_] = [block for block in city.get(f"/sv/news/{seed.id}")["body"] if block["type"] == "quote"]
    assert quote["speaker"]["role"] == "kommunstyrelsens ordförande"
    assert seed.id in {change["id"] for change in city.get(f"/changes?cursor={cursor}")["items"]}


def test_a_later_appointment_changes_no_earlier_article(city: City, seed: Seed) -> None:
    before, cursor = city.ask(f"/sv/news/{seed.id}").content, city.get("/changes")["next_cursor"]
    seed.janet.appointments.create(
        locale=seed.janet.locale, title="landshövding", organisation="Västerbotten", start=date(2026, 1, 1)
    )
    assert city.ask(f"/sv/news/{seed.id}").content == before
    assert seed.id not in {change["id"] for change in city.get(f"/changes?cursor={cursor}")["items"]}


def _write(room: Newsroom, many: int) -> None:
    for number in range(1, many + 1):
        publish(add(room.news("umea", "fi"), NewsPage(title=f"Esimerkkiteksti {number}", lead="Esimerkki.")))


def test_lists_go_page_by_page_in_the_requests_own_style(city: City, room: Newsroom) -> None:
    _write(room, 5)
    by_page = city.get("/fi/news?limit=2&page=2")
    base = "http://testserver/content/v1/fi/news?limit=2"
    assert by_page["_links"] == {
        "self": {"href": f"{base}&page=2"},
        "next": {"href": f"{base}&page=3"},
        "prev": {"href": f"{base}&page=1"},
        "first": {"href": f"{base}&page=1"},
        "last": {"href": f"{base}&page=3"},
    }
    assert by_page["_meta"] == {
        "limit": 2,
        "offset": 2,
        "page": 2,
        "total": 5,
        "language": "fi",
        "fallback": [],
    }
    by_offset = city.get("/fi/news?limit=2&offset=2")
    assert by_offset["items"] == by_page["items"]
    assert by_offset["_links"]["next"] == {"href": f"{base}&offset=4"}


def test_following_next_finds_every_item_once(city: City, room: Newsroom) -> None:
    _write(room, 5)
    found, address = [], "/fi/news?limit=2"
    while address:
        answer = city.get(address)
        found += [item["id"] for item in answer["items"]]
        following = answer["_links"]["next"]
        address = following and "/" + following["href"].removeprefix("http://testserver")
    assert len(found) == len(set(found)) == answer["total"] == 5


@pytest.mark.parametrize("query", ["offset=100", "page=50", "page=1000000000", "offset=1000000000"])
def test_past_the_end_there_is_an_empty_page(city: City, seed: Seed, query: str) -> None:
    answer = city.get(f"/sv/news?{query}")
    assert (answer["items"], answer["total"], answer["_links"]["next"]) == ([], 1, None)


def test_lists_are_newest_first(city: City, seed: Seed) -> None:
    publish(add(seed.room.news("umea", "sv"), NewsPage(title="Delegationen är på plats", lead="Nytt.")))
    assert [item["title"] for item in city.get("/sv/news")["items"]] == [
        "Delegationen är på plats",
        seed.article.title,
    ]


def test_an_empty_list_is_a_list(city: City, room: Newsroom) -> None:
    answer = city.get("/fi/news")
    assert (answer["items"], answer["total"]) == ([], 0)
    assert answer["_links"]["last"] == answer["_links"]["first"]
