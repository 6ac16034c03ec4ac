"""Traces go through the hub (W3C Trace Context)."""

import logging

import pytest

from cms.api.tracing import TraceFilter, begin_trace, continued
from tests.cities.conftest import Seed
from tests.contract.city import City

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
THEIRS = f"00-{TRACE}-{PARENT}-01"


@pytest.mark.parametrize("address", ["/sv/news", "/sv/news/nothing", "//health/live", "/nowhere"])
def test_the_trace_is_kept_and_the_parent_is_ours(city: City, seed: Seed, address: str) -> None:
    version, trace, parent, flags = city.ask(address, Traceparent=THEIRS)["traceparent"].split("-")
    assert (version, trace, flags) == ("00", TRACE, "01")
    assert parent != PARENT
    assert len(parent) == 16


def test_who_sends_none_gets_none(city: City, seed: Seed) -> None:
    assert "traceparent" not in city.ask("/sv/news")


@pytest.mark.parametrize(
    "malformed",
    [
        "",
        "nonsense",
        f"00-{'0' * 32}-{PARENT}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"ff-{TRACE}-{PARENT}-01",
        f"00-{TRACE.upper()}-{PARENT}-01",
        f"00-{TRACE}-{PARENT}-01-more",
    ],
)
def test_a_malformed_one_begins_a_trace_of_its_own(malformed: str) -> None:
    ours = continued(malformed)
    assert TRACE not in ours
    assert continued(ours)[:35] == ours[:35]


def test_a_later_version_is_understood_as_far_as_we_know_it() -> None:
    assert continued(f"01-{TRACE}-{PARENT}-00-more").startswith(f"00-{TRACE}-")


def test_the_log_names_the_trace() -> None:
    record = logging.LogRecord("misto", logging.INFO, "", 0, "Said.", (), None)
    begin_trace(THEIRS)
    TraceFilter().filter(record)
    assert record.trace == f" [trace {TRACE}]"
    begin_trace("")
    TraceFilter().filter(record)
    assert record.trace == ""
