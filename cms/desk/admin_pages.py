"""What pages where people sign in need and no other page gets: session, language, transaction, scripts in the page."""

from collections.abc import Callable
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse

from cms.desk.transactions import TransactionMiddleware

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class AdminPagesMiddleware:
    """Knows who is there, and in which language they read, where people sign in: in the admin and at its documents.

    The API stays outside. It has no sessions, so that no answer depends on a cookie or takes one away, and no language
    of the visitor's: each would split every cache. And a read costs less without them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Wrap the rest of the request's way twice: with sessions, user, messages and transaction, and without."""
        self.get_response = get_response
        self.transactions = TransactionMiddleware(get_response)
        way: Any = MessageMiddleware(self.transactions)  # each of them may be async, and is not here
        self.with_user = cast(GetResponse, SessionMiddleware(LocaleMiddleware(AuthenticationMiddleware(way))))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        if not request.path.startswith((_admin(), _documents())):
            return self.get_response(request)
        response = self.with_user(request)
        if is_admin(request):
            setattr(response, "_csp_replace", settings.ADMIN_CONTENT_SECURITY_POLICY)  # noqa: B010  django-csp's own way
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Tell the transaction that the view failed."""
        return self.transactions.process_exception(request, exception) if is_admin(request) else None


def is_admin(request: HttpRequest) -> bool:
    """Whether the request is for a page of the admin."""
    return request.path.startswith(_admin())


@cache
def _admin() -> str:
    return reverse("wagtailadmin_home")


@cache
def _documents() -> str:
    return reverse("wagtaildocs_serve", args=[1, "x"]).partition("1/")[0]
