"""What there is to tell, read from what is stored: it can be looked for at any time, and any number of times."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState
from wagtail_localize.models import StringTranslation

from cms.content.documents import declarations
from cms.content.pages import ContentPage
from cms.translation.behind import Behind, read_behind, read_waiting
from cms.translation.models import Provenance, Work
from cms.translation.notices.models import Matter, Notice
from cms.translation.permissions import NEVER_TRANSLATORS, languages_of_translator, may_translate
from cms.translation.review_task import ReviewTask
from cms.translation.sources import is_translation

NEWS = timedelta(days=7)
"""How long something is news: nobody who is set up today is told of all that ever was."""


def note_all(now: datetime | None = None) -> int:
    """Keep a notice of everything that somebody is to be told and has not been; return how many there are more."""
    since = (now or timezone.now()) - NEWS
    before = Notice.objects.count()
    found = [
        *_new(since),
        *_go_on(list(_stale(since))),
        *_sent(since),
        *_returned(since),
        *_approved(since),
        *_given(since),
    ]
    Notice.objects.bulk_create(found, ignore_conflicts=True)
    return Notice.objects.count() - before


def _new(since: datetime) -> Iterator[Notice]:
    """Say what was published and lacks the language of its translators."""
    people = _translators()
    if not people:
        return
    models = [declared.model for declared in declarations() if declared.kind not in NEVER_TRANSLATORS]
    pages = Page.objects.type(*models).live().public().filter(first_published_at__gte=since).select_related("locale")
    there = set(
        Page.objects.filter(translation_key__in=pages.values("translation_key")).values_list(
            "translation_key", "locale__language_code"
        )
    )
    for page in pages.specific():
        if is_translation(page):
            continue
        for user, language in people:
            if (page.translation_key, language) not in there and may_translate(user, page, language):
                yield _notice(user, Matter.NEW, page.translation_key, language, "", page.first_published_at)


def _stale(since: datetime) -> Iterator[Notice]:
    """Say which translations are older than what they were made from, or made from one that is.

    Those are told who translate everything into the language, and whoever wrote this translation or has taken it.
    """
    people = _translators()
    for key, language, behind in _behind(since):
        page = Page.objects.filter(translation_key=key, locale__language_code=language, live=True).first()
        told = {user for user, theirs in people if theirs == language} | _writers(key, language)
        for user in sorted(told, key=lambda user: user.pk) if page else ():
            if page.specific.permissions_for_user(user).can_edit():
                occasion = f"{behind.waits_for} {behind.since:%Y-%m-%dT%H:%M:%S.%f}".strip()
                yield _notice(user, Matter.STALE, key, language, occasion, behind.since)


def _go_on(stale: list[Notice]) -> Iterator[Notice]:
    """Yield what is new; a change that one was told of when another text had to follow first stays one notice."""
    found = {(notice.user_id, notice.key, notice.language): notice for notice in stale}
    for waiting in Notice.objects.filter(matter=Matter.STALE, occasion__contains=" "):
        now = found.get((waiting.user_id, waiting.key, waiting.language))
        if now is None:
            if read_behind(waiting.key, waiting.language) is None:
                waiting.delete()
        elif now.occasion != waiting.occasion:
            _renew(waiting, now)
    yield from stale


def _renew(waiting: Notice, now: Notice) -> None:
    """Let a notice say what has become of the change: anew, by mail too, as soon as its reader can do something."""
    same = Notice.objects.filter(user=now.user, matter=now.matter, key=now.key, language=now.language)
    if same.filter(occasion=now.occasion).exists():
        waiting.delete()
        return
    waiting.occasion = now.occasion
    if " " not in now.occasion:
        waiting.happened_at, waiting.read_at, waiting.mailed_at = now.happened_at, None, None
    waiting.save()


def _behind(since: datetime) -> Iterator[tuple[UUID, str, Behind]]:
    for row in Provenance.objects.filter(stale_since__gte=since):
        if row.stale_since:
            yield row.key, row.language, Behind(row.stale_since)
    for (key, language), behind in read_waiting().items():
        if behind.since >= since:
            yield key, language, behind


def _sent(since: datetime) -> Iterator[Notice]:
    """Tell those who do a step of a review that a text has come to it."""
    waiting = TaskState.objects.filter(started_at__gte=since, status=TaskState.STATUS_IN_PROGRESS)
    for state, page in _with_pages(waiting.select_related("workflow_state")):
        task = state.task.specific
        if not isinstance(task, ReviewTask):
            continue
        for user in task.find_people().exclude(pk=state.workflow_state.requested_by_id):
            yield _on(user, Matter.SENT, page, f"task {state.pk}", state.started_at)


def _returned(since: datetime) -> Iterator[Notice]:
    """Tell who sent a text to review that it has come back."""
    returned = TaskState.objects.filter(finished_at__gte=since, status=TaskState.STATUS_REJECTED)
    for state, page in _with_pages(returned.select_related("workflow_state__requested_by")):
        sender = state.workflow_state.requested_by
        if sender and sender.pk != state.finished_by_id:
            yield _on(sender, Matter.RETURNED, page, f"task {state.pk}", state.finished_at)


def _approved(since: datetime) -> Iterator[Notice]:
    """Tell who sent a text to review that its last step was approved."""
    last = TaskState.objects.filter(
        finished_at__gte=since,
        status=TaskState.STATUS_APPROVED,
        workflow_state__status=WorkflowState.STATUS_APPROVED,
        pk__in=WorkflowState.objects.values("current_task_state"),
    )
    for state, page in _with_pages(last.select_related("workflow_state__requested_by")):
        sender = state.workflow_state.requested_by
        if sender and sender.pk != state.finished_by_id:
            yield _on(sender, Matter.APPROVED, page, f"task {state.pk}", state.finished_at)


def _given(since: datetime) -> Iterator[Notice]:
    """Tell those to whom somebody else gave a text that it is theirs now."""
    for work in Work.objects.filter(taken_at__gte=since, given_by__isnull=False, assignee__is_active=True):
        at = work.taken_at or since
        yield _notice(work.assignee, Matter.GIVEN, work.key, work.language, f"{at:%Y-%m-%dT%H:%M:%S.%f}", at)


def _translators() -> list[tuple[Any, str]]:
    """Return everybody who translates, with each of their languages."""
    people = get_user_model().objects.filter(is_active=True, is_superuser=False, groups__isnull=False).distinct()
    return [(user, language) for user in people for language in languages_of_translator(user)]


def _writers(key: UUID, language: str) -> set[Any]:
    """Return who wrote some of a translation, or has taken it: in a city's own section that may be its editors."""
    strings = StringTranslation.objects.filter(context__object_id=key, locale__language_code=language)
    taken = Work.objects.filter(key=key, language=language)
    theirs = Q(pk__in=strings.values("last_translated_by")) | Q(pk__in=taken.values("assignee"))
    return set(get_user_model().objects.filter(theirs, is_active=True))


def _with_pages(states: Any) -> Iterator[tuple[Any, ContentPage]]:
    """Yield each state with the page that it is about."""
    for state in states:
        page = Page.objects.filter(pk=state.workflow_state.object_id).select_related("locale").first()
        if page is not None and isinstance(page.specific, ContentPage):
            yield state, page.specific


def _on(user: Any, matter: Matter, page: ContentPage, occasion: str, at: datetime) -> Notice:
    return _notice(user, matter, page.translation_key, page.language, occasion, at)


def _notice(user: Any, matter: Matter, key: Any, language: str, occasion: str, at: datetime) -> Notice:
    return Notice(user=user, matter=matter, key=key, language=language, occasion=occasion, happened_at=at)
