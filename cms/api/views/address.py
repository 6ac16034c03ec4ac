"""What every address of the API has in common."""

import logging
from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from cms.api.contract.openapi import ContractSchema
from cms.api.contract.operations import Operation
from cms.api.cors import preflight
from cms.api.delivery import Answer, deliver, finish
from cms.api.negotiation import NoKeysYet, OneForm
from cms.api.problems import ProblemError, problem_of_status, problem_response
from cms.api.rates import Rate, answer_within
from cms.api.watch import ALL, BUILD

Delivered = HttpResponseBase
"""An answer that is finished already: a redirect, or one that nobody keeps."""

log = logging.getLogger(__name__)


class Address(APIView):
    """An address that is read: it answers in its one form, with a redirect, or with a problem."""

    authentication_classes = [NoKeysYet]
    permission_classes = []
    renderer_classes = [JSONRenderer]
    http_method_names = ["get", "head", "options"]
    media_type = "application/json"
    rate: Rate | None = Rate.ANSWERS
    schema = ContractSchema()

    @abstractmethod
    def answer(self, request: Request, **path: str) -> Answer | Delivered:
        """Find out what this request is answered with."""

    @abstractmethod
    def describe(self) -> Operation:
        """Say what this address is for the OpenAPI document."""

    def scope(self, request: Request, **path: str) -> str:
        """Return which changes make another answer of this one: those of a key, `all`, or only a new `build`."""
        return ALL

    def rate_of(self, request: Request) -> Rate | None:
        """Return as what an answer to this request is counted, when it has to be built."""
        return self.rate

    def get_content_negotiator(self) -> OneForm:
        """Return what looks at the Accept header."""
        return OneForm(self.media_type)

    def get(self, request: Request, **path: str) -> Delivered:
        """Answer the request."""
        http = request._request
        _refuse_body(http)
        rate = self.rate_of(request)
        if rate is None:
            return self._build(request, **path)
        return answer_within(http, rate, partial(self._build, request, **path))

    def options(self, request: Request, *_arguments: Any, **_path: str) -> HttpResponse:  # type: ignore[override]  # DRF describes itself here
        """Tell browsers that any site may read with GET."""
        return preflight()

    def _build(self, request: Request, **path: str) -> Delivered:
        made = self.answer(request, **path)
        if isinstance(made, Answer):
            return deliver(request._request, finish(made, self.scope(request, **path)))
        return made

    @property
    def default_response_headers(self) -> dict[str, str]:
        """Add nothing: DRF would say with every answer which methods there are."""
        return {}

    def get_exception_handler(self) -> Callable[[Exception, dict[str, Any]], HttpResponse | None]:
        """Return what turns exceptions into problems."""
        return _answer_with_problem


class FixedAddress(Address):
    """An address whose answer only a new version of the hub changes."""

    def scope(self, request: Request, **path: str) -> str:
        """Return that nothing published changes it."""
        return BUILD


def as_bytes(data: Any) -> bytes:
    """Return an answer's bytes: the same for the same data, on every machine."""
    return orjson.dumps(data)


def problem_of(exception: Exception) -> ProblemError:
    """Return the problem that an exception is to the consumer, without anything from inside the house."""
    match exception:
        case ProblemError():
            return exception
        case Http404():
            return ProblemError("not-found", "Nothing public has this address.")
        case APIException():
            return problem_of_status(exception.status_code)
        case OperationalError() | InterfaceError():
            return ProblemError("unavailable", "The hub cannot read its publications at the moment.")
    return ProblemError("internal-error", "The hub failed to answer; the fault is not yours.")


def _refuse_body(request: HttpRequest) -> None:
    """Refuse a body before anything else: there is nothing to do with it, and it may be a bomb."""
    if request.META.get("CONTENT_LENGTH") not in (None, "", "0") or "HTTP_TRANSFER_ENCODING" in request.META:
        raise ProblemError("unsupported-media-type", "The API takes no body.")


def _answer_with_problem(exception: Exception, context: dict[str, Any]) -> HttpResponse:
    request: HttpRequest = context["request"]._request
    problem = problem_of(exception)
    if problem.name in ("internal-error", "unavailable"):
        log.error("%s failed", request.path, exc_info=exception)
    return problem_response(request, problem)
