"""The same acts as an editor does them: in the admin, one request each."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from tests.editors.forms import article, edit, paragraph
from tests.reliability.acts import Act, Prepare, act, fresh
from tests.reliability.stage import Newsroom, draw

BROWSER = Client()


def sign_in(newsroom: Newsroom) -> None:
    """Sign in as somebody who may do everything."""
    BROWSER.force_login(get_user_model().objects.create_superuser("kansliet", "kansliet@umea.example"))


def in_the_admin(prepare: Prepare = sign_in) -> Callable[[Act], Act]:
    """Declare an act that is one request: the hub itself makes it one transaction."""
    return act(prepare, alone=True)


def _post(name: str, *args: int, **typed: Any) -> HttpResponse:
    return _done(BROWSER.post(reverse(f"wagtailadmin_pages:{name}", args=args), typed))


def _post_for_many(action: str, *pages: Page, **typed: Any) -> HttpResponse:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return _done(BROWSER.post(f"{address}?{chosen}", typed))


def _done(response: HttpResponse) -> HttpResponse:
    assert response.status_code in (200, 302)
    assert not getattr(response, "context", None) or "form" not in response.context, response.context["form"].errors
    return response


@in_the_admin()
def publish_in_the_admin(newsroom: Newsroom) -> object:
    typed = article(title="Cherson i Umeå", lead="Fyra dagar.", body=[paragraph("<p>Besöket är över.</p>")])
    return _done(edit(BROWSER, newsroom.visit, typed, "publish"))


@in_the_admin()
def unpublish_in_the_admin(newsroom: Newsroom) -> object:
    return _post("unpublish", newsroom.about.pk, include_descendants="on")


@in_the_admin()
def move_in_the_admin(newsroom: Newsroom) -> object:
    return _post("move_confirm", newsroom.article["sv"].pk, newsroom.kherson_news["sv"].pk)


@in_the_admin()
def copy_in_the_admin(newsroom: Newsroom) -> object:
    chosen = {"new_title": "Om oss", "new_slug": "om-oss", "new_parent_page": newsroom.kherson["sv"].pk}
    return _post("copy", newsroom.about.pk, **chosen, copy_subpages="on", publish_copies="on")


def _restrict_and_sign_in(newsroom: Newsroom) -> None:
    sign_in(newsroom)
    PageViewRestriction.objects.create(page=newsroom.contact, restriction_type="login")


@in_the_admin(_restrict_and_sign_in)
def copy_what_is_restricted_in_part_in_the_admin(newsroom: Newsroom) -> object:
    return copy_in_the_admin(newsroom)


@in_the_admin()
def delete_in_the_admin(newsroom: Newsroom) -> object:
    return _post("delete", newsroom.about.pk)


@in_the_admin()
def restrict_in_the_admin(newsroom: Newsroom) -> object:
    return _post("set_privacy", newsroom.about.pk, restriction_type="login")


def _unpublish_and_sign_in(newsroom: Newsroom) -> None:
    sign_in(newsroom)
    for page in (newsroom.visit, newsroom.about):
        fresh(page).unpublish()


@in_the_admin(_unpublish_and_sign_in)
def publish_many_in_the_admin(newsroom: Newsroom) -> object:
    return _post_for_many("publish", newsroom.visit, newsroom.about)


@in_the_admin()
def unpublish_many_in_the_admin(newsroom: Newsroom) -> object:
    return _post_for_many("unpublish", newsroom.visit, newsroom.about, include_descendants="on")


@in_the_admin()
def move_many_in_the_admin(newsroom: Newsroom) -> object:
    pages = [newsroom.visit, newsroom.article["sv"]]
    return _post_for_many("move", *pages, chooser=newsroom.kherson_news["sv"].pk)


@in_the_admin()
def delete_many_in_the_admin(newsroom: Newsroom) -> object:
    return _post_for_many("delete", newsroom.visit, newsroom.about)


@in_the_admin()
def replace_an_image_in_the_admin(newsroom: Newsroom) -> object:
    image = newsroom.image
    typed = {name: getattr(image, name) for name in ("title", "credit", "license", "consent")}
    file = draw("ny-bro.png", "#6b1b2a")
    address = reverse("wagtailimages:edit", args=[image.pk])
    return _done(BROWSER.post(address, {**typed, "collection": image.collection_id, "file": file}))


@in_the_admin()
def replace_a_document_in_the_admin(newsroom: Newsroom) -> object:
    letter = newsroom.letter
    file = ContentFile(b"%PDF-1.4 Letter of Intent, signed", name="loi-2.pdf")
    typed = {"title": letter.title, "collection": letter.collection_id, "language": "", "file": file}
    return _done(BROWSER.post(reverse("wagtaildocs:edit", args=[letter.pk]), typed))


@in_the_admin()
def delete_an_image_in_the_admin(newsroom: Newsroom) -> object:
    return _done(BROWSER.post(reverse("wagtailimages:delete", args=[newsroom.image.pk])))


@in_the_admin()
def delete_a_document_in_the_admin(newsroom: Newsroom) -> object:
    return _done(BROWSER.post(reverse("wagtaildocs:delete", args=[newsroom.letter.pk])))


@in_the_admin()
def restore_a_revision_in_the_admin(newsroom: Newsroom) -> object:
    page = fresh(newsroom.visit)
    first = page.revisions.order_by("pk").first()
    typed = article(title="Som det var", lead="Först.", body=[paragraph("<p>Först.</p>")], revision=first.pk)
    return _done(edit(BROWSER, page, typed, "publish"))
