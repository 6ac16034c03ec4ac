"""Loads the demo content and its accounts."""

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.content.errors import PublishingRefused
from cms.content.languages import languages
from cms.demo.loading import WRITTEN_IN, load


class Command(BaseCommand):
    """Loads what is missing; repeating it changes nothing."""

    help = "Load the demo: partners, people, articles and translations, and an account for each part people play."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load it, a line for each item."""
        if not settings.DEMO:
            raise CommandError("Demo accounts have passwords that are written down: set DEMO=1 to allow them.")
        if set(languages()) != set(WRITTEN_IN):
            raise CommandError(f"The demo is written in {', '.join(WRITTEN_IN)}: LANGUAGES must be these.")
        logging.getLogger("django_tasks").setLevel(logging.WARNING)  # two lines for each index entry
        try:
            for sentence in load():
                self.stdout.write(f"  {sentence}")
        except PublishingRefused as refused:
            raise CommandError(str(refused)) from refused
