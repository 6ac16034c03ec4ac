"""A page's form is taken once, however often a bad line makes its script send it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowTask

from cms.desk.models import Receipt
from news.models import NewsPage
from tests.editors.forms import article, paragraph
from tests.newsroom import Newsroom

JSON = {"Accept": "application/json"}
HTML = {"Accept": "text/html"}
TITLE = "Umeå och Cherson talar om vatten"


@pytest.fixture
def writer(editor: Client) -> User:
    """The person behind the browser `editor`."""
    return User.objects.get(pk=editor.session["_auth_user_id"])


@pytest.fixture
def written(room: Newsroom) -> NewsPage:
    """An article that somebody began."""
    page = NewsPage(title=TITLE, slug="vatten", lead="Vatten.", live=False)
    room.news("umea", "sv").add_child(instance=page)
    page.save_revision()
    return page


def send(client: Client, path: str, data: dict[str, Any], headers: dict[str, str] = JSON) -> HttpResponse:
    """Send a form as its script does."""
    return client.post(path, {"sending-as": client.session.get("_auth_user_id", ""), **data}, headers=headers)


def new_article(room: Newsroom) -> str:
    return reverse("wagtailadmin_pages:add", args=["news", "newspage", room.news("umea", "sv").pk])


def test_a_page_is_made_once_although_the_answer_was_lost(room: Newsroom, editor: Client) -> None:
    data = article(title=TITLE) | {"sending-ticket": str(uuid4())}
    first, again = (send(editor, new_article(room), data).json() for _ in range(2))
    assert (first["success"], again) == (True, first)
    assert NewsPage.objects.filter(title=TITLE).count() == 1


def test_a_draft_goes_on_from_the_answer_that_was_lost(editor: Client, written: NewsPage) -> None:
    path = reverse("wagtailadmin_pages:edit", args=[written.pk])
    newest = written.latest_revision
    known = {"loaded_revision_id": newest.pk, "loaded_revision_created_at": newest.created_at.isoformat()}
    data = article(title=TITLE, lead="Vatten fram.") | known | {"sending-ticket": str(uuid4())}
    first, again = (send(editor, path, data).json() for _ in range(2))
    assert again["revision_id"] == first["revision_id"]
    then = article(title=TITLE, lead="Vattnet når fram.") | {"overwrite_revision_id": again["revision_id"]}
    assert send(editor, path, then | {"sending-ticket": str(uuid4())}).json()["success"]


def test_a_pressed_button_tells_where_to_go_on_and_again_if_asked_twice(room: Newsroom, editor: Client) -> None:
    data = article(title=TITLE, lead="Vatten.", body=[paragraph("<p>Vattnet når fram.</p>")])
    data |= {"sending-ticket": str(uuid4()), "action-publish": "1"}
    first = send(editor, new_article(room), data, HTML).json()
    assert first == {"success": True, "to": reverse("wagtailadmin_explore", args=[room.news("umea", "sv").pk])}
    again = send(editor, new_article(room), data, HTML)
    assert again.json() == first
    assert NewsPage.objects.live().filter(title=TITLE).count() == 1
    assert "had arrived already" in str([str(message) for message in get_messages(again.wsgi_request)])


def test_what_is_wrong_in_a_form_is_shown_in_the_form(room: Newsroom, editor: Client) -> None:
    data = article(title="", lead="Vatten.") | {"sending-ticket": str(uuid4()), "action-publish": "1"}
    answer = send(editor, new_article(room), data, HTML)
    assert answer["Content-Type"].startswith("text/html")
    assert "title" in answer.context["form"].errors
    assert not Receipt.objects.exists()


def test_nobody_saves_under_their_name_what_another_wrote(room: Newsroom, editor: Client) -> None:
    other = Client()
    other.force_login(User.objects.create_superuser("kollega", "kollega@umea.example", "x"))
    data = article(title=TITLE) | {"sending-ticket": str(uuid4()), "sending-as": editor.session["_auth_user_id"]}
    assert send(other, new_article(room), data).status_code == 401
    assert send(Client(), new_article(room), data).status_code == 401
    assert not NewsPage.objects.filter(title=TITLE).exists()


def test_a_ticket_is_its_owners(room: Newsroom, editor: Client) -> None:
    ticket = str(uuid4())
    send(editor, new_article(room), article(title=TITLE) | {"sending-ticket": ticket})
    other = Client()
    other.force_login(User.objects.create_superuser("kollega", "kollega@umea.example", "x"))
    answer = send(other, new_article(room), article(title="Umeå lånar ut en båt") | {"sending-ticket": ticket}).json()
    assert Page.objects.get(pk=answer["pk"]).get_latest_revision_as_object().title == "Umeå lånar ut en båt"


def test_a_newer_draft_is_not_overwritten_unseen(editor: Client, written: NewsPage, writer: User) -> None:
    base = f"{written.latest_revision.pk} {written.latest_revision.created_at.isoformat()}"
    colleague = User.objects.create_user("kollega", first_name="Kim", last_name="Berg")
    page = NewsPage.objects.get()
    page.lead = "Kims ingress."
    page.save_revision(user=colleague)
    path = reverse("wagtailadmin_pages:edit", args=[written.pk])
    mine = article(title=TITLE, lead="Min ingress.") | {"sending-base": base}

    refused = send(editor, path, mine | {"sending-ticket": str(uuid4())}, HTML)

    assert (refused.status_code, refused.json()["newer_by"]) == (409, "Kim Berg")
    assert NewsPage.objects.get().get_latest_revision_as_object().lead == "Kims ingress."
    del mine["sending-base"]
    assert send(editor, path, mine | {"sending-ticket": str(uuid4())}, HTML).json()["success"]
    assert NewsPage.objects.get().get_latest_revision_as_object().lead == "Min ingress."


def test_one_press_of_approve_approves_one_step(editor: Client, writer: User, written: NewsPage) -> None:
    group = Group.objects.create(name="Redaktion")
    writer.groups.add(group)
    workflow = Workflow.objects.create(name="Två steg")
    for name in ("Först", "Sedan"):
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(group)
        WorkflowTask.objects.create(workflow=workflow, task=task)
    workflow.start(written, writer)
    path = reverse("wagtailadmin_pages:edit", args=[written.pk])
    shown = {"loaded_step": TaskState.objects.get().pk, "loaded_revision_id": written.latest_revision.pk}
    shown["loaded_revision_created_at"] = written.latest_revision.created_at.isoformat()
    action = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    data = article(title=TITLE, lead="Vatten.") | shown | action | {"sending-ticket": str(uuid4())}
    for _ in range(2):
        assert send(editor, path, data, HTML).json()["success"]
    approved = TaskState.objects.filter(status=TaskState.STATUS_APPROVED)
    assert [state.task.name for state in approved] == ["Först"]


def test_answers_are_kept_for_a_day(room: Newsroom, editor: Client, writer: User) -> None:
    Receipt.objects.create(user=writer, ticket=uuid4(), answer={})
    Receipt.objects.update(made_at=timezone.now() - timedelta(days=2))
    send(editor, new_article(room), article(title=TITLE) | {"sending-ticket": str(uuid4())})
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("ticket", ["", "inget nummer"])
def test_a_form_without_a_ticket_is_answered_as_ever(room: Newsroom, editor: Client, ticket: str) -> None:
    answer = send(editor, new_article(room), article(title=TITLE) | {"sending-ticket": ticket}, HTML)
    assert answer.status_code == 302
    assert not Receipt.objects.exists()
