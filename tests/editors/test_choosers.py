"""Whoever chooses a page is offered the right kind, in the language being written."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from cms.content.choosers import KindChooser
from news.models import NewsPage
from partners.models import PersonPage
from tests.newsroom import Newsroom, add_partnership, add_people, add_topics, translate


@pytest.fixture
def people_in_two_languages(room: Newsroom) -> None:
    """Janet, Anders and Vitalii in Swedish; Vitalii in Ukrainian too."""
    _janet, _anders, vitalii = add_people(room)
    translate(vitalii, "uk", {"Vitalii Bielobrov": "Віталій Бєлобров"})


def offered(client: Client, kind: str, **asked: str) -> str:
    """Return the window in which a page is chosen."""
    answer = client.get(reverse(f"choose_{kind}:choose"), asked)
    assert answer.status_code == 200
    return str(answer.json()["html"])


@pytest.mark.usefixtures("people_in_two_languages")
class TestPeople:
    def test_of_a_ukrainian_article_are_ukrainian(self, editor: Client) -> None:
        window = offered(editor, "people", language="uk")
        assert "Віталій Бєлобров" in window
        assert "Janet" not in window
        assert "Vitalii Bielobrov" not in window

    def test_of_a_swedish_article_are_swedish(self, editor: Client) -> None:
        window = offered(editor, "people", language="sv")
        assert all(name in window for name in ("Janet Ågren", "Anders Ågren", "Vitalii Bielobrov"))
        assert "Віталій" not in window

    def test_are_found_by_a_part_of_their_name(self, editor: Client) -> None:
        window = offered(editor, "people", language="sv", q="Anders")
        assert "Anders Ågren" in window
        assert "Janet" not in window

    def test_are_no_partners(self, editor: Client) -> None:
        assert "Umeå" not in offered(editor, "people", language="sv")


def test_only_documents_are_offered_where_any_page_fits(room: Newsroom, editor: Client) -> None:
    add_topics(room)
    add_partnership(room)
    window = offered(editor, "any", language="sv")
    assert "Umeå och Cherson" in window
    assert "Demokrati" in window
    assert "Partnerships" not in window


def test_the_article_form_asks_for_the_kind_and_tells_its_language(room: Newsroom, editor: Client) -> None:
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", room.news("umea", "uk").pk])
    form = editor.get(address).content.decode()
    assert '<input type="hidden" name="page_language" value="uk" id="id_page_language">' in form
    for kind in ("people", "topics", "partners", "partnerships"):
        assert reverse(f"choose_{kind}:choose") in form
    assert "#id_page_language" in form


def test_a_chosen_person_is_named_in_the_form(room: Newsroom, editor: Client) -> None:
    janet = add_people(room)[0]
    chosen = editor.get(reverse("choose_people:chosen", args=[janet.pk])).json()
    assert chosen["result"]["title"] == "Janet Ågren"
    assert NewsPage._meta.get_field("body").stream_block.child_blocks["quote"].child_blocks["person"].kind == "people"


@pytest.mark.usefixtures("people_in_two_languages")
@pytest.mark.parametrize(
    ("language", "name"), [("sv", "Vitalii Bielobrov"), ("uk", "Віталій Бєлобров"), ("fi", "Vitalii Bielobrov")]
)
def test_whoever_was_chosen_is_called_as_the_reader_of_the_form_calls_them(language: str, name: str) -> None:
    vitalii = PersonPage.objects.get(title="Vitalii Bielobrov")
    with translation.override(language):
        assert KindChooser("people").get_display_title(vitalii) == name


@pytest.mark.parametrize(("language", "home", "other"), [("sv", "Misto", "Місто"), ("uk", "Місто", "Misto")])
def test_links_in_running_text_are_offered_in_the_language_being_written(
    language: str, home: str, other: str, room: Newsroom, editor: Client
) -> None:
    news = room.news("umea", language)
    form = reverse("wagtailadmin_pages:add", args=["news", "newspage", news.pk])
    window = editor.get(
        reverse("wagtailadmin_choose_page_child", args=[Page.get_first_root_node().pk]),
        headers={"Referer": f"http://testserver{form}"},
    )
    shown = window.json()["html"]
    assert home in shown
    assert other not in shown
