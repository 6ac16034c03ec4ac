"""What a file says of each text of a translation: where it stands, how far it is, and which version of it went out."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Max
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.content.documents import declaration_of, is_declared
from cms.translation.models import Provenance, StringVersion, unconfirmed
from cms.translation.places import places_of


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
    source = translation.source
    model = source.specific_content_type.model_class()
    segments = list(source.stringsegment_set.select_related("string", "context").order_by("order"))
    places = places_of(source, {segment.context.path for segment in segments})
    rows = _rows(translation)
    marked = set(unconfirmed(translation).values_list("pk", flat=True))
    versions = _versions(translation)
    done = _done(translation)
    units: dict[str, Unit] = {}
    for segment in segments:
        said = (segment.string_id, segment.context_id)
        row = rows.get(said)
        unit = Unit(
            id=unit_id(segment.context.path, segment.string.data),
            path=segment.context.path,
            source=segment.string.data,
            target=row.data if row else "",
            state=State.INITIAL if row is None or row.pk in marked or row.has_error else done,
            version=version_of(versions.get(said), row.data if row else ""),
            place=str(places[segment.context.path]),
            max_length=places[segment.context.path].limit,
            segment=segment,
        )
        units.setdefault(unit.id, unit)
    return Work(translation, source.object_repr, _kind(model), tuple(units.values()))


def unit_id(path: str, source: str) -> str:
    """Return the name of a text in files: another place or another source text is another one."""
    return "u" + hashlib.sha256(f"{path}\n{source}".encode()).hexdigest()[:20]


def version_of(number: int | None, target: str) -> str:
    """Return the version of a text that a file carries: its number in the history, and its digest."""
    return f"{number or 0}-{hashlib.sha256(target.encode()).hexdigest()[:12]}"


def text_of_version(unit: Unit, version: str) -> str:
    """Return the text that went out with a version, as far as the history knows it."""
    number = version.partition("-")[0]
    if not number.isdecimal() or len(number) > 18:
        return ""
    row = StringVersion.objects.filter(pk=int(number), context=unit.segment.context_id).first()
    return row.after if row else ""


def _rows(translation: Translation) -> Mapping[tuple[int, int], StringTranslation]:
    found = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )
    return {(row.translation_of_id, row.context_id): row for row in found}


def _versions(translation: Translation) -> Mapping[tuple[int, int], int]:
    found = StringVersion.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )
    latest = found.order_by().values("string", "context").annotate(latest=Max("pk"))
    return {(row["string"], row["context"]): row["latest"] for row in latest}


def _done(translation: Translation) -> State:
    """Return the state of the confirmed texts: live and reviewed, reviewed, or translated."""
    language = translation.target_locale.language_code
    made = Provenance.objects.filter(key=translation.source.object_id, language=language).first()
    if made is None or made.reviewed_at is None or made.stale_since is not None:
        return State.TRANSLATED
    live = Page.objects.filter(
        translation_key=translation.source.object_id, locale=translation.target_locale_id, live=True
    )
    return State.FINAL if live.exists() else State.REVIEWED


def _kind(model: Any) -> str:
    return declaration_of(model).kind if model and is_declared(model) else ""
