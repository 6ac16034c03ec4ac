"""Fixtures for what partner cities are promised: a newsroom with the seed article, and a city that asks for it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import pytest
from django.db import transaction
from wagtail.models import Page

from news.models import NewsPage, TopicPage
from partners.models import PartnershipPage, PersonPage
from tests.contract.city import City
from tests.newsroom import Newsroom, add_partnership, add_people, add_seed_article, add_topics, open_newsroom, translate
from tests.publishing import every_publication_is_what_it_should_be, publish_noted

__all__ = ["every_publication_is_what_it_should_be"]


PageT = TypeVar("PageT", bound=Page)


@dataclass
class Seed:
    """The seed article in Swedish and Ukrainian, and what it links to."""

    room: Newsroom
    article: NewsPage
    ukrainian: NewsPage
    janet: PersonPage
    anders: PersonPage
    vitalii: PersonPage
    topics: dict[str, TopicPage]
    partnership: PartnershipPage

    @property
    def id(self) -> str:
        return str(self.article.translation_key)


@pytest.fixture
def city() -> City:
    """A partner city's website."""
    return City()


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Seed]:
    """The newsroom, made once for all tests of a module; each of them plays in a savepoint and leaves no trace."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _set_the_stage()
        transaction.set_rollback(True)


@pytest.fixture
def seed(stage: Seed, db: None) -> Seed:
    """The seed article, published in Swedish and Ukrainian with the people it quotes."""
    topics = {code: _anew(topic) for code, topic in stage.topics.items()}
    pages = {name: _anew(page) for name, page in vars(stage).items() if isinstance(page, Page)}
    return replace(stage, topics=topics, **pages)


@pytest.fixture
def room(seed: Seed) -> Newsroom:
    """Homes and sections in every language; only the seed article is there, in Swedish and Ukrainian."""
    return seed.room


def _set_the_stage() -> Seed:
    room = open_newsroom()
    publish_noted()
    janet, anders, vitalii = add_people(room)
    names = {"Janet Ågren": "Жанет Огрен", "Anders Ågren": "Андерс Огрен", "Vitalii Bielobrov": "Віталій Бєлобров"}
    for person in (janet, anders, vitalii):
        translate(person, "uk", names)
    topics = add_topics(room)
    article = add_seed_article(room, (janet, anders, vitalii), topics)
    publish_noted()
    ukrainian = translate(article, "uk", {article.title: "Умео починає співпрацю з Херсоном"})
    partnership = add_partnership(room)
    publish_noted()
    return Seed(room, article, ukrainian, janet, anders, vitalii, topics, partnership)


def _anew(page: PageT) -> PageT:
    return type(page).objects.get(pk=page.pk)
