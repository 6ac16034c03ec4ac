"""What tests begin with is built once: what is laid afterwards is the same, or it is built anew."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Page

from home.models import HomePage
from tests.database import dump
from tests.layers import build_once
from tests.newsroom import Newsroom, open_newsroom
from tests.publishing import publish_noted

pytestmark = pytest.mark.django_db


def open_it() -> Newsroom:
    opened = open_newsroom(("sv", "uk"), ("kherson",))
    publish_noted()
    return opened


def undone(act: Callable[[], Any]) -> Any:
    """Return what an act returns, and take back what it did."""
    with transaction.atomic():
        found = act()
        transaction.set_rollback(True)
    return found


def build(act: Callable[[], Newsroom]) -> tuple[Newsroom, Any]:
    return build_once("a newsroom of these tests", act), dump()


def test_what_is_laid_is_what_was_built(root: Page) -> None:
    def never() -> Newsroom:
        raise AssertionError("built again")

    room, built = undone(lambda: build(open_it))
    again, laid = undone(lambda: build(never))
    assert laid == built
    assert again.pages == room.pages
    assert again.home("sv") is not room.home("sv")
    assert again.home("sv").title == room.home("sv").title


def test_on_other_ground_it_is_built_anew(root: Page) -> None:
    room, _built = undone(lambda: build(open_it))
    root.add_child(instance=HomePage(title="Vaasa", slug="vaasa", locale=room.home("sv").locale))
    again, _built = build(open_it)
    assert again.home("sv").translation_key != room.home("sv").translation_key
