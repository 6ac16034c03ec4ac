"""Every form of the admin, as an administrator sees it, sent by everybody: whoever may not changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from lxml import html

from cms.translation.acts import ROLES, Reach
from cms.translation.matrix import find_act
from tests.translators.everywhere import BULK, Stage, arguments_of, has_object, is_refusal, names, prepare

pytestmark = pytest.mark.slow

# Open to whom the matrix says, and done only by those who have more rights: translations are moved with their source.
TAKES_MORE = ("wagtailadmin_pages:move_confirm",)
# Not what somebody changes: who is signed in, who has a page open.
ASIDE = ("django_session", "wagtailadmin_editingsession")


def send_all(stage: Stage, role: str, scope: str, name: str) -> Iterator[tuple[str, Any, list[str]]]:
    """Send the form at an address about each object; yield which, what was answered, and what was written.

    Where no form is taken, ask to delete: localize's editor does so with a text, or with what was chosen.
    """
    administrator, person = stage.people["administrator"], stage.people[role]
    for arguments in arguments_of(stage, role, scope, name):
        client = sign_in(person)
        with transaction.atomic():
            url = address(name, prepare(client, name, arguments))
            form = look_up_form(sign_in(administrator), url) or of_a_script(name, person)
            with watch() as written:
                answer = client.post(url, form)
                if answer.status_code == 405:
                    client.delete(url)
            transaction.set_rollback(True)
        yield url, answer, written


def sign_in(person: User) -> Client:
    """Return a browser of somebody; one that was told of an earlier refusal would tell of it again."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def of_a_script(name: str, person: User) -> dict[str, Any]:
    """Return what a script of the page sends, where no form does."""
    sent: dict[str, dict[str, Any]] = {
        "desk_save_string": {"text": "Умео", "base": "", "as": person.pk},
    }
    return sent.get(name, {})


def address(name: str, arguments: dict[str, Any]) -> str:
    if not name.startswith(BULK):
        return reverse(name, kwargs=arguments)
    place = [arguments[part] for part in ("app_label", "model_name", "action")]
    return f"{reverse(BULK, args=place)}?id={arguments['id']}"


def look_up_form(administrator: Client, url: str) -> dict[str, Any]:
    """Return what an administrator who changes nothing would send from this page; nothing where there is no form."""
    for form in html.document_fromstring(read(administrator.get(url)) or "<p>").forms:
        if form.method == "POST" and urlsplit(urljoin(url, form.action or "")).path == urlsplit(url).path:
            said: dict[str, Any] = {}
            for field in form.xpath(".//input[@type='text' or @type='url'][@name][not(@value)]"):
                said[field.name] = [""]  # as browsers send it, and lxml does not
            for field, value in form.form_values():
                said.setdefault(field, []).append(value)
            return {**{f"{field}-count": ["0"] for field in BLOCKS}, **said}
    return {}


def read(answer: Any) -> str:
    """Return the HTML of a page, or of a window that opens in a page."""
    kind = answer.headers.get("Content-Type", "").split(";")[0]
    if answer.status_code != 200 or kind not in ("text/html", "application/json"):
        return ""
    if kind == "text/html":
        return str(answer.text)
    said = answer.json()
    return str(said.get("html") or "") if isinstance(said, dict) else ""


BLOCKS = ("body",)  # a script makes the fields of their blocks


def told(answer: Any) -> list[str]:
    """Return what was said to whoever was sent elsewhere."""
    return [str(message).strip() for message in get_messages(answer.wsgi_request)]


@contextmanager
def watch() -> Iterator[list[str]]:
    """Collect the tables that are written to."""
    written: list[str] = []

    def look(execute: Any, sql: str, *said: Any) -> Any:
        verb, _, rest = sql.partition(" ")
        if verb in ("INSERT", "UPDATE", "DELETE") and not any(f'"{table}"' in rest for table in ASIDE):
            written.append(f"{verb} {rest[:60]}")
        return execute(sql, *said)

    with connection.execute_wrapper(look):
        yield written


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_whoever_may_not_changes_nothing_with_the_form_of_somebody_who_may(role: str, stage: Stage) -> None:
    odd = []
    with override("en"):
        for name in names():
            act = find_act(name)
            assert act
            for scope, reaches in (("own", (Reach.OWN, Reach.ALL)), ("foreign", (Reach.ALL,))):
                if scope == "foreign" and not has_object(name):
                    continue
                is_allowed = act.reach(role) in reaches
                for url, answer, written in send_all(stage, role, scope, name):
                    takes_forms, is_many = answer.status_code != 405, name.startswith(BULK)
                    if not is_allowed and (written or (takes_forms and not is_refusal(answer) and not is_many)):
                        odd.append(f"{name}, {scope}, {url}: let in ({answer.status_code}), wrote {written[:2]}")
                    if name in TAKES_MORE or not is_allowed or not takes_forms:
                        continue
                    if is_refusal(answer) or answer.status_code >= 500:
                        odd.append(f"{name}, {scope}, {url}: refused ({answer.status_code}) {told(answer)}")
    assert not odd, "\n" + "\n".join(odd)
