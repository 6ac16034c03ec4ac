"""A picture keeps what readers need, and loses what endangers people."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from lxml import html
from PIL import Image as Picture
from wagtail.models import Collection, UploadedFile

from cms.content.images import ContentImage, ContentRendition, Sizes
from cms.content.pictures import find_end_of_consent, public_image
from frontend_contract.models.images import Image
from tests.newsroom import Newsroom, add_image, add_people, photograph

pytestmark = pytest.mark.django_db


def shown(image: ContentImage) -> Image:
    """Return the image as documents show it."""
    public = public_image(image, alt="En talare", decorative=False)
    assert public is not None
    return public


def read(image: ContentImage) -> Picture.Image:
    """Return the stored original."""
    with image.open_file() as file:
        return Picture.open(BytesIO(file.read()))


@pytest.fixture
def upload(editor: Client, root: object) -> Client:
    """An editor who uploads."""
    return editor


def test_an_uploaded_photograph_tells_nobody_where_it_was_taken(upload: Client) -> None:
    data = {
        "title": "En talare",
        "file": SimpleUploadedFile("talare.jpg", photograph(), "image/jpeg"),
        "collection": Collection.objects.get().pk,
        "credit": "Misto",
        "license": "CC-BY-4.0",
        "consent": "official",
        "alt_sv": "En talare visar bilder",
        "alt_uk": "Доповідач показує зображення",
    }
    response = upload.post(reverse("wagtailimages:add"), data)

    assert response.status_code == 302, response.context["form"].errors
    image = ContentImage.objects.get()
    original = read(image)
    assert dict(original.getexif()) == {}
    assert b"Nokia" not in image.file.open().read()
    image.file.close()
    assert {text.language: text.alt for text in image.texts.all()} == {
        "sv": "En talare visar bilder",
        "uk": "Доповідач показує зображення",
    }
    assert image.dominant_color in ("#1b4d6b", "#1b4c6a")  # JPEG rounds
    assert image.file_size == image.file.size


def test_no_size_says_more_than_the_original(root: object) -> None:
    shown(add_image())
    for made in ContentRendition.objects.all():
        with made.file.open() as file:
            assert dict(Picture.open(file).getexif()) == {}


def test_a_photograph_taken_upright_stays_upright(root: object) -> None:
    image = ContentImage(title="Upprätt")
    image.file = SimpleUploadedFile("talare.jpg", photograph(1000, 600, orientation=6), "image/jpeg")
    image.save()
    assert (image.width, image.height) == (600, 1000)
    assert read(image).size == (600, 1000)


@pytest.mark.parametrize(
    ("width", "sizes"),
    [(2000, [400, 800, 1200, 1600]), (1000, [400, 800, 1000]), (300, [300])],
)
def test_sizes_are_never_larger_than_the_original(width: int, sizes: list[int], root: object) -> None:
    public = shown(add_image(width=width))
    for source in public.sources:
        assert [int(part.rsplit(" ", 1)[1][:-1]) for part in source.srcset.split(", ")] == sizes
        assert all(part.startswith("hub:/media/") for part in source.srcset.split(", "))
    assert [source.type for source in public.sources] == ["image/avif", "image/webp", "image/jpeg"]
    assert public.src.endswith(".jpg")
    assert public.width == width


def test_sizes_are_made_once(root: object, django_assert_num_queries: pytest.FixtureRequest) -> None:
    image = add_image()
    first = shown(image)
    made = ContentRendition.objects.count()
    with django_assert_num_queries(1):  # type: ignore[operator]  # those that are there
        assert shown(image) == first
    assert ContentRendition.objects.count() == made == 9


def test_a_logo_without_background_becomes_white_not_black_as_jpeg(root: object) -> None:
    written = BytesIO()
    Picture.new("RGBA", (500, 200), (0, 0, 0, 0)).save(written, "PNG")
    image = ContentImage(title="Logotyp", file=SimpleUploadedFile("logo.png", written.getvalue(), "image/png"))
    image.save()
    shown(image)
    with image.renditions.get(filter_spec__contains="jpeg", width=400).file.open() as file:
        assert Picture.open(file).convert("RGB").getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("consent", "until", "is_shown"),
    [
        ("not_needed", None, True),
        ("given", date(2099, 1, 1), True),
        ("given", date(2020, 1, 1), False),
        ("missing", None, False),
    ],
)
def test_people_in_a_picture_decide(consent: str, until: date | None, is_shown: bool, root: object) -> None:
    image = add_image(consent=consent, consent_until=until)
    assert (public_image(image, alt="Delegationen", decorative=False) is not None) is is_shown


def test_a_page_knows_when_a_consent_runs_out(room: Newsroom) -> None:
    janet = add_people(room)[0]
    image = add_image(consent="given", consent_until=date(2099, 6, 1))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert find_end_of_consent([image], now) == datetime(2099, 6, 2, tzinfo=UTC)

    janet.ground, janet.consent_until = "consent", date(2050, 1, 1)
    assert janet.find_next_change(now) == datetime(2050, 1, 2, tzinfo=UTC)
    assert janet.is_permitted(datetime(2050, 1, 1, 23, tzinfo=UTC))
    assert not janet.is_permitted(datetime(2050, 1, 2, tzinfo=UTC))


def test_the_focal_point_is_in_percent(root: object) -> None:
    image = add_image(
        width=1000, height=500, focal_point_x=250, focal_point_y=100, focal_point_width=10, focal_point_height=10
    )
    point = shown(image).focal_point
    assert point is not None
    assert (point.x, point.y) == (25, 20)


@pytest.mark.django_db(transaction=True)
def test_the_sizes_of_an_upload_wait_for_its_publication_not_the_other_way_round() -> None:
    with transaction.atomic():
        image = add_image()
        assert not image.renditions.exists(), "nobody waits for the database while pictures are coded"

    ready = set(image.renditions.values_list("filter_spec", flat=True))
    shown(image)
    assert ready
    assert set(image.renditions.values_list("filter_spec", flat=True)) == ready


@pytest.mark.django_db(transaction=True)
def test_a_replaced_picture_is_shown_in_every_size(root: object) -> None:
    image = add_image()
    before = addresses(shown(image))
    image.file = SimpleUploadedFile("talare.jpg", photograph(), "image/jpeg")
    image.save()
    after = addresses(shown(ContentImage.objects.get()))
    assert after.isdisjoint(before)


def addresses(image: Image) -> set[str]:
    """Return where the image can be fetched, in every size and format."""
    return {part.split()[0] for source in image.sources for part in source.srcset.split(", ")}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_damaged_photograph_is_refused_in_the_form(upload: Client, form: str) -> None:
    written = BytesIO()
    Picture.effect_noise((300, 200), 90).convert("RGB").save(written, form)
    whole = written.getvalue()
    cut = SimpleUploadedFile(f"talare.{form.lower()}", whole[: len(whole) // 2], f"image/{form.lower()}")
    page = upload.post(
        reverse("wagtailimages:add"), {"title": "En talare", "file": cut, "collection": Collection.objects.get().pk}
    )
    assert "The file is damaged or cut short." in page.content.decode()
    assert not ContentImage.objects.exists()


def test_an_image_whose_file_cannot_be_read_says_so_in_its_form(upload: Client) -> None:
    image = add_image()
    ContentImage.objects.filter(pk=image.pk).update(sizes=Sizes.BROKEN)
    page = upload.get(reverse("wagtailimages:edit", args=[image.pk]))
    assert "This file cannot be read, so no page shows the image." in page.content.decode()


def test_many_photographs_are_uploaded_at_once_and_then_described(upload: Client) -> None:
    dropped = {
        "title": "talare.jpg",
        "files[]": SimpleUploadedFile("talare.jpg", photograph(), "image/jpeg"),
        "collection": Collection.objects.get().pk,
    }
    asked = upload.post(reverse("wagtailimages:add_multiple"), dropped).json()
    assert not ContentImage.objects.exists(), "there is no picture before somebody says what it shows and whose it is"

    form = html.document_fromstring(asked["form"]).forms[0]
    described = {
        "title": "En talare",
        "consent": "official",
        "license": "CC-BY-4.0",
        "alt_sv": "En talare visar bilder",
    }
    prefix = f"uploaded-image-{asked['uploaded_file_id']}"
    form.fields.update({f"{prefix}-{field}": value for field, value in described.items()})
    saved = upload.post(form.action, dict(form.form_values())).json()

    assert saved["success"], saved
    image = ContentImage.objects.get()
    assert (image.title, image.consent, image.texts.get().alt) == ("En talare", "official", "En talare visar bilder")
    assert dict(read(image).getexif()) == {}, "and it tells nobody where it was taken"


def test_a_photograph_that_nobody_has_described_yet_tells_nobody_where_it_was_taken(upload: Client) -> None:
    dropped = {
        "title": "talare.jpg",
        "files[]": SimpleUploadedFile("talare.jpg", photograph(orientation=6), "image/jpeg"),
        "collection": Collection.objects.get().pk,
    }
    upload.post(reverse("wagtailimages:add_multiple"), dropped)
    waiting = UploadedFile.objects.get()
    with waiting.file.open() as file:
        stored = file.read()
    assert dict(Picture.open(BytesIO(stored)).getexif()) == {}
    assert b"Nokia" not in stored
    assert Picture.open(BytesIO(stored)).size == (600, 1000), "it stands upright without them"


def test_a_damaged_photograph_among_many_is_refused(upload: Client) -> None:
    cut = SimpleUploadedFile("talare.jpg", photograph()[:2000], "image/jpeg")
    dropped = {"title": "talare.jpg", "files[]": cut, "collection": Collection.objects.get().pk}
    refused = upload.post(reverse("wagtailimages:add_multiple"), dropped)
    assert refused.json() == {
        "success": False,
        "error_message": "The file is damaged or cut short. Upload it once more.",
    }
    assert not ContentImage.objects.exists()
