"""The coverage as a page of the admin."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from wagtail.models import Page

from cms.content.languages import languages, name_of
from cms.translation.coverage.cells import read_items
from cms.translation.coverage.exports import as_csv, as_json
from cms.translation.coverage.filters import CoverageFilter
from cms.translation.coverage.totals import count_items
from cms.translation.queue.filters import partner_choices, partners_by_path
from cms.translation.queue.finding import originals
from cms.translation.queue.reach import reach_of

PER_PAGE = 50


def coverage(request: HttpRequest) -> HttpResponseBase:
    """Show every item in every language, or give it as a file (`?format=csv`, `?format=json`)."""
    names = partner_choices(get_language() or languages()[0])
    form, partners = CoverageFilter(request.GET, partners=names), partners_by_path(names)
    pages = form.narrow(originals().order_by("-last_published_at", "pk"))
    match request.GET.get("format"):
        case "csv":
            return _file(StreamingHttpResponse(as_csv(pages, partners), content_type="text/csv; charset=utf-8"), "csv")
        case "json":
            return _file(JsonResponse(as_json(pages, partners)), "json")
    return _show(request, form, pages, partners)


def _show(request: HttpRequest, form: CoverageFilter, pages: QuerySet[Page], partners: dict[str, str]) -> HttpResponse:
    # What is looked for costs more than what is shown: it is asked once, for how much there is and for what.
    page = Paginator(list(pages.values_list("pk", flat=True)), PER_PAGE).get_page(request.GET.get("p"))
    shown = Page.objects.filter(pk__in=page.object_list).select_related("locale").in_bulk()
    found = (shown[pk] for pk in page.object_list if pk in shown)
    context = {
        "form": form,
        "items": read_items(found, reach_of(request.user), partners),
        "totals": count_items(pages) if "totals" in form.chosen() else None,
        "page_obj": page,
        "languages": [(code, name_of(code)) for code in languages()],
        "is_filtered": form.is_narrowing,
    }
    return TemplateResponse(request, "translation/coverage/coverage.html", context)


def _file(response: HttpResponseBase, ending: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="coverage.{ending}"'
    return response
