"""Views that do what the admin's do, and then go wrong as a test wishes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from wagtail.models import Collection

from cms.content.errors import PublishingRefused
from cms.urls import urlpatterns as real

REFUSED = PublishingRefused(["The Ukrainian picture has no alt text."], {"image": ["No alt text."]})
FAILURES = {
    "missing": Http404,
    "forbidden": PermissionDenied,
    "broken": ZeroDivisionError,
}


def _write(request: HttpRequest) -> None:
    text = request.FILES["text"].read().decode() if "text" in request.FILES else request.POST["name"]
    Collection.get_first_root_node().add_child(name=text)
    messages.success(request, f"{text} is published.")


def publish(request: HttpRequest) -> HttpResponse:
    """Write, and publish at the commit."""
    _write(request)
    return HttpResponse("published")


def publish_with_a_form(request: HttpRequest) -> HttpResponse:
    """Write, unless the last try was refused: then show the form again."""
    if refused := getattr(request, "publishing_refused", None):
        text = request.FILES["text"].read().decode()
        return HttpResponse(f"{refused.messages} {request.POST['name']} {text}")
    _write(request)
    return HttpResponse("published")


def fail(request: HttpRequest, failure: str) -> HttpResponse:
    """Write, then fail."""
    _write(request)
    raise FAILURES[failure]


def answer(request: HttpRequest, status: int) -> HttpResponse:
    """Write, then answer with a status."""
    _write(request)
    return HttpResponse(status=status)


def refuse(request: HttpRequest) -> HttpResponse:
    """Write, then find that it cannot be published, inside the view."""
    _write(request)
    raise REFUSED


def is_atomic(request: HttpRequest) -> HttpResponse:
    """Say whether a transaction is open."""
    return HttpResponse(str(transaction.get_connection().in_atomic_block))


urlpatterns = [
    path("admin/planted/publish", publish),
    path("admin/planted/form", publish_with_a_form),
    path("admin/planted/refuse", refuse),
    path("admin/planted/fail/<failure>", fail),
    path("admin/planted/answer/<int:status>", answer),
    path("admin/planted/atomic", is_atomic),
    path("planted/atomic", is_atomic),
    *real,
]
