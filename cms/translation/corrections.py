"""What reviewers correct or take away is so in the draft that they read, whatever its source says by then."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Revision
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation, Translation
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments, quote_path_component
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from cms.content.pages import ContentPage
from cms.translation import checks, gate
from cms.translation.concordance.remembering import plain
from cms.translation.earlier import find_then
from cms.translation.errors import TranslationIncomplete
from cms.translation.extractions import digest_of
from cms.translation.making import describe_page, facts
from cms.translation.models import ChoiceVersion, StringVersion, TranslatedRevision, Way
from cms.translation.places import places_in
from cms.translation.publishing import save_copy, save_translation_draft
from cms.translation.schedules import Schedule

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LINK = re.compile(r'<a\b[^>]*\bid="([^"]*)"')


@dataclass
class Corrections:
    """What people said otherwise since a draft was saved, of what stands in that draft."""

    strings: list[StringTranslation] = field(default_factory=list)
    segments: list[Any] = field(default_factory=list)
    """What localize puts in their places: formatted text as a whole, the rest by itself."""

    def put_on(self, page: ContentPage) -> None:
        """Let the draft, not saved yet, say what they say."""
        ingest_segments(page, page, page.locale, page.locale, self.segments)


def take_up(
    translation: Translation, revision: Revision, user: "User | None", schedule: Schedule | None = None
) -> Revision:
    """Return the draft that is reviewed, with what was corrected since and, when they are given, other times.

    It is built anew only while its source is as it was: what that gained since nobody has reviewed. Raise
    `TranslationIncomplete` when a correction cannot go live.
    """
    said, chosen = _said_since(translation, revision), _chosen_since(translation, revision)
    if not said and not chosen and schedule is None:
        return revision
    made = TranslatedRevision.objects.filter(revision=revision).first()
    if (said or chosen) and made and made.source_digest == digest_of(translation.source):
        gate.check_segments(translation)
        return save_translation_draft(translation, user, schedule)
    page = revision.as_object()
    found = _find_in_draft(page, said, chosen)
    if not found.segments and schedule is None:
        return revision
    _check(translation, page, found.strings)
    found.put_on(page)
    if schedule:
        schedule.put_on(page)
    return save_copy(translation, page, user, _making(translation, page, made) if made else None)


@dataclass(frozen=True)
class LostChoice:
    """Something chosen for a language in a draft, where its source has nothing any more."""

    number: int
    place: str


def find_lost_choices(translation: Translation, revision: Revision) -> list[LostChoice]:
    """Return what a draft has of its language's own in places that localize's editor shows no more."""
    rows = _without_place(translation)
    if not rows.exists():
        return []
    page = revision.as_object()
    there = {each.path for each in extract_segments(page) if isinstance(each, OverridableSegmentValue)}
    found = {row: _in_draft(row.context.path, row.data_json) for row in rows.select_related("context")}
    places = places_in(page, {path.partition(".'")[0] for path in found.values()})
    return [LostChoice(row.pk, str(places[path.partition(".'")[0]])) for row, path in found.items() if path in there]


def take_lost_choice(translation: Translation, number: str) -> None:
    """Take such a choice away; twice is once."""
    row = _without_place(translation).filter(pk=number).first() if re.fullmatch(r"[0-9]{1,18}", number) else None
    if row:
        row.delete()


def _without_place(translation: Translation) -> QuerySet[SegmentOverride]:
    own = OverridableSegment.objects.filter(source=translation.source_id, context=OuterRef("context"))
    rows: QuerySet[SegmentOverride] = SegmentOverride.objects.filter(
        ~Exists(own), context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )
    return rows


def count_corrections(revision: Revision, *, besides: "User") -> int:
    """Return how many corrections others have made since a draft was saved, of strings and of what was chosen."""
    page = revision.content_object
    here = {"context__object_id": page.translation_key, "locale": page.locale_id}
    strings = StringVersion.objects.filter(**here, changed_at__gt=revision.created_at).exclude(user=besides)
    choices = ChoiceVersion.objects.filter(**here, changed_at__gt=revision.created_at).exclude(user=besides)
    return strings.exclude(way__in=(Way.MEMORY, Way.MACHINE)).count() + choices.count()


_Said = tuple[StringTranslation, str]
"""A text as it is stored now, and as the draft has it."""


def _find_in_draft(page: ContentPage, said: Mapping[tuple[str, str], _Said], chosen: Mapping[str, Any]) -> Corrections:
    """Return which of it stands in the draft: text that the source gained since does not."""
    segments = extract_segments(page) if said or chosen else []
    corrected = [(said.get((each.path, _plain(each))), each) for each in segments]
    known = {each.path for each in segments if isinstance(each, OverridableSegmentValue)} & {*chosen}
    paths = {each.path for row, each in corrected if row} | {path.split(".'")[0] for path in known}
    return Corrections(
        strings=list({row[0].pk: row[0] for row, _each in corrected if row}.values()),
        segments=list(_replaced(corrected, {path: chosen[path] for path in known}, paths)),
    )


def _said_since(translation: Translation, revision: Revision) -> dict[tuple[str, str], _Said]:
    """Return, by place and earlier text, what people say since; what a machine or the memory filled in is nothing."""
    here = {"context__object_id": translation.source.object_id, "locale": translation.target_locale_id}
    rows = StringTranslation.objects.filter(**here, updated_at__gt=revision.created_at, unconfirmed=None)
    versions = StringVersion.objects.filter(**here, changed_at__gt=revision.created_at).order_by("-pk")
    then = {(context, string): text for context, string, text in versions.values_list("context", "string", "before")}
    found = {row: then.get((row.context_id, row.translation_of_id), "") for row in rows.select_related(*_OF_A_ROW)}
    return {
        (row.context.path, plain(before)): (row, before)
        for row, before in found.items()
        if before not in ("", row.data)
    }


_OF_A_ROW = ("context", "translation_of")


def _chosen_since(translation: Translation, revision: Revision) -> dict[str, Any]:
    """Return the links, pictures and files that were chosen since, by their place in the draft.

    What was taken away is again as the source has it.
    """
    here = {"context__object_id": translation.source.object_id, "locale": translation.target_locale_id}
    versions = ChoiceVersion.objects.filter(**here, changed_at__gt=revision.created_at).order_by("-pk")
    then = {version.context.path: version.before for version in versions.select_related("context")}
    rows = SegmentOverride.objects.filter(**here, has_error=False).select_related("context")
    now = {row.context.path: row.data_json for row in rows}
    changed = {path: before for path, before in then.items() if now.get(path, "") != before}
    own = OverridableSegment.objects.filter(source=translation.source, context__path__in=changed)
    source = dict(own.values_list("context__path", "data_json"))
    if lost := {path for path in changed if path not in now} - {*source}:
        source |= _source_then(translation, revision, lost)
    chosen = {path: now.get(path) or source.get(path) for path in changed}
    return {_in_draft(path, changed[path]): json.loads(data) for path, data in chosen.items() if data}


def _source_then(translation: Translation, revision: Revision, paths: Collection[str]) -> dict[str, str]:
    """Return what the source had, when the draft was made of it, in places that it has no more."""
    made = TranslatedRevision.objects.filter(revision=revision).values_list("source_digest", flat=True).first()
    then = find_then(translation.source.get_source_instance(), made or "", revision.created_at)
    found = (each for each in (then.segments if then else ()) if isinstance(each, OverridableSegmentValue))
    return {each.path: json.dumps(each.data) for each in found if each.path in paths}


def _in_draft(path: str, before: str) -> str:
    """Return where a choice stands in the draft: a link in a text is called by where it leads there."""
    text, is_link, _address = path.partition(".'")
    return f"{text}.{quote_path_component(json.loads(before))}" if is_link and before else path


def _plain(segment: Any) -> str:
    return plain(segment.string.data) if isinstance(segment, StringSegmentValue) else ""


def _replaced(
    corrected: list[tuple[_Said | None, Any]], chosen: Mapping[str, Any], paths: Collection[str]
) -> Iterator[Any]:
    """Yield the segments at these places as they are to be."""
    for said, segment in corrected:
        match segment:
            case StringSegmentValue() if segment.path in paths:
                yield _say(segment, *said) if said else segment
            case TemplateSegmentValue() if segment.path in paths:
                yield segment
            case OverridableSegmentValue() if segment.path in chosen:
                yield OverridableSegmentValue(segment.path, chosen[segment.path], order=segment.order)


def _say(segment: StringSegmentValue, row: StringTranslation, before: str) -> StringSegmentValue:
    """Return the segment with another text; its links keep the numbers that the source gave them."""
    names = zip(LINK.findall(before), LINK.findall(segment.string.data), strict=False)
    links = {name: (segment.attrs or {}).get(now) for name, now in names}
    return StringSegmentValue(segment.path, StringValue(row.data), attrs=links, order=segment.order)


def _check(translation: Translation, page: ContentPage, rows: Collection[StringTranslation]) -> None:
    places = places_in(page, {row.context.path for row in rows})
    wrong = dict.fromkeys(
        gate.name(row.translation_of.data, finding.sentence)
        for row in rows
        for finding in checks.find_in_row(row, translation, places[row.context.path].limit)
        if finding.is_error
    )
    if wrong:
        raise TranslationIncomplete([*wrong, _("Nothing was published.")])


def _making(translation: Translation, page: ContentPage, made: TranslatedRevision) -> dict[str, Any]:
    """Return how the page was made: as it stands, from the source as its draft had it."""
    own = {"untranslated": made.untranslated, "source_digest": made.source_digest}
    return facts(made) | describe_page(translation, page) | own
