"""Finds earlier translations by their words: only those that somebody may read, in a constant number of queries."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import String, StringSegment, StringTranslation, TranslationContext, TranslationSource

from cms.content.users import name_of_user
from cms.translation.concordance.looking import Languages, look_up
from cms.translation.concordance.marking import mark
from cms.translation.concordance.models import Overwritten, Remembered, Worded
from cms.translation.concordance.questions import Question
from cms.translation.concordance.remembering import pair_of
from cms.translation.models import Reason, StringVersion
from cms.translation.places import Place, places_of
from cms.translation.queue.finding import kinds
from cms.translation.queue.reach import Reach
from cms.translation.reading import readable_texts


class Pair(NamedTuple):
    """A text with its translation, by the number of the newest; and in how many places it stands so.

    `is_overwritten` when it stands nowhere any more: then the number is that of the newest change that overwrote it.
    """

    newest: int
    times: int
    is_overwritten: bool = False


@dataclass(frozen=True)
class Found:
    """An earlier translation as the concordance shows it: `source` and `target` in the languages that were asked for.

    `is_reversed` when `target` was the original. `url` leads to the text at the workbench, for those who may open it.
    Of an earlier wording, `until` and `changed_by` say when something else was written in its place, and by whom;
    who wrote it, and when, is not known of what stood there before there was a history.
    """

    source: SafeString
    target: SafeString
    is_reversed: bool
    title: str
    place: str
    status: str
    is_confirmed: bool
    who: str
    when: datetime | None
    times: int
    url: str
    until: datetime | None
    changed_by: str


@dataclass(frozen=True)
class _Said:
    """A text with its translation as it is stored: what stands, or what was overwritten."""

    number: tuple[int, bool]
    string: String
    context: TranslationContext
    locale: int
    text: str
    status: str
    who: str
    when: datetime | None
    is_confirmed: bool = False
    until: datetime | None = None
    changed_by: str = ""


@dataclass(frozen=True)
class _Around:
    """What belongs to the pairs that are shown, read for all of them at once."""

    pages: dict[tuple[UUID, int], Page]
    places: dict[tuple[UUID, int, str], Place]
    segments: dict[tuple[int, int], int]
    kinds: dict[int, str]

    def address(self, said: _Said, reach: Reach) -> str:
        """Return where a translation is worked on, for those who may."""
        page = self.pages.get((said.context.object_id, said.locale))
        kind = self.kinds.get(page.content_type_id) if page else None
        if page is None or kind is None or not reach.covers(page.path, kind):
            return ""
        segment = self.segments.get((said.string.pk, said.context.pk))
        return reverse("wagtailadmin_pages:edit", args=[page.pk]) + (f"#segment-{segment}" if segment else "")


def find_pairs(question: Question, languages: Languages, where: str, user: Any) -> list[Pair]:
    """Return all translations that answer a question and that the user may read; two queries.

    Those that stand come first, then earlier wordings, unless the same stands somewhere; the newest of each first. The
    same words are one of them, however often they were said: the database counts them, by their marks.
    """
    standing = list(_find(Remembered, question, languages, where, user))
    marks = {marks for marks, _newest, _times in standing}
    return [Pair(newest, times) for _marks, newest, times in standing] + [
        Pair(newest, 1, is_overwritten=True)
        for said, newest, _times in _find(Overwritten, question, languages, where, user)
        if said not in marks
    ]


def read_pairs(pairs: Collection[Pair], question: Question, languages: Languages, reach: Reach) -> list[Found]:
    """Read what is shown of some pairs; a constant number of queries."""
    standing = _read_standing([pair.newest for pair in pairs if not pair.is_overwritten])
    overwritten = _read_overwritten([pair.newest for pair in pairs if pair.is_overwritten])
    stored = {said.number: said for said in [*standing, *overwritten]}
    rows = [(stored[number], pair.times) for pair in pairs if (number := (pair.newest, pair.is_overwritten)) in stored]
    every = [said for said, _times in rows]
    around = _Around(_pages(every), _places(every), _segments(every), kinds())
    return [_found(said, times, around, question, languages, around.address(said, reach)) for said, times in rows]


def _find(
    model: type[Worded], question: Question, languages: Languages, where: str, user: Any
) -> Iterator[tuple[tuple[str, str], int, int]]:
    """Yield texts that answer: the marks of the words in both languages, the newest number, and how often they are."""
    answers = model._default_manager.filter(look_up(question, languages, where, model))
    if model is Remembered:
        answers = answers.filter(_is_sound())
    readable = readable_texts(answers, user, between=(languages.source_id, languages.target_id))
    same = readable.values("pair", "source_mark", "target_mark")
    found = same.annotate(newest=Max("pk"), times=Count("pk"), last=Max("at")).order_by("-last", "-newest")
    there = pair_of(languages.source_id, languages.target_id)
    for pair, source, target, newest, times in found.values_list(
        "pair", "source_mark", "target_mark", "newest", "times"
    ):
        yield (source, target) if pair == there else (target, source), newest, times


def _is_sound() -> Subquery:
    """Say, for a query of remembered texts, that one is a translation, without an error.

    It is asked of each that was found: joined, PostgreSQL would go through every translation there is.
    """
    is_sound = ExpressionWrapper(Q(has_error=False) & ~Q(data=""), output_field=BooleanField())
    said = StringTranslation.objects.filter(pk=OuterRef("pk")).annotate(is_sound=is_sound)
    return Subquery(said.values("is_sound"))


def _read_standing(numbers: Collection[int]) -> list[_Said]:
    rows = StringTranslation.objects.filter(pk__in=numbers).select_related(
        "translation_of", "context", "last_translated_by", "unconfirmed"
    )
    return [
        _Said(
            number=(row.pk, False),
            string=row.translation_of,
            context=row.context,
            locale=row.locale_id,
            text=row.data,
            status=_status(row),
            who=name_of_user(row.last_translated_by),
            when=row.updated_at,
            is_confirmed=not hasattr(row, "unconfirmed"),
        )
        for row in rows
    ]


def _read_overwritten(numbers: Collection[int]) -> list[_Said]:
    """Read earlier wordings with the change of the history that made each, as far as there is one."""
    changes = list(
        StringVersion.objects.filter(pk__in=numbers).select_related("string", "context", "user").order_by("pk")
    )
    made = StringVersion.objects.filter(
        context__in={change.context_id for change in changes},
        locale__in={change.locale_id for change in changes},
        after__in={change.before for change in changes},
    )
    makers: dict[tuple[int, int, int, str], list[StringVersion]] = {}
    for version in made.select_related("user").order_by("pk") if changes else []:
        place = (version.context_id, version.locale_id, version.string_id, version.after)
        makers.setdefault(place, []).append(version)
    return [
        _overwritten(change, makers.get((change.context_id, change.locale_id, change.string_id, change.before), []))
        for change in changes
    ]


def _overwritten(change: StringVersion, makers: Iterable[StringVersion]) -> _Said:
    maker = max((version for version in makers if version.pk < change.pk), key=attrgetter("pk"), default=None)
    return _Said(
        number=(change.pk, True),
        string=change.string,
        context=change.context,
        locale=change.locale_id,
        text=change.before,
        status=str(maker.get_way_display()) if maker else "",
        who=name_of_user(maker.user) if maker else "",
        when=maker.changed_at if maker else None,
        until=change.changed_at,
        changed_by=name_of_user(change.user),
    )


def _found(said: _Said, times: int, around: _Around, question: Question, languages: Languages, url: str) -> Found:
    key, own = said.context.object_id, said.string.locale_id
    is_reversed = own != languages.source_id
    source, target = (said.text, said.string.data) if is_reversed else (said.string.data, said.text)
    page = around.pages.get((key, own))
    return Found(
        source=mark(source, question, languages.source),
        target=mark(target, question, languages.target),
        is_reversed=is_reversed,
        title=page.title if page else "",
        place=str(around.places.get((key, own, said.context.path), "")),
        status=said.status,
        is_confirmed=said.is_confirmed,
        who=said.who,
        when=said.when,
        times=times,
        url=url,
        until=said.until,
        changed_by=said.changed_by,
    )


def _status(row: StringTranslation) -> str:
    if hasattr(row, "unconfirmed"):
        return {
            Reason.MEMORY: _("From the translation memory, not accepted by a person"),
            Reason.MACHINE: _("By a machine, not accepted by a person"),
        }.get(row.unconfirmed.reason, _("Marked as uncertain in a file"))
    is_machine = row.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
    return _("By a machine") if is_machine else _("Confirmed by a person")


def _pages(rows: Iterable[_Said]) -> dict[tuple[UUID, int], Page]:
    pages = Page.objects.filter(translation_key__in={said.context.object_id for said in rows}, alias_of=None)
    return {(page.translation_key, page.locale_id): page for page in pages}


def _places(rows: Iterable[_Said]) -> dict[tuple[UUID, int, str], Place]:
    """Return what editors call the places where the texts stand."""
    paths: dict[tuple[UUID, int], set[str]] = {}
    for said in rows:
        paths.setdefault((said.context.object_id, said.string.locale_id), set()).add(said.context.path)
    keys = {key for key, _locale in paths}
    sources = TranslationSource.objects.filter(object_id__in=keys).select_related("specific_content_type")
    return {
        (source.object_id, source.locale_id, path): place
        for source in sources
        for path, place in places_of(source, paths.get((source.object_id, source.locale_id), ())).items()
    }


def _segments(rows: Collection[_Said]) -> dict[tuple[int, int], int]:
    """Return the numbers by which the workbench knows those texts that still stand in their source."""
    found = StringSegment.objects.filter(
        Q(string__in=[said.string.pk for said in rows]), context__in=[said.context.pk for said in rows]
    )
    return {(string, context): pk for pk, string, context in found.values_list("pk", "string", "context")}
