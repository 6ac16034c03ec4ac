"""The OpenAPI document is the truth: requests that follow it, or break it, find nothing else.

Half of the keys that are asked for exist, and half of the cursors were given out, or the requests would see little but
`404` and `400`. `FUZZ_EXAMPLES` is the number of requests an address gets.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.http import QueryDict
from django.utils.http import urlencode
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker
from schemathesis import Case
from schemathesis.checks import positive_data_acceptance

from cms.api.contract.openapi import openapi
from cms.api.lengths import LONGEST_ADDRESS
from cms.api.parameters import read_changes
from cms.publications.by_hand import gone, withdraw
from cms.publications.cursor import Cursor, encode
from cms.publications.freshness import freshness
from cms.publications.models import Publication
from tests.newsroom import add_partnership, add_people, add_seed_article, add_topics, open_newsroom, translate
from tests.publishing import publish_noted

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "10"))

schema = schemathesis.openapi.from_dict({**openapi(), "servers": [{"url": "http://localhost"}]})
schema.app = WSGIHandler()
# To refuse an address as too long is to refuse it: schemathesis does not count 414. Its list is one for all schemas.
rejection = schema.config.checks.negative_data_rejection
rejection.expected_statuses = [*rejection.expected_statuses, "414"]


@dataclass(frozen=True)
class Content:
    """What there is to ask for: by key, by key or slug, and by path."""

    keys: list[str]
    names: list[str]
    paths: list[str]


@pytest.fixture(scope="module")
def content(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Content]:
    """The seed article, what it links to, a withdrawn item and one that is gone; made once, and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _make_content()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def one_connection(content: Content) -> Iterator[None]:
    """Requests share the test's own connection, as with Django's test client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_but_what_is_documented_comes_back(case: Case, content: Content) -> None:
    if case.meta.generation.mode.is_positive:
        _ask_for_what_there_is(case, content)
    case.headers["Accept-Encoding"] = "identity"  # the application is called without a network that would decode
    case.call_and_validate(excluded_checks=[positive_data_acceptance] if _is_more_than_a_schema_says(case) else [])


def _make_content() -> Content:
    cache.clear()
    room = open_newsroom()
    publish_noted()
    people = add_people(room)
    for person in people:
        translate(person, "uk", {})
    article = add_seed_article(room, people, add_topics(room))
    add_partnership(room)
    publish_noted()
    translate(article, "uk", {})
    publish_noted()
    gone(people[2].translation_key, "mistake", "https://www.umea.se/", ["sv"])
    withdraw(people[1].translation_key, "Stämde inte.", ["uk"])
    rows = Publication.objects.exclude(status="gone").order_by("pk")
    keys = [str(row.key) for row in rows]
    return Content(keys, [*keys, *(row.slug for row in rows if row.slug)], [row.path for row in rows if row.path])


def _ask_for_what_there_is(case: Case, content: Content) -> None:
    """Put a key that exists, or a slug, in place of every other one; the same with cursors and paths."""
    for values, name, there in (
        (case.path_parameters, "id", content.names),
        (case.query, "path", content.paths),
        (case.query, "ids", content.keys),
    ):
        given = str((values or {}).get(name, ""))
        if sum(map(ord, given)) % 2:
            values[name] = there[sum(map(ord, given)) % len(there)]
    if "cursor" in (case.query or {}) and len(case.query["cursor"]) % 2:
        narrowing = {name: case.query[name] for name in ("language", "kind") if name in case.query}
        case.query["cursor"] = _cursor_for(narrowing)


def _cursor_for(narrowing: dict[str, Any]) -> str:
    """Return a cursor as the hub gives it out, after the first change, for these languages and kinds."""
    query = {name: ",".join(value) if isinstance(value, list) else value for name, value in narrowing.items()}
    wanted = read_changes(QueryDict(urlencode(query)))
    return encode(Cursor(freshness().epoch, 1), wanted.languages, wanted.kinds)


def _is_more_than_a_schema_says(case: Case) -> bool:
    """Whether OpenAPI cannot say why this is refused: too long, page beside offset, a cursor that nobody was given."""
    given = set(case.query or {})
    is_long = len(urlencode(case.query or {}, doseq=True)) > LONGEST_ADDRESS
    return is_long or {"page", "offset"} <= given or "cursor" in given
