"""What was sent, as files: one alone, or those of a ZIP."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from cms.translation.files.importing import Desk
from cms.translation.files.po import read_po
from cms.translation.files.reading import MOST_BYTES, MOST_ENTRIES, FileRefused, Received
from cms.translation.files.xliff import read_xliff

UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What `zipfile` raises of a ZIP, or of one of its files, that is damaged, closed or none."""

MEASURED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways to pack of which no more is unpacked than one asks for; of the others it is all there is, whatever was said."""


def read_file(name: str, data: bytes, desk: Desk) -> list[Received]:
    """Return what a PO or XLIFF file, or a ZIP of them, holds; raise `FileRefused` when nothing can be read."""
    if data.startswith(b"PK\x03\x04"):
        return _unpack(data, desk)
    if len(data) > MOST_BYTES:
        raise FileRefused(_("A file may have %(most)d MB at most.") % {"most": MOST_BYTES // 1_000_000})
    return [_read(name, data, desk)]


def _read(name: str, data: bytes, desk: Desk) -> Received:
    is_xml = name.lower().endswith((".xlf", ".xliff", ".xml")) or data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    return read_xliff(data, desk.read, desk.find_texts) if is_xml else read_po(data)


def _unpack(data: bytes, desk: Desk) -> list[Received]:
    """Read the files of a ZIP, which together may be no more than one; those that cannot be read say why."""
    if len(data) > MOST_BYTES:
        raise _too_much()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UNREADABLE:
        raise FileRefused(_("The ZIP file cannot be opened.")) from None
    members = [member for member in archive.infolist() if not _is_beside(member)]
    if not members:
        raise FileRefused(_("The file has no texts."))
    if sum(member.file_size for member in members) > MOST_BYTES or len(members) > MOST_ENTRIES:
        raise _too_much()
    received = [_read_member(archive, member, desk) for member in members]
    if sum(len(each.entries) for each in received) > MOST_ENTRIES:
        raise _too_much()
    return received


def _is_beside(member: zipfile.ZipInfo) -> bool:
    """Whether it is no file that anybody packed: a folder, or what a Mac adds by itself."""
    path = PurePosixPath(member.filename)
    return member.is_dir() or path.name.startswith(".") or "__MACOSX" in path.parts


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, desk: Desk) -> Received:
    try:
        return _read(member.filename, _open(archive, member), desk)
    except FileRefused as refused:
        return Received({}, [], "", name=member.filename, problem=str(refused))


def _open(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        if member.compress_type in MEASURED:
            with archive.open(member) as file:  # never more than it says: its size may be a lie
                return file.read(member.file_size)
    except UNREADABLE:
        pass
    raise FileRefused(
        _("This file of the ZIP cannot be opened: it is damaged, has a password or is packed in an unusual way.")
    )


def _too_much() -> FileRefused:
    return FileRefused(
        _(
            "The files in this ZIP are more than is read at once (%(megabytes)d MB, %(texts)d texts). "
            "Send them one by one, or a ZIP of a few of them."
        )
        % {"megabytes": MOST_BYTES // 1_000_000, "texts": MOST_ENTRIES}
    )
