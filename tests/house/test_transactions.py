"""One act of an editor is one transaction: all of it happens, or nothing."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings
from wagtail.models import Collection, Page

from tests.house.planted_views import REFUSED

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "Делегація з Херсона"


@pytest.fixture(autouse=True)
def planted(settings: Settings, root: Page) -> None:
    """The hub with a few views more."""
    settings.ROOT_URLCONF = "tests.house.planted_views"


@pytest.fixture
def editor() -> Client:
    """A browser that shows an error page instead of raising."""
    return Client(raise_request_exception=False, headers={"referer": "http://testserver/admin/pages/7/edit/"})


@pytest.fixture
def refuse_at_commit(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Make every commit that has something to publish refuse it, as the publishing backend does; return the refused."""
    refused: list[str] = []
    commit: Callable[[], None] = connection.commit

    def refuse() -> None:
        if not _written():
            return commit()
        refused.append(NAME)
        connection.rollback()
        raise REFUSED

    monkeypatch.setattr(connection, "commit", refuse)
    return refused


def _written() -> list[str]:
    return list(Collection.objects.filter(name=NAME).values_list("name", flat=True))


def _said(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def test_what_an_editor_does_is_kept_when_all_goes_well(editor: Client) -> None:
    response = editor.post("/admin/planted/publish", {"name": NAME})
    assert response.content == b"published"
    assert _written() == [NAME]


@pytest.mark.parametrize("failure", ["missing", "forbidden", "broken"])
def test_nothing_is_kept_when_the_view_fails(editor: Client, failure: str) -> None:
    assert editor.post(f"/admin/planted/fail/{failure}", {"name": NAME}).status_code >= 400
    assert _written() == []


@pytest.mark.parametrize(("status", "kept"), [(200, [NAME]), (422, [NAME]), (500, []), (503, [])])
def test_an_answer_that_says_failure_keeps_nothing(editor: Client, status: int, kept: list[str]) -> None:
    editor.post(f"/admin/planted/answer/{status}", {"name": NAME})
    assert _written() == kept


def test_a_refused_form_comes_back_with_all_that_was_typed(editor: Client, refuse_at_commit: list[str]) -> None:
    upload = SimpleUploadedFile("name.txt", NAME.encode())
    response = editor.post("/admin/planted/form", {"name": "Besök från Cherson", "text": upload})
    assert response.content.decode() == f"{REFUSED.messages} Besök från Cherson {NAME}"
    assert refuse_at_commit == [NAME]
    assert _written() == []


def test_a_form_that_comes_back_does_not_say_that_it_was_published(editor: Client, refuse_at_commit: list[str]) -> None:
    upload = SimpleUploadedFile("name.txt", NAME.encode())
    response = editor.post("/admin/planted/form", {"name": "Besök från Cherson", "text": upload})
    assert _said(response) == []


@pytest.mark.parametrize("act", ["publish", "refuse"])
def test_who_cannot_be_shown_a_form_is_sent_back_with_the_reasons(
    editor: Client, refuse_at_commit: list[str], act: str
) -> None:
    response = editor.post(f"/admin/planted/{act}", {"name": NAME})
    assert (response.status_code, response.headers["Location"]) == (302, "http://testserver/admin/pages/7/edit/")
    assert _said(response) == REFUSED.messages
    assert _written() == []


def test_nobody_is_sent_to_another_site(editor: Client, refuse_at_commit: list[str]) -> None:
    response = editor.post("/admin/planted/publish", {"name": NAME}, headers={"referer": "https://example.org/admin/"})
    assert response.headers["Location"] == "/admin/"


@pytest.mark.parametrize(
    ("method", "path", "atomic"),
    [
        ("post", "/admin/planted/atomic", b"True"),
        ("delete", "/admin/planted/atomic", b"True"),
        ("get", "/admin/planted/atomic", b"False"),  # every reader would take SQLite's write lock
        ("post", "/planted/atomic", b"False"),  # and so could anybody who posts to the API
    ],
)
def test_only_what_may_write_takes_the_write_lock(editor: Client, method: str, path: str, atomic: bytes) -> None:
    assert getattr(editor, method)(path).content == atomic
