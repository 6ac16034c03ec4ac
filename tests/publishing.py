"""Publishing in tests: the invariant that holds after each of them, and the act that a test without commits needs."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from cms.content.errors import PublishingRefused
from cms.publications.stale import stale_publications

READS = (
    "SELECT",
    "WITH found AS (SELECT",
    *("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT"),
    *("PRAGMA foreign_key_check", "SET CONSTRAINTS ALL"),
)
"""How statements begin that change nothing."""
DATABASE = {"db", "transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}


class Writing:
    """Whether anything was written since publications were last looked at: a look costs more than most tests."""

    is_seen = True

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Let a statement pass, and remember whether it may change something."""
        if not str(sql).lstrip().startswith(READS):
            self.is_seen = True
        return execute(sql, *rest)


writing = Writing()


@pytest.fixture(autouse=True)
def every_publication_is_what_it_should_be(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test that may have changed the database, no publication differs from what its page says."""
    uses_database = request.node.get_closest_marker("django_db") or DATABASE & set(request.fixturenames)
    if not uses_database:
        yield
        return
    request.getfixturevalue("db")  # set up before us, so that it is taken down after us
    if writing not in connection.execute_wrappers:
        writing.is_seen = True
        connection.execute_wrappers.append(writing)
    yield
    if not writing.is_seen and connection.in_atomic_block:  # what is committed, others may have written
        return
    try:
        publish_noted()
    except PublishingRefused:
        return  # a real transaction would have been rolled back
    stale = [str(found) for found in stale_publications()]
    assert stale == [], "\n".join(stale)
    writing.is_seen = False


def publish_noted() -> None:
    """Publish what was noted, for tests that never commit."""
    if not connection.needs_rollback:
        connection.publish_noted()  # type: ignore[attr-defined]  # our backends' own
