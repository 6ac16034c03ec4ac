"""Wagtail's addresses of one step of a review: for those who may open the page, and for the step that it is at.

Wagtail (8.0) tells anybody the title of a draft before it asks for rights, and takes a step of another page's review
for one of the page whose rights it asks for.
"""

import json
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import (
    CollectWorkflowActionDataView,
    PreviewRevisionForTaskView,
    WorkflowActionView,
)
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, TaskState

from cms.translation.review import CHANGED, CHANGED_AT_STEP, NOT_YOURS, follow_draft, hold, is_at, is_changed

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class _ViewOfReview:
    """What there is about the review of a page, for those who may open the page."""

    object: Page

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Say nothing of the page to those who may not open it, whether it is in review or not."""
        if not self.object.specific.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view is the other half


class _ViewOfStep(_ViewOfReview):
    """What there is about one step of it."""

    task_state_id: int

    def get_task_state(self) -> TaskState:
        """Return the step, which is one of this page."""
        step: TaskState = get_object_or_404(TaskState.objects.for_instance(self.object), pk=self.task_state_id).specific
        return step


class PreviewView(_ViewOfReview, PreviewRevisionForTaskView):
    """Shows what is reviewed."""


class CollectView(_ViewOfStep, CollectWorkflowActionDataView):
    """Asks for the comment that goes with a decision; the form of the page is sent with it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask, if the page is still at this step."""
        if is_at(self.object, self.task_state):
            return super().get(request, *args, **kwargs)
        return render_modal_workflow(
            request, "translation/step_changed.html", None, {"sentence": CHANGED}, json_data={"step": "action"}
        )


class ActionView(_ViewOfStep, WorkflowActionView):
    """Takes a decision on the first page of the admin: about the step and the draft that are shown there."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the step when nobody else is about to decide about it."""
        if request.method == "POST":
            hold(kwargs["page_id"])
        super().setup(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Do it, if the page is still at this step, and as it came there."""
        if not is_at(self.object, self.task_state):
            return self._refuse(request, str(CHANGED))
        if is_changed(self.task_state, cast("User", request.user)):
            return self._refuse(request, str(CHANGED_AT_STEP))
        return super().post(request, *args, **kwargs)

    def _refuse(self, request: HttpRequest, sentence: str) -> Any:
        messages.error(request, sentence)
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)


class FormView(EditView):
    """The form of a page, whose decisions are about the step and the draft that were there when it was opened."""

    is_old = False
    """Whether it shows what was typed over another draft, or at another step, than there is by now."""

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> Any:
        """Read the page when nobody else is about to change it."""
        if request.method == "POST":
            hold(page_id)
        return super().dispatch(request, page_id, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Do what was asked for, if it is no decision about something else, nor another's."""
        sentence = self._why_not()
        return self._refuse(sentence) if sentence else super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show what is wrong; the page may also be locked, because the next step is another's."""
        sentence = self._why_not()
        return self._refuse(sentence) if sentence else super().form_invalid(form)

    def perform_workflow_action(self) -> HttpResponse:
        """Decide about the draft that the form shows."""
        _check_said(self.request)
        follow_draft(self.page, self.latest_revision)
        answer: HttpResponse = super().perform_workflow_action()
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which step and which draft the form is about; of an old one neither is known again until it is opened."""
        old = {"is_old": True, "loaded_revision_created_at": ""} if self.is_old else {}
        return {**super().get_context_data(**kwargs), **old}

    def _why_not(self) -> str:
        """Say why this is no decision of its reader about the step and draft that are there, or nothing.

        A form that does not say what it shows has shown none. Wagtail takes the decision of somebody who may not
        decide, or not any more, for a wish to save.
        """
        said = self.request.POST
        if not said.get("action-workflow-action"):
            return ""
        step = self.page.current_workflow_task_state
        is_at_step = step is not None and said.get("loaded_step") == str(step.pk)
        if not is_at_step or not said.get("loaded_revision_id") or self.is_out_of_date:
            return str(CHANGED)
        return "" if self.workflow_action_is_valid() else str(NOT_YOURS)

    def _refuse(self, sentence: str) -> HttpResponse:
        """Show the form with all that was typed, and decide nothing."""
        messages.error(self.request, sentence)
        self.is_old = self.has_unsaved_changes = True
        answer: HttpResponse = self.render_to_response(self.get_context_data())
        return answer


def _check_said(request: HttpRequest) -> None:
    """Refuse what no form sends with a decision; Wagtail reads it unasked."""
    try:
        said = json.loads(request.POST.get("workflow-action-extra-data", "{}"))
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise BadRequest(_("This is not what Misto asked."))


class ReviewedPages(PageViewSet):
    """Wagtail's views of pages, but for those of a step and for the form with its decisions."""

    edit_view_class = FormView
    workflow_action_view_class = ActionView
    collect_workflow_action_data_view_class = CollectView
    workflow_preview_view_class = PreviewView
