"""Wagtail's windows in which a page is chosen, and its report on page types, without the drafts of others."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from wagtail.admin.api.serializers import AdminPageSerializer, PageTranslationsField
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import chooser
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.content.sight import is_visible, visible, without_words_of_others

LONGEST = 10
"""Digits that no number of a page has."""


class _Title(chooser.PageTitleColumn):
    """The column of titles; every other column comes after it and shows the page as it leaves it."""

    def __init__(self, user: Any, column: Column) -> None:
        super().__init__(column.name, label=column.label, is_multiple_choice=column.is_multiple_choice)
        self.user = user

    def get_value(self, instance: Page) -> str:
        return str(without_words_of_others(instance, self.user).get_admin_display_title())


class _Parent(chooser.ParentPageColumn):
    """The column that leads to the page above."""

    def __init__(self, user: Any, column: Column) -> None:
        super().__init__(column.name, label=column.label)
        self.user = user

    def get_value(self, instance: Page) -> Page | None:
        parent = super().get_value(instance)
        return without_words_of_others(parent, self.user) if is_visible(parent, self.user) else None


class _Discreet:
    """Says of no page more than its reader may see."""

    request: HttpRequest

    @property
    def columns(self) -> list[Column]:
        """Return the columns of the list."""
        ours = {chooser.PageTitleColumn: _Title, chooser.ParentPageColumn: _Parent}
        columns: list[Column] = super().columns  # type: ignore[misc]  # of the view this is mixed into
        return [ours[type(one)](self.request.user, one) if type(one) in ours else one for one in columns]


class BrowseView(_Discreet, chooser.BrowseView):
    """The window in which one goes from page to page."""

    def get_object_list(self) -> PageQuerySet:
        """Return the pages below a page, to those who may see that page: the window has its title."""
        above = self.parent_page.get_ancestors(inclusive=True)
        if visible(above, self.request.user).count() < above.count():
            raise PermissionDenied
        return super().get_object_list()


class SearchView(_Discreet, chooser.SearchView):
    """The window in which one searches."""


class ChosenMultipleView(chooser.ChosenMultipleView):
    """What the form is told of several pages that were chosen."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Tell of those that were there to be chosen."""
        numbers = [number for number in request.GET.getlist("id") if number.isdecimal() and len(number) < LONGEST]
        wanted: PageQuerySet = visible(Page.objects.filter(pk__in=numbers), request.user)
        told = [
            {
                "id": page.pk,
                "parentId": page.get_parent().pk,
                "adminTitle": without_words_of_others(page, request.user).get_admin_display_title(),
                "editUrl": reverse("wagtailadmin_pages:edit", args=[page.pk]),
                "url": page.url,
            }
            for page in wanted.specific()
        ]
        response: HttpResponse = self.render_chosen_response(told)
        return response


class PageTypesReport(PageTypesUsageReportView):
    """The report on how many pages there are of a type, and which was written last."""

    def decorate_paginated_queryset(self, page_types: Any) -> Any:
        """Name the page written last where its reader may see it."""
        for page_type in super().decorate_paginated_queryset(page_types):
            page = page_type.last_edited_page
            is_seen = page is not None and is_visible(page, self.request.user)
            page_type.last_edited_page = without_words_of_others(page, self.request.user) if is_seen else None
        return page_types


class _Translations(PageTranslationsField):
    """The other languages of a page."""

    def to_representation(self, page: Page) -> list[dict[str, Any]]:
        user = self.context["request"].user
        seen = {other.pk: without_words_of_others(other, user) for other in visible(page.get_translations(), user)}
        return [
            {**told, "admin_display_title": seen[told["id"]].get_admin_display_title()}
            for told in super().to_representation(page)
            if told["id"] in seen
        ]


class _PageSerializer(AdminPageSerializer):
    translations = _Translations(read_only=True)


class PagesEndpoint(PagesAdminAPIViewSet):
    """Pages in the admin's own API."""

    base_serializer_class = _PageSerializer


def urls() -> list[URLPattern]:
    """Return the addresses under which our views stand in front of Wagtail's; their names stay those of Wagtail."""
    return [
        path("choose-page/", BrowseView.as_view()),
        path("choose-page/<int:parent_page_id>/", BrowseView.as_view()),
        path("choose-page/search/", SearchView.as_view()),
        path("choose-page/chosen-multiple/", ChosenMultipleView.as_view()),
        path("reports/page-types-usage/", PageTypesReport.as_view()),
        path("reports/page-types-usage/results/", PageTypesReport.as_view(results_only=True)),
    ]
