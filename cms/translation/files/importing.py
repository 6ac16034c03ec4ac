"""A file comes back: each text is held against what is stored, and stored, refused or asked about; never half of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING
from uuid import UUID

from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.strings import StringValue

from cms.content.languages import name_of
from cms.content.users import name_of_user
from cms.translation.concordance.remembering import plain
from cms.translation.differences import difference, render
from cms.translation.files.cleaning import clean
from cms.translation.files.reading import CONTROL, Incoming, Received
from cms.translation.files.units import Unit, Work, read_works, text_of_version, unit_id, version_of
from cms.translation.history import write, write_first
from cms.translation.models import Reason, Unconfirmed, accept, mark
from cms.translation.pairing import Placed, find_divided, pair
from cms.translation.permissions import may_write

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TOGETHER = 50
"""Texts that are stored in one transaction: while it lasts, nobody else can write on SQLite."""

Place = tuple[int, int, int]
"""What a text translates, where it stands, and in which language, by their numbers."""


class Outcome(Enum):
    """What becomes of a text of a file."""

    STORED = "stored"
    CONFIRMED = "confirmed"
    SAME = "same"
    OPEN = "open"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Refused:
    """A text that was not taken: where it stands in the file, its words, and why; or a whole file of a ZIP."""

    place: str
    text: str
    reason: str


@dataclass(frozen=True)
class Change:
    """A text of a file, found fit to stand in its place; `mine` is localize's HTML, and empty while it is open."""

    work: Work
    unit: Unit
    incoming: Incoming
    mine: str
    tool: str

    @property
    def is_of_earlier_source(self) -> bool:
        """Whether it was translated from what the source said there before."""
        return unit_id(self.unit.path, self.incoming.source) != self.unit.id

    @property
    def place(self) -> Place:
        """Where its translation is stored."""
        return self.unit.segment.string_id, self.unit.segment.context_id, self.work.translation.target_locale_id


@dataclass(frozen=True)
class Conflict(Change):
    """A text that somebody changed, or its source, since the file was made: what it was then, and what it is now."""

    base: str
    theirs: str
    who: str

    @property
    def change_of_source(self) -> SafeString:
        """The source from which the file was translated and the present one, in one line, with their marks."""
        return render(difference(self.incoming.source, self.unit.source))


@dataclass
class Report:
    """What became of a file."""

    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    refused: list[Refused] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    works: dict[str, Work] = field(default_factory=dict)

    @property
    def stored(self) -> int:
        """How many texts were stored."""
        return self.counts[Outcome.STORED]

    @property
    def confirmed(self) -> int:
        """How many were the same and are now confirmed."""
        return self.counts[Outcome.CONFIRMED]

    @property
    def same(self) -> int:
        """How many were the same already."""
        return self.counts[Outcome.SAME]

    @property
    def open(self) -> int:
        """How many are not translated in the file."""
        return self.counts[Outcome.OPEN]


class Desk:
    """The translations that a person may write, as a file asks for them."""

    def __init__(self, user: "User") -> None:
        """Know whose they are."""
        self.user = user
        self.known: dict[str, Work | None] = {}
        self._units: dict[str, dict[str, Unit]] = {}

    def read(self, uuids: Iterable[str]) -> None:
        """Read those translations that the user may write, with their texts; whether they may is asked of each."""
        unknown = {uuid: _uuid(uuid) for uuid in uuids if uuid not in self.known}
        rows = Translation.objects.filter(uuid__in=[uuid for uuid in unknown.values() if uuid], enabled=True)
        rows = rows.select_related("source__locale", "target_locale", "source__specific_content_type")
        mine = [row for row in rows if may_write(self.user, row.source.object_id, row.target_locale_id)]
        found = {work.translation.uuid: work for work in read_works(mine)} if mine else {}
        self.known |= {said: found.get(uuid) if uuid else None for said, uuid in unknown.items()}

    def find(self, uuid: str) -> Work | None:
        """Return a translation that the user may write, with its texts."""
        self.read([uuid])
        return self.known[uuid]

    def find_unit(self, uuid: str, unit: str) -> Unit | None:
        """Return one of its texts."""
        if uuid not in self._units:
            work = self.find(uuid)
            self._units[uuid] = {each.id: each for each in work.units} if work else {}
        return self._units[uuid].get(unit)

    def find_texts(self, uuid: str, unit: str) -> tuple[str, str]:
        """Return the source and the target of one of its texts."""
        found = self.find_unit(uuid, unit)
        return (found.source, found.target) if found else ("", "")


