"""Who approves a page approves the step and the draft that they have before them, and no other."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState, Workflow, WorkflowTask

from cms.translation.models import ReviewTask
from news.models import NewsPage
from tests.editors.forms import article, paragraph
from tests.newsroom import Newsroom
from tests.translators.desk import account, signed_in

TITLE = "Umeå och Cherson talar om vatten"
CHANGED = "This text has changed since you opened it, so nothing was decided. Read it again."
AT_STEP = "This text has changed since it came to this step, so nothing was decided. Open it, and decide there."
BODY = [paragraph("<p>Vattnet når fram.</p>")]
TYPED = "Vattnet når fram till alla."


@pytest.fixture
def city(db: None) -> User:
    """Who does both steps of a review."""
    user = User.objects.create_user("umea")
    user.groups.add(Group.objects.create(name="Redaktion"))
    return user


@pytest.fixture
def page(room: Newsroom, city: User, editor: Client) -> NewsPage:
    """An article in review, at the first of two steps."""
    written = NewsPage(
        title=TITLE, slug="vatten", lead="Vatten.", body=[("paragraph", "<p>Vattnet når fram.</p>")], live=False
    )
    room.news("umea", "sv").add_child(instance=written)
    written.save_revision()
    workflow = Workflow.objects.create(name="Två steg")
    for name in ("Först", "Sedan"):
        task = ReviewTask.objects.create(name=name)
        task.groups.add(Group.objects.get(name="Redaktion"))
        WorkflowTask.objects.create(workflow=workflow, task=task)
    workflow.start(written, city)
    return written


def edit_of(page: NewsPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def open_form(client: Client, page: NewsPage) -> dict[str, str]:
    """Return what the page's form says of itself."""
    return own_fields(client.get(edit_of(page)))


def own_fields(answer: HttpResponse) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(loaded_\w+)" value="([^"]*)">', answer.content.decode())
    return dict(found)


def decide(client: Client, page: NewsPage, opened: dict[str, str], action: str = "approve", **typed: Any) -> Any:
    """Press “Approve” or “Request changes” in the form."""
    pressed = {"action-workflow-action": "true", "workflow-action-name": action}
    pressed["workflow-action-extra-data"] = '{"comment": "Läst."}'
    return client.post(
        edit_of(page), article(**{"title": TITLE, "lead": "Vatten.", "body": BODY} | typed) | pressed | opened
    )


def said_by(answer: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def steps() -> list[str]:
    return list(TaskState.objects.order_by("pk").values_list("status", flat=True))


def save_as_colleague(page: NewsPage) -> None:
    draft = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.lead = "Kims ingress."
    draft.save_revision(user=User.objects.create_user("kollega", first_name="Kim"))


def draft_of(page: NewsPage) -> NewsPage:
    draft: NewsPage = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return draft


def test_what_is_typed_is_approved_with_the_rest_and_goes_live(editor: Client, page: NewsPage) -> None:
    decide(editor, page, open_form(editor, page), lead=TYPED)
    assert steps() == ["approved", "in_progress"]
    decide(editor, page, open_form(editor, page), lead=TYPED)
    live = NewsPage.objects.get(pk=page.pk)
    assert (live.live, live.lead, live.has_unpublished_changes) == (True, TYPED, False)


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_two_forms_decide_about_one_step_and_keep_what_is_typed(action: str, editor: Client, page: NewsPage) -> None:
    opened = open_form(editor, page)
    decide(editor, page, opened)
    answer = decide(editor, page, opened, action, lead=TYPED)
    assert said_by(answer)[-1] == CHANGED
    assert steps() == ["approved", "in_progress"]
    assert TYPED in answer.content.decode()
    assert draft_of(page).lead == "Vatten."


def test_what_a_colleague_changed_meanwhile_is_not_approved_unseen(editor: Client, page: NewsPage) -> None:
    opened = open_form(editor, page)
    save_as_colleague(page)
    answer = decide(editor, page, opened, lead=TYPED)
    assert (said_by(answer)[-1], steps()) == (CHANGED, ["in_progress"])
    assert TYPED in answer.content.decode()
    assert draft_of(page).lead == "Kims ingress."
    again = decide(editor, page, own_fields(answer), lead=TYPED)
    assert (said_by(again)[-1], steps()) == (CHANGED, ["in_progress"]), "what is shown is still what was typed before"
    decide(editor, page, open_form(editor, page), lead="Kims ingress.")
    assert steps() == ["approved", "in_progress"]


def test_a_form_that_does_not_say_what_it_shows_decides_nothing(editor: Client, page: NewsPage) -> None:
    answer = decide(editor, page, {})
    assert (said_by(answer)[-1], steps()) == (CHANGED, ["in_progress"])


@pytest.mark.parametrize(
    ("said", "code", "left"),
    [("{", 400, ["in_progress"]), ("[]", 400, ["in_progress"]), ('{"who": "Kim"}', 302, ["approved", "in_progress"])],
)
def test_what_no_form_sends_with_a_decision_breaks_nothing(
    said: str, code: int, left: list[str], editor: Client, page: NewsPage
) -> None:
    answer = decide(editor, page, open_form(editor, page) | {"workflow-action-extra-data": said})
    assert (answer.status_code, steps()) == (code, left)


def test_who_does_not_review_any_more_neither_decides_nor_saves_by_it(room: Newsroom, page: NewsPage) -> None:
    reader = account("kim", {room.news("umea", "sv"): ("change",)})
    reader.groups.add(Group.objects.get(name="Redaktion"))
    client = signed_in(reader)
    opened = open_form(client, page)
    reader.groups.remove(Group.objects.get(name="Redaktion"))
    answer = decide(client, page, opened, lead=TYPED)
    assert (said_by(answer), steps()) == (["You do not review this text now."], ["in_progress"])
    assert TYPED in answer.content.decode()
    assert draft_of(page).lead == "Vatten."


def test_a_draft_is_saved_as_ever_whatever_step_it_is_at(editor: Client, page: NewsPage) -> None:
    editor.post(edit_of(page), article(title=TITLE, lead=TYPED, body=BODY))
    assert draft_of(page).lead == TYPED


ASKED: list[dict[str, Any]] = [{}, {"headers": {"X-Requested-With": "XMLHttpRequest"}}]


@pytest.mark.parametrize("asked", ASKED)
def test_the_first_page_of_the_admin_approves_what_came_to_the_step_only(
    asked: dict[str, Any], editor: Client, page: NewsPage
) -> None:
    step = TaskState.objects.get()
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", step.pk])
    save_as_colleague(page)
    answer = editor.post(url, {"comment": "Läst."}, **asked)
    assert (said_by(answer), steps()) == ([AT_STEP], ["in_progress"])


def test_a_dialog_of_a_step_that_is_over_says_so_before_it_asks(editor: Client, page: NewsPage) -> None:
    step = TaskState.objects.get()
    url = reverse("wagtailadmin_pages:collect_workflow_action_data", args=[page.pk, "approve", step.pk])
    assert "comment" in editor.get(url).json()["html"]
    decide(editor, page, open_form(editor, page))
    said = editor.get(url).json()
    assert (CHANGED in said["html"], "<form" in said["html"], said["step"]) == (True, False, "action")


def test_a_step_is_about_the_newest_draft_of_an_original(editor: Client, page: NewsPage) -> None:
    save_as_colleague(page)
    assert TaskState.objects.get().revision == NewsPage.objects.get(pk=page.pk).latest_revision
