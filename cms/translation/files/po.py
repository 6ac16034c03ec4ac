"""PO files: as gettext and Poedit know them, one for each page."""

import polib
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.translation.files.notes import write_notes
from cms.translation.files.reading import MOST_ENTRIES, FileRefused, Incoming, Received
from cms.translation.files.units import Unit, Work, unit_id
from cms.translation.names.offers import Offers

TOOL = "PO file"
TRANSLATION = "X-WagtailLocalize-TranslationID"
VERSION = "version: "
UNREADABLE = (OSError, ValueError, IndexError, KeyError, AttributeError, TypeError)
"""What polib raises when a file is none of PO."""


def write_po(work: Work, offers: Offers) -> bytes:
    """Return the file of a translation, with names and terms to offer; what nobody has confirmed is fuzzy."""
    file = polib.POFile(wrapwidth=0)  # tools show a text as they like; to break it into lines is half of the work
    file.metadata = {
        "Project-Id-Version": "Misto",
        "POT-Creation-Date": timezone.now().strftime("%Y-%m-%d %H:%M+0000"),
        "Language": work.language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": work.source_language.replace("-", "_"),
        TRANSLATION: str(work.translation.uuid),
    }
    for unit in work.units:
        file.append(_entry(work, unit, offers))
    return str(file).encode()


def read_po(data: bytes) -> Received:
    """Return the texts of a PO file; raise `FileRefused` when it is none, or says not what it is."""
    file = _parse(data)
    translation = file.metadata.get(TRANSLATION, "")
    if not translation:
        raise FileRefused(
            _("The header of the file is missing or does not say which translation it belongs to (%(header)s).")
            % {"header": TRANSLATION}
        )
    entries = [entry for entry in file if not entry.obsolete]
    if len(entries) > MOST_ENTRIES:
        raise FileRefused(_("A file may have %(most)d texts at most.") % {"most": MOST_ENTRIES})
    language = file.metadata.get("Language", "").replace("_", "-")
    return Received({translation: language}, [_incoming(translation, entry) for entry in entries], TOOL)


def _parse(data: bytes) -> polib.POFile:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(_("The file is not written in UTF-8.")) from None
    try:
        # polib opens the file whose name it is given: no name begins with an empty line and holds a msgid.
        return polib.pofile(_Lines("\n" + text if "msgid" in text else "\nmsgid"))
    except UNREADABLE:
        raise FileRefused(_("This is not a PO file.")) from None


class _Lines(str):
    """A file whose lines end where gettext ends them: `str` ends them at signs that stand in texts, such as U+2028."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        """Return its lines, as polib asks for them."""
        return self.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _entry(work: Work, unit: Unit, offers: Offers) -> polib.POEntry:
    said = [work.title, f"{work.kind} / {unit.place}"]
    said += [f"{about}: {note}" for about, note in write_notes(work, unit, offers)]
    return polib.POEntry(
        msgctxt=unit.path,
        msgid=unit.source,
        msgstr=unit.target,
        comment="\n".join([*said, f"{VERSION}{unit.version}"]),
        flags=["fuzzy"] if unit.is_unconfirmed else [],
    )


def _incoming(translation: str, entry: polib.POEntry) -> Incoming:
    versions = [line for line in entry.comment.splitlines() if line.startswith(VERSION)]
    return Incoming(
        translation=translation,
        id=unit_id(entry.msgctxt or "", entry.msgid),
        path=entry.msgctxt or "",
        source=entry.msgid,
        target=entry.msgstr,
        needs_review=entry.fuzzy,
        version=versions[-1].removeprefix(VERSION).strip() if versions else "",
        place=_("line %(number)d") % {"number": max(entry.linenum - 1, 1)},
        problem=_("Plural forms have no place here.") if entry.msgid_plural else "",
    )