def take(received: Iterable[Received], desk: Desk) -> Report:
    """Store the texts that can be, and say what became of the others; all are looked at before any is stored."""
    report, received = Report(), list(received)
    desk.read(uuid for file in received for uuid in file.languages)
    changes = [change for file in received for change in _check_file(file, desk, report)]
    for start in range(0, len(changes), TOGETHER):
        _take_together(changes[start : start + TOGETHER], desk.user, report)
    report.works = {uuid: work for uuid, work in desk.known.items() if work}
    return report


def _check_file(file: Received, desk: Desk, report: Report) -> Iterator[Change]:
    """Yield the texts of a file that may stand in their places, and refuse the others."""
    if file.problem:
        report.refused.append(Refused(file.name, "", file.problem))
    usable = {uuid for uuid in file.languages if _check_translation(uuid, file, desk, report)}
    changed = _find_changed([entry for entry in file.entries if entry.translation in usable], desk)
    seen: set[tuple[str, str]] = set()
    for incoming in file.entries:
        work, unit = desk.find(incoming.translation), desk.find_unit(incoming.translation, incoming.id)
        if work is None or incoming.translation not in usable:
            continue
        unit = unit or changed.get((incoming.translation, incoming.id))
        reason, html = _check(incoming, unit, work, seen)
        if reason or unit is None:
            report.refused.append(Refused(incoming.place, _shown(incoming.target), reason))
        else:
            yield Change(work, unit, incoming, html, file.tool)


def _find_changed(entries: Sequence[Incoming], desk: Desk) -> dict[tuple[str, str], Unit]:
    """Return what the source has now in place of those texts of a file that it has no longer.

    It is one that the file has not: what the file has was there when it was made.
    """
    held = {(entry.translation, entry.id) for entry in entries}
    gone = [entry for entry in entries if desk.find_unit(entry.translation, entry.id) is None]
    works = [(uuid, work) for uuid in {entry.translation for entry in gone} if (work := desk.find(uuid))]
    if not works:
        return {}
    divided = find_divided({work.translation.source_id for _uuid, work in works})
    new = {(uuid, unit.id): unit for uuid, work in works for unit in work.units if (uuid, unit.id) not in held}
    pairs = pair(
        (Placed(name, (name[0], unit.path), plain(unit.source)) for name, unit in new.items()),
        (Placed((each.translation, each.id), (each.translation, each.path), plain(each.source)) for each in gone),
        {(uuid, path) for uuid, work in works for path in divided[work.translation.source_id]},
    )
    return {was: new[now] for now, was in pairs.items()}


def _check_translation(uuid: str, file: Received, desk: Desk, report: Report) -> bool:
    """Refuse all texts of a translation that is not the user's, or that the file gives in another language."""
    work = desk.find(uuid)
    reason = ""
    if work is None:
        reason = _("There is no such translation, or it is not yours to write.")
    elif not _is_language(file.languages[uuid], work.language):
        reason = _("The file is in another language (%(found)s) than the translation (%(language)s).") % {
            "found": file.languages[uuid][:20] or "–",
            "language": name_of(work.language),
        }
    if reason:
        report.refused += [
            Refused(each.place, _shown(each.target), reason) for each in file.entries if each.translation == uuid
        ] or [Refused("", uuid[:40], reason)]
    return not reason


def _check(incoming: Incoming, unit: Unit | None, work: Work, seen: set[tuple[str, str]]) -> tuple[str, str]:
    """Return why a text cannot be taken, or its HTML."""
    place = (incoming.translation, incoming.id)
    if unit is None:
        if any(each.path == incoming.path for each in work.units):
            return _("The source text was changed since the file was made."), ""
        return _("This text is not part of the page, or no longer."), ""
    if place in seen:
        return _("The file has this text twice."), ""
    seen.add(place)
    if incoming.problem:
        return incoming.problem, ""
    if not incoming.target.strip():
        return "", ""
    try:
        return "", clean(incoming.target, unit)
    except ValueError as wrong:
        changed = "" if unit.id == incoming.id else _("The source text was changed since the file was made.")
        return f"{changed} {wrong}".strip(), ""


