"""The steps of a review, and who does them."""

from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import Page, Task, TaskState, WorkflowState
from wagtail.models.workflows import AbstractGroupApprovalTask

from cms.content.errors import PublishingRefused

STEPS = "_steps_of_reviews"
"""Where a user, for as long as a request lasts, keeps the numbers of the steps that are theirs."""

SAY_WHAT = _("Say in a comment what has to be changed.")


class SendBackForm(TaskStateCommentForm):
    """What has to be changed: nobody can do anything about a text that comes back without a word."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the comment that Wagtail leaves out."""
        super().__init__(*args, **kwargs)
        self.fields["comment"].required = True
        self.fields["comment"].error_messages["required"] = SAY_WHAT


class ReviewTask(AbstractGroupApprovalTask):
    """A step of a review, done by the people of some groups."""

    may_be_skipped = models.BooleanField(
        _("may be skipped"),
        default=False,
        help_text=_("Goes on to the next step while there is nobody in these groups."),
    )

    admin_form_fields: ClassVar[list[str]] = [*AbstractGroupApprovalTask.admin_form_fields, "may_be_skipped"]

    class Meta:
        verbose_name = _("review task")
        verbose_name_plural = _("review tasks")

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Ask its people, or go on when there are none and the step may be skipped.

        It is about the draft that the step before was about, never about one that somebody has saved beside the review.
        """
        before: TaskState | None = workflow_state.current_task_state
        is_skipped = self.may_be_skipped and not self.find_people().exists()
        begin = Task.start if is_skipped else AbstractGroupApprovalTask.start
        state: TaskState = begin(self, workflow_state, user=user)
        if before:
            state.revision = before.revision
        if is_skipped:
            state.status, state.finished_at = TaskState.STATUS_SKIPPED, timezone.now()
        state.save()
        return state

    def find_people(self) -> "models.QuerySet[Any]":
        """Return those who do this step."""
        people = get_user_model().objects.filter(is_active=True, groups__in=self.groups.all())
        return people.distinct()

    def _user_in_groups(self, user: Any) -> bool:
        """Whether somebody does this step; one query for all steps, where Wagtail asks once for each."""
        steps: set[int] | None = getattr(user, STEPS, None)
        if steps is None:
            rows = ReviewTask.objects.filter(groups__in=user.groups.all()).values_list("pk", flat=True)
            steps = set(rows)
            setattr(user, STEPS, steps)
        return self.pk in steps

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """Let those write who do this step and may write the page without it; the others read and approve."""
        return bool(super().locked_for_user(obj, user)) or not writes(user, obj)

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        """Let those who do this step open the page, unless it is hidden from them."""
        from cms.translation.reading import is_hidden  # which needs the models

        return not is_hidden(user, obj) and bool(super().user_can_access_editor(obj, user))

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, str, bool]]:
        """Offer nothing while somebody else has locked the page, or it is hidden from whoever asks."""
        if (obj.locked and obj.locked_by_id != user.pk) or not self.user_can_access_editor(obj, user):
            return []
        actions: list[tuple[str, str, bool]] = super().get_actions(obj, user)
        return actions

    def get_form_for_action(self, action: str) -> type[TaskStateCommentForm]:
        """Ask whoever sends a text back what has to be changed."""
        form: type[TaskStateCommentForm] = SendBackForm if action == "reject" else super().get_form_for_action(action)
        return form

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Do it, by whichever way it came; a text is sent back only with a comment."""
        comment = str(kwargs.get("comment") or "")
        if action_name == "reject" and not comment.strip():
            raise PublishingRefused([str(SAY_WHAT)])
        super().on_action(task_state, user, action_name, comment=comment)  # a form may send along what it likes


def writes(user: Any, page: Page) -> bool:
    """Whether the user's own rights, without a review under way, let them change the page."""
    rights = page.specific.permissions_for_user(user)
    return user.is_active and bool(user.is_superuser or "change" in getattr(rights, "permissions", ()))
