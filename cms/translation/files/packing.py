"""Many translations as files of which each can come back: none holds more than is read at once."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from django.utils.text import slugify

from cms.translation.files.po import write_po
from cms.translation.files.reading import MOST_BYTES, MOST_ENTRIES
from cms.translation.files.units import Work
from cms.translation.files.xliff import write_file, write_xliff
from cms.translation.names.offers import Offers
from cms.translation.names.register import read_register

ROOM = MOST_BYTES // 3
"""Bytes in a file that goes out: it comes back with its targets, in letters of two bytes, and cut into sentences."""

MOST_TEXTS = MOST_ENTRIES


@dataclass(frozen=True)
class Piece:
    """A translation as it stands in a file, or a part of one that is too large for any file."""

    work: int
    name: str
    languages: tuple[str, str]
    texts: int
    data: bytes


def pack(works: Iterable[Work], kind: str) -> dict[str, bytes]:
    """Return files by their names: a PO file for each page, an XLIFF file for each pair of languages.

    What is too much for one file is several, numbered; of PO files those that can come back together have one folder.
    """
    offers = Offers(read_register())
    return dict(_po_files(works, offers) if kind == "po" else _xliff_files(works, offers))


def zip_together(files: dict[str, bytes]) -> bytes:
    """Return a ZIP of files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _po_files(works: Iterable[Work], offers: Offers) -> Iterator[tuple[str, bytes]]:
    folders = _fill(_cut_all(works, partial(write_po, offers=offers)))
    for number, pieces in enumerate(folders, 1):
        for piece in pieces:
            yield (f"{number:02}/" if len(folders) > 1 else "") + f"{piece.name}.po", piece.data


def _xliff_files(works: Iterable[Work], offers: Offers) -> Iterator[tuple[str, bytes]]:
    pieces = sorted(_cut_all(works, partial(write_file, offers=offers)), key=lambda piece: piece.languages)
    for languages, same in groupby(pieces, key=lambda piece: piece.languages):
        files = _fill(same)
        for number, held in enumerate(files, 1):
            name = "-".join(["misto", *languages, *([f"{number:02}"] if len(files) > 1 else [])])
            yield f"{name}.xlf", write_xliff(languages, [piece.data for piece in held])


def _cut_all(works: Iterable[Work], write: Callable[[Work], bytes]) -> Iterator[Piece]:
    for work in works:
        parts = list(_cut(work, write))
        name = f"{slugify(work.title)[:60] or 'misto'}-{work.translation.pk}-{work.language}"
        for number, (texts, data) in enumerate(parts, 1):
            yield Piece(
                work=work.translation.pk,
                name=f"{name}-{number:02}" if len(parts) > 1 else name,
                languages=(work.source_language, work.language),
                texts=texts,
                data=data,
            )


def _cut(work: Work, write: Callable[[Work], bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield a translation, in halves and halves of these while it is too large for a file."""
    data, texts = write(work), len(work.units)
    if texts < 2 or (len(data) <= ROOM and texts <= MOST_TEXTS):
        yield texts, data
        return
    for units in (work.units[: texts // 2], work.units[texts // 2 :]):
        yield from _cut(replace(work, units=units), write)


def _fill(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return which pieces go together; two of one translation do not, because a file names it once."""
    files: list[list[Piece]] = []
    for piece in pieces:
        if files and _has_room(files[-1], piece):
            files[-1].append(piece)
        else:
            files.append([piece])
    return files


def _has_room(held: list[Piece], piece: Piece) -> bool:
    together = [*held, piece]
    return (
        held[-1].work != piece.work
        and sum(len(each.data) for each in together) <= ROOM
        and sum(each.texts for each in together) <= MOST_TEXTS
    )
