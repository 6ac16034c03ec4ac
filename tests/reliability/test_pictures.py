"""Pictures are published before their sizes are there, with them as soon as they are, and never in the way."""

import errno
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult
from PIL import Image as Picture
from pytest_django import Settings

from cms.content.images import ContentImage, Sizes
from cms.content.sizes import make_sizes, settle
from cms.publications.stale import stale_publications
from frontend_contract.models.feeds import JsonFeed
from tests.contract.city import City
from tests.newsroom import add_image, photograph
from tests.reliability.stage import Newsroom, publication
from tests.worker import WAITING, work

pytestmark = pytest.mark.django_db(transaction=True)

TYPES = ["image/avif", "image/webp", "image/jpeg"]


@pytest.fixture
def city() -> City:
    """A partner city's website."""
    return City()


@pytest.fixture
def background(newsroom: Newsroom, settings: Settings) -> Iterator[None]:
    """Background work waits for a worker, until the test is over."""
    settings.TASKS = WAITING
    yield
    assert stale_publications() == []
    work()  # who makes sizes at once finds none missing


def show(newsroom: Newsroom, image: ContentImage) -> None:
    """Publish the article, in both languages, with this image."""
    for page in newsroom.article.values():
        page.image, page.image_alt = image, "En talare visar bilder"
        page.save_revision().publish()


def shown(city: City, newsroom: Newsroom, language: str = "sv") -> Any:
    """Return the article's image as a city gets it."""
    return city.get(f"/{language}/news/{newsroom.article['sv'].translation_key}")["image"]


def fetch(address: str) -> Picture.Image:
    """Fetch a picture as a browser does."""
    response = Client().get(address)
    assert response.status_code == 200, address
    file = ContentFile(b"".join(response.streaming_content))  # type: ignore[attr-defined]  # a file's answer has it
    return Picture.open(file)


