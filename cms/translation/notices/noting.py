"""What there is to tell, read from what is stored: it can be looked for at any time, and any number of times."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import product
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState
from wagtail_localize.models import StringTranslation

from cms.content.documents import declarations
from cms.content.pages import ContentPage
from cms.translation.behind import Behind, find_behind, read_waiting
from cms.translation.models import Provenance, Work
from cms.translation.notices.known import Place, ways_of
from cms.translation.notices.models import NEWS, Matter, Notice
from cms.translation.permissions import NEVER_TRANSLATORS, Rights, languages_of_translator
from cms.translation.queue.finding import STEP, read_parents
from cms.translation.queue.reach import reach_of
from cms.translation.review_task import ReviewTask
from cms.translation.sources import read_sources

People = list[tuple[Any, str]]
"""Translators, each with one of their languages."""


def note_all(now: datetime | None = None) -> int:
    """Keep a notice of everything that somebody is to be told and has not been; return how many there are more.

    It reads outside any transaction, and asks the same however much there is: others write meanwhile, and whoever looks
    for the same at the same time finds the same notices, which are kept once.
    """
    since = (now or timezone.now()) - NEWS
    before = Notice.objects.count()
    people = _translators()
    found = [
        *_new(since, people),
        *_go_on(list(_stale(since, people))),
        *_sent(since),
        *_returned(since),
        *_approved(since),
        *_given(since),
    ]
    Notice.objects.bulk_create(found, ignore_conflicts=True)
    return Notice.objects.count() - before


def _new(since: datetime, people: People) -> Iterator[Notice]:
    """Say what was published and lacks the language of its translators."""
    kinds = {declared.model: declared.kind for declared in declarations() if declared.kind not in NEVER_TRANSLATORS}
    pages = list(
        Page.objects.type(*kinds).live().public().filter(first_published_at__gte=since).select_related("locale")
    )
    keys = {page.translation_key for page in pages}
    sources = read_sources(keys, Provenance.objects.filter(key__in=keys))
    there = set(Page.objects.filter(translation_key__in=keys).values_list("translation_key", "locale__language_code"))
    parents = read_parents({language for _user, language in people})
    reaches = {user.pk: reach_of(user) for user, _language in people}
    originals = [page for page in pages if page.locale.language_code not in sources[page.translation_key]]
    for page, (user, language) in product(originals, people):
        parent, kind = parents.get(page.path[:-STEP], {}).get(language), kinds[page.specific_class]
        if parent and (page.translation_key, language) not in there and reaches[user.pk].covers(parent, kind):
            yield _notice(user, Matter.NEW, page.translation_key, language, "", page.first_published_at)


def _stale(since: datetime, people: People) -> Iterator[Notice]:
    """Say which translations are older than what they were made from, or made from one that is.

    Those are told who translate everything into the language, and whoever wrote this translation or has taken it.
    """
    behind = dict(_behind(since))
    keys = {key for key, _language in behind}
    sources = read_sources(keys, Provenance.objects.filter(key__in=keys))
    writers = _read_writers(keys)
    for page in Page.objects.filter(translation_key__in=keys, live=True).select_related("locale"):
        key, language = place = page.translation_key, page.locale.language_code
        if place not in behind:
            continue
        told = {user.pk: user for user, theirs in people if theirs == language}
        told = {user.pk: user for user in writers[place]} | told
        for _pk, user in sorted(told.items()):
            if Rights(user, page, is_translated=language in sources[key]).can_edit():
                occasion = f"{behind[place].waits_for} {behind[place].since:%Y-%m-%dT%H:%M:%S.%f}".strip()
                yield _notice(user, Matter.STALE, key, language, occasion, behind[place].since)


def _go_on(stale: list[Notice]) -> Iterator[Notice]:
    """Yield what is new; a change that one was told of when another text had to follow first stays one notice."""
    found = {(notice.user_id, notice.key, notice.language): notice for notice in stale}
    waiting = list(Notice.objects.filter(matter=Matter.STALE, occasion__contains=" "))
    ways = ways_of(Provenance.objects.filter(key__in={notice.key for notice in waiting}))
    for notice in waiting:
        now = found.get((notice.user_id, notice.key, notice.language))
        if now is None:
            if find_behind(notice.language, *ways.get(notice.key, ({}, {}))) is None:
                _as_read(notice).delete()
        elif now.occasion != notice.occasion:
            _renew(notice, now)
    yield from stale


def _renew(waiting: Notice, now: Notice) -> None:
    """Let a notice say what has become of the change: anew, by mail too, as soon as its reader can do something."""
    same = Notice.objects.filter(user=now.user, matter=now.matter, key=now.key, language=now.language)
    if same.filter(occasion=now.occasion).exists():
        _as_read(waiting).delete()
    elif " " in now.occasion:
        _as_read(waiting).update(occasion=now.occasion)
    else:
        anew = {"happened_at": now.happened_at, "read_at": None, "mailed_at": None}
        _as_read(waiting).update(occasion=now.occasion, **anew)


def _as_read(notice: Notice) -> QuerySet[Notice]:
    """Return a notice to write, unless somebody else has let it go on since we read it."""
    return Notice.objects.filter(pk=notice.pk, occasion=notice.occasion)


def _behind(since: datetime) -> Iterator[tuple[Place, Behind]]:
    for row in Provenance.objects.filter(stale_since__gte=since):
        if row.stale_since:
            yield (row.key, row.language), Behind(row.stale_since)
    for place, behind in read_waiting().items():
        if behind.since >= since:
            yield place, behind


def _sent(since: datetime) -> Iterator[Notice]:
    """Tell those who do a step of a review that a text has come to it."""
    waiting = TaskState.objects.filter(started_at__gte=since, status=TaskState.STATUS_IN_PROGRESS)
    found = list(_with_pages(waiting.select_related("workflow_state")))
    tasks = ReviewTask.objects.in_bulk({state.task_id for state, _page in found})
    people = {pk: list(task.find_people()) for pk, task in tasks.items()}
    for state, page in found:
        for user in people.get(state.task_id, ()):
            if user.pk != state.workflow_state.requested_by_id:
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


def _translators() -> People:
    """Return everybody who translates, with each of their languages."""
    people = get_user_model().objects.filter(is_active=True, is_superuser=False, groups__isnull=False).distinct()
    return [(user, language) for user in people for language in languages_of_translator(user)]


def _read_writers(keys: Collection[UUID]) -> dict[Place, set[Any]]:
    """Return who wrote some of each translation, or has taken it: in a city's own section that may be its editors."""
    strings = StringTranslation.objects.filter(context__object_id__in=keys, last_translated_by__is_active=True)
    taken = Work.objects.filter(key__in=keys, assignee__is_active=True)
    rows = {
        *strings.values_list("context__object_id", "locale__language_code", "last_translated_by"),
        *taken.values_list("key", "language", "assignee"),
    }
    users = get_user_model().objects.in_bulk({pk for _key, _language, pk in rows})
    writers: dict[Place, set[Any]] = defaultdict(set)
    for key, language, pk in rows:
        if pk in users:  # whose account is deleted meanwhile is told nothing
            writers[key, language].add(users[pk])
    return writers


def _with_pages(states: Iterable[Any]) -> Iterator[tuple[Any, Page]]:
    """Yield each state with the page that it is about."""
    states = list(states)
    numbers = [state.workflow_state.object_id for state in states]
    pages = {str(page.pk): page for page in Page.objects.filter(pk__in=numbers).select_related("locale")}
    for state in states:
        page = pages.get(state.workflow_state.object_id)
        if page is not None and issubclass(page.specific_class or Page, ContentPage):
            yield state, page


def _on(user: Any, matter: Matter, page: Page, occasion: str, at: datetime) -> Notice:
    return _notice(user, matter, page.translation_key, page.locale.language_code, occasion, at)


def _notice(user: Any, matter: Matter, key: Any, language: str, occasion: str, at: datetime) -> Notice:
    return Notice(user=user, matter=matter, key=key, language=language, occasion=occasion, happened_at=at)
