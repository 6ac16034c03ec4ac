"""Publishing in tests: the invariant that holds after each of them, and the act that a test without commits needs."""

from collections.abc import Iterator

import pytest
from django.db import connection

from cms.content.errors import PublishingRefused
from cms.publications.stale import stale_publications

DATABASE = {"db", "transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}


@pytest.fixture(autouse=True)
def every_publication_is_what_it_should_be(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test that uses the database, no publication differs from what its page says."""
    uses_database = request.node.get_closest_marker("django_db") or DATABASE & set(request.fixturenames)
    if not uses_database:
        yield
        return
    request.getfixturevalue("db")  # set up before us, so that it is taken down after us
    yield
    try:
        publish_noted()
    except PublishingRefused:
        return  # a real transaction would have been rolled back
    stale = [str(found) for found in stale_publications()]
    assert stale == [], "\n".join(stale)


def publish_noted() -> None:
    """Publish what was noted, for tests that never commit."""
    if not connection.needs_rollback:
        connection.publish_noted()  # type: ignore[attr-defined]  # our backends' own
