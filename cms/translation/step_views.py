"""Wagtail's addresses of one step of a review: for those who may open the page, and for the step that it is at.

Wagtail (8.0) tells anybody the title of a draft before it asks for rights, and takes a step of another page's review
for one of the page whose rights it asks for.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin.views.pages.workflow import (
    CollectWorkflowActionDataView,
    PreviewRevisionForTaskView,
    WorkflowActionView,
)
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, TaskState

from cms.translation.review import CHANGED


class PreviewView(PreviewRevisionForTaskView):
    """Shows what is reviewed."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Say nothing of the page to those who may not open it, whether it is in review or not."""
        _check_open(request, self.object)
        return super().dispatch(request, *args, **kwargs)


class CollectView(CollectWorkflowActionDataView):
    """Asks for the comment that goes with a decision."""

    def get_task_state(self) -> TaskState:
        """Return the step, which is one of this page."""
        return _find_step(self.object, self.task_state_id)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Say nothing of the page to those who may not open it, whether it is in review or not."""
        _check_open(request, self.object)
        return super().dispatch(request, *args, **kwargs)


class ActionView(WorkflowActionView):
    """Takes a decision about the step that somebody has read, never about a later one."""

    def get_task_state(self) -> TaskState:
        """Return the step, which is one of this page."""
        return _find_step(self.object, self.task_state_id)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Say nothing of the page to those who may not open it, whether it is in review or not."""
        _check_open(request, self.object)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Do it, if the page is still at this step."""
        if self.task_state.pk == self.object.current_workflow_task_state.pk:
            return super().post(request, *args, **kwargs)
        messages.error(request, CHANGED)
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)


class ReviewedPages(PageViewSet):
    """Wagtail's views of pages, but for those of a step."""

    workflow_action_view_class = ActionView
    collect_workflow_action_data_view_class = CollectView
    workflow_preview_view_class = PreviewView


def _check_open(request: HttpRequest, page: Page) -> None:
    if not page.specific.permissions_for_user(request.user).can_edit():
        raise PermissionDenied


def _find_step(page: Page, number: int) -> TaskState:
    step: TaskState = get_object_or_404(TaskState.objects.for_instance(page), pk=number).specific
    return step
