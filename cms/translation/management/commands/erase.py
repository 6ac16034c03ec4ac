"""Takes what is left of deleted pages out of the desk and the log."""

from uuid import UUID

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction
from wagtail.models import Page

from cms.translation.concordance.remembering import forget_for_good
from cms.translation.erasing import erase_texts, erase_titles


class Command(BaseCommand):
    help = "Erase titles and texts that are left of a key whose pages are all deleted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", type=UUID, help="the key: `id` in the API")

    @transaction.atomic
    def handle(self, *args: object, key: UUID, **options: object) -> None:
        if Page.objects.filter(translation_key=key).exists():
            raise CommandError("There are still pages of this key. Delete them first.")
        erase_texts(key)
        forget_for_good()
        entries = erase_titles(key)
        self.stdout.write(f"Erased. {entries} entries of the log say no title any more.")
