"""Whether what a notice tells is still so: what was done meanwhile, by whomever, is no news."""

from wagtail.models import TaskState, WorkflowState

from cms.translation.notices.known import Known
from cms.translation.notices.models import Matter, Notice


def is_still_so(notice: Notice, known: Known) -> bool:
    """Whether there is still what the notice tells of; that a text was approved stays so."""
    step = known.find_step(notice)
    match notice.matter:
        case Matter.NEW:
            return known.find_page(notice) is None
        case Matter.STALE:
            return known.find_behind(notice) is not None
        case Matter.SENT:
            return bool(step and step.status == TaskState.STATUS_IN_PROGRESS)
        case Matter.RETURNED:
            return bool(step and step.workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES)
        case Matter.GIVEN:
            return known.find_given(notice) is not None and not _was_published_since(notice, known)
    return True


def waits_for(notice: Notice, known: Known) -> str:
    """Return the language that has to follow before the reader can do anything; nothing when they can."""
    behind = known.find_behind(notice) if notice.matter == Matter.STALE else None
    return behind.waits_for if behind else ""


def _was_published_since(notice: Notice, known: Known) -> bool:
    page = known.find_page(notice)
    return bool(page and page.live and page.last_published_at and page.last_published_at > notice.happened_at)
