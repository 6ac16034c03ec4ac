"""What consumers can ask for of each item: some fields, the whole body as one text, rich text as trees."""

import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest

from cms.publications.by_hand import vanish
from frontend_contract.models.documents import SUMMARY, fields_of
from news.models import NewsPage
from partners.models import PersonPage
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.newsroom import add, publish

LINK = {"type": "link", "kind": None, "id": None, "path": None, "url": None, "contact": None}
RICH = (
    '<p>Läs om <a linktype="page" id="{pk}">Janet &amp; <b>Ågren</b></a>,<br/><i>som</i> '
    '<a href="https://icld.se/">ICLD</a>.</p><ol><li>ett</li><li>två</li></ol>'
)


@pytest.mark.parametrize("kind", ["news", "people", "partners", "partnerships", "topics"])
def test_an_item_has_exactly_the_fields_that_are_named(city: City, seed: Seed, kind: str) -> None:
    [key, *_] = [item["id"] for item in city.get(f"/sv/{kind}")["items"]]
    whole = city.get(f"/sv/{kind}/{key}?include=html,json_ld")
    for names in (["title"], ["id", "path", "_links"], ["alternates", "attribution"], fields_of(kind)):
        item = city.get(f"/sv/{kind}/{key}?fields={','.join(names)}")
        assert item == {name: whole[name] for name in names}
        [listed, *_] = city.get(f"/sv/{kind}?ids={key}&fields={','.join(names)}")["items"]
        assert listed == item


def test_home_takes_the_same_parameters(city: City, seed: Seed) -> None:
    assert set(city.get("/sv/home?fields=title,text")) == {"title", "text"}
    assert city.get("/sv/home?include=html")["html"] is None
    assert "text_nodes" in city.get("/sv/home?rich_text=nodes")
    assert set(city.get("/sv/home?fields=text_nodes")) == {"text_nodes"}


def test_what_is_found_has_exactly_the_fields_that_are_named(city: City, seed: Seed) -> None:
    items = city.get("/sv/search?q=samarbete&fields=title,snippet,lead")["items"]
    assert {tuple(sorted(item)) for item in items} <= {("lead", "snippet", "title"), ("snippet", "title")}
    assert set(city.get("/sv/search?q=samarbete&kind=news&fields=title")["items"][0]) == {"title"}


def test_an_answer_names_only_the_languages_and_keys_that_are_left_in_it(city: City, seed: Seed) -> None:
    address = f"/uk/news/{seed.id}"
    whole, part = (city.ask(f"{address}?fallback=sv{fields}") for fields in ("", "&fields=title,topics"))
    janet = str(seed.janet.translation_key).replace("-", "")[:12]
    assert (whole["Content-Language"], part["Content-Language"]) == ("uk, sv", "uk, sv")
    assert city.ask(f"{address}?fallback=sv&fields=title")["Content-Language"] == "uk"
    assert janet in whole["Surrogate-Key"]
    assert janet not in part["Surrogate-Key"]
    assert whole["Link"] == part["Link"]


@pytest.mark.parametrize(
    "fields", ["", "titel", "title,", "title,lead,nothing", "Title", "title lead", "body.text", "snippet"]
)
@pytest.mark.parametrize("address", ["/sv/news", "/sv/news/{id}", "/sv/home"])
def test_an_unknown_field_is_refused_with_those_there_are(city: City, seed: Seed, address: str, fields: str) -> None:
    asked = address.format(id=seed.id)
    problem = city.problem(f"{asked}?fields={fields}", "invalid-parameters")
    assert "title" in problem["allowed"]["fields"]


@pytest.mark.parametrize(
    "query", ["include=text", "include=", "include=body,", "rich_text=html", "rich_text=", "rich_text=1"]
)
def test_other_parts_are_refused_too(city: City, seed: Seed, query: str) -> None:
    for address in ("/sv/news", f"/sv/news/{seed.id}", "/sv/search"):
        city.problem(f"{address}?q=a&{query}" if "search" in address else f"{address}?{query}", "invalid-parameters")


def test_the_body_comes_as_one_text_when_asked_for(city: City, seed: Seed) -> None:
    whole = city.get(f"/sv/news/{seed.id}?include=html")
    assert whole["html"] == "".join(block["html"] for block in whole["body"])
    assert "Janet Ågren" in whole["html"]
    [listed] = city.get("/sv/news?include=html")["items"]
    assert (listed["html"], "body" in listed) == (whole["html"], False)
    assert city.get("/sv/news?include=body,html")["items"] == [whole]
    assert "html" not in city.get(f"/sv/news/{seed.id}")


def test_what_has_no_body_has_no_text_of_it(city: City, seed: Seed) -> None:
    assert {item["html"] for item in city.get("/sv/topics?include=html")["items"]} == {None}


