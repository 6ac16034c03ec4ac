"""Finds what waits: texts that a language lacks, and translations that are begun, stale, in review or scheduled.

A constant number of queries finds every entry by its numbers alone; `cms.translation.queue.entries` then reads the
words of those that are shown.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import reduce
from itertools import compress
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet
from wagtail_localize.models import Translation

from cms.content.documents import declarations
from cms.translation.behind import read_waiting
from cms.translation.concordance.models import Remembered
from cms.translation.models import ChoiceVersion, Provenance, StringVersion, Work
from cms.translation.permissions import NEVER_TRANSLATORS
from cms.translation.queue.reach import Reach
from cms.translation.queue.reviews import numbers_in_review, numbers_scheduled, read_reviews, read_schedules
from cms.translation.reading import is_begun
from cms.translation.written import moment, written

STEP = 4
"""Characters of a path for one level of the tree."""


FEW = 500
"""Keys that are named in a question; the database itself finds more."""


class State(TextChoices):
    """What an entry of the queue waits for."""

    OVERDUE = "overdue", pgettext_lazy("translation", "Not gone live")
    SENT_BACK = "sent_back", pgettext_lazy("translation", "Sent back")
    STALE = "stale", pgettext_lazy("translation", "Stale")
    BEGUN = "begun", pgettext_lazy("translation", "Half done")
    NEW = "new", pgettext_lazy("translation", "New")
    IN_REVIEW = "in_review", pgettext_lazy("translation", "In review")
    STALE_SOURCE = "stale_source", pgettext_lazy("translation", "Stale source")
    SCHEDULED = "scheduled", pgettext_lazy("translation", "Scheduled")


IDLE = (State.STALE_SOURCE, State.SCHEDULED)
"""What is to be seen, but waits for nobody here: its source has to follow first, or its time has to come."""


class Place(NamedTuple):
    """One entry, by its numbers: `page` is the translation, or the original while there is none.

    Of the thousands that wait, few are looked at: only their keys are made of what the database calls them.
    """

    mark: str
    language: str
    kind: str
    state: State
    page: int
    path: str
    since: datetime
    waits_for: str = ""
    goes_live: datetime | None = None
    is_stopped: bool = False
    """Whether its page is written by itself now, because somebody stopped its translation."""
    work: Work | None = None

    @property
    def key(self) -> UUID:
        """What all languages of the text have in common."""
        return UUID(self.mark)


def find_places(reach: Reach, languages: Iterable[str] | None = None) -> list[Place]:
    """Return everything that waits within somebody's reach: what should be live first, then by age."""
    wanted = [language for language in reach.languages if languages is None or language in languages]
    found = [*_begun(reach, wanted), *_missing(reach, wanted)]
    order = {state: number for number, state in enumerate(State)}
    return sorted(found, key=lambda place: (order[place.state], place.since, place.path, place.language))


def with_work(places: list[Place]) -> list[Place]:
    """Return the entries with who is on them and when they are due."""
    taken = Work.objects.select_related("assignee").annotate(mark=written("key"))
    works = {(work.mark, work.language): work for work in taken}
    found = ((place, works.get((place.mark, place.language))) for place in places)
    return [place._replace(work=work) if work else place for place, work in found]


def documents() -> PageQuerySet:
    """Return pages of those kinds that translators carry over."""
    pages: PageQuerySet = Page.objects.filter(content_type__in=kinds(), alias_of=None)
    return pages


def kinds() -> dict[int, str]:
    """Return the kinds that translators carry over, by the number of their content type."""
    return {number: kind for number, kind in every_kind().items() if kind not in NEVER_TRANSLATORS}


def every_kind() -> dict[int, str]:
    """Return all kinds, those too that are never translators' work, by the number of their content type."""
    types = ContentType.objects.get_for_models(*(each.model for each in declarations()))
    return {types[each.model].pk: each.kind for each in declarations()}


