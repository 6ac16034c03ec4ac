"""What is known of texts beside their own rows: read for all at once, and of few of them each."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from wagtail.models import PageViewRestriction, WorkflowState
from wagtail.query import PageQuerySet

from cms.content.documents import declarations
from cms.translation.behind import read_waiting
from cms.translation.coverage.states import How
from cms.translation.extents import count_words
from cms.translation.models import Extent, Origin, Provenance
from cms.translation.queue.finding import untranslated
from cms.translation.queue.reviews import numbers_in_review, read_times
from cms.translation.written import written

Place = tuple[str, str]
"""A key, as the database writes it, and a language."""


class Known(NamedTuple):
    """What is known, by the numbers of pages or by their places."""

    originals: Mapping[int, int]
    """Their order: what was published last comes first."""
    drafts: Mapping[int, bool]
    """What is not public, and whether it was."""
    named: frozenset[int]
    """What the set-up has made, and nobody has written more of than the name."""
    in_review: frozenset[int]
    goes_live: Mapping[int, datetime]
    """When what is approved for a later time goes live."""
    stale: frozenset[Place]
    changed: frozenset[int]
    """What is public and was changed since, which its readers do not have yet."""
    unread: frozenset[Place]
    """What a machine wrote, all or a part of it, and nobody has read."""
    closed: tuple[str, ...]
    """The paths of what not everybody may read."""

    def how_far(self, page: int, place: Place) -> How:
        """Return how far a text that is there is: first who has to act on it, then how good what is public is."""
        is_original, is_live = page in self.originals, page not in self.drafts
        if is_original and is_live:
            return How.NAME_ONLY if page in self.named else How.ORIGINAL
        if page in self.in_review:
            return How.IN_REVIEW
        if page in self.goes_live:
            return How.SCHEDULED
        if not is_live:
            return How.NOT_PUBLISHED if is_original or self.drafts[page] else How.IN_WORK
        if place in self.stale:
            return How.STALE
        if page in self.changed:
            return How.IN_WORK
        return How.MACHINE if place in self.unread else How.PUBLISHED


def read_known(pages: PageQuerySet) -> Known:
    """Read what is known of these pages."""
    return Known(
        originals=_originals(pages),
        drafts=_drafts(pages),
        named=_named(),
        in_review=frozenset(number for (number,) in numbers_in_review(WorkflowState.STATUS_IN_PROGRESS)),
        goes_live=read_times(),
        stale=_places(Provenance.objects.filter(stale_since__isnull=False)) | _waiting(),
        changed=_changed(pages),
        unread=_places(Provenance.objects.filter(_is_unread())),
        closed=tuple(PageViewRestriction.objects.values_list("page__path", flat=True)),
    )


def _originals(pages: PageQuerySet) -> dict[int, int]:
    ordered = untranslated(pages).order_by(F("last_published_at").desc(nulls_last=True), "pk")
    return {pk: number for number, pk in enumerate(ordered.values_list("pk", flat=True))}


def _drafts(pages: PageQuerySet) -> dict[int, bool]:
    was_live = ExpressionWrapper(Q(first_published_at__isnull=False), output_field=BooleanField())
    return dict(pages.filter(live=False).order_by().annotate(was_live=was_live).values_list("pk", "was_live"))


def _changed(pages: PageQuerySet) -> frozenset[int]:
    return frozenset(pages.filter(live=True, has_unpublished_changes=True).order_by().values_list("pk", flat=True))


def _named() -> frozenset[int]:
    """Return homes and sections as they are live before anybody writes them: their words are those of their names."""
    types = ContentType.objects.get_for_models(*(each.model for each in declarations() if not each.model.is_creatable))
    counted = Extent.objects.filter(page__content_type__in=types.values())
    rows = counted.values_list("page", "page__title", "words")
    return frozenset(pk for pk, title, words in rows if words <= count_words([title]))


def _is_unread() -> Q:
    return Q(origin__in=[Origin.MACHINE, Origin.MIXED], reviewed_at=None) & ~Q(translated_from="")


def _places(rows: QuerySet[Provenance]) -> frozenset[Place]:
    return frozenset(rows.annotate(mark=written("key")).values_list("mark", "language"))


def _waiting() -> frozenset[Place]:
    """Return what was made from a stale text."""
    is_native = connection.features.has_native_uuid_field
    return frozenset((str(key) if is_native else key.hex, language) for key, language in read_waiting())