def test_rich_text_comes_as_trees_when_asked_for(city: City, seed: Seed) -> None:
    article = _write(seed, [("paragraph", RICH.format(pk=seed.janet.pk))])
    [block] = city.get(f"/sv/news/{article.translation_key}?rich_text=nodes")["body"]
    janet = str(seed.janet.translation_key)
    link = {"kind": "people", "id": janet, "path": "/sv/umea/people/janet-agren", "url": _api(f"/sv/people/{janet}")}
    assert block["nodes"] == [
        {
            "type": "paragraph",
            "children": [
                _text("Läs om "),
                {
                    **LINK,
                    **link,
                    "children": [_text("Janet & "), {"type": "bold", "children": [_text("Ågren")]}],
                },
                _text(","),
                {"type": "line_break"},
                {"type": "italic", "children": [_text("som")]},
                _text(" "),
                {
                    **LINK,
                    "url": "https://icld.se/",
                    "children": [_text("ICLD")],
                },
                _text("."),
            ],
        },
        {
            "type": "list",
            "style": "number",
            "children": [{"type": "list_item", "children": [_text(word)]} for word in ("ett", "två")],
        },
    ]


def test_a_link_to_a_mailbox_or_a_telephone_is_a_contact(city: City, seed: Seed) -> None:
    article = _write(seed, [("paragraph", '<p><a href="mailto:international@umea.example">Skriv</a></p>')])
    [block] = city.get(f"/sv/news/{article.translation_key}?rich_text=nodes")["body"]
    mailbox = {**LINK, "contact": "mailto:international@umea.example", "children": [_text("Skriv")]}
    assert block["nodes"] == [{"type": "paragraph", "children": [mailbox]}]


def test_every_rich_text_has_its_tree_and_nothing_else_has(city: City, seed: Seed) -> None:
    whole, plain = (city.get(f"/sv/news/{seed.id}{query}") for query in ("?rich_text=nodes", ""))
    assert _named(whole, "nodes") == {"paragraph": "nodes", "list": "items_nodes", "fact_box": "text_nodes"}
    assert _named(plain, "nodes") == {}
    partnership = seed.partnership.translation_key
    phases = city.get(f"/sv/partnerships/{partnership}?rich_text=nodes")["phases"]
    assert [phase["text_nodes"] for phase in phases] == [
        *(None, None),
        [{"type": "paragraph", "children": [_text("Beviljad av ICLD.")]}],
    ]
    for kind in SUMMARY:
        city.get(f"/sv/{kind}?rich_text=nodes&include=body")


def test_a_tree_says_what_the_html_says(city: City, seed: Seed) -> None:
    _write(seed, [("paragraph", RICH.format(pk=seed.janet.pk)), ("paragraph", "<p>3 &lt; 4 &amp;amp; så vidare</p>")])
    for item in city.get("/sv/news?include=body&rich_text=nodes")["items"]:
        for block in item["body"]:
            if block["type"] == "paragraph":
                assert _words(block["nodes"]) == _without_tags(block["html"])


def test_a_link_to_what_is_hidden_leaves_its_words_behind(city: City, seed: Seed) -> None:
    article = _write(seed, [("paragraph", f'<p>Läs om <a linktype="page" id="{seed.janet.pk}">henne</a>.</p>')])
    vanish(seed.janet.translation_key)
    [block] = city.get(f"/sv/news/{article.translation_key}?rich_text=nodes")["body"]
    assert block["nodes"] == [{"type": "paragraph", "children": [_text("Läs om henne.")]}]


def test_a_link_to_what_is_not_in_this_language_keeps_its_key(city: City, seed: Seed) -> None:
    anna = publish(add(seed.room.people("umea", "fi"), PersonPage(title="Anna Exempel")))
    article = _write(seed, [("paragraph", f'<p><a linktype="page" id="{anna.pk}">Hon</a></p>')])
    [block] = city.get(f"/sv/news/{article.translation_key}?rich_text=nodes")["body"]
    [link] = block["nodes"][0]["children"]
    assert (link["kind"], link["id"], link["path"], link["url"]) == ("people", str(anna.translation_key), None, None)
    [block] = city.get(f"/sv/news/{article.translation_key}?rich_text=nodes&fallback=fi")["body"]
    assert block["nodes"][0]["children"][0]["path"] == "/fi/umea/people/anna-exempel"


def test_documents_in_the_changes_have_trees_too(city: City, seed: Seed) -> None:
    entries = city.get("/changes?include=document&rich_text=nodes&kind=news&language=sv")["items"]
    assert entries[0]["document"] == city.get(f"/sv/news/{seed.id}?rich_text=nodes")


def test_parts_are_kept_from_page_to_page(city: City, seed: Seed) -> None:
    answer = city.get("/sv/people?fields=title,id&limit=1&include=html&rich_text=nodes")
    assert "fields=title,id&limit=1&include=html&rich_text=nodes" in answer["_links"]["next"]["href"]


def test_parts_are_refused_for_unknown_items_as_for_known_ones(city: City, seed: Seed) -> None:
    city.problem(f"/sv/news/{uuid4()}?fields=title", "not-found")
    city.problem(f"/sv/news/{uuid4()}?fields=nothing", "invalid-parameters")


def _write(seed: Seed, body: list[tuple[str, Any]]) -> NewsPage:
    return publish(add(seed.room.news("umea", "sv"), NewsPage(title="Exempeltext", lead="Exempel.", body=body)))


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def _api(path: str) -> str:
    return f"http://testserver/content/v1{path}"


def _named(item: dict[str, Any], word: str) -> dict[str, str]:
    """Return the field with trees of each type of block that has one."""
    return {block["type"]: name for block in item["body"] for name in block if name.endswith(word)}


def _words(nodes: list[dict[str, Any]]) -> str:
    return "".join(node.get("text", "") + _words(node.get("children", [])) for node in nodes)


def _without_tags(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))
