"""Sets a new partner up."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.content.paths import public_path
from cms.demo.ground import Declaration, DeclarationError, set_up_homes, set_up_partner
from cms.demo.reviews import set_up_language_reviews, set_up_section_reviews
from cms.demo.rights import set_up_editors, set_up_translators


class Command(BaseCommand):
    """Makes a partner's section in every language, with editors and reviews; repeating it changes nothing."""

    help = "Set up the partner that a TOML file declares: its section in every language, and a group of editors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="such as cms/demo/partners/umea.toml")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        """Set it up, a line for each language."""
        try:
            declared = Declaration.read(file)
        except DeclarationError as odd:
            raise CommandError(str(odd)) from odd
        for home in set_up_homes().values():
            set_up_translators(home)
            set_up_language_reviews(home)
        sections = set_up_partner(declared)
        for language, section in sections.items():
            self.stdout.write(f"  {language}: {section.title}, {public_path(section)}")
        group = set_up_editors(sections.values(), declared.name)
        set_up_section_reviews(sections.values(), group, declared.name)
        self.stdout.write(f"  group: {group.name}")
