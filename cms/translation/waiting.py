"""What waits for a translator: published originals that their language lacks, and translations that were begun."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.content.documents import declarations
from cms.content.languages import name_of
from cms.translation.permissions import NEVER_TRANSLATORS, languages_of_translator, may_translate
from cms.translation.sources import is_translation

MOST = 20


@dataclass(frozen=True)
class Waiting:
    """A text that waits: how it is called, from which language into which, and where the work goes on."""

    title: str
    source: str
    target: str
    is_begun: bool
    url: str


class WaitingPanel(Component):
    """The part of the first page of the admin that lists what waits for its reader."""

    name = "waiting"
    order = 50
    template_name = "translation/waiting.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Find what waits for the reader."""
        user = parent_context["request"].user
        return {"waiting": list(islice(find_waiting(user), MOST)), "languages": languages_of_translator(user)}


def find_waiting(user: Any) -> Iterator[Waiting]:
    """Return what waits for a user in each language they translate into: what was begun first, then the newest."""
    for language in languages_of_translator(user):
        for page in _documents().filter(locale__language_code=language, live=False):
            if page.permissions_for_user(user).can_edit():
                yield Waiting(
                    title=page.get_admin_display_title(),
                    source="",
                    target=name_of(language),
                    is_begun=True,
                    url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
                )
        for page in _missing(language):
            if not is_translation(page) and may_translate(user, page, language):
                address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
                yield Waiting(
                    title=page.title,
                    source=name_of(page.locale.language_code),
                    target=name_of(language),
                    is_begun=False,
                    url=f"{address}?select_locale={language}",
                )


def _missing(language: str) -> PageQuerySet:
    there = Page.objects.filter(locale__language_code=language).values("translation_key")
    missing: PageQuerySet = _documents().live().public().exclude(translation_key__in=there)
    return missing


def _documents() -> PageQuerySet:
    models = [declared.model for declared in declarations() if declared.kind not in NEVER_TRANSLATORS]
    pages: PageQuerySet = Page.objects.type(*models).select_related("locale").order_by("-latest_revision_created_at")
    return pages
