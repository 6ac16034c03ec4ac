"""Whether what a notice tells is still so: what was done meanwhile, by whomever, is no news."""

from django.db.models import QuerySet
from wagtail.models import Page, TaskState, WorkflowState

from cms.translation.behind import read_behind
from cms.translation.notices.models import Matter, Notice


def is_still_so(notice: Notice) -> bool:
    """Whether there is still what the notice tells of; that a text was approved stays so."""
    match notice.matter:
        case Matter.NEW:
            return not Page.objects.filter(translation_key=notice.key, locale__language_code=notice.language).exists()
        case Matter.STALE:
            return read_behind(notice.key, notice.language) is not None
        case Matter.SENT:
            return _steps(notice).filter(status=TaskState.STATUS_IN_PROGRESS).exists()
        case Matter.RETURNED:
            return _steps(notice).filter(workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES).exists()
    return True


def waits_for(notice: Notice) -> str:
    """Return the language that has to follow before the reader can do anything; nothing when they can."""
    behind = read_behind(notice.key, notice.language) if notice.matter == Matter.STALE else None
    return behind.waits_for if behind else ""


def _steps(notice: Notice) -> QuerySet[TaskState]:
    """Return the step of a review that the notice is about, where the review has not gone on from it."""
    number = notice.occasion.rpartition(" ")[2]
    current = WorkflowState.objects.values("current_task_state")
    steps: QuerySet[TaskState] = TaskState.objects.filter(pk=number).filter(pk__in=current)
    return steps
