"""What pages where people sign in need and no other page gets: session, language, transaction, scripts in the page."""

from collections.abc import Callable
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse
from django.utils import translation
from wagtail.admin.localization import get_localized_response

from cms.desk.sending import SendingMiddleware
from cms.desk.transactions import TransactionMiddleware
from cms.translation.hiding import hide
from cms.translation.notices.speaking import keep_language

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class AdminPagesMiddleware:
    """Knows who is there, and in which language they read, where people sign in: in the admin and at its documents.

    The API stays outside. It has no sessions, so that no answer depends on a cookie or takes one away, and no language
    of the visitor's: each would split every cache. And a read costs less without them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Wrap the rest of the request's way twice: with sessions, user, messages and transaction, and without."""
        self.get_response = get_response
        self.transactions = TransactionMiddleware(_in_the_readers_language(SendingMiddleware(get_response)))
        way: Any = MessageMiddleware(self.transactions)  # each of them may be async, and is not here
        way = SessionMiddleware(BrowsersLanguage(AuthenticationMiddleware(way)))
        # A page is a fifth as long on the line; Django hides its true length from those who would guess secrets.
        self.with_user = cast(GetResponse, GZipMiddleware(way))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        if not request.path.startswith((_admin(), _documents())):
            return self.get_response(request)
        response = self.with_user(request)
        if is_admin(request):
            setattr(response, "_csp_replace", settings.ADMIN_CONTENT_SECURITY_POLICY)  # noqa: B010  django-csp's own way
        return response

    def process_view(
        self, request: HttpRequest, _view: Any, _arguments: Any, named: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Show nothing of a page that is hidden from its reader, whichever view it is."""
        return hide(request, named) if is_admin(request) else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Tell the transaction that the view failed."""
        return self.transactions.process_exception(request, exception) if is_admin(request) else None


class BrowsersLanguage(LocaleMiddleware):
    """Speaks a language that a browser asks for, of those of the admin: a hub may publish in others, too."""

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language."""
        super().process_request(request)
        if translation.get_language() not in dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES):
            translation.activate(settings.LANGUAGE_CODE)
            setattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)  # noqa: B010  Django's own way


def is_admin(request: HttpRequest) -> bool:
    """Whether the request is for a page of the admin."""
    return request.path.startswith(_admin())


def _in_the_readers_language(get_response: GetResponse) -> GetResponse:
    """Answer in the language that a user has chosen, and keep in which that was, for mails.

    Wagtail does so for its views alone: the page for an address without one, and the refusals, followed the browser.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        if not is_admin(request):
            return get_response(request)
        return cast(HttpResponseBase, get_localized_response(keep_and_respond, request))

    def keep_and_respond(request: HttpRequest) -> HttpResponseBase:
        if request.method == "GET":  # in no transaction that may be rolled back, while the session is kept
            keep_language(request)
        return get_response(request)

    return respond


@cache
def _admin() -> str:
    return reverse("wagtailadmin_home")


@cache
def _documents() -> str:
    return reverse("wagtaildocs_authenticate_with_password", args=[1]).partition("authenticate")[0]
