"""The newsroom that the acts of these tests change, with real commits."""

from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from tests.database import Dump, dump, restore
from tests.reliability.stage import Newsroom, open_newsroom, read_again

Files = dict[Path, bytes]


@pytest.fixture(scope="session")
def opened(as_migrated: Dump, django_db_blocker: DjangoDbBlocker) -> tuple[Newsroom, Dump, Files]:
    """A newsroom, everything the database holds with it, and its files. Opened once: it takes three seconds."""
    with django_db_blocker.unblock():
        restore(as_migrated)
        newsroom = open_newsroom()
        after = dump()
        restore(as_migrated)
    media = Path(settings.MEDIA_ROOT).rglob("*")
    return newsroom, after, {path: path.read_bytes() for path in media if path.is_file()}


@pytest.fixture
def newsroom(transactional_db: None, opened: tuple[Newsroom, Dump, Files]) -> Newsroom:
    """Umeå and Kherson in Swedish and Ukrainian, all of it published."""
    newsroom, after, files = opened
    restore(after)
    for path in files:
        if not path.exists():
            path.write_bytes(files[path])
    return read_again(newsroom)