def damage(image: ContentImage) -> bytes:
    """Cut the image's file short; return what it was."""
    path = Path(image.file.path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return whole


def test_an_article_is_published_before_the_sizes_of_its_picture_are_there(
    city: City, newsroom: Newsroom, background: None
) -> None:
    image = add_image(credit="Misto")
    show(newsroom, image)
    found = shown(city, newsroom)
    assert (found["sources"], found["width"], found["height"]) == ([], 1000, 600)
    picture = fetch(found["src"])
    assert picture.size == (1000, 600)
    assert dict(picture.getexif()) == {}
    size = Path(image.file.path).stat().st_size
    feed = city.get("/sv/feeds/news.json")
    JsonFeed.model_validate_json(json.dumps(feed))
    [entry] = [item for item in feed["items"] if item["id"] == str(newsroom.article["sv"].translation_key)]
    assert entry["attachments"] == [{"url": found["src"], "mime_type": "image/jpeg", "size_in_bytes": size}]
    assert stale_publications() == []


def test_cities_are_told_when_the_sizes_of_a_picture_are_there(
    city: City, newsroom: Newsroom, background: None
) -> None:
    show(newsroom, add_image())
    key = str(newsroom.article["sv"].translation_key)
    cursor = city.get("/changes")["next_cursor"]
    before = city.ask(f"/sv/news/{key}")
    work()
    changes = city.get(f"/changes?cursor={cursor}")
    assert {(entry["id"], entry["language"]) for entry in changes["items"]} >= {(key, "sv"), (key, "uk")}
    assert city.ask(f"/sv/news/{key}", If_None_Match=before["ETag"]).status_code == 200
    for language in ("sv", "uk"):
        found = shown(city, newsroom, language)
        assert [source["type"] for source in found["sources"]] == TYPES
        assert found["src"] != before.json()["image"]["src"]
    assert fetch(before.json()["image"]["src"]).size == (1000, 600), "who copied the first address can still use it"
    assert stale_publications() == []


def test_every_size_can_be_fetched_is_as_wide_as_it_says_and_tells_nothing_of_the_camera(
    city: City, newsroom: Newsroom, background: None
) -> None:
    show(newsroom, add_image(width=900, height=600))
    work()
    for source in shown(city, newsroom)["sources"]:
        for part in source["srcset"].split(", "):
            address, width = part.split(" ")
            picture = fetch(address)
            assert f"{picture.width}w" == width
            assert picture.width <= 900
            assert Picture.MIME[str(picture.format)] == source["type"]
            assert dict(picture.getexif()) == {}


def test_addresses_of_sizes_stay_when_pages_and_images_are_edited(
    city: City, newsroom: Newsroom, background: None
) -> None:
    image = add_image()
    show(newsroom, image)
    work()
    before = shown(city, newsroom)
    image = ContentImage.objects.get(pk=image.pk)
    image.title, image.credit = "En annan titel", "Umeå kommun"
    image.save()
    show(newsroom, image)
    work()
    after = shown(city, newsroom)
    assert after["credit"] == "Umeå kommun"
    assert (after["src"], after["sources"]) == (before["src"], before["sources"])


def test_doing_the_work_twice_changes_nothing(city: City, newsroom: Newsroom, background: None) -> None:
    image = add_image()
    show(newsroom, image)
    work()
    cursor = city.get("/changes")["next_cursor"]
    make_sizes.enqueue(image.pk)
    work()
    assert city.get(f"/changes?cursor={cursor}")["items"] == []


def test_the_wish_for_sizes_is_stored_with_the_image_or_neither_is(background: None) -> None:
    waiting = DBTaskResult.objects.filter(task_path=make_sizes.module_path)
    with pytest.raises(RuntimeError), transaction.atomic():
        add_image()
        assert waiting.count() == 1
        raise RuntimeError
    assert (waiting.count(), ContentImage.objects.filter(title="En talare").count()) == (0, 0)


def test_saving_an_image_that_was_read_earlier_forgets_no_sizes(
    city: City, newsroom: Newsroom, background: None
) -> None:
    read_earlier = add_image()
    show(newsroom, read_earlier)
    work()
    read_earlier.title = "En annan titel"
    read_earlier.save()
    assert shown(city, newsroom)["sources"]
    assert stale_publications() == []


def test_sizes_are_there_with_what_shows_them_or_neither_is(
    city: City, newsroom: Newsroom, background: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = add_image()
    show(newsroom, image)
    cursor = city.get("/changes")["next_cursor"]
    with monkeypatch.context() as broken:
        broken.setattr("cms.publications.publish.publish_marks", fail)
        with pytest.raises(RuntimeError):
            settle(ContentImage.objects.get(pk=image.pk))
    assert ContentImage.objects.get(pk=image.pk).sizes == Sizes.WAITING
    assert city.get(f"/changes?cursor={cursor}")["items"] == []
    assert stale_publications() == []
    work()
    assert shown(city, newsroom)["sources"]


def fail(*_marks: Any, **_rest: Any) -> int:
    """Publish nothing."""
    raise RuntimeError


def test_sizes_of_a_file_that_was_replaced_meanwhile_are_not_published(
    city: City, newsroom: Newsroom, background: None
) -> None:
    image = add_image()
    show(newsroom, image)
    read_before = ContentImage.objects.get(pk=image.pk)
    image.file = ContentFile(photograph(700, 500), name="annan.jpg")
    image.save()
    settle(read_before)
    assert not image.renditions.exists()
    assert shown(city, newsroom)["width"] == 700
    work()
    found = shown(city, newsroom)
    assert (fetch(found["src"]).width, found["width"]) == (700, 700)


def test_a_picture_that_cannot_be_read_holds_up_no_article_and_is_reported(
    city: City, newsroom: Newsroom, background: None, caplog: pytest.LogCaptureFixture
) -> None:
    image = add_image()
    whole = damage(image)
    show(newsroom, image)
    work()
    assert shown(city, newsroom) is None
    assert f"Image {image.pk} “En talare” cannot be read" in caplog.text
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("publications", "verify", stdout=StringIO(), stderr=errors)
    assert f"image {image.pk}, “En talare”" in errors.getvalue()

    Path(image.file.path).write_bytes(whole)
    call_command("publications", "rebuild", stdout=StringIO(), stderr=StringIO())
    assert [source["type"] for source in shown(city, newsroom)["sources"]] == TYPES
    call_command("publications", "verify", stdout=StringIO(), stderr=StringIO())


@pytest.mark.parametrize("lose", [damage, lambda image: Path(image.file.path).unlink()], ids=["damaged", "missing"])
def test_publishing_with_a_picture_that_cannot_be_read_succeeds_without_it(
    city: City, newsroom: Newsroom, lose: Any, caplog: pytest.LogCaptureFixture
) -> None:
    image = add_image()
    image.renditions.all().delete()
    ContentImage.objects.filter(pk=image.pk).update(sizes=Sizes.WAITING)
    lose(image)
    show(newsroom, ContentImage.objects.get(pk=image.pk))
    assert publication(newsroom.article["sv"]).status == "published"
    assert shown(city, newsroom) is None
    assert f"Image {image.pk} “En talare” cannot be read" in caplog.text
    assert ContentImage.objects.get(pk=image.pk).sizes == Sizes.BROKEN
    assert stale_publications() == []


def test_when_the_disk_is_full_the_picture_is_shown_as_it_was_uploaded(city: City, newsroom: Newsroom) -> None:
    image = add_image()
    image.renditions.all().delete()
    with patch.object(ContentImage, "create_renditions", side_effect=OSError(errno.ENOSPC, "No space left")):
        show(newsroom, ContentImage.objects.get(pk=image.pk))
        found = shown(city, newsroom)
        assert found["sources"] == []
        assert fetch(found["src"]).size == (1000, 600)
        assert stale_publications() == []
    call_command("publications", "rebuild", stdout=StringIO(), stderr=StringIO())
    assert [source["type"] for source in shown(city, newsroom)["sources"]] == TYPES


def test_without_a_worker_the_sizes_are_there_when_the_article_is(city: City, newsroom: Newsroom) -> None:
    show(newsroom, add_image())
    assert [source["type"] for source in shown(city, newsroom)["sources"]] == TYPES
