"""An editor writes the article this hub began with."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.signals import page_published

from cms.content.errors import PublishingRefused
from news.models import NewsPage
from partners.models import PersonPage
from tests.editors.forms import article, create, edit, errors_of, paragraph, person, quote
from tests.newsroom import Newsroom, add_image, add_people, add_seed_article, add_topics

TITLE = "Umeå ingår samarbete med Cherson"
LEAD = "Umeå kommun och Cherson i Ukraina inleder ett samarbete med fokus på demokrati och stadsplanering."


def test_a_new_page_shows_where_its_title_goes(room: Newsroom, editor: Client) -> None:
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", room.news("umea", "sv").pk])
    form = editor.get(address).content.decode()
    assert 'placeholder="Page title*"' in form
    assert "w-sync" not in form, "Wagtail's script stumbles over a title that fills in no slug"


def test_an_editor_writes_and_publishes_the_seed_article(room: Newsroom, editor: Client) -> None:
    janet, anders, vitalii = add_people(room)
    topics = add_topics(room)
    image = add_image()
    typed = article(
        title=TITLE,
        lead=LEAD,
        image=image.pk,
        image_alt="En talare visar bilder",
        image_caption="Man håller en presentation.",
        body=[
            paragraph("<p>Umeå kommun och Cherson har undertecknat ett <b>Letter of Intent</b>.</p>"),
            quote("Det är viktigt att stå upp för demokrati och frihet.", person=janet.pk),
            ("period", {"label": "Delegationens besök", "week": "2024-W24", "start": "", "end": ""}),
            quote("Vi måste göra mer.", person=anders.pk),
        ],
        topics=[{"page": topic.pk} for topic in topics.values()],
        people=[{"page": somebody.pk} for somebody in (janet, anders, vitalii)],
        partners=[{"page": room.section("kherson", "sv").pk}],
        published_at="2024-06-14 08:00",
    )

    response = create(editor, room.news("umea", "sv"), NewsPage, typed, "publish")

    assert response.status_code == 302, errors_of(response)
    written = NewsPage.objects.get()
    assert written.live
    assert written.slug == "umea-ingar-samarbete-med-cherson"
    assert [block.block_type for block in written.body] == ["paragraph", "quote", "period", "quote"]
    assert [row.key for row in written.people.all()] == [
        somebody.translation_key for somebody in (janet, anders, vitalii)
    ]


def test_a_draft_needs_only_a_title(room: Newsroom, editor: Client) -> None:
    response = create(editor, room.news("kherson", "uk"), NewsPage, article(title="Умео починає співпрацю з Херсоном"))

    assert response.status_code == 302, errors_of(response)
    draft = NewsPage.objects.get()
    assert not draft.live
    assert draft.slug == "umeo-pochynaie-spivpratsiu-z-khersonom"


def test_a_draft_may_hold_half_a_thought(room: Newsroom, editor: Client) -> None:
    image = add_image()
    body = [quote("Vi måste göra mer."), ("image", {"image": image.pk, "alt": "", "caption": ""})]
    response = create(editor, room.news("umea", "sv"), NewsPage, article(title=TITLE, body=body))
    assert response.status_code == 302, errors_of(response)


def test_publishing_without_a_lead_is_refused_and_keeps_what_was_typed(room: Newsroom, editor: Client) -> None:
    typed = article(title=TITLE, body=[paragraph("<p>Vasa stad kommer också att delta.</p>")])
    response = create(editor, room.news("umea", "sv"), NewsPage, typed, "publish")
    assert list(errors_of(response)) == ["lead"]
    assert "Vasa stad" in response.content.decode()
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize("texts", [{}, {"image_alt": "En talare", "image_decorative": "on"}])
def test_a_main_image_is_described_or_decorative(texts: dict[str, str], room: Newsroom, editor: Client) -> None:
    typed = article(title=TITLE, lead=LEAD, **({"image": add_image().pk} | texts))
    response = create(editor, room.news("umea", "sv"), NewsPage, typed, "publish")
    assert list(errors_of(response)) == ["image_alt"]
    assert not NewsPage.objects.exists()


def test_a_page_for_reviewers_must_be_complete_too(room: Newsroom, editor: Client) -> None:
    draft = add_seed_article(room, live=False)
    response = edit(editor, draft, article(title=TITLE, lead=LEAD, image=add_image().pk), "submit")
    assert list(errors_of(response)) == ["image_alt"]


@pytest.fixture
def refusal() -> Iterator[str]:
    """Something that only shows when the page is published."""
    sentence = "Janet Ågren is not published in Swedish."

    def refuse(**signal: Any) -> None:
        raise PublishingRefused([f"“{TITLE}” cannot be published: {sentence}"], {"body": [sentence]})

    page_published.connect(refuse)
    yield sentence
    page_published.disconnect(refuse)


@pytest.mark.django_db(transaction=True)
def test_what_refuses_the_publishing_is_said_in_the_form(room: Newsroom, editor: Client, refusal: str) -> None:
    typed = article(title=TITLE, lead=LEAD, body=[paragraph("<p>Vasa stad kommer att delta.</p>")])
    response = create(editor, room.news("umea", "sv"), NewsPage, typed, "publish")
    assert errors_of(response) == {"body": [refusal]}
    assert "Vasa stad" in response.content.decode()
    assert not NewsPage.objects.exists()


def test_the_form_has_no_slug_and_no_comments(room: Newsroom, editor: Client) -> None:
    page = editor.get(reverse("wagtailadmin_pages:add", args=["news", "newspage", room.news("umea", "sv").pk]))
    fields = page.context["form"].fields
    assert "slug" not in fields
    assert "comment_notifications" not in fields
    assert page.context["form"]["page_language"].value() == "sv"


@pytest.mark.parametrize(
    ("appointment", "field"),
    [
        ({"party_letter": "S", "party_name": "Socialdemokraterna"}, "party_letter"),
        ({"is_elected": "on", "party_letter": "S"}, "party_name"),
        ({"start": "2023-01-01", "end": "2022-01-01"}, "end"),
    ],
)
def test_an_appointment_is_consistent(appointment: dict[str, str], field: str, room: Newsroom, editor: Client) -> None:
    row = {"title": "kommunalråd", "organisation": "", "start": "", "end": "", "party_letter": "", "party_name": ""}
    typed = person(title="Janet Ågren", appointments=[row | appointment])
    response = create(editor, room.people("umea", "sv"), PersonPage, typed, "publish")
    assert field in response.context["form"].formsets["appointments"].errors[0]
    assert not PersonPage.objects.exists()


def test_only_a_consent_has_a_last_day(room: Newsroom, editor: Client) -> None:
    typed = person(title="Janet Ågren", consent_until="2027-01-01")
    response = create(editor, room.people("umea", "sv"), PersonPage, typed, "publish")
    assert list(errors_of(response)) == ["consent_until"]


@pytest.mark.parametrize(
    ("place", "model"),
    [
        ("umea/news", "news/newspage"),
        ("umea/people", "partners/personpage"),
        ("umea/partnerships", "partners/partnershippage"),
        ("topics", "news/topicpage"),
        ("home", "home/infopage"),
    ],
)
def test_every_form_opens(place: str, model: str, room: Newsroom, editor: Client) -> None:
    form = editor.get(reverse("wagtailadmin_pages:add", args=[*model.split("/"), room.pages[place, "uk"].pk]))
    assert form.status_code == 200
    assert "Dates and rights" in form.content.decode()


@pytest.mark.parametrize("name", ["home", "umea"])
def test_every_form_of_the_set_up_pages_opens(name: str, room: Newsroom, editor: Client) -> None:
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[room.pages[name, "sv"].pk]))
    assert form.status_code == 200


@pytest.mark.parametrize(
    ("place", "offered"),
    [
        ("news", {"news article"}),
        ("people", {"person"}),
        ("partnerships", {"partnership"}),
    ],
)
def test_each_place_offers_only_what_belongs_there(place: str, offered: set[str], room: Newsroom) -> None:
    parent = Page.objects.get(pk=room.pages[f"umea/{place}", "sv"].pk).specific
    assert {model.get_verbose_name().lower() for model in parent.creatable_subpage_models()} == offered
