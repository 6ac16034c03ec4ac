"""Where the translators' desk steps in before localize: the same addresses, earlier."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail_localize.wagtail_hooks import ConvertToAliasPageActionMenuItem

from cms.content.pages import ContentPage
from cms.translation import views
from cms.translation.sources import chain, find_translation, sources_of
from cms.translation.waiting import WaitingPanel

BEFORE_LOCALIZE = -100


@hooks.register("register_admin_urls", order=BEFORE_LOCALIZE)
def register_safe_urls() -> list[URLPattern]:
    """Put our views in front of localize's; their names stay those of localize."""
    return [
        path("localize/submit/page/<int:page_id>/", views.SubmitView.as_view()),
        path("localize/update/<int:translation_source_id>/", views.UpdateView.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", views.refuse_alias),
    ]


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    """Begin a translator's day with what waits for them: the tree shows them their own language only."""
    panels.append(WaitingPanel())


@hooks.register("before_edit_page", order=BEFORE_LOCALIZE)
def publish_through_the_gate(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Publish translations ourselves: localize writes the live row first, past locks, reviews and open segments."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = find_translation(page)
    return views.publish(request, translation, page) if translation else None


@hooks.register("construct_page_action_menu")
def offer_no_alias(menu_items: list[object], request: HttpRequest, context: dict[str, object]) -> None:
    """Take “Convert to alias page” from the menu."""
    menu_items[:] = [item for item in menu_items if not isinstance(item, ConvertToAliasPageActionMenuItem)]


@hooks.register("construct_translated_pages_to_cascade_actions")
def take_translations_along(pages: list[Page], action: str) -> dict[Page, list[Page]]:
    """Let translations follow when their source is unpublished or moved; never the other way round."""
    if action not in ("unpublish", "move"):
        return {}
    return {page: _made_from(page) for page in pages if isinstance(page.specific, ContentPage)}


def _made_from(page: Page) -> list[Page]:
    """Return the pages translated from this one, at first or second hand."""
    sources = sources_of(page.translation_key)
    source = page.locale.language_code
    others = Page.objects.translation_of(page, inclusive=False).filter(alias_of=None).select_related("locale")
    return [other for other in others if source in chain(other.locale.language_code, sources)]
