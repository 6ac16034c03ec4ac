"""Files to download: known by their key, read by any site, and given only to those who may read them."""

import re
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from cms.content.files import ContentDocument
from cms.publications.models import Publication
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.newsroom import add_document, publish

KEYED = r"^/documents/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([^/]+)$"


@pytest.fixture
def letter(seed: Seed) -> ContentDocument:
    """A file that the seed article shows as a document, and links to from its text."""
    letter = add_document()
    link = f'<p>Läs <a linktype="document" id="{letter.pk}">avsiktsförklaringen</a>.</p>'
    seed.article.body = [("paragraph", link), ("documents", {"title": "", "documents": [letter]})]
    seed.article = publish(seed.article)
    return letter


def test_a_file_is_at_its_key(city: City, seed: Seed, letter: ContentDocument) -> None:
    [block] = [block for block in city.get(f"/sv/news/{seed.id}")["body"] if block["type"] == "documents"]
    address = block["documents"][0]["url"].removeprefix("http://testserver")
    found = re.fullmatch(KEYED, address)
    assert found
    assert (UUID(found[1]), found[2]) == (letter.key, letter.filename)
    answer = Client().get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 Letter of Intent"
    assert Client().get(address + "x").status_code == 404
    assert Client().get(address.replace(found[1], seed.id)).status_code == 404
    assert Client().get(f"/documents/{letter.pk}/{letter.filename}").status_code == 404


def test_no_primary_key_of_a_file_is_shown_anywhere(city: City, seed: Seed, letter: ContentDocument) -> None:
    item = f"/sv/news/{seed.id}"
    surfaces = [item, f"{item}?include=html,json_ld&rich_text=nodes", "/changes?include=document", "/export.ndjson"]
    surfaces += [f"/sv/feeds/news.{form}" for form in ("rss", "atom", "json")]
    for address in [*surfaces, "/" + city.get(item)["path"]]:
        told = city.ask(address).content.decode()
        assert f"/documents/{letter.key}/" in told, address
        assert not re.search(r"/documents/\d+/", told), address
    assert not Publication.objects.filter(document__contains=f"/documents/{letter.pk}/").exists()


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_script_of_any_site_may_read_a_file(letter: ContentDocument, method: str) -> None:
    answer = getattr(Client(), method)(letter.url)
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Client().options(letter.url).status_code == 204
    assert Client().post(letter.url).status_code == 405


def test_a_file_has_a_tag_once_somebody_has_its_digest_and_claims_no_encoding(letter: ContentDocument) -> None:
    assert {"Content-Encoding", "ETag"} & set(Client().get(letter.url).headers) == set()
    letter.get_file_hash()
    answer = Client().get(letter.url)
    assert len(answer["ETag"]) > len('""')
    again = Client().get(letter.url, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")


def test_a_closed_file_is_given_to_nobody_who_may_not_read_it(letter: ContentDocument) -> None:
    letter.collection = Collection.get_first_root_node().add_child(name="Slutet")
    letter.save()
    CollectionViewRestriction.objects.create(
        collection=letter.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    answer = Client().get(letter.url)
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_files_of_before_are_given_a_key_each(letter: ContentDocument) -> None:
    migration: Any = import_module("cms.content.migrations.0003_keys_of_documents")
    ContentDocument.objects.create(title="Program", file=letter.file, key=UUID(int=0))
    migration.give_keys(apps, None)
    keys = set(ContentDocument.objects.values_list("key", flat=True))
    assert len(keys) == ContentDocument.objects.count() == 2
    assert UUID(int=0) not in keys
