"""The OpenAPI document is the truth: requests that follow it, or break it, find nothing else."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import positive_data_acceptance

from cms.api.contract.openapi import openapi

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

schema = schemathesis.openapi.from_dict({**openapi(), "servers": [{"url": "http://localhost"}]})
schema.app = WSGIHandler()
# How long an address may be is documented, and nothing that a schema can say: 414 is a right answer to both kinds.
for check in (schema.config.checks.positive_data_acceptance, schema.config.checks.negative_data_rejection):
    check.expected_statuses = [*check.expected_statuses, "414"]


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Requests share the test's own connection, as with Django's test client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_but_what_is_documented_comes_back(case: Case) -> None:
    case.headers["Accept-Encoding"] = "identity"  # the application is called without a network that would decode
    case.call_and_validate(excluded_checks=[positive_data_acceptance] if _is_more_than_a_schema_says(case) else [])


def _is_more_than_a_schema_says(case: Case) -> bool:
    """Whether OpenAPI cannot say why this is refused: page beside offset, or a cursor that nobody was given."""
    given = set(case.query or {})
    return {"page", "offset"} <= given or "cursor" in given
