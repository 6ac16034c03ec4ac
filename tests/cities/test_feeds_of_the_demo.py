"""Every feed and every sitemap of the hub that `make run` starts keeps the specifications."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from lxml import etree
from pytest_django.plugin import DjangoDbBlocker

from cms.demo.accounts import FILE
from frontend_contract.models.documents import SUMMARY
from tests.cities.feed_rules import (
    hold_against_atom,
    hold_against_json_feed,
    hold_against_rss,
    read_by_a_feed_reader,
)
from tests.cities.specifications import hold_against_sitemaps_0_9
from tests.contract.city import City
from tests.database import Dump, restore

LANGUAGES = ("sv", "uk", "fi", "en")

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def demo(as_migrated: Dump, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The hub that `make run` starts."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        restore(as_migrated)
        call_command("load_demo", stdout=StringIO())
        yield
        restore(as_migrated)
    (settings.DATA_DIR / FILE).unlink()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SUMMARY)
def test_every_feed_of_the_demo_keeps_the_specifications(city: City, kind: str, language: str) -> None:
    address = f"/{language}/feeds/{kind}"
    rss, atom = city.ask(f"{address}.rss"), city.ask(f"{address}.atom")
    keys = [item["id"] for item in hold_against_json_feed(city.get(f"{address}.json"))["items"]]
    assert keys
    assert len(hold_against_rss(rss.content).findall("item")) == len(keys)
    assert len(read_by_a_feed_reader(rss).entries) == len(read_by_a_feed_reader(atom).entries) == len(keys)
    hold_against_atom(atom.content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sitemap_of_the_demo_keeps_the_protocol(city: City, language: str) -> None:
    hold_against_sitemaps_0_9(etree.fromstring(city.ask(f"/{language}/sitemap.xml").content))
