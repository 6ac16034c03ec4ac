"""A read that would take too long is given up early, and what editors do is not."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from cms.api.middleware import ProblemsMiddleware
from tests.contract.city import City

pytestmark = pytest.mark.django_db(transaction=True)

SLOW = {
    "postgresql": "SELECT pg_sleep(%s)",
    # so many rounds take a small machine a second
    "sqlite": "WITH RECURSIVE rounds(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM rounds WHERE i < 3000000 * %s)"
    " SELECT count(*) FROM rounds",
}


def ask_slowly(seconds: float) -> str:
    """Ask the database for something that takes it so long."""
    with connection.cursor() as cursor:
        cursor.execute(SLOW[connection.vendor], [seconds])
        cursor.fetchall()
    return "found"


@pytest.fixture(autouse=True)
def one_second(settings: Settings) -> Iterator[None]:
    """The shortest limit there is; the test's own work afterwards has none."""
    settings.READ_TIMEOUT = 1
    yield
    connection.limit_statements(0)  # type: ignore[attr-defined]  # our backends' own


def ask_slowly_at(path: str) -> str:
    """Do the same inside of a request to this address, behind our outermost middleware."""
    answers = []

    def answer(request: HttpRequest) -> HttpResponse:
        answers.append(ask_slowly(3))
        return HttpResponse()

    ProblemsMiddleware(answer)(RequestFactory().get(path))
    return answers[0]


def test_a_read_that_takes_too_long_is_answered_with_a_problem(city: City) -> None:
    with patch("cms.api.views.about.languages", side_effect=lambda: ask_slowly(30)):
        assert city.problem("/languages", "unavailable")["status"] == 503
        assert city.ask("/languages")["Retry-After"] == "10"
    city.get("/changes")  # the connection is as good as new


def test_a_page_that_takes_too_long_says_so_to_its_reader(city: City) -> None:
    with patch("cms.api.views.reading_pages.find_by_path", side_effect=lambda path: ask_slowly(30)):
        page = city.ask("//uk/umea")
    assert (page.status_code, page["Retry-After"]) == (503, "10")
    assert '<html lang="uk">' in page.content.decode()
    assert city.ask("//uk/umea").status_code == 404  # the connection is as good as new
    assert ask_slowly_at("/admin/pages/3/edit/") == "found"


def test_what_editors_do_takes_its_time(city: City) -> None:
    city.get("/languages")
    assert ask_slowly_at("/admin/pages/3/edit/") == "found"
    with pytest.raises(Exception, match=r"interrupted|statement timeout"):
        ask_slowly_at("/content/v1/sv/news")


def test_zero_sets_no_limit(city: City, settings: Settings) -> None:
    settings.READ_TIMEOUT = 0
    assert ask_slowly_at("/content/v1/sv/news") == "found"


def test_a_limit_is_told_once_and_not_with_each_read(city: City) -> None:
    with patch.object(type(connections[DEFAULT_DB_ALIAS]), "tell_limit") as told:
        for _again in range(3):
            city.get("/changes")
    assert [call.args[0] for call in told.call_args_list] == [1]


def test_what_is_rolled_back_is_told_anew(city: City) -> None:
    city.get("/changes")
    with transaction.atomic():
        connection.limit_statements(0)  # type: ignore[attr-defined]  # our backends' own
        assert ask_slowly(0.01) == "found"
        transaction.set_rollback(True)  # PostgreSQL goes back to the limit of before
    assert ask_slowly(3) == "found"


def test_a_reader_that_takes_its_rows_slowly_is_not_slow_to_find(city: City) -> None:
    """SQLite looks for the next row only when it is asked for."""
    connection.limit_statements(1)  # type: ignore[attr-defined]  # our backends' own
    with connection.cursor() as cursor, patch("cms.publications.backends.sqlite3.base.monotonic") as clock:
        clock.return_value = 1_000.0
        cursor.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT i FROM n"
        )
        for _pause in range(5):
            clock.return_value += 60
            assert cursor.fetchmany(10_000)
