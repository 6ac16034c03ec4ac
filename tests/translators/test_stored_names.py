"""Groups, steps and reviews of the set-up are called in the reader's language, wherever Wagtail shows them."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, PageLogEntry, Task, Workflow, WorkflowState
from wagtail.users.models import UserProfile

from cms.demo.reviews import set_up_language_reviews, set_up_section_reviews
from cms.demo.rights import set_up_editors, set_up_translators
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators.desk import signed_in

STORED = ("Umeå editors", "Reviewers of Swedish", "Translators into Swedish", "Umeå, Swedish")


@dataclass(frozen=True)
class Names:
    """What the reader of one language reads instead."""

    editors: str
    reviewers: str
    translators: str
    review: str


NAMES = {
    "sv": Names("Redaktörer: Umeå", "Granskare: Svenska", "Översättare: Svenska", "Umeå, Svenska"),
    "uk": Names("Редактори: Умео", "Рецензенти: Шведська", "Перекладачі: Шведська", "Умео, Шведська"),
    "fi": Names("Toimitus: Uumaja", "Tarkastajat: Ruotsi", "Kääntäjät: Ruotsi", "Uumaja, Ruotsi"),
}


@pytest.fixture(autouse=True)
def groups(room: Newsroom) -> None:
    """The set-up of Umeå and of Swedish."""
    sections = [room.section("umea", "sv")]
    sections[0].languages = ["sv"]
    set_up_section_reviews(sections, set_up_editors(sections, "Umeå"), "Umeå")
    set_up_language_reviews(room.home("sv"))
    set_up_translators(room.home("sv"))


@pytest.fixture
def editor(groups: None) -> User:
    """Who edits Umeå's own pages, in Swedish."""
    user = User.objects.create_user("umea-editor")
    user.groups.add(Group.objects.get(name="Umeå editors"))
    return user


@pytest.fixture
def reviewed(article: NewsPage, editor: User) -> WorkflowState:
    """A review of the article that has come to its second step."""
    state = article.get_workflow().start(article, editor)
    state.current_task_state.approve(user=editor)
    state.refresh_from_db()
    return state


@pytest.fixture(params=list(NAMES))
def language(request: pytest.FixtureRequest, editor: User, admin_user: User) -> Iterator[str]:
    """In which language everybody reads."""
    for user in (editor, admin_user):
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": request.param})
    with override(request.param):
        yield request.param


def read(user: User, name: str, *arguments: Any) -> str:
    answer = signed_in(user).get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_the_editor_of_a_page_reads_where_it_goes_and_where_it_is(
    language: str, article: NewsPage, editor: User, admin_user: User
) -> None:
    names = NAMES[language]
    form = read(editor, "wagtailadmin_pages:edit", article.pk)
    assert names.review in form, "the button that submits it"
    article.get_workflow().start(article, editor)
    form = read(editor, "wagtailadmin_pages:edit", article.pk)
    assert [name in form for name in (names.review, names.editors, names.reviewers)] == [True] * 3
    article.current_workflow_task_state.approve(user=editor)
    locked = read(editor, "wagtailadmin_pages:edit", article.pk)
    assert f"{names.reviewers}'" in locked.replace("»", "'"), "who has it now, and why it is locked"
    article.current_workflow_task_state.reject(user=admin_user)
    returned = read(editor, "wagtailadmin_pages:edit", article.pk)
    assert names.reviewers in returned.partition("<footer")[2], "the button that submits it again"
    assert not [name for name in STORED for page in (form, locked, returned) if name in page]


@pytest.mark.parametrize(
    "place",
    [
        "wagtailadmin_home",
        "wagtailadmin_reports:workflow",
        "wagtailadmin_reports:workflow_tasks",
        "wagtailadmin_workflows:index",
        "wagtailadmin_workflows:task_index",
        "wagtailusers_groups:index",
        "wagtailusers_users:index",
        "wagtailusers_users:add",
        "wagtailadmin_reports:site_history",
    ],
)
def test_lists_reports_and_forms_say_them_too(
    language: str, place: str, reviewed: WorkflowState, editor: User, admin_user: User
) -> None:
    user = editor if place == "wagtailadmin_home" else admin_user
    page, names = read(user, place), NAMES[language]
    assert not [name for name in STORED if name in page]
    shown = [name for name in (names.editors, names.reviewers, names.review) if name in page]
    assert shown or place == "wagtailadmin_reports:site_history"
    if "users" in place:
        assert names.translators in page


def test_the_history_of_a_page_says_them_too(
    language: str, article: NewsPage, reviewed: WorkflowState, editor: User
) -> None:
    names = NAMES[language]
    for place, arguments in (
        ("wagtailadmin_pages:history", [article.pk]),
        ("wagtailadmin_pages:workflow_history", [article.pk]),
        ("wagtailadmin_pages:workflow_history_detail", [article.pk, reviewed.pk]),
    ):
        page = read(editor, place, *arguments)
        assert [name in page for name in (names.review, names.editors)] == [True] * 2
        assert not [name for name in STORED if name in page]


def stored() -> list[str]:
    """Return the names as the database has them."""
    found = []
    with connection.cursor() as cursor:
        for model in (Group, Task, Workflow):
            cursor.execute(f"SELECT name FROM {model._meta.db_table} ORDER BY name")
            found += [name for (name,) in cursor.fetchall()]
    return found


def test_what_is_stored_stays_as_it_is(
    language: str, article: NewsPage, reviewed: WorkflowState, admin_user: User
) -> None:
    """Forms show the stored name, and store it again; what is noted in a history is stored as it was, too."""
    before, client = stored(), signed_in(admin_user)
    for name, model, own in (
        ("wagtailusers_groups:edit", Group, "Umeå editors"),
        ("wagtailadmin_workflows:edit", Workflow, "Umeå, Swedish"),
        ("wagtailadmin_workflows:edit_task", Task, "Umeå editors"),
    ):
        url = reverse(name, args=[model.objects.get(name=own).pk])
        assert f'value="{own}"' in html.unescape(client.get(url).content.decode())
    for thing in (*Group.objects.all(), *Task.objects.all(), *Workflow.objects.all()):
        thing.save()
    Task.objects.filter(name="Umeå editors").update(name=Group.objects.get(name="Umeå editors").name)
    assert stored() == before
    noted = PageLogEntry.objects.get(action="wagtail.workflow.start").data["workflow"]
    assert (noted["title"], noted["next"]["title"]) == ("Umeå, Swedish", "Umeå editors")


def test_what_an_administrator_calls_something_stays(language: str, editor: User, admin_user: User) -> None:
    mine = ["Culture editors", "Reviewers of poetry", "Translators into verse", "Swedish", "Мовна рада"]
    for name in mine:
        Group.objects.create(name=name)
    shown = read(admin_user, "wagtailusers_users:add")
    assert [name in shown for name in mine] == [True] * len(mine)


def test_many_names_cost_no_more_than_one(language: str, room: Newsroom, admin_user: User) -> None:
    client, url = signed_in(admin_user), reverse("wagtailusers_users:add")

    def queries() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    few = queries()
    for partner in Page.objects.filter(depth=3).values_list("title", flat=True).distinct():
        Group.objects.get_or_create(name=f"{partner} editors")
    assert Group.objects.filter(name__endswith=" editors").count() > 3
    assert queries() == few


def test_a_partner_that_gets_another_name_gets_it_at_once(language: str, room: Newsroom, admin_user: User) -> None:
    section = room.section("umea", language)
    section.title = "Umeå kommun / Умео"
    section.save()
    assert "Umeå kommun / Умео" in read(admin_user, "wagtailusers_users:add")
