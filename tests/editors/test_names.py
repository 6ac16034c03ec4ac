"""An editor who writes a name otherwise than the register says is told so, and stopped by nothing."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.demo.register import fill_register
from cms.translation.models import Mention, Name
from news.models import NewsPage
from partners.models import PeopleIndexPage
from tests.editors.forms import article, create, edit, errors_of, paragraph, quote
from tests.newsroom import Newsroom, open_newsroom

TITLE = "Umeå enters into cooperation with Kherson"
LEAD = "The municipality of Umeå and Kherson in Ukraine begin to cooperate on democracy and urban planning."
WRONG = "Look at the names and terms. {}: “Cherson”: write “Kherson”."


@pytest.fixture(autouse=True)
def register(db: None) -> None:
    """The demo's names and terms, without the pages they belong to."""
    fill_register()


@pytest.fixture
def room(db: None, root: Page) -> Newsroom:
    """A newsroom that writes in English, too."""
    return open_newsroom(languages=("sv", "en"))


def warnings(response: HttpResponse) -> list[str]:
    """Return what the editor is warned of."""
    said = get_messages(response.wsgi_request)  # type: ignore[attr-defined]  # the test client's own
    return [str(message) for message in said if message.level_tag == "warning"]


def write(editor: Client, room: Newsroom, action: str = "", **typed: object) -> HttpResponse:
    response = create(editor, room.news("umea", "en"), NewsPage, article(title=TITLE, **typed), action)
    assert response.status_code == 302, errors_of(response)
    return response


@pytest.mark.parametrize("action", ["", "publish"])
def test_cherson_in_an_english_text_is_pointed_out_when_it_is_saved(
    room: Newsroom, editor: Client, action: str
) -> None:
    response = write(editor, room, action, lead=LEAD.replace("Kherson", "Cherson"))
    assert warnings(response) == [WRONG.format("Lead")]
    assert NewsPage.objects.get().live is (action == "publish")


@pytest.mark.parametrize("action", ["", "publish"])
def test_it_is_pointed_out_again_when_the_page_is_saved_again(room: Newsroom, editor: Client, action: str) -> None:
    assert warnings(write(editor, room, action, lead=LEAD)) == []
    body = [paragraph("<p>A delegation from <b>Cherson</b> came.</p>")]
    response = edit(editor, NewsPage.objects.get(), article(title=TITLE, lead=LEAD, body=body), action)
    assert response.status_code == 302, errors_of(response)
    assert warnings(response) == [WRONG.format("Text")]
    shown = editor.get(response["Location"]).content.decode()
    assert "“Cherson”: write “Kherson”." in shown


def test_a_forbidden_term_is_pointed_out_and_stops_no_editor(room: Newsroom, editor: Client) -> None:
    response = write(editor, room, "publish", lead="ICLD has granted a feasibility study.")
    assert warnings(response) == ["Look at the names and terms. Lead: “feasibility study”: write “pre-study”."]
    assert NewsPage.objects.get().live


def test_every_language_has_its_own_right_form(room: Newsroom, editor: Client) -> None:
    typed = article(title="Umeå ingår samarbete med Cherson", lead="Khersons delegation kom.")
    response = create(editor, room.news("umea", "sv"), NewsPage, typed)
    assert warnings(response) == ["Look at the names and terms. Lead: “Khersons”: write “Cherson”."]


def test_a_page_that_may_mention_a_form_is_left_in_peace(room: Newsroom, editor: Client) -> None:
    write(editor, room, lead=LEAD)
    page = NewsPage.objects.get()
    Mention.objects.create(name=Name.objects.get(title="Kherson"), page=page.page_ptr, why="About the names.")
    response = edit(editor, page, article(title=TITLE, lead="In Swedish it is called Cherson."))
    assert warnings(response) == []


def test_half_a_thought_is_looked_through_as_well(room: Newsroom, editor: Client) -> None:
    body = [
        quote(""),
        ("image", {"image": "", "alt": "The mayor of Cherson", "caption": ""}),
        ("period", {"label": "", "week": "", "start": "", "end": ""}),
    ]
    [said] = warnings(write(editor, room, body=body))
    assert said == WRONG.format("Image › Alternative text")


def test_of_many_slips_the_first_are_told_and_the_rest_counted(room: Newsroom, editor: Client) -> None:
    body = [paragraph("<p>Cherson, feasibility study, Bielobrova</p>"), paragraph("<p>Cherson</p>")]
    wrong = {"lead": "Cherson, a feasibility study, Bielobrova", "body": body, "image_caption": "Cherson, Bielobrova"}
    [said] = warnings(write(editor, room, **wrong))
    assert said.count(": write ") == 5
    assert said.endswith("And 3 more.")


def test_a_page_without_text_of_its_own_says_nothing(room: Newsroom, editor: Client) -> None:
    section = PeopleIndexPage.objects.child_of(room.section("umea", "en")).get()
    response = edit(editor, section, {"title": "People of Cherson", "slug": section.slug})
    assert response.status_code == 302, errors_of(response)
    assert warnings(response) == []


def test_what_the_browser_saves_by_itself_leaves_no_warnings_behind(room: Newsroom, editor: Client) -> None:
    write(editor, room, lead=LEAD)
    page = NewsPage.objects.get()
    editor.get(f"/admin/pages/{page.pk}/edit/")
    editor.defaults["HTTP_ACCEPT"] = "application/json"
    response = edit(editor, page, article(title=TITLE, lead="Cherson"))
    assert response.json()["success"] is True
    assert warnings(response) == []


def test_looking_costs_the_same_for_one_paragraph_and_for_forty(room: Newsroom, editor: Client) -> None:
    """The register is read in three queries; the rows of the page are in memory."""
    write(editor, room, lead=LEAD)
    page = NewsPage.objects.get()

    def queries(number: int) -> int:
        typed = article(title=TITLE, lead=LEAD, body=[paragraph("<p>Cherson came.</p>")] * number)
        edit(editor, page, typed)
        with CaptureQueriesContext(connection) as captured:
            assert warnings(edit(editor, page, typed))
        return len(captured)

    assert queries(1) == queries(40)
