"""Which translations somebody may take away as files, and which of them wait."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.content.languages import name_of
from cms.translation.files.units import Work, read_works
from cms.translation.queue.finding import IDLE, State, find_places
from cms.translation.queue.reach import reach_of
from cms.translation.reading import editable_translations, hidden_pages
from cms.translation.written import written

MOST = 200
"""Translations on one page of the list to choose from; what waits has no such bound."""

READ_TOGETHER = 200
"""Translations whose texts are read with the same queries."""


@dataclass(frozen=True)
class Choice:
    """A translation that can be taken away: its title in the source, both languages, and how much waits in it."""

    pk: int
    title: str
    source: str
    target: str
    language: str
    open: int
    unconfirmed: int

    @property
    def waits(self) -> bool:
        """Whether texts of it are not translated, or not confirmed."""
        return bool(self.open or self.unconfirmed)


@dataclass
class Waiting:
    """What waits in a language as the queue knows it: translations that are begun, and texts that nobody has begun."""

    language: str
    begun: list[int] = field(default_factory=list)
    """The numbers of the translations."""
    not_begun: list[int] = field(default_factory=list)
    """The numbers of the originals, those that wait longest first."""

    @property
    def name(self) -> str:
        """The name of the language."""
        return name_of(self.language)


def find_waiting(user: Any, languages: Iterable[str] | None = None) -> list[Waiting]:
    """Return what waits for a user's words, by language: all of the queue but what waits for others, or for its day."""
    reach = reach_of(user)
    found = {language: Waiting(language) for language in reach.languages if languages is None or language in languages}
    begun, hidden = _begun(found), hidden_pages(user)
    for place in find_places(reach, list(found)):
        if place.is_stopped or place.page in hidden or place.state in (State.IN_REVIEW, State.OVERDUE, *IDLE):
            continue
        numbers = begun.get((place.mark, place.language))
        if numbers is not None:
            found[place.language].begun += numbers
        else:
            found[place.language].not_begun.append(place.page)
    return [waiting for waiting in found.values() if waiting.begun or waiting.not_begun]


def read_chosen(user: Any, numbers: Iterable[int]) -> Iterator[Work]:
    """Yield translations that a user may write, with their texts: a few queries for each `READ_TOGETHER`."""
    wanted = sorted(numbers)
    for start in range(0, len(wanted), READ_TOGETHER):
        some = wanted[start : start + READ_TOGETHER]
        yield from read_works(find_translations(user).filter(pk__in=some).order_by("pk"))


def find_choices(user: Any) -> QuerySet[Translation]:
    """Return the translations that a user may write, those that were begun last first."""
    newest = find_translations(user).order_by("-pk")
    # Their languages first: to look for the page of every translation takes longer than all the rest.
    return newest.filter(target_locale__language_code__in=reach_of(user).languages)


def read_choices(numbers: Iterable[int]) -> list[Choice]:
    """Return those translations as they are chosen from, what waits first; one query, which counts their texts."""
    chosen = Translation.objects.filter(pk__in=list(numbers)).order_by("-pk")
    found = [
        Choice(
            pk=row.pk,
            title=row.source.object_repr,
            source=name_of(row.source.locale.language_code),
            target=name_of(row.target_locale.language_code),
            language=row.target_locale.language_code,
            open=row.open,
            unconfirmed=row.unconfirmed,
        )
        for row in _counted(chosen.select_related("source__locale", "target_locale").defer("source__content_json"))
    ]
    return sorted(found, key=lambda choice: not choice.waits)


def waits() -> Exists:
    """Say, for a query of translations, that texts of one are not translated, or not confirmed."""
    done = _said().exclude(data="").filter(unconfirmed=None)
    return Exists(StringSegment.objects.filter(source=OuterRef("source")).exclude(Exists(done)))


def find_translations(user: Any) -> QuerySet[Translation]:
    """Return the translations that a user may write, of sources that they may read."""
    rows = editable_translations(user).filter(enabled=True)
    return rows.select_related("source__locale", "source__specific_content_type", "target_locale")


def _begun(languages: Iterable[str]) -> dict[tuple[str, str], list[int]]:
    """Return the numbers of the translations that have a page, by key, as the database writes it, and language."""
    pages = Page.objects.filter(translation_key=OuterRef("source__object_id"), locale=OuterRef("target_locale"))
    rows = Translation.objects.filter(Exists(pages), enabled=True, target_locale__language_code__in=languages)
    found: dict[tuple[str, str], list[int]] = {}
    rows = rows.annotate(mark=written("source__object_id"))
    for pk, mark, language in rows.values_list("pk", "mark", "target_locale__language_code"):
        found.setdefault((mark, language), []).append(pk)
    return found


def _counted(rows: QuerySet[Translation]) -> QuerySet[Any]:
    segments, said = StringSegment.objects.filter(source=OuterRef("source")), _said()
    unsure = segments.filter(Exists(said.filter(unconfirmed__isnull=False)))
    counted: QuerySet[Any] = rows.annotate(
        open=_count(segments.exclude(Exists(said.exclude(data="")))), unconfirmed=_count(unsure)
    )
    return counted


def _said() -> QuerySet[StringTranslation]:
    """Return, for a query of segments within one of translations, what is said for each."""
    said: QuerySet[StringTranslation] = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=OuterRef(OuterRef("target_locale")),
        has_error=False,
    )
    return said


def _count(segments: QuerySet[StringSegment]) -> Coalesce:
    number = segments.order_by().values("source").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
