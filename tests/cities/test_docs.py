"""The documentation: works by itself, and says what is promised that it says."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client

from cms.api.contract.openapi import openapi
from cms.api.problems import PROBLEM_TYPES

pytestmark = pytest.mark.django_db

DOCS = "/content/v1/docs"


def read(path: str) -> str:
    return Client().get(path).content.decode()


def test_what_the_contract_refers_to_is_there() -> None:
    fragment = urlsplit(openapi()["info"]["termsOfService"]).fragment
    for anchor in (fragment, "profile"):
        assert f'id="{anchor}"' in read(DOCS)


def test_nothing_comes_from_another_host() -> None:
    for path in (DOCS, f"{DOCS}/problems/gone"):
        assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', read(path)) == []


def test_what_is_not_followed_of_the_profile_is_named_in_both_languages() -> None:
    for rule in ("WEB.*", "SAK.09", "SAK.10", "SAK.15", "SAK.16"):
        assert read(DOCS).count(rule) == 2


@pytest.mark.parametrize("name", PROBLEM_TYPES)
def test_a_problem_says_what_to_do(name: str) -> None:
    page = read(f"{DOCS}/problems/{name}")
    assert PROBLEM_TYPES[name].title in page
    assert "`" not in page
