"""Each block says what is wrong with it, shows an example, and becomes a block of the contract."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StructBlockValidationError

from cms.content.blocks import BodyBlock, public_body
from cms.content.documents import Context
from cms.content.errors import PublishingRefused
from cms.content.html import render_block
from frontend_contract.models.blocks import Quote
from news.models import NewsPage
from tests.newsroom import Newsroom, add_document, add_image, add_people, add_seed_article

BLOCKS = BodyBlock().child_blocks
CONTEXT = Context(language="sv", published_at=datetime(2024, 6, 14, 8, tzinfo=UTC))
TYPES = [
    "heading",
    "paragraph",
    "list",
    "quote",
    "image",
    "gallery",
    "fact_box",
    "documents",
    "video",
    "contact",
    "link_list",
    "period",
]


def value_of(name: str, value: Any) -> Any:
    """Return a block's value as an editor's form gives it."""
    return BLOCKS[name].normalize(value)


def problems(name: str, value: Any) -> set[str]:
    """Return the fields that a block complains about."""
    try:
        BLOCKS[name].clean(value_of(name, value))
    except StructBlockValidationError as error:
        return set(error.block_errors)
    return set()


def published(name: str, value: Any, context: Context = CONTEXT) -> Any:
    """Return the block of the contract."""
    body = BodyBlock().normalize([(name, value)])
    (block,) = public_body(body, context)
    return block


def test_the_body_offers_the_blocks_of_the_contract_and_no_raw_html() -> None:
    assert sorted(BLOCKS) == sorted(TYPES)


@pytest.mark.parametrize("name", TYPES)
def test_every_block_explains_itself(name: str) -> None:
    block = BLOCKS[name]
    assert block.get_description()
    assert block.meta.icon != "placeholder"
    assert block.is_previewable


@pytest.mark.django_db
@pytest.mark.parametrize("name", TYPES)
def test_the_block_picker_shows_an_example_of_every_block(name: str, editor: Client) -> None:
    address = reverse("wagtailadmin_block_preview")
    page = editor.get(
        address, {"id": NewsPage._meta.get_field("body").stream_block.child_blocks[name].definition_prefix}
    )
    shown = page.content.decode()
    assert page.status_code == 200
    assert '<div lang="sv"><' in shown


@pytest.mark.django_db
def test_a_stored_choice_is_read_without_looking_at_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    level = BLOCKS["heading"].child_blocks["level"]
    assert level.to_python(3) == "3"
    monkeypatch.setattr(level, "field", None)
    assert (level.to_python("3"), level.to_python(None)) == ("3", None)


class TestQuote:
    def test_says_who_spoke_exactly_once(self, room: Newsroom) -> None:
        janet = add_people(room)[0]
        assert problems("quote", {"text": "Vi måste göra mer."}) == {"person"}
        assert problems("quote", {"text": "Vi måste göra mer.", "person": janet, "name": "Janet"}) == {"name"}
        assert problems("quote", {"text": "Vi måste göra mer.", "person": janet, "role": "kommunalråd"}) == {"role"}
        assert problems("quote", {"text": "Vi måste göra mer.", "person": janet}) == set()
        assert problems("quote", {"text": "Vi måste göra mer.", "name": "Anders Ågren"}) == set()

    def test_shows_only_an_office_of_the_speaker(self, room: Newsroom) -> None:
        janet, anders, _vitalii = add_people(room)
        own, other = (str(page.appointments.get().translation_key) for page in (janet, anders))
        assert problems("quote", {"text": "Ja.", "person": janet, "appointment": other}) == {"appointment"}
        assert problems("quote", {"text": "Ja.", "name": "Janet", "appointment": own}) == {"appointment"}
        assert problems("quote", {"text": "Ja.", "person": janet, "appointment": own}) == set()

    def test_has_the_original_words_with_their_language(self, db: None) -> None:
        said = {"text": "Ja.", "name": "Віталій Бєлобров"}
        assert problems("quote", {**said, "original_text": "Так."}) == {"original_language"}
        assert problems("quote", {**said, "original_language": "uk"}) == {"original_text"}

    def test_points_to_the_speaker_and_copies_no_name(self, room: Newsroom) -> None:
        janet = add_people(room)[0]
        quote = published("quote", {"text": "Vi måste göra mer.", "person": janet})
        assert quote.speaker.name == ""
        assert quote.speaker.person.id == janet.translation_key
        assert quote.speaker.person.at == date(2024, 6, 14)
        assert quote.html == ""

    def test_of_a_translation_has_the_words_as_they_were_said(self, room: Newsroom) -> None:
        article = add_seed_article(room)
        body = json.loads(json.dumps(list(article.body.raw_data)))
        translated = NewsPage(body=NewsPage._meta.get_field("body").to_python(json.dumps(body)))
        context = Context(language="uk", published_at=CONTEXT.published_at, source=article)
        quotes = [block for block in public_body(translated.body, context) if isinstance(block, Quote)]
        assert [quote.original.text for quote in quotes if quote.original] == [
            "Det är viktigt att stå upp för demokrati och frihet.",
            "Vi måste göra mer.",
        ]
        assert {quote.original.language for quote in quotes if quote.original} == {"sv"}


@pytest.mark.django_db
class TestImage:
    def test_is_described_or_decorative(self, root: Any) -> None:
        image = add_image()
        assert problems("image", {"image": image}) == {"alt"}
        assert problems("image", {"image": image, "alt": "   "}) == {"alt"}
        assert problems("image", {"image": image, "alt": "En talare", "decorative": True}) == {"alt"}
        assert problems("image", {"image": image, "alt": "En talare"}) == set()
        assert problems("image", {"image": image, "decorative": True}) == set()

    def test_suggests_what_is_known_of_the_image(self, root: Any) -> None:
        image = add_image()
        image.texts.create(language="en", alt="A man gives a talk")
        with pytest.raises(StructBlockValidationError) as refused:
            BLOCKS["image"].clean(value_of("image", {"image": image}))
        assert "A man gives a talk" in str(refused.value.block_errors["alt"])

    def test_without_a_description_is_never_published(self, root: Any) -> None:
        with pytest.raises(PublishingRefused, match="Block 1") as refused:
            published("image", {"image": add_image()})
        assert list(refused.value.field_errors) == ["body"]

    def test_of_people_who_did_not_agree_is_left_out(self, root: Any) -> None:
        image = add_image(consent="given", consent_until=date(2020, 1, 1))
        body = BodyBlock().normalize([("image", {"image": image, "alt": "Delegationen"})])
        assert public_body(body, CONTEXT) == []


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ({"week": "2024-W24"}, set()),
        ({"start": date(2024, 6, 10), "end": date(2024, 6, 16)}, set()),
        ({"week": "2024-W54"}, {"week"}),
        ({"week": "vecka 24"}, {"week"}),
        ({}, {"start"}),
        ({"start": date(2024, 6, 10)}, {"start"}),
        ({"start": date(2024, 6, 16), "end": date(2024, 6, 10)}, {"end"}),
        ({"week": "2024-W24", "start": date(2024, 1, 1), "end": date(2024, 1, 7)}, {"week"}),
    ],
)
def test_a_period_is_a_week_or_days(value: dict[str, Any], wrong: set[str]) -> None:
    assert problems("period", value) == wrong


def test_a_week_is_stored_as_its_days_and_can_be_sent_again() -> None:
    cleaned = BLOCKS["period"].clean(value_of("period", {"week": "2024-W24"}))
    assert (cleaned["start"], cleaned["end"]) == (date(2024, 6, 10), date(2024, 6, 16))
    assert BLOCKS["period"].clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", 'vecka 24, 2024 (<time datetime="2024-06-10">10 juni</time> – '),
        ("uk", 'тиждень 24, 2024 (<time datetime="2024-06-10">10 червня</time> – '),
        ("fi", 'viikko 24, 2024 (<time datetime="2024-06-10">10. kesäkuuta</time> – '),
        ("en", 'week 24, 2024 (<time datetime="2024-06-10">10 June</time> – '),
    ],
)
def test_readers_of_every_language_understand_week_24(language: str, text: str) -> None:
    context = Context(language=language, published_at=CONTEXT.published_at)
    block = published("period", {"label": "Besök", "week": "2024-W24"}, context)
    assert text in block.html
    assert (block.week.year, block.week.week) == (2024, 24)


@pytest.mark.parametrize(
    ("typed", "page", "embed"),
    [
        ("https://youtu.be/aqz-KE-bpKQ?t=3", "https://www.youtube.com/watch?v=aqz-KE-bpKQ", "youtube-nocookie.com"),
        (
            "https://www.youtube.com/watch?list=x&v=aqz-KE-bpKQ",
            "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
            "nocookie",
        ),
        ("https://vimeo.com/76979871", "https://vimeo.com/76979871", "dnt=1"),
    ],
)
def test_a_video_is_known_by_its_address(typed: str, page: str, embed: str) -> None:
    block = published("video", {"title": "Besöket", "url": typed})
    assert block.url == page
    assert embed in block.embed_url
    assert "<iframe" not in block.html


@pytest.mark.parametrize(
    "typed",
    [
        "https://example.com/watch?v=aqz-KE-bpKQ",
        "https://www.youtube.com.example.com/watch?v=aqz-KE-bpKQ",
        'https://www.youtube.com/watch?v=aqz-KE-bpKQ"><script>',
        "javascript:alert(1)//youtu.be/aqz-KE-bpKQ",
    ],
)
def test_other_addresses_are_no_video(typed: str) -> None:
    with pytest.raises(ValidationError):
        BLOCKS["video"].clean(value_of("video", {"title": "Besöket", "url": typed}))
    with pytest.raises(PublishingRefused):
        published("video", {"title": "Besöket", "url": typed})


@pytest.mark.django_db
def test_a_link_leads_to_one_place_and_says_where(room: Newsroom) -> None:
    janet = add_people(room)[0]
    link = BLOCKS["link_list"].child_blocks["links"].child_block

    def wrong(value: dict[str, Any]) -> set[str]:
        try:
            link.clean(link.normalize(value))
        except StructBlockValidationError as error:
            return set(error.block_errors)
        return set()

    assert wrong({}) == {"page"}
    assert wrong({"page": janet, "url": "https://icld.se/", "title": "ICLD"}) == {"page"}
    assert wrong({"url": "https://icld.se/"}) == {"title"}
    assert wrong({"page": janet}) == set()


@pytest.mark.django_db
def test_links_inside_text_point_by_key(room: Newsroom) -> None:
    janet = add_people(room)[0]
    letter = add_document()
    index = room.news("umea", "sv")
    html = (
        f'<p><a linktype="page" id="{janet.pk}">Janet</a>, <a linktype="document" id="{letter.pk}">brevet</a>, '
        f'<a linktype="page" id="{index.pk}">nyheter</a>, <a linktype="page" id="999999">borta</a></p>'
    )
    block = published("paragraph", html)
    assert f'<a href="hub:/@people/{janet.translation_key}" rel="noopener noreferrer">Janet</a>' in block.html
    assert f'<a href="hub:{letter.url}"' in block.html
    assert ", nyheter, borta</p>" in block.html
    assert [(link.kind, link.id) for link in block.links] == [("people", janet.translation_key)]


@pytest.mark.parametrize(
    "dirty",
    [
        '<p onclick="alert(1)">Hej</p>',
        "<p>Hej<script>alert(1)</script></p>",
        '<p><a href="javascript:alert(1)">Hej</a></p>',
        '<p><a href=" JaVaScRiPt:alert(1)">Hej</a></p>',
        '<p><a href="data:text/html,x">Hej</a></p>',
        '<p><a href="hub:/admin/">Hej</a></p>',
        '<p><a href="/admin/">Hej</a></p>',
        '<p style="position:fixed">Hej<iframe src="https://example.com"></iframe></p>',
    ],
)
def test_nothing_harmful_leaves_the_house(dirty: str) -> None:
    assert published("paragraph", dirty).html == "<p>Hej</p>"


@pytest.mark.parametrize("address", ["https://icld.se/", "mailto:international@umea.example", "tel:+4690161000"])
def test_links_people_need_are_kept(address: str) -> None:
    assert f'href="{address}"' in published("paragraph", f'<p><a href="{address}">Läs mer</a></p>').html


def test_texts_are_escaped_everywhere() -> None:
    evil = "<img src=x onerror=alert(1)>"
    blocks = [
        {"type": "heading", "text": evil, "level": 2},
        {
            "type": "quote",
            "text": evil,
            "speaker": {"name": evil, "role": evil, "party": {"letter": evil, "name": evil}, "person": None},
            "original": {"language": "uk", "text": evil},
        },
        {"type": "fact_box", "title": evil, "text": None, "items": [evil]},
        {"type": "period", "label": evil, "start": "2024-06-10", "end": "2024-06-16", "week": None},
        {
            "type": "contact",
            "contact": {
                "name": evil,
                "role": evil,
                "organisation": evil,
                "email": evil,
                "phone": evil,
                "url": "javascript:alert(1)",
                "person": None,
            },
        },
        {
            "type": "link_list",
            "title": evil,
            "links": [{"title": evil, "description": evil, "url": "javascript:alert(1)", "target": None}],
        },
    ]
    for block in blocks:
        html = render_block(block, "sv")
        assert "<img" not in html
        assert 'href="javascript' not in html


def test_a_quote_shows_its_speaker_once_the_person_is_known() -> None:
    card = {"path": "/sv/umea/people/janet-agren", "organisation": "Umeå kommun", "title": "Janet Ågren"}
    speaker = {"name": "Janet Ågren", "role": "kommunalråd", "party": {"letter": "S", "name": "x"}, "person": card}
    html = render_block({"type": "quote", "text": "Vi måste göra mer.", "speaker": speaker, "original": None}, "sv")
    assert html == (
        "<figure><blockquote><p>Vi måste göra mer.</p></blockquote><figcaption>"
        '<a href="hub:/sv/umea/people/janet-agren">Janet Ågren</a> (S), kommunalråd, Umeå kommun</figcaption></figure>'
    )


@pytest.mark.django_db
def test_a_page_is_stored_by_key_and_shown_to_the_editor(room: Newsroom) -> None:
    janet = add_people(room)[0]
    block = BLOCKS["quote"].child_blocks["person"]
    stored = block.get_prep_value(block.normalize(janet))
    assert stored == f"people/{janet.translation_key}"
    assert block.get_form_state(block.to_python(stored))["title"] == "Janet Ågren"


@pytest.mark.django_db
def test_a_page_that_is_gone_must_be_chosen_anew() -> None:
    block = BLOCKS["quote"].child_blocks["person"]
    with pytest.raises(ValidationError):
        block.clean(block.to_python(f"people/{uuid4()}"))
