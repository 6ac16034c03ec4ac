"""Exports as files: made once for each place in the order of changes, and given to everybody who asks."""

import gzip
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import BoundedSemaphore, Lock
from time import time
from typing import IO, BinaryIO

import brotli
import orjson
from django.conf import settings

from cms.api.build import build
from cms.api.delivery import languages_inside
from cms.api.kept import Marked
from cms.api.parameters import Narrowing
from cms.api.problems import ProblemError
from cms.publications import export
from cms.publications.cursor import Cursor, encode
from cms.publications.filling import Json, in_contract
from cms.publications.freshness import Freshness

MEDIA_TYPE = "application/x-ndjson"

MOST_FILES = 200
MOST_BYTES = 1024**3
"""What the folder holds at most; the file that was made last is always there."""

MOST_AT_ONCE = 3
"""Requests of a process that make an export or wait for one: the others of its threads have other work to do."""

BROTLI_QUALITY = 5
"""As of every other answer, for who asks first waits for it: 11 saves a seventh more and takes fifty times as long."""

AN_HOUR = 3_600

_PLAIN, _PART = ".ndjson", ".part"
_ENDINGS = {"identity": _PLAIN, "gzip": ".ndjson.gz", "br": ".ndjson.br"}
_LANGUAGES = ".languages"
"""Names what an export is written in: only who has written it all knows that."""

log = logging.getLogger(__name__)
_room = BoundedSemaphore(MOST_AT_ONCE)
_one_at_a_time = Lock()


@dataclass(frozen=True)
class ExportFile(Marked):
    """An export at one place in the order of changes, whether it has been made already or not. Times are POSIX."""

    name: str
    mark: str
    changed_at: int | None
    next_change_at: float | None

    def open(self, encoding: str) -> BinaryIO | None:
        """Open it in an encoding, or return None when it has to be made first."""
        if self.read_languages() is None:
            return None
        try:
            return self.path(_ENDINGS[encoding]).open("rb")
        except FileNotFoundError:
            return None

    def is_made(self) -> bool:
        """Whether it lies there in every encoding, and what it is written in."""
        return all(self.path(ending).exists() for ending in (*_ENDINGS.values(), _LANGUAGES))

    def read_languages(self) -> list[str] | None:
        """Return every language inside, or None when it has to be made first."""
        try:
            return self.path(_LANGUAGES).read_text().split()
        except FileNotFoundError:
            return None

    def path(self, ending: str) -> Path:
        """Return where it lies."""
        return folder() / f"{self.name}{ending}"


def folder() -> Path:
    """Return where exports lie. Whatever is there may be deleted at any time."""
    return Path(settings.DATA_DIR) / "export"


def export_at(fresh: Freshness, narrowing: Narrowing) -> ExportFile:
    """Return the export of these languages and kinds as it is at this place in the order of changes."""
    name = f"{_name_of_place(fresh)}{_digest(str(narrowing))[:16]}"
    return ExportFile(
        name=name,
        mark=_digest(name)[:32],
        changed_at=int(fresh.changed_at.timestamp()) if fresh.changed_at else None,
        next_change_at=fresh.next_change_at.timestamp() if fresh.next_change_at else None,
    )


def make_export(narrowing: Narrowing) -> ExportFile:
    """Make the export as it is now. Whoever makes the same one at the same time does no harm."""
    with _a_place_in_the_room(), export.open_export(narrowing.languages, narrowing.kinds) as found:
        file = export_at(found.freshness, narrowing)
        if not file.is_made():
            try:
                _write(file, found, narrowing)
                _make_room(file, _name_of_place(found.freshness))
            except OSError as error:
                log.error("an export could not be written", exc_info=error)
                raise ProblemError("unavailable", "The hub has no room for an export at the moment.") from error
    return file


@contextmanager
def _a_place_in_the_room() -> Iterator[None]:
    if not _room.acquire(blocking=False):
        raise ProblemError("unavailable", "The hub is making other exports. Come back for this one.")
    try:
        with _one_at_a_time:
            yield
    finally:
        _room.release()


def _lines(found: export.Export, narrowing: Narrowing) -> Iterator[Json]:
    """Return the lines: a function of the order of changes alone, whoever writes them and when."""
    fresh = found.freshness
    head = {
        "cursor": encode(Cursor(fresh.epoch, fresh.sequence), narrowing.languages, narrowing.kinds),
        "epoch": fresh.epoch,
        "generated_at": in_contract(fresh.changed_at) if fresh.changed_at else None,
        "total": found.total,
    }
    return chain([head], found.documents)  # never all of them at once


def _write(file: ExportFile, found: export.Export, narrowing: Narrowing) -> None:
    """Write it, after its languages and compressed copies: all are whole, or not there at all."""
    folder().mkdir(parents=True, exist_ok=True)
    inside = dict.fromkeys(narrowing.named_languages())
    with ExitStack() as open_until_whole:
        parts = {
            encoding: open_until_whole.enter_context(_new_file(file.path(ending)))
            for encoding, ending in _ENDINGS.items()
        }
        packed = open_until_whole.enter_context(
            gzip.GzipFile("", "wb", compresslevel=6, fileobj=parts["gzip"], mtime=0)
        )
        pressed = open_until_whole.enter_context(_brotli(parts["br"]))
        for line in _lines(found, narrowing):
            inside |= dict.fromkeys(languages_inside(line))
            written = orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
            parts["identity"].write(written)
            packed.write(written)
            pressed(written)
        named = open_until_whole.enter_context(_new_file(file.path(_LANGUAGES)))
        named.write(" ".join(inside).encode())


@contextmanager
def _brotli(part: IO[bytes]) -> Iterator[Callable[[bytes], object]]:
    """Yield what compresses into a file, piece by piece."""
    compressor = brotli.Compressor(mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
    yield lambda piece: part.write(compressor.process(piece))
    part.write(compressor.finish())


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    with NamedTemporaryFile(dir=path.parent, suffix=_PART, delete=False) as part:
        try:
            yield part
            part.flush()
            os.fsync(part.fileno())  # a name without its bytes, after the power has failed, would be kept for ever
            os.replace(part.name, path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise


def _make_room(made: ExportFile, place: str) -> None:
    """Remove what nobody is given any more; then the oldest, while there is too much. Who reads one reads on."""
    found = sorted(_files(), key=lambda entry: entry[1].st_mtime, reverse=True)
    born = made.path(_PLAIN).stat().st_mtime
    count = size = 0
    for path, facts in found:
        count, size = count + 1, size + facts.st_size
        if path.name.startswith(made.name):
            continue
        is_left_over = path.name.endswith(_PART) and facts.st_mtime < time() - AN_HOUR
        is_past = not path.name.endswith(_PART) and not path.name.startswith(place) and facts.st_mtime <= born
        if is_left_over or is_past or count > MOST_FILES or size > MOST_BYTES:
            path.unlink(missing_ok=True)
            count, size = count - 1, size - facts.st_size


def _files() -> Iterator[tuple[Path, os.stat_result]]:
    for path in folder().iterdir():
        try:
            yield path, path.stat()
        except FileNotFoundError:
            continue  # somebody else makes room as well


def _name_of_place(fresh: Freshness) -> str:
    return f"{fresh.epoch or 'none'}-{build()}-{fresh.sequence}-"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
