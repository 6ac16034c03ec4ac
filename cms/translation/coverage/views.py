"""The coverage as a page of the admin."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from cms.content.languages import languages, name_of
from cms.translation.coverage.cells import read_rows
from cms.translation.coverage.exports import as_csv, as_json
from cms.translation.coverage.filters import CoverageFilter
from cms.translation.coverage.finding import Item, find_items
from cms.translation.coverage.totals import count_items
from cms.translation.queue.filters import partner_choices, partners_by_path
from cms.translation.queue.reach import Reach, reach_of

PER_PAGE = 50


def coverage(request: HttpRequest) -> HttpResponseBase:
    """Show every item in every language, or give it as a file (`?format=csv`, `?format=json`)."""
    reach, names = reach_of(request.user), partner_choices(get_language() or languages()[0], request.user)
    form, partners = CoverageFilter(request.GET, partners=names), partners_by_path(names)
    items = form.narrow(find_items(reach))
    match request.GET.get("format"):
        case "csv":
            return _file(StreamingHttpResponse(as_csv(items, partners), content_type="text/csv; charset=utf-8"), "csv")
        case "json":
            return _file(JsonResponse(as_json(items, partners)), "json")
    return _show(request, form, items, reach, partners)


def _show(
    request: HttpRequest, form: CoverageFilter, items: list[Item], reach: Reach, partners: dict[str, str]
) -> HttpResponse:
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "form": form,
        "items": read_rows(list(page.object_list), reach, partners),
        "totals": count_items(items) if "totals" in form.chosen() else None,
        "page_obj": page,
        "languages": [(code, name_of(code)) for code in languages()],
        "is_filtered": form.is_narrowing,
    }
    return TemplateResponse(request, "translation/coverage/coverage.html", context)


def _file(response: HttpResponseBase, ending: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="coverage.{ending}"'
    return response
