"""People and pages at the translators' desk."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.utils.translation import override
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.translation.submitting import translate
from news.models import NewsPage
from tests.layers import build_once
from tests.newsroom import Newsroom, open_newsroom
from tests.translators import desk
from tests.translators.everywhere import Stage, set_the_stage


@pytest.fixture(autouse=True)
def room(db: None, root: Page) -> Iterator[Newsroom]:
    """Homes and sections in every language; the admin speaks English."""
    with override("en"):
        yield build_once("the translators' newsroom", _open)


@pytest.fixture
def article() -> NewsPage:
    """The seed article in Swedish, published."""
    return build_once("the seed article", lambda: desk.write_article("sv"))


@pytest.fixture
def ukrainian(article: NewsPage) -> Translation:
    """Its translation into Ukrainian, begun."""
    return build_once("its Ukrainian translation", lambda: _begin(article))


@pytest.fixture
def translator(room: Newsroom) -> User:
    """Who translates into Ukrainian."""
    return desk.account("uk-translator", {room.home("uk"): ("change", "publish")})


@pytest.fixture
def editor(room: Newsroom) -> User:
    """Who writes for Umeå in Swedish."""
    return desk.account("umea-editor", {room.section("umea", "sv"): ("add", "change", "publish")})


@pytest.fixture
def kherson_editor(room: Newsroom) -> User:
    """Who writes for Kherson in Ukrainian."""
    return desk.account("kherson-editor", {room.section("kherson", "uk"): ("add", "change", "publish")})


@pytest.fixture
def stage(room: Newsroom) -> Stage:
    """Everybody, and for each what is theirs and what is not."""
    return build_once("the stage", lambda: set_the_stage(room))


def _open() -> Newsroom:
    opened = open_newsroom()
    desk.commit()
    return opened


def _begin(article: NewsPage) -> Translation:
    translation = translate(article, "uk")
    desk.commit()
    return translation
