"""A file comes back: each text is held against what is stored, and stored, refused or asked about; never half of it."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bs4 import BeautifulSoup
from bs4.element import NavigableString
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.strings import StringValue, extract_ids

from cms.content.languages import name_of
from cms.content.users import name_of_user
from cms.translation.files.po import read_po
from cms.translation.files.reading import CONTROL, MOST_BYTES, MOST_ENTRIES, FileRefused, Incoming, Received
from cms.translation.files.units import Unit, Work, read_works, text_of_version, version_of
from cms.translation.files.xliff import read_xliff
from cms.translation.history import write
from cms.translation.models import Reason, Unconfirmed, accept, mark
from cms.translation.permissions import may_write

if TYPE_CHECKING:
    from django.contrib.auth.models import User

EMPTY_TAGS = ("br",)


class Outcome(Enum):
    """What becomes of a text of a file."""

    STORED = "stored"
    CONFIRMED = "confirmed"
    SAME = "same"
    OPEN = "open"


@dataclass(frozen=True)
class Refused:
    """A text that was not taken: where it stands in the file, its words, and why."""

    place: str
    text: str
    reason: str


@dataclass(frozen=True)
class Conflict:
    """A text that somebody changed since the file was made: what it was then, is now, and would be."""

    work: Work
    unit: Unit
    base: str
    theirs: str
    mine: str
    who: str
    tool: str
    incoming: Incoming


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


def read_file(name: str, data: bytes, desk: Desk) -> list[Received]:
    """Return what a PO or XLIFF file, or a ZIP of them, holds; raise `FileRefused` when nothing can be read."""
    if data.startswith(b"PK\x03\x04"):
        return _unpack(data, desk)
    if len(data) > MOST_BYTES:
        raise FileRefused(_("A file may have %(most)d MB at most.") % {"most": MOST_BYTES // 1_000_000})
    return [_read(name, data, desk)]


def take(received: Iterable[Received], desk: Desk) -> Report:
    """Store the texts that can be, and say what became of the others."""
    report, received = Report(), list(received)
    desk.read(uuid for file in received for uuid in file.languages)
    for file in received:
        usable = {uuid for uuid in file.languages if _check_file(uuid, file, desk, report)}
        seen: set[tuple[str, str]] = set()
        for incoming in file.entries:
            if incoming.translation in usable:
                _take(incoming, file.tool, desk, report, seen)
    report.works = {uuid: work for uuid, work in desk.known.items() if work}
    return report


def _read(name: str, data: bytes, desk: Desk) -> Received:
    is_xml = name.lower().endswith((".xlf", ".xliff", ".xml")) or data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    return read_xliff(data, desk.read, desk.find_texts) if is_xml else read_po(data)


def _unpack(data: bytes, desk: Desk) -> list[Received]:
    """Read the files of a ZIP, which together may be no more than one."""
    if len(data) > MOST_BYTES:
        raise _too_much()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [member for member in archive.infolist() if not member.is_dir()]
        if sum(member.file_size for member in members) > MOST_BYTES or len(members) > MOST_ENTRIES:
            raise _too_much()
        received = [_read(member.filename, _member(archive, member), desk) for member in members]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise FileRefused(_("The ZIP file cannot be opened.")) from None
    if sum(len(each.entries) for each in received) > MOST_ENTRIES:
        raise _too_much()
    return received


def _too_much() -> FileRefused:
    return FileRefused(
        _(
            "The files in this ZIP are more than is read at once (%(megabytes)d MB, %(texts)d texts). "
            "Send them one by one, or a ZIP of a few of them."
        )
        % {"megabytes": MOST_BYTES // 1_000_000, "texts": MOST_ENTRIES}
    )


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as file:  # never more than it says: its size may be a lie
        return file.read(member.file_size)


def _check_file(uuid: str, file: Received, desk: Desk, report: Report) -> bool:
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


def _take(incoming: Incoming, tool: str, desk: Desk, report: Report, seen: set[tuple[str, str]]) -> None:
    work = desk.find(incoming.translation)
    unit = desk.find_unit(incoming.translation, incoming.id)
    if work is None:
        return
    reason, html = _check(incoming, unit, work, seen)
    if reason or unit is None:
        report.refused.append(Refused(incoming.place, _shown(incoming.target), reason))
    elif not html:
        report.counts[Outcome.OPEN] += 1
    elif html == unit.target or html == str(BeautifulSoup(unit.target, "html.parser")):
        report.counts[_confirm(unit, incoming, work, desk.user)] += 1
    elif _is_untouched(incoming, html):
        report.counts[Outcome.SAME] += 1
    elif _is_changed(unit, incoming):
        report.conflicts.append(_conflict(work, unit, incoming, html, tool))
    else:
        _store(unit, html, incoming, tool, work, desk.user, report)


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
        return str(wrong), ""


def clean(target: str, unit: Unit) -> str:
    """Return a target as localize stores it; raise `ValueError` when it is not what may stand there."""
    if CONTROL.search(target):
        raise ValueError(_("The text has signs that no text has."))
    _check_balance(target)
    html = _normal(target)
    soup = BeautifulSoup(target, "html.parser")
    if any(type(each) is not NavigableString for each in soup.find_all(string=True)):
        raise ValueError(_("Remarks and declarations in HTML are not taken."))
    if extract_ids(html) != extract_ids(unit.source):
        raise ValueError(_("The links of the text are not those of the source."))
    length = len(StringValue(html).render_text())
    if unit.max_length and length > unit.max_length:
        raise ValueError(
            _("The text has %(length)d characters, and %(most)d have room.")
            % {"length": length, "most": unit.max_length}
        )
    return html if StringValue(html).render_text().strip() else ""


def _is_changed(unit: Unit, incoming: Incoming) -> bool:
    """Whether somebody changed the text since the file was made; without a version, whatever is there is a change."""
    went_out = _digest(incoming.version)
    return went_out != _digest(unit.version) if went_out else bool(unit.target)


def _is_untouched(incoming: Incoming, html: str) -> bool:
    """Whether the text came back as it went out."""
    return _digest(incoming.version) in (_digest(version_of(0, incoming.target)), _digest(version_of(0, html)))


def _digest(version: str) -> str:
    return version.partition("-")[2]


def _conflict(work: Work, unit: Unit, incoming: Incoming, html: str, tool: str) -> Conflict:
    row = _row(unit, work)
    return Conflict(
        work=work,
        unit=unit,
        base=text_of_version(unit, incoming.version),
        theirs=unit.target,
        mine=html,
        who=name_of_user(row.last_translated_by) if row else "",
        tool=tool,
        incoming=incoming,
    )


def _confirm(unit: Unit, incoming: Incoming, work: Work, user: "User") -> Outcome:
    if not unit.is_unconfirmed or incoming.needs_review:
        return Outcome.SAME
    row = _row(unit, work)
    return Outcome.CONFIRMED if row and accept(row, user) else Outcome.SAME


def _store(unit: Unit, html: str, incoming: Incoming, tool: str, work: Work, user: "User", report: Report) -> None:
    try:
        row = write(work.translation.target_locale, unit.segment, html, user=user, tool=tool)
    except PermissionDenied:
        report.refused.append(Refused(incoming.place, _shown(html), _("This text is not yours to write.")))
        return
    if incoming.needs_review:
        mark(row, Reason.FUZZY)
    else:
        Unconfirmed.objects.filter(pk=row.pk).delete()
    report.counts[Outcome.STORED] += 1


def _row(unit: Unit, work: Work) -> StringTranslation | None:
    found: StringTranslation | None = (
        StringTranslation.objects.filter(
            translation_of=unit.segment.string_id,
            context=unit.segment.context_id,
            locale=work.translation.target_locale_id,
        )
        .select_related("last_translated_by")
        .first()
    )
    return found


def _check_balance(html: str) -> None:
    reader = _Balance()
    reader.feed(html)
    reader.close()
    if reader.open or reader.is_broken:
        raise ValueError(_("A tag is opened and not closed, or closed and not opened."))


class _Balance(HTMLParser):
    """Counts whether each tag that is opened is closed, in that order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.is_broken = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in EMPTY_TAGS:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.is_broken |= tag not in EMPTY_TAGS

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY_TAGS:
            self.is_broken |= not self.open or self.open.pop() != tag


def _is_language(said: str, language: str) -> bool:
    """Whether a file is in a language; Poedit writes `uk_UA` for `uk`."""
    found, wanted = said.lower().replace("_", "-"), language.lower()
    return found == wanted or found.startswith(f"{wanted}-")


def _normal(html: str) -> str:
    """Return HTML as localize writes it; raise `ValueError` when it has more than inline tags."""
    return str(StringValue.from_translated_html(html).data)


def _shown(text: str) -> str:
    plain: str = StringValue(text).render_text().strip()
    return plain if len(plain) <= 80 else plain[:80].rstrip() + "…"


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
