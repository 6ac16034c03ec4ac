"""Editors find what they saved, as soon as it is saved and not before."""

import pytest
from django.db import transaction
from wagtail.models import Page
from wagtail.search.models import IndexEntry

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "Kherson vill lära av Umeå"


def _found(word: str) -> list[str]:
    return [page.title for page in Page.objects.search(word)]


def test_a_saved_page_is_found_and_a_deleted_one_is_not(root: Page) -> None:
    page = root.add_child(title=TITLE, slug="kherson-vill-lara")
    assert _found("Kherson") == [TITLE]
    page.delete()
    assert _found("Kherson") == []
    assert not IndexEntry.objects.filter(title__contains="herson").exists()


def test_the_index_is_left_alone_inside_a_transaction(root: Page) -> None:
    with transaction.atomic():
        root.add_child(title=TITLE, slug="kherson-vill-lara")
        assert _found("Kherson") == []
    assert _found("Kherson") == [TITLE]


def test_a_title_that_changed_is_found_by_its_new_words_only(root: Page) -> None:
    page = root.add_child(title=TITLE, slug="kherson-vill-lara")
    page.title = "Cherson vill lära av Umeå"
    page.save()
    assert (_found("Kherson"), _found("Cherson")) == ([], [page.title])
