"""The words of what waits: titles, what is left to translate, who is on it; for those entries that are shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.content.languages import name_of
from cms.translation.extents import count_words, words_of
from cms.translation.queue.finding import Place, State
from cms.translation.reading import hidden_pages


@dataclass(frozen=True)
class Entry:
    """A text that waits, as the queue shows it."""

    key: UUID
    title: str
    own_title: str
    kind: str
    state: State
    source: str
    language: str
    words: int | None
    since: datetime
    url: str
    assignee: Any
    taken_at: datetime | None
    due: date | None
    waits_for: str = ""
    """The name of the language whose text has to follow first."""
    goes_live: datetime | None = None
    is_stopped: bool = False
    """Whether somebody stopped the translation: its page is written by itself, and its texts are not counted."""

    @property
    def target(self) -> str:
        """The name of the language it is carried into."""
        return name_of(self.language)

    @property
    def is_to_look_over(self) -> bool:
        """Whether it is stale and no word of it is left: only pictures, dates, links or the order may have changed."""
        return self.state == State.STALE and self.words == 0

    @property
    def is_late(self) -> bool:
        """Whether the day it was due on is over."""
        return self.due is not None and self.due < date.today()


def read_entries(places: Sequence[Place], user: Any) -> list[Entry]:
    """Read what the queue shows somebody of each place; a constant number of queries."""
    found = Page.objects.filter(pk__in=[place.page for place in places]).select_related("locale")
    pages = {page.pk: page for page in found}
    begun = _translations(places)
    originals = _originals(begun.values())
    left = _words_left(begun.values())
    whole = words_of(pages)
    hidden = hidden_pages(user)
    return [
        _entry(place, pages[place.page], begun, originals, left, whole, is_hidden=place.page in hidden)
        for place in places
        if place.page in pages
    ]


def _entry(
    place: Place,
    page: Page,
    begun: dict[tuple[UUID, str], Any],
    originals: dict[tuple[UUID, int], str],
    left: dict[int, int],
    whole: dict[int, int],
    *,
    is_hidden: bool,
) -> Entry:
    translation = begun.get((place.key, place.language))
    is_there = page.locale.language_code == place.language
    source = translation.source.locale if translation and is_there else page.locale
    title = _own_title(page) if is_hidden else originals.get((place.key, source.pk)) or page.title
    return Entry(
        key=place.key,
        title=title,
        own_title=_beside(title, page) if is_there and not is_hidden else "",
        kind=place.kind,
        state=place.state,
        source=name_of(source.language_code),
        language=place.language,
        words=None if place.is_stopped else left[translation.pk] if translation and is_there else whole.get(page.pk),
        since=place.since,
        url=_address(place, is_there),
        assignee=place.work.assignee if place.work else None,
        taken_at=place.work.taken_at if place.work else None,
        due=place.work.due if place.work else None,
        waits_for=name_of(place.waits_for) if place.waits_for else "",
        goes_live=place.goes_live,
        is_stopped=place.is_stopped,
    )


def _own_title(page: Page) -> str:
    """Return what a text is called whose source its reader may not read: a draft has the title of that source."""
    return str(page.title) if page.first_published_at else capfirst(_("a text whose source you may not read"))


def _beside(title: str, page: Page) -> str:
    own = str(page.get_admin_display_title())
    return "" if own == title else own


def _address(place: Place, is_there: bool) -> str:
    if is_there:
        return reverse("wagtailadmin_pages:edit", args=[place.page])
    address = reverse("wagtail_localize:submit_page_translation", args=[place.page])
    return f"{address}?select_locale={place.language}"


def _translations(places: Sequence[Place]) -> dict[tuple[UUID, str], Any]:
    """Return localize's rows of these places, by what they translate into which language."""
    wanted = {(place.key, place.language) for place in places}
    rows = Translation.objects.filter(source__object_id__in={place.key for place in places})
    rows = rows.order_by("enabled", "pk")  # of two, the one that goes on
    rows = rows.select_related("source__locale", "target_locale").defer("source__content_json")
    found = {(row.source.object_id, row.target_locale.language_code): row for row in rows}
    # Other languages are left out here: asked to leave them out, SQLite would begin with all texts of a language.
    return {place: row for place, row in found.items() if place in wanted}


def _originals(begun: Iterable[Translation]) -> dict[tuple[UUID, int], str]:
    """Return the published titles of what is translated, by key and language."""
    keys = {row.source.object_id for row in begun}
    pages = Page.objects.filter(translation_key__in=keys).order_by()
    # Aliases are left out here: asked to leave them out, SQLite goes through all pages that are none.
    rows = pages.values_list("translation_key", "locale_id", "title", "alias_of_id")
    return {(key, locale): title for key, locale, title, alias_of in rows if alias_of is None}


def _words_left(begun: Iterable[Translation]) -> dict[int, int]:
    """Return the words that nobody has translated yet, by the number of the translation; one query a language."""
    by_locale = defaultdict(list)
    for row in begun:
        by_locale[row.target_locale_id].append(row)
    left = {row.pk: 0 for rows in by_locale.values() for row in rows}
    for locale_id, rows in by_locale.items():
        numbers = {row.source_id: row.pk for row in rows}
        for source_id, html in _open_strings(locale_id, numbers):
            left[numbers[source_id]] += count_words([html])
    return left


def _open_strings(locale_id: int, sources: Iterable[int]) -> Iterable[tuple[int, str]]:
    done = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=locale_id,
        has_error=False,
        unconfirmed=None,
    ).exclude(data="")
    segments = StringSegment.objects.filter(source__in=list(sources)).exclude(Exists(done))
    found: Iterable[tuple[int, str]] = segments.values_list("source_id", "string__data")
    return found
