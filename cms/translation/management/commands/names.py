"""Looks after the register of names and terms: lint."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.content.languages import languages
from cms.translation.names.linting import lint_all, lint_file, lint_work
from cms.translation.names.register import read_register

WHERE = """
Each slip is one line: an address, a position, what to write, and where to mend it, such as
"/sv/umea/news/name-of-page: body, block 7 (quote), text, line 3: ...". Blocks, rows, items and lines count from 1. In a
field, a paragraph, a heading, an item of a list and a line break each begin a line; empty paragraphs are none. In a
file it is path:line:column.
"""


class Command(BaseCommand):
    help = "Looks for names and terms that are written otherwise than the register says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        lint = acts.add_parser(
            "lint",
            help="list every slip in the live texts, or in files; exit code 1 when there is one",
            description=WHERE,
        )
        lint.add_argument("files", nargs="*", type=Path, metavar="FILE", help="look through these files instead")
        lint.add_argument("--work", action="store_true", help="look through translations in work, too")
        lint.add_argument("--language", choices=languages(), help="only this language; that of the files")

    def handle(self, *args: Any, files: list[Path], language: str | None, work: bool, **options: Any) -> None:
        slips = self._in_files(files, language) if files else _in_texts([language] if language else languages(), work)
        count = 0
        for line in slips:
            self.stdout.write(line)
            count += 1
        if count:
            raise CommandError(f"{count} to mend.")

    def _in_files(self, files: list[Path], language: str | None) -> Iterator[str]:
        register = read_register()
        for file in files:
            try:
                yield from lint_file(file, language or _language_of(file), register)
            except (OSError, UnicodeDecodeError) as error:
                raise CommandError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _in_texts(wanted: Iterable[str], work: bool) -> Iterator[str]:
    yield from lint_all(wanted)
    if work:
        yield from lint_work(wanted)


def _language_of(file: Path) -> str:
    """Return the language that a file's name says, such as umea.sv.txt."""
    for part in file.name.split(".")[1:-1]:
        if part in languages():
            return part
    raise CommandError(f"Say the language of {file} with --language.")
