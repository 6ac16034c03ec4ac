"""Two who press a button of a page at the same moment: the second is told what the first has done."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from news.models import NewsPage
from tests.editors import test_reviewing
from tests.editors.test_reviewing import (
    CHANGED,
    TYPED,
    decide,
    open_form,
    said_by,
    steps,
)
from tests.reliability.processes import beside, wait_for

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

city, page = test_reviewing.city, test_reviewing.page
"""An article at the first of two steps, and who does both."""


def test_who_approves_in_the_same_moment_is_told_and_decides_nothing(editor: Client, page: NewsPage) -> None:
    opened = open_form(editor, page)
    child = beside(lambda: decide(editor, page, opened))
    answer = decide(editor, page, opened, lead=TYPED)
    assert wait_for(child) == 0
    assert (said_by(answer)[-1], steps()) == (CHANGED, ["approved", "in_progress"])


def test_the_first_page_approves_a_step_once(editor: Client, page: NewsPage) -> None:
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", TaskState.objects.get().pk])
    child = beside(lambda: editor.post(url, {"comment": ""}))
    answer = editor.post(url, {"comment": ""})
    assert wait_for(child) == 0
    assert (said_by(answer)[-1], steps()) == (CHANGED, ["approved", "in_progress"])