@transaction.atomic
def _take_together(changes: Sequence[Change], user: "User", report: Report) -> None:
    """Hold some texts against what stands in their places now, and store those that can be."""
    stored = _lock(changes)
    for change in changes:
        try:
            _take(change, stored, user, report)
        except PermissionDenied:  # since the file was looked at
            reason = _("This text is not yours to write.")
            report.refused.append(Refused(change.incoming.place, _shown(change.mine), reason))


def _lock(changes: Iterable[Change]) -> dict[Place, StringTranslation]:
    """Return what is stored in the places of some texts; nobody changes it until they are."""
    strings, contexts, locales = map(set, zip(*(change.place for change in changes), strict=True))
    rows = StringTranslation.objects.filter(translation_of__in=strings, context__in=contexts, locale__in=locales)
    locked = rows.select_for_update(of=("self",)).select_related("last_translated_by", "unconfirmed").order_by("pk")
    return {(row.translation_of_id, row.context_id, row.locale_id): row for row in locked}


def _take(change: Change, stored: dict[Place, StringTranslation], user: "User", report: Report) -> None:
    row = stored.get(change.place)
    outcome = _weigh(change, row)
    match outcome:
        case Outcome.CONFLICT:
            report.conflicts.append(_conflict(change, row))
        case Outcome.CONFIRMED if row and not accept(row, user):  # another file of the same ZIP has done so
            outcome = Outcome.SAME
        case Outcome.STORED:
            stored[change.place], is_mine = _store(change, row, user)
            if not is_mine:
                _take(change, stored, user, report)
                return
    report.counts[outcome] += 1


def _weigh(change: Change, row: StringTranslation | None) -> Outcome:
    """Return what becomes of a text where this is stored."""
    incoming, html, theirs = change.incoming, change.mine, row.data if row else ""
    if not html:
        return Outcome.OPEN
    if html == theirs or html == str(BeautifulSoup(theirs, "html.parser")):
        waits = hasattr(row, "unconfirmed") and not incoming.needs_review and not change.is_of_earlier_source
        return Outcome.CONFIRMED if waits else Outcome.SAME
    if _is_untouched(incoming, html):
        return Outcome.SAME
    return Outcome.CONFLICT if change.is_of_earlier_source or _is_changed(theirs, incoming) else Outcome.STORED


def _is_untouched(incoming: Incoming, html: str) -> bool:
    """Whether the text came back as it went out."""
    return _digest(incoming.version) in (_digest(version_of(0, incoming.target)), _digest(version_of(0, html)))


def _is_changed(theirs: str, incoming: Incoming) -> bool:
    """Whether somebody changed the text since the file was made; without a version, whatever is there is a change."""
    went_out = _digest(incoming.version)
    return went_out != _digest(version_of(0, theirs)) if went_out else bool(theirs)


def _digest(version: str) -> str:
    return version.partition("-")[2]


def _conflict(change: Change, row: StringTranslation | None) -> Conflict:
    return Conflict(
        **vars(change),
        base=text_of_version(change.unit, change.incoming.version, change.work.translation.target_locale_id),
        theirs=row.data if row else "",
        who=name_of_user(row.last_translated_by) if row else "",
    )


def _store(change: Change, row: StringTranslation | None, user: "User") -> tuple[StringTranslation, bool]:
    """Store a text; return what is stored, and whether it is this: where nothing was, somebody may be quicker."""
    locale, segment = change.work.translation.target_locale, change.unit.segment
    if row:
        row = write(locale, segment, change.mine, user=user, tool=change.tool)
    else:
        row, is_first = write_first(locale, segment, change.mine, user=user, tool=change.tool)
        if not is_first:
            return row, False
    if change.incoming.needs_review:
        mark(row, Reason.FUZZY)
    else:
        Unconfirmed.objects.filter(pk=row.pk).delete()
    return row, True


def _is_language(said: str, language: str) -> bool:
    """Whether a file is in a language; Poedit writes `uk_UA` for `uk`."""
    found, wanted = said.lower().replace("_", "-"), language.lower()
    return found == wanted or found.startswith(f"{wanted}-")


def _shown(text: str) -> str:
    plain: str = StringValue(CONTROL.sub("\ufffd", text)).render_text().strip()
    return plain if len(plain) <= 80 else plain[:80].rstrip() + "…"


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
