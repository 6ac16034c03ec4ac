"""Whether what a notice tells is still so: what was done meanwhile, by whomever, is no news."""

from django.db.models import QuerySet
from wagtail.models import Page, TaskState, WorkflowState

from cms.translation.behind import read_behind
from cms.translation.models import Work
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
        case Matter.GIVEN:
            return find_given(notice) is not None and not _was_published_since(notice)
    return True


def waits_for(notice: Notice) -> str:
    """Return the language that has to follow before the reader can do anything; nothing when they can."""
    behind = read_behind(notice.key, notice.language) if notice.matter == Matter.STALE else None
    return behind.waits_for if behind else ""


def find_given(notice: Notice) -> Work | None:
    """Return what is said of the text that was given to the reader, as long as it is theirs because it was given."""
    rows = Work.objects.filter(key=notice.key, language=notice.language, assignee=notice.user)
    return rows.filter(taken_at=notice.happened_at, given_by__isnull=False).select_related("given_by").first()


def _was_published_since(notice: Notice) -> bool:
    pages = Page.objects.filter(translation_key=notice.key, locale__language_code=notice.language)
    return bool(pages.filter(live=True, last_published_at__gt=notice.happened_at).exists())


def _steps(notice: Notice) -> QuerySet[TaskState]:
    """Return the step of a review that the notice is about, where the review has not gone on from it."""
    number = notice.occasion.rpartition(" ")[2]
    current = WorkflowState.objects.values("current_task_state")
    steps: QuerySet[TaskState] = TaskState.objects.filter(pk=number).filter(pk__in=current)
    return steps
