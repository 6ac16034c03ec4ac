"""The newsroom that the acts of these tests change, with real commits."""

from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from tests.database import Dump, dump, restore
from tests.reliability.stage import Newsroom, open_newsroom, read_again

Files = dict[Path, bytes]
Opened = tuple[Newsroom, Dump, Files]


@pytest.fixture(scope="session")
def opened(as_migrated: Dump, django_db_blocker: DjangoDbBlocker) -> Opened:
    """A newsroom, everything the database holds with it, and its files. Opened once: it takes three seconds."""
    with django_db_blocker.unblock():
        restore(as_migrated)
        newsroom = open_newsroom()
        after = dump()
        restore(as_migrated)
    media = Path(settings.MEDIA_ROOT).rglob("*")
    return newsroom, after, {path: path.read_bytes() for path in media if path.is_file()}


@pytest.fixture
def newsroom(transactional_db: None, opened: Opened) -> Newsroom:
    """Umeå and Kherson in Swedish and Ukrainian, all of it published."""
    return open_again(opened)


def open_again(opened: Opened) -> Newsroom:
    """Put the newsroom and its files back as they were when it opened."""
    newsroom, after, files = opened
    restore(after)
    for path in files:
        if not path.exists():
            path.write_bytes(files[path])
    return read_again(newsroom)