def originals() -> PageQuerySet:
    """Return the public pages that are nobody's translation; what the public may not read is not among them."""
    return untranslated(documents().live().public())


def untranslated(pages: PageQuerySet) -> PageQuerySet:
    """Return those of the pages that are nobody's translation."""
    made = Provenance.objects.filter(key=OuterRef("translation_key"), language=OuterRef("locale__language_code"))
    # First what most pages are left out for, and is found soonest.
    return pages.exclude(Exists(made.exclude(translated_from=""))).exclude(is_begun(enabled=True))


def _begun(reach: Reach, languages: list[str]) -> Iterator[Place]:
    stale, reviewed, scheduled, waiting = _stale(languages), _reviewed(), read_schedules(), read_waiting()
    stopped, now = _stopped(languages), timezone.now()
    names, columns = kinds(), ("pk", "path", "mark", "locale__language_code", "content_type_id", "drafted", "has_words")
    pages = _unfinished(languages, {key for key, _language in waiting})
    for pk, path, mark, language, content_type, drafted, has_words in pages.values_list(*columns):
        kind = names[content_type]
        if not reach.covers(path, kind):
            continue
        waits_for, goes_live = "", None
        if pk in reviewed:
            state, since = reviewed[pk]
        elif pk in scheduled:
            since, goes_live = scheduled[pk]
            state = State.SCHEDULED if goes_live > now else State.OVERDUE
        elif (mark, language) in stale:
            state, since = State.STALE, moment(stale[mark, language])
        elif drafted:
            state, since = State.BEGUN if has_words else State.NEW, moment(drafted)
        elif behind := waiting.get((UUID(mark), language)):
            state, (since, waits_for) = State.STALE_SOURCE, behind
        else:
            continue  # another language waits, or it began to between two questions, and is found the next time
        yield Place(mark, language, kind, state, pk, path, since, waits_for, goes_live, (mark, language) in stopped)


def _unfinished(languages: list[str], waiting: set[UUID]) -> QuerySet[Page]:
    """Return pages of translators that are not public, stale, in review or scheduled, and all of the keys that wait.

    Among them is what is public otherwise than it was written since. It says of these and of drafts since when and
    whether begun, and only of them, because thousands of dates and of looks at what is translated would take longer
    than all the rest.
    """
    made = Provenance.objects.filter(key=OuterRef("translation_key"), language=OuterRef("locale__language_code"))
    is_stale = Q(Exists(made.filter(stale_since__isnull=False))) | Q(translation_key__in=waiting)
    is_watched = Q(pk__in=numbers_in_review()) | Q(pk__in=numbers_scheduled())
    pages: QuerySet[Page] = documents().filter(locale__language_code__in=languages).order_by()
    pages = pages.filter(Q(live=False) | Q(has_unpublished_changes=True) | is_stale | is_watched).filter(is_begun())
    found: QuerySet[Page] = pages.annotate(
        mark=written("translation_key"),
        drafted=written(
            Case(
                When(live=False, then="latest_revision_created_at"),
                When(has_unpublished_changes=True, then=_changed_at()),
                output_field=DateTimeField(),
            )
        ),
        has_words=Case(
            When(live=False, then=_has_words()),
            default=F("has_unpublished_changes"),
            output_field=BooleanField(),
        ),
    )
    return found


def _stale(languages: list[str]) -> dict[tuple[str, str], str]:
    """Return since when translations are stale, by key and language; keys and times as the database writes them."""
    rows = Provenance.objects.filter(language__in=languages, stale_since__isnull=False)
    found = rows.annotate(mark=written("key"), at=written("stale_since")).values_list("mark", "language", "at")
    return {(mark, language): since for mark, language, since in found}


def _stopped(languages: list[str]) -> set[tuple[str, str]]:
    """Return which translations somebody stopped, by key, as the database writes it, and language: they are few."""
    rows = Translation.objects.filter(enabled=False, target_locale__language_code__in=languages)
    same = Translation.objects.filter(source__object_id=OuterRef("source__object_id"), enabled=True)
    rows = rows.exclude(Exists(same.filter(target_locale=OuterRef("target_locale"))))
    found = rows.annotate(mark=written("source__object_id"))
    return set(found.values_list("mark", "target_locale__language_code"))


