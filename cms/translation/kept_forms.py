"""Forms whose browser keeps what is typed until the hub has it, as it does with the forms of pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic import CreateView, EditView

from cms.content.receipts import note_taken


class _Kept:
    """Takes a form once, and shows in it again, unsaved, what a browser has kept."""

    request: HttpRequest
    is_kept = True  # the template's scripts are the desk's

    def is_valid(self, form: Any) -> bool:
        """Whether to save the form; what was only brought back is for a person to look at."""
        if "sending-back" not in self.request.POST:
            return bool(super().is_valid(form))  # type: ignore[misc]  # of the view this is mixed into
        messages.info(self.request, _("What you wrote is here again. It is not saved yet."))
        self.produced_error_message = None
        return False

    def save_action(self) -> HttpResponse:
        """Answer the form, which is not to be taken again when only the answer is lost."""
        note_taken(self.request)
        response: HttpResponse = super().save_action()  # type: ignore[misc]  # of the view this is mixed into
        return response


class KeptCreateView(_Kept, CreateView):
    """A form in which something new is written."""


class KeptEditView(_Kept, EditView):
    """A form in which something is changed."""
