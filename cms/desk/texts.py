"""The texts of the admin's scripts, in the language that its user reads."""

from django.http import HttpRequest, HttpResponse
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

# No packages named: of all apps and of locale/. Wagtail's view and localize's read their own package and nothing else.
_of_everything = JavaScriptCatalog.as_view()


def script_texts(request: HttpRequest) -> HttpResponse:
    """Return the texts as a script."""
    response: HttpResponse = get_localized_response(_of_everything, request)
    return response
