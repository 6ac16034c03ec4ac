"""Fixtures that every test may use."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker
from wagtail.models import Locale, Page

from tests.contract.witness import every_answer_is_what_the_document_says
from tests.database import Dump, dump, restore
from tests.hub import CHROMIUM, Hub, running_hub
from tests.layers import build_once
from tests.publishing import every_publication_is_what_it_should_be

# What was tried on one machine is tried on every other; HYPOTHESIS_PROFILE=explore tries something else each time.
hypothesis.settings.register_profile("repeat", derandomize=True, print_blob=True)
hypothesis.settings.register_profile("explore", print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))

LANGUAGES = ("sv", "uk", "fi", "en")


LONGEST = ("test_matrix", "test_choosers", "test_matrix_by_deed", "test_review", "test_other_languages", "test_granian")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, lest one process end with them; skip what this machine cannot show."""
    items.sort(key=lambda item: item.path.stem not in LONGEST)
    missing = {
        "postgresql": None
        if os.environ.get("DATABASE_URL", "").startswith("postgres")
        else "no PostgreSQL: DATABASE_URL",
        "browser": None if CHROMIUM else "no Chromium on this machine",
    }
    for item in items:
        for marker, reason in missing.items():
            if reason and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """What a hub keeps that was started once: to fill it with demo content takes most of its first start.

    The processes of one run share it.
    """
    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    folder, is_filled = shared / "filled", shared / "is_filled"
    with (shared / "filling").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_filled.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of another try, which failed
            folder.mkdir()
            with running_hub(folder):
                is_filled.touch()
    return folder


@pytest.fixture(scope="module")
def hub(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A hub as people start it, for all tests of a module."""
    folder = tmp_path_factory.mktemp("hub")
    shutil.copytree(filled, folder, dirs_exist_ok=True)
    with running_hub(folder) as running:
        yield running


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Dump]:
    """The database, and everything it holds before any test; each test that commits leaves it so.

    Django's flush would take away what migrations laid, such as the root of the page tree.
    """
    with django_db_blocker.unblock():
        laid = dump()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", lambda case: restore(laid))
        yield laid


@pytest.fixture(scope="session")
def as_migrated(django_db_setup: Dump) -> Dump:
    """Everything the database holds before any test."""
    return django_db_setup


@pytest.fixture(autouse=True)
def the_language_of_the_hub() -> None:
    """Begin in it: Django's locale middleware leaves the language of the last request behind."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def nothing_is_kept_from_another_test() -> None:
    """Forget answers: tests are rolled back, so that their orders of changes say the same of different content."""
    cache.clear()


@pytest.fixture
def root() -> Page:
    """The root of all trees, with the languages beside it."""
    return build_once("the languages", _open_languages)


def _open_languages() -> Page:
    for language in LANGUAGES:
        Locale.objects.get_or_create(language_code=language)
    return Page.get_first_root_node()


# Invariants stand here: after every test that uses the database, and for every answer of the API.
__all__ = ["every_answer_is_what_the_document_says", "every_publication_is_what_it_should_be"]
