"""What the admin leaves out or shows otherwise, so that it is this house and not the one it is built of."""

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import DismissibleMenuItem, MenuItem
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page

from cms.content.receipts import note_taken
from cms.desk.file_choosers import DocumentsEndpoint, ImagesEndpoint
from cms.desk.page_choosers import PagesEndpoint
from cms.desk.sending import find_newer

AFTER_WAGTAIL = 100  # of two for the same, Wagtail takes the later


@hooks.register("construct_help_menu")
def offer_no_news_of_wagtail(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Take what is new in Wagtail, and its guide, from the help; with them goes the badge that counts them."""
    menu_items[:] = [item for item in menu_items if not isinstance(item, DismissibleMenuItem)]


@hooks.register("insert_global_admin_css")
def style_our_forms() -> str:
    """Add what the admin's own style leaves odd."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/misto.css"))


@hooks.register("construct_admin_api", order=AFTER_WAGTAIL)
def show_what_may_be_seen(router: WagtailAPIRouter) -> None:
    """Put our endpoints in the place of Wagtail's, which give every file to whoever may open the admin."""
    for name, endpoint in (("pages", PagesEndpoint), ("images", ImagesEndpoint), ("documents", DocumentsEndpoint)):
        router.register_endpoint(name, endpoint)


@hooks.register("before_edit_page")
def overwrite_nothing_unseen(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse what was written without knowing the newest draft, until its writer has been asked."""
    return find_newer(request, page)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_that_it_is_taken(request: HttpRequest, page: Page) -> None:
    """Let the browser forget what it kept of a form once its page is stored."""
    note_taken(request)
