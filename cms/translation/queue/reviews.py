"""Which pages are in review, were sent back by it, or were approved and wait for their time; asked for many at once."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, F, IntegerField, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cms.translation.written import moment, written

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Scheduled(NamedTuple):
    """Since when a text is approved, and when it goes live."""

    since: datetime
    goes_live: datetime


def reviews() -> QuerySet[WorkflowState]:
    """Return the reviews of pages that run or asked for changes: of each page one at most."""
    states: QuerySet[WorkflowState] = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    return states.order_by("created_at", "pk")


def read_reviews() -> dict[int, tuple[bool, datetime]]:
    """Return, by the number of a page, whether its review runs or sent it back, and since when.

    A review may have begun long before: what counts is when its present step began, or when that step sent it back.
    """
    ended = When(status=WorkflowState.STATUS_NEEDS_CHANGES, then="current_task_state__finished_at")
    step = Case(ended, default="current_task_state__started_at")
    rows = reviews().order_by().values_list("object_id", "status", written(Coalesce(step, "created_at")))
    return {int(number): (status == WorkflowState.STATUS_IN_PROGRESS, moment(since)) for number, status, since in rows}


def read_schedules() -> dict[int, Scheduled]:
    """Return, by the number of a page, since when a text of it is approved, and when that goes live."""
    approved = TaskState.objects.filter(revision=OuterRef("pk"), status=TaskState.STATUS_APPROVED)
    last = Subquery(approved.order_by("-finished_at").values("finished_at")[:1])
    times = written(Coalesce(last, "created_at")), written("approved_go_live_at")
    rows = _scheduled().values_list("object_id", *times)
    return {int(number): Scheduled(moment(since), moment(goes_live)) for number, since, goes_live in rows}


def read_times() -> dict[int, datetime]:
    """Return, by the number of a page, when a text of it that is approved goes live."""
    rows = _scheduled().values_list("object_id", written("approved_go_live_at"))
    return {int(number): moment(goes_live) for number, goes_live in rows}


def numbers_in_review(*statuses: str) -> QuerySet[Any]:
    """Return the numbers of the pages whose review has one of these statuses, by default any."""
    states = reviews().filter(status__in=statuses) if statuses else reviews()
    numbers: QuerySet[Any] = states.order_by().values_list(Cast("object_id", IntegerField()))
    return numbers


def numbers_scheduled() -> QuerySet[Any]:
    """Return the numbers of the pages of which an approved text waits for its time."""
    numbers: QuerySet[Any] = _scheduled().values_list(Cast("object_id", IntegerField()))
    return numbers


def _scheduled() -> QuerySet[Revision]:
    """Return the revisions of pages that wait for their time.

    Asked for any time, or for the kind as it is, SQLite goes through every revision of every page; few of them wait.
    """
    rows: QuerySet[Revision] = Revision.objects.filter(approved_go_live_at__gt=LONG_AGO).order_by()
    rows = rows.alias(base=F("base_content_type_id") + 0)
    return rows.filter(base=ContentType.objects.get_for_model(Page).pk)
