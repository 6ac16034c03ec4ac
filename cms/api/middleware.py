"""The outermost word: whatever fails under /content/ and /health/ leaves the house as a problem document."""

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve

from cms.api.delivery import ForMachines
from cms.api.lengths import is_too_long, too_long
from cms.api.problems import MEDIA_TYPE, problem_of_status, problem_response
from cms.api.tracing import begin_trace, continued
from cms.publications.limits import LimitsStatements

GetResponse = Callable[[HttpRequest], HttpResponseBase]

OURS = ("/content/", "/health/")


class TraceMiddleware:
    """Keeps the trace that a request belongs to, for the log and for the answer."""

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the way inwards."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        theirs = request.META.get("HTTP_TRACEPARENT")
        ours = continued(theirs) if theirs is not None else ""
        begin_trace(ours)
        response = self.get_response(request)
        if ours:
            response["traceparent"] = ours
        return response


class LeanMiddleware:
    """Leaves answers for machines with the headers they came with: what pages need would be sent for nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the way inwards."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        response = self.get_response(request)
        if isinstance(response, ForMachines):
            response.keep_own_headers()
        return response


class PolicyMiddleware(CSPMiddleware):
    """Writes what a page may do in a browser; answers for machines come with a policy of their own."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Write the policy of a page."""
        return response if isinstance(response, ForMachines) else super().process_response(request, response)


class ProblemsMiddleware:
    """Turns errors that views did not make, such as those of other middleware, into problem documents.

    It stands outermost: Django makes a response of every exception on the way, and we replace it by its status alone.
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the way inwards."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        if is_too_long(request) and not _says_so_itself(request):
            return _too_long(request)
        is_ours = request.path_info.startswith(OURS)
        cast(LimitsStatements, connection).limit_statements(settings.READ_TIMEOUT if is_ours else 0)
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            del response["Content-Length"]  # Django's 0 would be the length of the answer that is not sent
        if not is_ours or response.status_code < HTTPStatus.BAD_REQUEST:
            return response
        if response.headers.get("Content-Type") == MEDIA_TYPE:
            return response
        problem = problem_of_status(response.status_code)
        if "Allow" in response:
            problem.headers["Allow"] = response["Allow"]
        return problem_response(request, problem)


def _says_so_itself(request: HttpRequest) -> bool:
    """Whether what lies there is for people, and refuses an address that is too long in their language."""
    try:
        return resolve(request.path_info).url_name == "reading-page"
    except Resolver404:
        return False


def _too_long(request: HttpRequest) -> HttpResponse:
    """Refuse an address that nobody needs; outside the API in plain words."""
    if request.path_info.startswith(OURS):
        return problem_response(request, too_long())
    return HttpResponse("The address is too long.", status=414, content_type="text/plain")
