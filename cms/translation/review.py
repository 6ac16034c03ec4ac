"""Review of translations through Wagtail's workflow: the live page stays as it is until the last step is approved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail_localize.models import StringTranslation, Translation

from cms.content.pages import ContentPage
from cms.content.users import name_of_user
from cms.translation import gate
from cms.translation.corrections import LostChoice, count_corrections, find_lost_choices, take_up
from cms.translation.errors import TranslationRefused
from cms.translation.history import note_reading
from cms.translation.memory import MACHINE, prefill
from cms.translation.provenance import review
from cms.translation.publishing import save_translation_draft
from cms.translation.schedules import Schedule, schedule_of
from cms.translation.sources import find_translation, is_translation
from cms.translation.staleness import refresh
from cms.translation.standing import find_standing

if TYPE_CHECKING:
    from django.contrib.auth.models import User


CHANGED = gettext_lazy("This text has changed since you opened it, so nothing was decided. Read it again.")
NOT_YOURS = gettext_lazy("You do not review this text now.")
CHANGED_AT_STEP = gettext_lazy(
    "This text has changed since it came to this step, so nothing was decided. Open it, and decide there."
)


class Status(StrEnum):
    """Where a text stands in its review."""

    NONE = "none"
    IN_REVIEW = "in_review"
    SENT_BACK = "sent_back"
    SCHEDULED = "scheduled"


@dataclass(frozen=True)
class ReviewState:
    """Where a page stands in its review, and what one reader may do about it."""

    status: Status
    url: str
    """Where the actions are posted: `action=submit`, `cancel-workflow`, `approve`, `return` (`comment`), `schedule`."""
    schedule: Schedule
    task: str = ""
    step: int = 0
    """Which time the text is at this task; a text that comes there again is at another step."""
    seen: str = ""
    """Which step and which draft its reader has before them: a decision is about these, and no others."""
    since: datetime | None = None
    sent_by: str = ""
    comment: str = ""
    commented_by: str = ""
    commented_at: datetime | None = None
    why_not: str = ""
    """Why the text cannot be sent to review now, as a sentence."""
    may_send: bool = False
    may_cancel: bool = False
    may_approve: bool = False
    may_publish: bool = False
    may_schedule: bool = False
    unschedule_url: str = ""
    lost: tuple[LostChoice, ...] = ()
    """What its reviewer may take away although localize's editor shows it no more: `action=take-away` (`choice`)."""


def review_state(page: Page, user: "User") -> ReviewState:
    """Return where the page stands in its review, and what the user may do about it."""
    page = page.specific
    state: WorkflowState | None = page.current_workflow_state
    task: TaskState | None = state.current_task_state if state else None
    rights = page.permissions_for_user(user)
    why_not = next(_refusals(page, user), "")
    scheduled: Revision | None = page.scheduled_revision
    is_running = bool(state and state.status == WorkflowState.STATUS_IN_PROGRESS)
    may_approve = _may_approve(page, user)
    is_free = not is_running and not scheduled and not _lock_message(page, user)
    return ReviewState(
        status=_status(state, scheduled),
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        schedule=schedule_of(page),
        task=str(task.task.name) if task and is_running else "",
        step=task.pk if task and is_running else 0,
        seen=_seen(task, user) if task and is_running and may_approve else "",
        since=task.started_at if task else None,
        sent_by=name_of_user(state.requested_by) if state else "",
        **_return_of(state),
        why_not=why_not,
        may_send=not why_not,
        may_cancel=bool(state and (user.is_superuser or state.user_can_cancel(user))),
        may_approve=may_approve,
        may_publish=bool(rights.can_publish()) and is_free,
        may_schedule=bool(rights.can_publish()) and not scheduled and not _lock_message(page, user),
        lost=_find_lost(page, task) if task and is_running and may_approve else (),
        unschedule_url=_unschedule_url(page, scheduled) if scheduled and rights.can_unschedule() else "",
    )


