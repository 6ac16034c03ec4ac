"""Fixtures for the contract."""

import pytest

from tests.contract.city import City


@pytest.fixture
def city() -> City:
    """A partner city's website."""
    return City()
