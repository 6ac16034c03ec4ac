"""What a file says of each text of a translation: where it stands, how far it is, and which version of it went out."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Max
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.content.documents import declaration_of, is_declared
from cms.translation.models import Provenance, StringVersion, Unconfirmed
from cms.translation.places import Place, places_of


class State(StrEnum):
    """How far the translation of a text is, in the words of XLIFF; what nobody has confirmed is `initial`."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"


@dataclass(frozen=True)
class Unit:
    """One text of a translation; `source` and `target` are localize's HTML."""

    id: str
    path: str
    source: str
    target: str
    state: State
    version: str
    place: str
    max_length: int | None
    help: str
    segment: StringSegment = field(repr=False)

    @property
    def is_unconfirmed(self) -> bool:
        """Whether the text is there and waits for a person."""
        return bool(self.target) and self.state is State.INITIAL


@dataclass(frozen=True)
class Work:
    """A translation with all its texts."""

    translation: Translation
    title: str
    kind: str
    units: tuple[Unit, ...]

    @property
    def source_language(self) -> str:
        """The language of the source."""
        return str(self.translation.source.locale.language_code)

    @property
    def language(self) -> str:
        """The language translated into."""
        return str(self.translation.target_locale.language_code)


def read_work(translation: Translation) -> Work:
    """Return a translation with its texts as they are stored now."""
    return next(read_works([translation]))


def read_works(translations: Iterable[Translation]) -> Iterator[Work]:
    """Yield translations with their texts as they are stored now; the queries are those for one."""
    found = list(translations)
    stored = _read_stored(found)
    segments: dict[int, list[StringSegment]] = {}
    rows = StringSegment.objects.filter(source__in={translation.source_id for translation in found})
    for segment in rows.select_related("string", "context").order_by("order", "pk"):
        segments.setdefault(segment.source_id, []).append(segment)
    for translation in found:
        yield _work(translation, segments.get(translation.source_id, []), stored)


def unit_id(path: str, source: str) -> str:
    """Return the name of a text in files: another place or another source text is another one."""
    return "u" + hashlib.sha256(f"{path}\n{source}".encode()).hexdigest()[:20]


def version_of(number: int | None, target: str) -> str:
    """Return the version of a text that a file carries: its number in the history, and its digest."""
    return f"{number or 0}-{hashlib.sha256(target.encode()).hexdigest()[:12]}"


def text_of_version(unit: Unit, version: str, locale_id: int) -> str:
    """Return the text in a language that went out with a version, as far as the history knows it."""
    number = version.partition("-")[0]
    if not number.isdecimal() or len(number) > 18:
        return ""
    row = StringVersion.objects.filter(pk=int(number), context=unit.segment.context_id, locale=locale_id).first()
    return row.after if row else ""


@dataclass(frozen=True)
class _Stored:
    """What is stored of some translations, by string, context and language; what is live and who reviewed it."""

    rows: Mapping[tuple[int, int, int], StringTranslation]
    marked: Set[int]
    versions: Mapping[tuple[int, int, int], int]
    made: Mapping[tuple[UUID, str], Provenance]
    live: Set[tuple[UUID, int]]

    def state_of(self, translation: Translation) -> State:
        """Return the state of the confirmed texts: live and reviewed, reviewed, or translated."""
        key = translation.source.object_id
        made = self.made.get((key, translation.target_locale.language_code))
        if made is None or made.reviewed_at is None or made.stale_since is not None:
            return State.TRANSLATED
        return State.FINAL if (key, translation.target_locale_id) in self.live else State.REVIEWED


def _read_stored(translations: Iterable[Translation]) -> _Stored:
    keys = {translation.source.object_id for translation in translations}
    locales = {translation.target_locale_id for translation in translations}
    rows = StringTranslation.objects.filter(context__object_id__in=keys, locale__in=locales)
    marked = Unconfirmed.objects.filter(
        string_translation__context__object_id__in=keys, string_translation__locale__in=locales
    )
    latest = (
        StringVersion.objects.filter(context__object_id__in=keys, locale__in=locales)
        .order_by()
        .values_list("string", "context", "locale")
        .annotate(latest=Max("pk"))
    )
    live = Page.objects.filter(translation_key__in=keys, locale__in=locales, live=True).order_by()
    return _Stored(
        rows={(row.translation_of_id, row.context_id, row.locale_id): row for row in rows},
        marked=set(marked.values_list("pk", flat=True)),
        versions={(string, context, locale): number for string, context, locale, number in latest},
        made={(made.key, made.language): made for made in Provenance.objects.filter(key__in=keys)},
        live=set(live.values_list("translation_key", "locale_id")),
    )


def _work(translation: Translation, segments: Sequence[StringSegment], stored: _Stored) -> Work:
    source = translation.source
    places = places_of(source, {segment.context.path for segment in segments})
    done = stored.state_of(translation)
    units: dict[str, Unit] = {}
    for segment in segments:
        unit = _unit(segment, translation.target_locale_id, places[segment.context.path], done, stored)
        units.setdefault(unit.id, unit)
    kind = _kind(source.specific_content_type.model_class())
    return Work(translation, source.object_repr, kind, tuple(units.values()))


def _unit(segment: StringSegment, locale: int, place: Place, done: State, stored: _Stored) -> Unit:
    said = (segment.string_id, segment.context_id, locale)
    row = stored.rows.get(said)
    target = row.data if row else ""
    return Unit(
        id=unit_id(segment.context.path, segment.string.data),
        path=segment.context.path,
        source=segment.string.data,
        target=target,
        state=State.INITIAL if row is None or row.pk in stored.marked or row.has_error else done,
        version=version_of(stored.versions.get(said), target),
        place=str(place),
        max_length=place.limit,
        help=place.help,
        segment=segment,
    )


def _kind(model: Any) -> str:
    return declaration_of(model).kind if model and is_declared(model) else ""
