"""Serves pictures where no nginx stands in front."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.static import serve

from cms.api.views.reading_only import reading_only

A_DAY = 86_400


@reading_only
def serve_picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve an uploaded picture or one of its sizes; documents go through Wagtail, which asks who may read them."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={A_DAY}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
