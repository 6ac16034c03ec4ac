"""Every page type says what is public about it, and nothing else."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.checks import run_checks
from pydantic import BaseModel
from wagtail.models import Page

from cms.content import documents
from cms.content.documents import Context, declaration_for, declaration_of, declarations
from cms.content.errors import UndeclaredPage, UnknownKind
from cms.content.pages import ContentPage
from frontend_contract.models.documents import STORED
from frontend_contract.models.shape import KINDS
from home.models import Featured, InfoPage
from news.models import ChangeNote, NewsIndexPage, NewsPage
from tests.newsroom import (
    Newsroom,
    add,
    add_document,
    add_image,
    add_partnership,
    add_people,
    add_seed_article,
    add_topics,
    publish,
)

AT = datetime(2024, 6, 14, 8, tzinfo=UTC)


def document_of(page: ContentPage) -> dict[str, Any]:
    """Return what is public about a page, as JSON."""
    built: BaseModel = declaration_of(type(page)).build(page, Context(language=page.language, published_at=AT))
    fields = set(STORED[declaration_of(type(page)).kind].model_fields)
    assert set(type(built).model_fields) <= fields
    found: dict[str, Any] = json.loads(built.model_dump_json())
    return found


def test_every_kind_of_the_contract_has_one_page_type() -> None:
    assert sorted(declared.kind for declared in declarations()) == sorted(KINDS)


def test_a_page_type_that_says_nothing_refuses_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not [problem for problem in run_checks() if problem.id == "content.E001"]
    declared = {model: said for model, said in documents._declared.items() if model is not NewsPage}
    monkeypatch.setattr(documents, "_declared", declared)
    (problem,) = [problem for problem in run_checks() if problem.id == "content.E001"]
    assert problem.msg == "news.NewsPage is a ContentPage without a document."
    assert "news/documents.py" in str(problem.hint)


def test_what_is_no_document_is_named() -> None:
    with pytest.raises(UndeclaredPage):
        declaration_of(NewsIndexPage)
    with pytest.raises(UnknownKind):
        declaration_for("weather")


def test_an_article(room: Newsroom) -> None:
    people = add_people(room)
    article = add_seed_article(room, people, image=add_image(credit="Misto"))
    document = document_of(article)
    assert document["lead"].startswith("Umeå kommun och Cherson")
    assert document["image"]["credit"] == "Misto"
    assert [block["type"] for block in document["body"]] == [block.block_type for block in article.body]
    assert [pointer["id"] for pointer in document["people"]] == [str(page.translation_key) for page in people]
    assert {pointer["at"] for pointer in document["people"]} == {"2024-06-14"}
    speakers = [block["speaker"]["person"] for block in document["body"] if block["type"] == "quote"]
    assert all(speaker["required"] for speaker in speakers)
    assert not any(pointer["required"] for pointer in document["people"])


def test_the_newest_major_change_is_the_one_readers_see(room: Newsroom) -> None:
    article = add_seed_article(room)
    assert article.find_last_major_change() is None
    article.change_notes = [
        ChangeNote(weight="major", at=datetime(2024, 6, 15, tzinfo=UTC), text="Rättat namn."),
        ChangeNote(weight="major", at=datetime(2024, 6, 20, tzinfo=UTC), text="Rättad titel på vice borgmästaren."),
        ChangeNote(weight="minor", at=datetime(2024, 6, 25, tzinfo=UTC), text="Ett komma."),
    ]
    assert article.find_last_major_change() == (
        datetime(2024, 6, 20, tzinfo=UTC),
        "Rättad titel på vice borgmästaren.",
    )


def test_a_person(room: Newsroom) -> None:
    janet, _anders, vitalii = add_people(room)
    document = document_of(janet)
    (role,) = document["roles"]
    assert (role["title"], role["organisation"], role["from"]) == ("kommunalråd", "Umeå kommun", "2023-01-01")
    assert role["party"] == {"letter": "S", "name": "Socialdemokraterna"}
    assert "ground" not in json.dumps(document)
    assert [name["script"] for name in document_of(vitalii)["names"]] == ["Cyrl", "Latn"]


def test_offices_are_listed_newest_first_and_held_for_days(room: Newsroom) -> None:
    janet = add_people(room)[0]
    row = janet.appointments.get()
    janet.appointments = [
        type(row)(title="ledamot", start=date(2019, 1, 1), end=date(2022, 12, 31)),
        type(row)(title="kommunalråd", start=date(2023, 1, 1)),
    ]
    assert [role["title"] for role in document_of(janet)["roles"]] == ["kommunalråd", "ledamot"]
    assert [held.title for held in janet.appointments.all() if held.is_held_on(date(2022, 12, 31))] == ["ledamot"]


def test_a_partner(room: Newsroom) -> None:
    document = document_of(room.section("umea", "sv"))
    assert (document["country"], document["languages"]) == ("SE", ["sv"])
    assert document["coordinates"] == {"lat": 63.83, "lon": 20.26}
    assert "Умео" in [name["text"] for name in document["names"]]


def test_a_partnership(room: Newsroom) -> None:
    page = add_partnership(room)
    row = page.documents.model(document=add_document(), title="Avsiktsförklaring")
    page.documents = [row]
    document = document_of(page)
    assert [member["partner"]["pointer"] for member in document["members"]] == ["partners", "partners"]
    assert document["areas"] == ["beredskap", "vattenförsörjning", "digitalisering"]
    assert [phase["type"] for phase in document["phases"]] == ["letter_of_intent", "visit", "pre_study"]
    assert document["phases"][1]["from"] == "2024-06-10"
    (file,) = document["documents"]
    assert (file["title"], file["language"], file["mime_type"]) == ("Avsiktsförklaring", "en", "application/pdf")


def test_a_page_and_a_topic(room: Newsroom) -> None:
    page = publish(add(room.home("sv"), InfoPage(title="Om Misto", lead="Så arbetar vi.")))
    assert document_of(page) == {"lead": "Så arbetar vi.", "image": None, "body": []}
    topic = add_topics(room)["urban-planning"]
    assert document_of(topic) == {"code": "urban-planning", "label": "Stadsplanering"}
    assert topic.describe_card() == {"code": "urban-planning"}


def test_a_front_page(room: Newsroom) -> None:
    article = add_seed_article(room)
    home = room.home("sv")
    home.text = '<p onclick="x">Välkommen <b>hit</b></p>'
    home.featured = [Featured(page=Page.objects.get(pk=article.pk))]
    home.notice_text, home.notice_at = "Vi nås inte i dag.", AT
    home = publish(home)
    document = document_of(home)
    assert document["text"] == "<p>Välkommen <b>hit</b></p>"
    assert [(pointer["pointer"], pointer["id"]) for pointer in document["featured"]] == [
        ("news", str(article.translation_key))
    ]
    assert document["notice"] == {"text": "Vi nås inte i dag.", "at": "2024-06-14T08:00:00Z"}


def test_every_page_is_read_at_the_hubs_own_address(room: Newsroom) -> None:
    article = add_seed_article(room)
    janet = article.people.all()[0].page
    pages = {
        room.home("sv"): "/sv",
        room.section("umea", "uk"): "/uk/partners/umea",
        article: "/sv/umea/news/umea-ingar-samarbete-med-cherson",
        janet: "/sv/umea/people/janet-agren",
        article.topics.all()[0].page: "/sv/topics/demokrati",
    }
    for page, path in pages.items():
        assert page.url.removeprefix("http://testserver") == path
    assert room.news("umea", "sv").url is None
