"""Choosing a page to point to: only of the kind that fits, and in the language that is being written."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import Resolver404, URLPattern, resolve
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser
from wagtail.models import Page

from cms.content.documents import declaration_for, declarations
from cms.content.sight import visible
from frontend_contract.models.shape import Kind

LANGUAGE_FIELD = "page_language"
"""The form field that says in which language the page is written."""

ICONS = {"people": "user", "partners": "site", "topics": "tag", "news": "doc-full", "partnerships": "group"}


def find_language_being_written(request: HttpRequest) -> str | None:
    """Return the language of the page whose form a chooser was opened from; None when it was opened elsewhere."""
    try:
        form = resolve(urlsplit(request.headers.get("Referer", "")).path)
    except Resolver404:
        return None
    match form.view_name, form.kwargs:
        case ("wagtailadmin_pages:edit", {"page_id": pk}) | ("wagtailadmin_pages:add", {"parent_page_id": pk}):
            pass
        case _:
            return None
    found: str | None = Page.objects.filter(pk=pk).values_list("locale__language_code", flat=True).first()
    return found


class KindChooser(BaseChooser):
    """The field in which a page of one kind, or of any kind, is chosen."""

    linked_fields = {"language": f"#id_{LANGUAGE_FIELD}"}
    choose_one_text = _("Choose a page")
    choose_another_text = _("Choose another page")
    link_to_chosen_text = _("Edit this page")

    def __init__(self, kind: Kind | None = None, **kwargs: Any) -> None:
        """Offer documents of `kind`; of every kind when it is None."""
        self.kind = kind
        self.icon = ICONS.get(kind or "", "doc-empty")
        self.chooser_modal_url_name = f"{_chooser_name(kind)}:choose"
        super().__init__(**kwargs)

    @cached_property
    def model(self) -> type[Page]:
        """The page type of the kind."""
        return declaration_for(self.kind).model if self.kind else Page

    def get_display_title(self, instance: Page) -> str:
        """Return the title of the chosen page in the language of whoever reads the form: stored is its first."""
        key, language = instance.translation_key, get_language()
        texts = Page.objects.filter(translation_key=key, locale__language_code=language, live=True)
        known = texts.first() or instance
        return str(known.title if known.live else known.get_admin_display_title())  # no words of a draft of others


class TitleFilter(BaseFilterForm):
    """Finds pages by a part of their title."""

    q = forms.CharField(label=_("Search term"), required=False)

    def filter(self, objects: QuerySet[Page]) -> QuerySet[Page]:
        """Narrow the pages to those with the words in their title."""
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return objects.filter(title__icontains=self.search_query) if self.is_searching else objects


class InOneLanguage:
    """Offers the pages of one language."""

    filter_form_class = TitleFilter
    ordering = "title"
    i18n_enabled = False  # no choice of languages: it is the one being written

    def filter_object_list(self, objects: QuerySet[Page]) -> QuerySet[Page]:
        """Narrow the pages to the language that is being written."""
        objects = super().filter_object_list(objects)  # type: ignore[misc]  # of the view this is mixed into
        objects = visible(objects, self.request.user)  # type: ignore[attr-defined]
        language = self.request.GET.get("language")  # type: ignore[attr-defined]
        return objects.filter(locale__language_code=language) if language else objects


class ChooseView(InOneLanguage, views.ChooseView):
    """The window in which a page is chosen."""


class ResultsView(InOneLanguage, views.ChooseResultsView):
    """The part of the window that changes with the search."""


class ChosenView(views.ChosenView):
    """What the form is told of the page that was chosen."""

    def get_object(self, pk: str) -> Page:
        """Return the page, if it was there to be chosen."""
        return visible(self.model_class.objects.all(), self.request.user).get(pk=pk)


class ChosenMultipleView(views.ChosenMultipleView):
    """What the form is told of several pages that were chosen."""

    def get_objects(self, pks: list[str]) -> QuerySet[Page]:
        """Return those of the pages that were there to be chosen."""
        return visible(super().get_objects(pks), self.request.user)


class KindChooserViewSet(ChooserViewSet):
    """The window in which pages of one kind are chosen."""

    choose_view_class = ChooseView
    choose_results_view_class = ResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    preserve_url_parameters = ["multiple", "language"]
    register_widget = False
    page_title = _("Choose a page")

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the window's addresses: all but the one that creates, since a page is not written in a window."""
        patterns: list[URLPattern] = super().get_urlpatterns()
        return [pattern for pattern in patterns if pattern.name != "create"]

    def get_object_list(self) -> QuerySet[Page]:
        """Return every page that may be pointed to."""
        pages: QuerySet[Page] = self.model.objects.all()
        if self.model is Page:
            pages = Page.objects.type(*(declared.model for declared in declarations())).specific(defer=True)
        return pages


def choosers() -> list[KindChooserViewSet]:
    """Return a window for each kind, and one for all of them."""
    return [_chooser(None, Page)] + [_chooser(declared.kind, declared.model) for declared in declarations()]


def _chooser(kind: Kind | None, model: type[Page]) -> KindChooserViewSet:
    return KindChooserViewSet(_chooser_name(kind), model=model, icon=ICONS.get(kind or "", "doc-empty"))


def _chooser_name(kind: Kind | None) -> str:
    return f"choose_{kind or 'any'}"
