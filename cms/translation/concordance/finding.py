"""Finds earlier translations by their words: only those that somebody may read, in a constant number of queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from cms.content.users import name_of_user
from cms.translation.concordance.looking import Languages, look_up
from cms.translation.concordance.marking import mark
from cms.translation.concordance.models import Remembered
from cms.translation.concordance.questions import Question
from cms.translation.models import Reason
from cms.translation.places import Place, places_of
from cms.translation.queue.finding import kinds
from cms.translation.queue.reach import Reach
from cms.translation.reading import readable_texts


class Pair(NamedTuple):
    """A text with its translation, by the number of the newest; and in how many places it stands so."""

    newest: int
    times: int


@dataclass(frozen=True)
class Found:
    """An earlier translation as the concordance shows it: `source` and `target` in the languages that were asked for.

    `is_reversed` when `target` was the original. `url` leads to the text at the workbench, for those who may open it.
    """

    source: SafeString
    target: SafeString
    is_reversed: bool
    title: str
    place: str
    status: str
    is_confirmed: bool
    who: str
    when: datetime
    times: int
    url: str


@dataclass(frozen=True)
class _Around:
    """What belongs to the pairs that are shown, read for all of them at once."""

    pages: dict[tuple[UUID, int], Page]
    places: dict[tuple[UUID, int, str], Place]
    segments: dict[tuple[int, int], int]
    kinds: dict[int, str]

    def address(self, row: StringTranslation, reach: Reach) -> str:
        """Return where a translation is worked on, for those who may."""
        page = self.pages.get((row.context.object_id, row.locale_id))
        kind = self.kinds.get(page.content_type_id) if page else None
        if page is None or kind is None or not reach.covers(page.path, kind):
            return ""
        segment = self.segments.get((row.translation_of_id, row.context_id))
        return reverse("wagtailadmin_pages:edit", args=[page.pk]) + (f"#segment-{segment}" if segment else "")


def find_pairs(question: Question, languages: Languages, where: str, user: Any) -> list[Pair]:
    """Return all translations that answer a question and that the user may read, the newest first; one query.

    The same words are one of them, however often they were said: the database counts them, by their marks.
    """
    answers = Remembered.objects.filter(look_up(question, languages, where)).filter(_is_sound())
    readable = readable_texts(answers, user, between=(languages.source_id, languages.target_id))
    same = readable.values("pair", "source_mark", "target_mark")
    found = same.annotate(newest=Max("pk"), times=Count("pk"), last=Max("at")).order_by("-last", "-newest")
    return [Pair(newest, times) for newest, times in found.values_list("newest", "times")]


def read_pairs(pairs: Collection[Pair], question: Question, languages: Languages, reach: Reach) -> list[Found]:
    """Read what is shown of some pairs; a constant number of queries."""
    stored = StringTranslation.objects.select_related(
        "translation_of__locale", "locale", "context", "last_translated_by", "unconfirmed"
    ).in_bulk([pair.newest for pair in pairs])
    rows = [stored[pair.newest] for pair in pairs if pair.newest in stored]
    around, times = _Around(_pages(rows), _places(rows), _segments(rows), kinds()), dict(pairs)
    return [_found(row, times[row.pk], around, question, languages, around.address(row, reach)) for row in rows]


def _is_sound() -> Subquery:
    """Say, for a query of remembered texts, that one is a translation, without an error.

    It is asked of each that was found: joined, PostgreSQL would go through every translation there is.
    """
    is_sound = ExpressionWrapper(Q(has_error=False) & ~Q(data=""), output_field=BooleanField())
    said = StringTranslation.objects.filter(pk=OuterRef("pk")).annotate(is_sound=is_sound)
    return Subquery(said.values("is_sound"))


def _found(
    row: StringTranslation, times: int, around: _Around, question: Question, languages: Languages, url: str
) -> Found:
    key, own = row.context.object_id, row.translation_of.locale_id
    is_reversed = own != languages.source_id
    source, target = (row.data, row.translation_of.data) if is_reversed else (row.translation_of.data, row.data)
    who, page = row.last_translated_by, around.pages.get((key, own))
    return Found(
        source=mark(source, question, languages.source),
        target=mark(target, question, languages.target),
        is_reversed=is_reversed,
        title=page.title if page else "",
        place=str(around.places.get((key, own, row.context.path), "")),
        status=_status(row),
        is_confirmed=not hasattr(row, "unconfirmed"),
        who=name_of_user(who),
        when=row.updated_at,
        times=times,
        url=url,
    )


def _status(row: StringTranslation) -> str:
    if hasattr(row, "unconfirmed"):
        return {
            Reason.MEMORY: _("From the translation memory, not accepted by a person"),
            Reason.MACHINE: _("By a machine, not accepted by a person"),
        }.get(row.unconfirmed.reason, _("Marked as uncertain in a file"))
    is_machine = row.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
    return _("By a machine") if is_machine else _("Confirmed by a person")


def _pages(rows: Iterable[StringTranslation]) -> dict[tuple[UUID, int], Page]:
    pages = Page.objects.filter(translation_key__in={row.context.object_id for row in rows}, alias_of=None)
    return {(page.translation_key, page.locale_id): page for page in pages}


def _places(rows: Iterable[StringTranslation]) -> dict[tuple[UUID, int, str], Place]:
    """Return what editors call the places where the texts stand."""
    paths: dict[tuple[UUID, int], set[str]] = {}
    for row in rows:
        paths.setdefault((row.context.object_id, row.translation_of.locale_id), set()).add(row.context.path)
    keys = {key for key, _locale in paths}
    sources = TranslationSource.objects.filter(object_id__in=keys).select_related("specific_content_type")
    return {
        (source.object_id, source.locale_id, path): place
        for source in sources
        for path, place in places_of(source, paths.get((source.object_id, source.locale_id), ())).items()
    }


def _segments(rows: Collection[StringTranslation]) -> dict[tuple[int, int], int]:
    """Return the numbers by which the workbench knows those texts that still stand in their source."""
    found = StringSegment.objects.filter(
        Q(string__in=[row.translation_of_id for row in rows]), context__in=[row.context_id for row in rows]
    )
    return {(string, context): pk for pk, string, context in found.values_list("pk", "string", "context")}
