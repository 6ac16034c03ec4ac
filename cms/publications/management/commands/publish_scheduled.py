"""Wagtail's scheduled publishing and expiry, everything else that time alone changes, and a look at what went wrong."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.management.commands import publish_scheduled
from wagtail.models import Page, Revision

from cms.content.errors import PublishingRefused
from cms.publications.publish import find_due, publish
from cms.publications.reconcile import find_wrong, mend


class Command(publish_scheduled.Command):
    help = "Publishes and expires what is due, and mends what went wrong unnoticed. Run it every minute, from a timer."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is due, each in a transaction of its own: one that is refused holds up no other."""
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        refused = [sentence for act in _acts_that_are_due() if (sentence := _try(act))]
        for sentence in refused:
            self.stderr.write(sentence)
        if refused:
            raise CommandError(_("%(count)d scheduled changes were refused.") % {"count": len(refused)})


def _acts_that_are_due() -> Iterator[Callable[[], object]]:
    now = timezone.now()
    for page in Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at"):
        yield partial(page.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        yield partial(revision.publish, log_action="wagtail.publish.scheduled")
    for key in sorted(find_due(now)):
        yield partial(publish, [key])
    for wrong in find_wrong(now):
        yield partial(mend, wrong)


def _try(act: Callable[[], object]) -> str | None:
    try:
        with transaction.atomic():
            act()
    except PublishingRefused as refused:
        return str(refused)
    return None
