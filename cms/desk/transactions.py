"""One act of an editor, one transaction: all of it or nothing."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from cms.content.errors import PublishingRefused

GetResponse = Callable[[HttpRequest], HttpResponseBase]

SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")


class TransactionMiddleware:
    """Runs every unsafe request in one transaction.

    What the request publishes is published as the transaction's last act. When that is refused, everything is rolled
    back and the view runs once more with `request.publishing_refused`, so that the page's form can show the reasons
    beside all that was typed. A view that does not look there is refused again: then the editor is sent back to where
    they came from, with the reasons as messages.

    A view that waits for others, and so is marked with Django's `non_atomic_requests`, has transactions of its own.
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the view."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        if request.method in SAFE_METHODS or _is_non_atomic(request):
            return self.get_response(request)
        request.POST  # noqa: B018  a slow upload is read before the transaction begins, not while it holds the lock
        try:
            return self._run(request)
        except PublishingRefused as refused:
            return self._run_again(request, refused)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Remember that the view failed: Django makes a response of the exception before we see it."""
        request.view_failure = exception  # type: ignore[attr-defined]  # ours
        return HttpResponse(status=500) if isinstance(exception, PublishingRefused) else None

    def _run(self, request: HttpRequest) -> HttpResponseBase:
        request.view_failure = None  # type: ignore[attr-defined]  # ours
        with transaction.atomic():
            response = self.get_response(request)
            failure: Exception | None = request.view_failure  # type: ignore[attr-defined]  # ours
            if isinstance(failure, PublishingRefused):
                raise failure
            if failure or response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def _run_again(self, request: HttpRequest, refused: PublishingRefused) -> HttpResponseBase:
        _rewind(request)
        request.publishing_refused = refused  # type: ignore[attr-defined]  # ours; read by the page's form
        try:
            return self._run(request)
        except PublishingRefused as refused_again:
            _rewind(request)
            for sentence in refused_again.messages:
                messages.error(request, sentence)
            return HttpResponseRedirect(_where_they_came_from(request))


def _is_non_atomic(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return DEFAULT_DB_ALIAS in getattr(view, "_non_atomic_requests", ())


def _rewind(request: HttpRequest) -> None:
    """Take back what the first run told the editor, and make its uploads readable from the beginning."""
    request._messages = default_storage(request)  # type: ignore[attr-defined]  # where django.contrib.messages looks
    for _name, files in request.FILES.lists():
        for file in files:
            file.seek(0)


def _where_they_came_from(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return referer
    return reverse("wagtailadmin_home")