def hold(page_id: int) -> None:
    """Wait until nobody else saves the page or decides about it, and keep them waiting until the transaction ends.

    Two who press a button at the same moment are served one after the other; SQLite has one writer anyway.
    """
    list(Page.objects.select_for_update(no_key=True).filter(pk=page_id).values_list("pk"))


@transaction.atomic
def send_to_review(translation: Translation, user: "User") -> WorkflowState:
    """Save the translation as a draft and ask its reviewers; after a return, those who returned it."""
    page = translation.get_target_instance()
    hold(page.pk)
    for sentence in _refusals(page, user):
        raise TranslationRefused(sentence)
    gate.check_segments(translation)
    check_draft(save_translation_draft(translation, user))
    page = _read(page)
    state: WorkflowState | None = page.current_workflow_state
    if state:
        state.resume(user)
        return state
    started: WorkflowState = page.get_workflow().start(page, user)
    return started


@transaction.atomic
def call_back(page: Page, user: "User") -> None:
    """End the page's review before it is done."""
    hold(page.pk)
    state = page.current_workflow_state
    if state is None:
        raise TranslationRefused(_("This text is not in review."))
    if not (user.is_superuser or state.user_can_cancel(user)):
        raise TranslationRefused(_("Only who sent this text, or who reviews it, can call it back."))
    state.cancel(user=user)


@transaction.atomic
def decide(page: Page, user: "User", action: str, seen: str, comment: str = "") -> None:
    """Approve the step that the page is at, or send the page back with a comment; `seen` is what the user has read."""
    hold(page.pk)
    task = page.current_workflow_task
    if task is None or action not in [name for name, *_more in task.get_actions(page, user)]:
        raise TranslationRefused(str(NOT_YOURS))
    step = page.current_workflow_task_state
    if seen != _seen(step, user):
        raise TranslationRefused(str(CHANGED))
    task.on_action(step, user, action, comment=comment.strip())


def is_at(page: Page, step: TaskState) -> bool:
    """Whether the page's review is at this step now."""
    now = page.current_workflow_task_state
    return now is not None and now.pk == step.pk


def is_changed(step: TaskState, user: "User") -> bool:
    """Whether the text is another by now than the draft with which it came to this step, whoever saved it."""
    revision = step.revision
    newest = revision.content_object.latest_revision_id
    return (
        newest != revision.pk or revision.created_at > step.started_at or count_corrections(revision, besides=user) > 0
    )


def follow_draft(page: Page, revision: Revision) -> None:
    """Let the step that a page is at be about this draft of it."""
    step = page.current_workflow_task_state
    if step and step.revision_id != revision.pk:
        TaskState.objects.filter(pk=step.pk).update(revision=revision)


def review_new_draft(instance: Revision, created: bool = False, raw: bool = False, **_signal: Any) -> None:
    """Let a review be about each new draft of a page that is written in its form: nobody else can save one.

    What is reviewed of a translation is what its strings were: another draft of it counts for nothing.
    """
    running = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        base_content_type=instance.base_content_type_id,
        object_id=instance.object_id,
    )
    if raw or not created or not running.exists():
        return
    page = instance.content_object
    if isinstance(page, Page) and find_translation(page) is None:
        follow_draft(page, instance)


@transaction.atomic
def set_schedule(translation: Translation, user: "User", schedule: Schedule) -> Revision:
    """Give the translation's draft other times; of a review under way, the draft that is read, as it is."""
    page = translation.get_target_instance()
    if sentence := _lock_message(page, user):
        raise TranslationRefused(sentence)
    running = page.current_workflow_task_state if page.workflow_in_progress else None
    if running is None:
        return save_translation_draft(translation, user, schedule)
    running.revision = take_up(translation, running.revision, user, schedule)
    running.save()
    return running.revision


def publish_reviewed(state: WorkflowState, user: "User | None" = None) -> None:
    """Publish what was reviewed when the last step is approved: never a draft that somebody saved meanwhile.

    What a reviewer corrected on the way is part of it; nobody else can write while a review is under way. What the
    source of a translation gained meanwhile is no part of it: the translation is stale at once, and waits in the queue.
    It goes out although its reviewers may not publish it by themselves: they were asked whether they do this step.
    """
    page = state.content_object.specific
    translation = find_translation(page) if isinstance(page, ContentPage) else None
    task = state.current_task_state
    if translation:
        task.revision = take_up(translation, task.revision, user)
        task.save()
    task.revision.publish(user=user, skip_permission_checks=True)


