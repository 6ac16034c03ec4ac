"""Where the translators' desk steps in before localize: the same addresses, earlier."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail_localize.wagtail_hooks import (
    ConvertToAliasPageActionMenuItem,
    RestartTranslationPageActionMenuItem,
    TranslationsReportMenuItem,
)

from cms.content.pages import ContentPage
from cms.content.sight import visible
from cms.translation import by_hand, copying, editor_views, review_views, stored_names, views
from cms.translation.comments import TakenPanel
from cms.translation.concordance.views import concordance
from cms.translation.coverage.views import coverage
from cms.translation.engines.views import suggest
from cms.translation.engines.viewsets import viewsets as machine_viewsets
from cms.translation.files import urls as file_addresses
from cms.translation.many_at_once import ACTS
from cms.translation.names.viewsets import viewsets
from cms.translation.names.warning import warn
from cms.translation.notices.desk import NoticeSettingsPanel, NoticesPanel, mark_read
from cms.translation.permissions import may_look_around
from cms.translation.queue import menu
from cms.translation.queue.assigning import assign
from cms.translation.queue.views import queue
from cms.translation.sources import find_downstream, find_lost, find_translation
from cms.translation.step_views import ReviewedPages
from cms.translation.waiting import WaitingPanel
from cms.translation.workbench import views as workbench

BEFORE_LOCALIZE = -100
AFTER_WAGTAIL = 100
STRINGS = "localize/translate/<int:translation_id>/strings"
OVERRIDES = "localize/translate/<int:translation_id>/overrides"


@hooks.register("register_admin_urls", order=BEFORE_LOCALIZE)
def register_safe_urls() -> list[URLPattern]:
    """Put our views in front of localize's; their names stay those of localize."""
    return [
        path("localize/submit/page/<int:page_id>/", views.SubmitView.as_view()),
        path("localize/update/<int:translation_source_id>/", views.UpdateView.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", views.refuse_alias),
        path("localize/reports/translations/", views.lead_to_queue),
        path("localize/reports/translations/results/", views.lead_to_queue),
        path("localize/translate/<int:translation_id>/preview/", views.preview),
        path("localize/translate/<int:translation_id>/preview/<str:mode>/", views.preview),
        path("localize/translate/<int:translation_id>/disable/", editor_views.stop),
        path(f"{STRINGS}/<int:string_segment_id>/edit/", editor_views.edit_string),
        path(f"{OVERRIDES}/<int:overridable_segment_id>/edit/", editor_views.edit_override),
        *file_addresses.safe_urls(),
    ]


for act in ACTS:  # of two for the same, Wagtail takes the later
    hooks.register("register_bulk_action", act, order=AFTER_WAGTAIL)


@hooks.register("register_admin_urls")
def register_desk_urls() -> list[URLPattern]:
    """Add the pages of the desk."""
    return [
        path("desk/queue/", queue, name="desk_queue"),
        path("desk/queue/<uuid:key>/<str:language>/give/", assign, name="desk_assign"),
        path("desk/coverage/", coverage, name="desk_coverage"),
        path("desk/concordance/", concordance, name="desk_concordance"),
        path("desk/strings/<int:translation_id>/<int:segment_id>/", workbench.save_string, name="desk_save_string"),
        path("desk/strings/<int:translation_id>/<int:segment_id>/help/", workbench.help_with, name="desk_help"),
        path("desk/machine/<int:translation_id>/", suggest, name="desk_machine"),
        path("desk/notices/read/", mark_read, name="desk_notices_read"),
        *file_addresses.desk_urls(),
    ]


@hooks.register("register_admin_menu_item")
def register_desk_menu() -> SubmenuMenuItem:
    """Add the desk to the sidebar."""
    return menu.menu()


@hooks.register("register_desk_menu_item")
def register_queue() -> MenuItem:
    """Add the queue to the desk's menu."""
    return menu.queue_item()


@hooks.register("register_desk_menu_item")
def register_coverage() -> MenuItem:
    """Add the coverage to the desk's menu."""
    return menu.coverage_item()


@hooks.register("register_desk_menu_item")
def register_concordance() -> MenuItem:
    """Add the concordance to the desk's menu."""
    return MenuItem(
        _("Earlier translations"), reverse("desk_concordance"), name="desk-concordance", icon_name="search", order=30
    )


@hooks.register("register_admin_viewset")
def register_names_and_terms() -> list[Any]:
    """Add the register of names and terms."""
    return viewsets()


@hooks.register("register_admin_viewset")
def register_machines() -> list[Any]:
    """Add what administrators decide about machines."""
    return machine_viewsets()


@hooks.register("register_admin_viewset", order=AFTER_WAGTAIL)
def register_views_of_reviews() -> ReviewedPages:
    """Put our views of a review's steps in the place of Wagtail's."""
    return ReviewedPages()


@hooks.register("register_desk_menu_item")
def register_files() -> MenuItem:
    """Add translators' files to the desk's menu."""
    return MenuItem(_("Files"), reverse("desk_files"), name="desk-files", icon_name="download", order=60)


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    """Begin a translator's day with what waits for them: the tree shows them their own language only."""
    panels += [NoticesPanel(), WaitingPanel(), TakenPanel()]


@hooks.register("register_account_settings_panel")
def choose_how_to_be_told(request: HttpRequest, user: object, profile: object) -> NoticeSettingsPanel:
    """Let people choose how they are told."""
    return NoticeSettingsPanel(request, user, profile)


@hooks.register("before_edit_page", order=BEFORE_LOCALIZE - 1)
def show_what_lost_its_source(request: HttpRequest, page: Page) -> None:
    """Open a translation whose source is gone as the page that it is by now: no editor could show its source."""
    editor_views.end_what_is_lost(page)


@hooks.register("before_edit_page", order=BEFORE_LOCALIZE)
def publish_through_the_gate(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Publish translations ourselves: localize writes the live row first, past locks, reviews and open segments."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = find_translation(page)
    return views.publish(request, translation, page) if translation else None


@hooks.register("before_copy_page")
def copy_no_translations(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Copy what was written here: the copy of a translation would pass for an original."""
    return copying.refuse(request, page)


@hooks.register("before_edit_page", order=BEFORE_LOCALIZE)
def review_translations(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Let the buttons of a review do what they say."""
    return review_views.answer(request, page)


@hooks.register("before_edit_page", order=BEFORE_LOCALIZE)
def restart_what_one_may_write(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Let nobody take up a stopped translation past a lock or a review: localize asks nothing."""
    return editor_views.refuse_restart(request, page)


@hooks.register("before_edit_page", order=BEFORE_LOCALIZE + 1)
def show_the_workbench(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Show translations at our workbench; localize's own editor stays for pictures, files and links of a language."""
    translation = find_translation(page)
    if translation is None:
        return None
    if request.method != "GET" or request.GET.get("editor") == "localize":
        return None
    return workbench.show(request, translation, page)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_wrong_names(request: HttpRequest, page: Page) -> None:
    """Tell editors of names and terms that the register writes otherwise, as translators are told."""
    warn(request, page)


@hooks.register("after_edit_page")
def warn_of_what_is_left(request: HttpRequest, page: Page) -> None:
    """Tell whoever writes a page whose translation was stopped what is still as in its source."""
    by_hand.warn(request, page)


@hooks.register("construct_page_chooser_queryset")
def offer_what_may_be_seen(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Show nobody the titles of drafts that they cannot open."""
    return visible(pages, request.user)


@hooks.register("construct_explorer_page_queryset")
def show_what_may_be_seen(parent: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Show nobody a place in the tree that is not theirs: its heading has the title of its draft."""
    if not may_look_around(request.user, parent):
        raise PermissionDenied
    return pages


@hooks.register("before_move_page")
def move_what_is_ones_own(request: HttpRequest, page: Page, _destination: Page) -> None:
    """Ask whether to move a page only those who may: Wagtail shows the question, with its title, to everybody."""
    if not page.permissions_for_user(request.user).can_move():
        raise PermissionDenied


@hooks.register("register_log_actions", order=AFTER_WAGTAIL)
def name_reviews_in_histories(actions: LogActionRegistry) -> None:
    """Call reviews and their steps in histories as everywhere."""
    stored_names.name_in_histories(actions)


@hooks.register("construct_reports_menu")
def offer_no_report(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Take localize's report from the menu: it shows every language to everybody, with queries for each row."""
    menu_items[:] = [item for item in menu_items if not isinstance(item, TranslationsReportMenuItem)]


@hooks.register("construct_page_action_menu")
def offer_no_alias(menu_items: list[object], request: HttpRequest, context: dict[str, object]) -> None:
    """Take “Convert to alias page” from the menu."""
    menu_items[:] = [item for item in menu_items if not isinstance(item, ConvertToAliasPageActionMenuItem)]


@hooks.register("construct_page_action_menu")
def offer_no_vain_restart(menu_items: list[object], request: HttpRequest, context: dict[str, Any]) -> None:
    """Take “Start Synced translation” from the menu of a page whose source is gone."""
    if context["view"] == "edit" and find_lost(context["page"]).exists():
        menu_items[:] = [item for item in menu_items if not isinstance(item, RestartTranslationPageActionMenuItem)]


@hooks.register("construct_translated_pages_to_cascade_actions")
def take_translations_along(pages: list[Page], action: str) -> dict[Page, list[Page]]:
    """Let translations follow when their source is unpublished or moved; never the other way round."""
    if action not in ("unpublish", "move"):
        return {}
    return {page: find_downstream(page) for page in pages if isinstance(page.specific, ContentPage)}
