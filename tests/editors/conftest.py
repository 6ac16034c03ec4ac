"""A newsroom in which an editor is at work."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import Page

from tests.layers import build_once
from tests.newsroom import Newsroom, open_newsroom
from tests.publishing import publish_noted


@pytest.fixture
def room(db: None, root: Page) -> Newsroom:
    """Homes and the section of Umeå and Kherson, in Swedish and Ukrainian."""
    return build_once("the editors' newsroom", _open)


@pytest.fixture
def editor(db: None) -> Client:
    """Somebody who may do everything in the admin."""
    client = Client()
    client.force_login(User.objects.create_superuser("redaktor", "redaktor@umea.example", "x"))
    return client


def _open() -> Newsroom:
    opened = open_newsroom(languages=("sv", "uk"))
    publish_noted()
    return opened