def note_approval(sender: type[Page], instance: Page, revision: Revision | None = None, **_signal: Any) -> None:
    """Keep that a person has read a translation against its source, once what they approved is live."""
    if revision is None or not isinstance(instance, ContentPage) or not instance.live:
        return
    approvals = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    approved = approvals.order_by("-finished_at").first()
    if approved and is_translation(instance):
        refresh(type(instance).objects.filter(translation_key=instance.translation_key))
        review(instance, approved.finished_at)
        note_reading(_find_read(instance, approved.finished_at), approved.finished_by, approved.finished_at)


def fill_what_waited(sender: type[WorkflowState], instance: WorkflowState, **_signal: Any) -> None:
    """Fill in from the memory what a source gained while its translation was reviewed: now the review has ended."""
    page = instance.content_object
    page = page.specific if isinstance(page, Page) else page
    translation = find_translation(page) if isinstance(page, ContentPage) and not page.locked else None
    if translation:
        prefill(translation)


def check_draft(revision: Revision) -> None:
    """Raise `TranslationIncomplete` when this draft could not be published."""
    page = revision.as_object()
    page.live_revision = revision
    gate.check(page)


def _refusals(page: Page, user: "User") -> Iterator[str]:
    """Yield why a translation cannot be sent to review."""
    if not page.permissions_for_user(user).can_edit():
        yield _("You may not change this text.")
    if page.workflow_in_progress:
        yield _("This text is in review already.")
    if sentence := _lock_message(page, user):
        yield sentence
    if page.scheduled_revision:
        yield _("This text is scheduled already. Cancel that first.")
    if not page.has_workflow:
        yield _("Nobody is set up to review texts here. Ask an administrator.")


def _lock_message(page: Page, user: "User") -> str:
    """Say who has locked the page, or that it is with its reviewers."""
    lock = page.get_lock()
    return strip_tags(lock.get_message(user) or "") if lock and lock.for_user(user) else ""


def _status(state: WorkflowState | None, scheduled: Revision | None) -> Status:
    if state:
        is_running = state.status == WorkflowState.STATUS_IN_PROGRESS
        return Status.IN_REVIEW if is_running else Status.SENT_BACK
    return Status.SCHEDULED if scheduled else Status.NONE


def _seen(step: TaskState, user: "User") -> str:
    """Say at which step and draft a text is, and how many corrections others have made of it."""
    return f"{step.pk}-{step.revision_id}-{count_corrections(step.revision, besides=user)}"


def _find_lost(page: Page, step: TaskState) -> tuple[LostChoice, ...]:
    translation = find_translation(page) if isinstance(page, ContentPage) else None
    return tuple(find_lost_choices(translation, step.revision)) if translation else ()


def _return_of(state: WorkflowState | None) -> dict[str, Any]:
    """Return the newest comment with which the text was sent back, as long as its review goes on."""
    returned = state.task_states.filter(status=TaskState.STATUS_REJECTED) if state else TaskState.objects.none()
    last = returned.select_related("finished_by").order_by("finished_at").last()
    if last is None:
        return {}
    return {
        "comment": last.comment,
        "commented_by": name_of_user(last.finished_by),
        "commented_at": last.finished_at,
    }


def _may_approve(page: Page, user: "User") -> bool:
    task = page.current_workflow_task
    return bool(task and "approve" in [name for name, *_more in task.get_actions(page, user)])


def _unschedule_url(page: Page, revision: Revision) -> str:
    return reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, revision.pk])


def _find_read(page: ContentPage, at: datetime) -> list[StringTranslation]:
    """Return what of a machine stands in a page that was approved; what one has written since was read by nobody."""
    return [row for row in find_standing(page).values() if row.translation_type == MACHINE and row.updated_at <= at]


def _read(page: Page) -> Page:
    return type(page).objects.get(pk=page.pk)