def _reviewed() -> dict[int, tuple[State, datetime]]:
    """Return, by the number of a page, how its review stands and since when."""
    found = read_reviews().items()
    return {number: (State.IN_REVIEW if runs else State.SENT_BACK, since) for number, (runs, since) in found}


def _changed_at() -> Coalesce:
    """Return, for a query of pages, since when one is not public as it is: its strings, its choices, or a draft."""
    here = {"context__object_id": OuterRef("translation_key"), "locale": OuterRef("locale")}
    later = Q(changed_at__gt=OuterRef("live_revision__created_at")) & ~Q(before=F("after"))
    changes = (change.objects.filter(later, **here).order_by("pk") for change in (StringVersion, ChoiceVersion))
    firsts = [Subquery(found.values("changed_at")[:1]) for found in changes]
    return Coalesce(*firsts, "latest_revision_created_at")


def _has_words() -> Exists:
    """Say, for a query of pages, that something of the page is translated."""
    return Exists(Remembered.objects.filter(key=OuterRef("translation_key"), target=OuterRef("locale")))


def _missing(reach: Reach, languages: list[str]) -> Iterator[Place]:
    """Yield public originals without a page in one of the languages, where its parent is within reach."""
    names, parents, gaps = kinds(), read_parents(languages), _gaps(languages)
    columns = ("pk", "path", "mark", "content_type_id", "last_published_at")
    for pk, path, mark, content_type, since, *lacks in _with_gaps(languages).values_list(*columns, *gaps):
        kind, places = names[content_type], parents.get(path[:-STEP], {})
        for language in compress(gaps.values(), lacks):
            parent = places.get(language)
            if parent and reach.covers(parent, kind):
                yield Place(mark, language, kind, State.NEW, pk, path, since)


def _with_gaps(languages: list[str]) -> QuerySet[Page]:
    """Return public originals that lack a page in one of the languages, and say in which."""
    same = Page.objects.filter(translation_key=OuterRef("translation_key"))
    lacks = {gap: ~Exists(same.filter(locale__language_code=language)) for gap, language in _gaps(languages).items()}
    pages: QuerySet[Page] = originals().filter(translation_key__in=_incomplete()).order_by()
    pages = pages.annotate(mark=written("translation_key"), **lacks)
    return pages.filter(reduce(or_, (Q(**{gap: True}) for gap in lacks), Q(pk__in=[])))


def _incomplete() -> Collection[UUID] | QuerySet[Any]:
    """Return the keys that lack a page in some language: to count first spares a look at those that are complete.

    Where they are few, they are named: asked for them within another question, PostgreSQL goes through every page.
    """
    every = Locale.objects.count()
    counted = Page.objects.order_by().values("translation_key").annotate(number=Count("pk")).filter(number__lt=every)
    keys: QuerySet[Any] = counted.values_list("translation_key", flat=True)
    named = list(keys[: FEW + 1])
    return named if len(named) <= FEW else keys


def _gaps(languages: list[str]) -> dict[str, str]:
    return {f"lacks_{number}": language for number, language in enumerate(languages)}


def read_parents(languages: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return, by the path of each page that holds others, the paths of its counterparts by language."""
    holders = Page.objects.filter(numchild__gt=0, alias_of=None, depth__gt=1)
    keys = dict(holders.order_by().values_list("path", "translation_key"))
    counterparts = Page.objects.filter(
        locale__language_code__in=list(languages), alias_of=None, translation_key__in=set(keys.values())
    )
    there: dict[UUID, dict[str, str]] = {}
    for key, language, path in counterparts.order_by().values_list("translation_key", "locale__language_code", "path"):
        there.setdefault(key, {})[language] = path
    return {path: there.get(key, {}) for path, key in keys.items()}
