"""Wagtail's own mails about reviews: not where ours tell the same, in the language of their reader."""

from typing import Any

from wagtail.admin import mail
from wagtail.models import WorkflowState

from cms.translation.review_task import ReviewTask

STOCK = (
    mail.GroupApprovalTaskStateSubmissionEmailNotifier,
    mail.WorkflowStateApprovalEmailNotifier,
    mail.WorkflowStateRejectionEmailNotifier,
    mail.WorkflowStateSubmissionEmailNotifier,
)


def leave_to_notices() -> None:
    """Keep Wagtail from mailing about reviews whose steps are ours."""
    for notifier in STOCK:
        notifier.can_handle = _is_not_ours


def _is_not_ours(notifier: Any, instance: Any, **_signal: Any) -> bool:
    if not isinstance(instance, notifier.valid_classes):
        return False
    workflow = instance.workflow if isinstance(instance, WorkflowState) else instance.workflow_state.workflow
    return not ReviewTask.objects.filter(workflow_tasks__workflow=workflow).exists()
