"""The newsroom that the acts of these tests change, with real commits."""

import pytest
from pytest_django import DjangoDbBlocker

from tests.database import Dump, dump, restore
from tests.reliability.stage import Newsroom, open_newsroom, read_again


@pytest.fixture(scope="session")
def opened(as_migrated: Dump, django_db_blocker: DjangoDbBlocker) -> tuple[Newsroom, Dump]:
    """A newsroom, and everything the database holds with it. Opened once: it takes three seconds."""
    with django_db_blocker.unblock():
        restore(as_migrated)
        newsroom = open_newsroom()
        after = dump()
        restore(as_migrated)
    return newsroom, after


@pytest.fixture
def newsroom(transactional_db: None, opened: tuple[Newsroom, Dump]) -> Newsroom:
    """Umeå and Kherson in Swedish and Ukrainian, all of it published."""
    newsroom, after = opened
    restore(after)
    return read_again(newsroom)
