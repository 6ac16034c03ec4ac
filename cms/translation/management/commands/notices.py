"""Tells translators and reviewers what there is to know."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cms.translation.notices.mailing import mail_all
from cms.translation.notices.noting import note_all


class Command(BaseCommand):
    """Notes what is new and mails what is due; run by a timer, and as often as one likes."""

    help = "Notes what translators and reviewers are to be told, and mails it to those whose time has come."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do."""
        parser.add_argument("act", choices=["send"])

    def handle(self, *_args: Any, verbosity: int = 1, **_options: Any) -> None:
        """Do it."""
        noted, mailed = note_all(), mail_all()
        if verbosity and (noted or mailed):
            self.stdout.write(f"{noted} new notices, {mailed} people mailed")
