"""Forms of pages and of the translators' desk on a bad line: each is taken once, and its answer asked for again."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.content.receipts import is_taken, note_open
from cms.content.users import name_of_user
from cms.desk.models import Receipt

if TYPE_CHECKING:
    from django.contrib.auth.models import User

GetResponse = Callable[[HttpRequest], HttpResponseBase]

KEPT_FOR = timedelta(days=1)
SHOWN_ONLY = "html"
"""What an answer has for the page that waits for it, and nobody needs later."""


class SendingMiddleware:
    """Answers a form that comes with a ticket, in JSON, once.

    Its script sends the same form with the same ticket until it has an answer. When only the answer was lost, the form
    is not taken again: no page is made twice, and no second step of a review is approved by a press of one button. The
    receipt is stored in the transaction of what it is for. A ticket is its user's: whoever signed in meanwhile in the
    same browser does not save another's text as theirs.
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the view."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        ticket = _ticket(request)
        if ticket is None:
            return self.get_response(request)
        if not request.user.is_authenticated or str(request.user.pk) != request.POST.get("sending-as"):
            return JsonResponse({"success": False, "signed_out": True}, status=401)
        receipt = Receipt.objects.filter(user=request.user, ticket=ticket).first()
        if receipt is not None:
            return _answer_again(request, receipt)
        note_open(request)
        return _answer(request, ticket, self.get_response(request))


def find_newer(request: HttpRequest, page: Page) -> JsonResponse | None:
    """Refuse a form whose writer has not seen the newest draft, and say whose it is: Wagtail asks only autosaves."""
    base, newest = request.POST.get("sending-base"), page.latest_revision
    if not base or newest is None or base == f"{newest.pk} {newest.created_at.isoformat()}":
        return None
    return JsonResponse({"success": False, "newer_by": name_of_user(newest.user)}, status=409)


def _ticket(request: HttpRequest) -> UUID | None:
    if request.method != "POST":
        return None
    try:
        return UUID(request.POST.get("sending-ticket", ""))
    except ValueError:
        return None


def _answer(request: HttpRequest, ticket: UUID, response: HttpResponseBase) -> HttpResponseBase:
    taken = is_taken(request)
    answer = _read(response, is_taken=taken)
    if answer is None:
        return response
    if taken:
        _keep(cast("User", request.user), ticket, answer)
    return JsonResponse(answer)


def _read(response: HttpResponseBase, *, is_taken: bool) -> dict[str, Any] | None:
    """Return what to tell the script; nothing of a page that a person has to read."""
    if 300 <= response.status_code < 400:
        return {"success": is_taken, "to": response["Location"]}
    if isinstance(response, JsonResponse) and response.status_code == 200:
        answer: dict[str, Any] = json.loads(response.content)
        return answer
    return None


def _keep(user: "User", ticket: UUID, answer: dict[str, Any]) -> None:
    Receipt.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()
    kept = {name: value for name, value in answer.items() if name != SHOWN_ONLY}
    Receipt.objects.create(user=user, ticket=ticket, answer=kept)


def _answer_again(request: HttpRequest, receipt: Receipt) -> JsonResponse:
    if "to" in receipt.answer:  # what the hub said then was on the answer that got lost
        messages.success(request, _("What you sent had arrived already: only the answer was lost on the way."))
    return JsonResponse(receipt.answer)
