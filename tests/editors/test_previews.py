"""An editor sees what readers would see, before anybody else can."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.content.paths import public_path
from cms.publications.models import Publication
from tests.editors.forms import article, paragraph, quote
from tests.newsroom import Newsroom, add_image, add_people, add_seed_article
from tests.publishing import publish_noted

LEAD = "Umeå kommun och Cherson i Ukraina inleder ett samarbete."


def preview(client: Client, address: str, typed: dict[str, Any]) -> str:
    """Ask for a preview as the editor's browser does: send what is typed, then look."""
    assert client.post(address, typed).json() == {"is_valid": True, "is_available": True}
    return client.get(address).content.decode()


@pytest.fixture
def add_address(room: Newsroom) -> str:
    return reverse("wagtailadmin_pages:preview_on_add", args=["news", "newspage", room.news("umea", "sv").pk])


def test_a_new_article_is_shown_as_readers_would_see_it(room: Newsroom, editor: Client, add_address: str) -> None:
    janet = add_people(room)[0]
    said = quote("Umeå ska bidra på de sätt vi kan.", person=janet.pk)
    typed = article(title="Umeå och Cherson", lead=LEAD, body=[paragraph("<p>Vasa stad deltar.</p>"), said])

    seen = preview(editor, add_address, typed)

    for text in (LEAD, "Vasa stad deltar.", "Umeå ska bidra på de sätt vi kan.", 'lang="sv"'):
        assert text in seen
    assert not Publication.objects.filter(kind="news").exists()


def test_a_draft_of_a_published_article_is_shown_beside_what_readers_have(room: Newsroom, editor: Client) -> None:
    published = add_seed_article(room)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[published.pk])

    assert "Vecka 24" in preview(editor, address, article(title="Vecka 24", lead=LEAD))


def test_a_link_that_is_only_in_the_draft_leads_somewhere_in_the_preview(room: Newsroom, editor: Client) -> None:
    published = add_seed_article(room)
    publish_noted()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[published.pk])
    section = room.section("umea", "sv")
    linked = paragraph(f'<p>Se <a linktype="page" id="{section.pk}">kommunens sida</a>.</p>')

    seen = preview(editor, address, article(title="Vecka 24", lead=LEAD, body=[linked]))
    assert f'{public_path(section)}"' in seen.partition("Se <a")[2].partition(">")[0]


def test_what_keeps_a_draft_from_being_published_is_said(room: Newsroom, editor: Client, add_address: str) -> None:
    undescribed = ("image", {"image": add_image().pk, "alt": "", "caption": ""})
    seen = preview(editor, add_address, article(title="Umeå och Cherson", lead=LEAD, body=[undescribed]))
    assert "This cannot be published yet" in seen


def test_nobody_keeps_a_preview(room: Newsroom, editor: Client, add_address: str) -> None:
    preview(editor, add_address, article(title="Umeå och Cherson", lead=LEAD, body=[]))
    kept = {part.strip() for part in editor.get(add_address)["Cache-Control"].split(",")}
    assert {"private", "no-store"} <= kept
    assert "public" not in kept
