"""Serves files: pictures where no nginx stands in front, and documents to those who may read them."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.static import serve
from wagtail.documents.views.serve import serve as ask_and_serve

from cms.api.cors import ANY_SITE
from cms.api.views.reading_only import reading_only
from cms.content.files import ContentDocument

A_DAY = 86_400


@reading_only
def serve_picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve an uploaded picture or one of its sizes; documents go through Wagtail, which asks who may read them."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={A_DAY}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@reading_only
def serve_document(request: HttpRequest, key: UUID, filename: str) -> HttpResponseBase:
    """Serve a document by its key; Wagtail asks who may read it."""
    document = get_object_or_404(ContentDocument, key=key)
    response: HttpResponseBase = ask_and_serve(request, document.pk, filename)
    for name, value in {**ANY_SITE, "X-Content-Type-Options": "nosniff"}.items():
        response[name] = value
    # Wagtail (8.0) says so of what is not encoded, and of a file that no form took in and nobody has a digest of.
    for name, nothing in (("Content-Encoding", "None"), ("ETag", '""')):
        if response.get(name) == nothing:
            del response[name]
    return response
