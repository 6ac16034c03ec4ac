"""Looks after the publications: verify, rebuild, and the states that are set by hand."""

import gc
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.content.errors import PublishingRefused
from cms.content.images import ContentImage, Sizes
from cms.content.sizes import settle
from cms.publications import by_hand
from cms.publications.publish import publish, publish_register
from cms.publications.stale import BATCH, all_keys, in_batches, stale_among


class Command(BaseCommand):
    help = "Looks after what partner cities receive."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        acts.add_parser("verify", help="list every publication that is not what it should be, and faults of the tree")
        acts.add_parser("rebuild", help="publish again whatever is not what it should be, and mend the search")
        withdraw = self._add(acts, "withdraw", "keep it readable, out of lists, with a notice why")
        withdraw.add_argument("--notice", required=True, help="what readers are told, in the language of the text")
        redirect = self._add(acts, "redirect", "send readers to another key")
        redirect.add_argument("--to", required=True, type=_key, metavar="KEY", help="the key that replaces it")
        gone = self._add(acts, "gone", "say that it is gone, and why")
        gone.add_argument("--reason", required=True, help="why, in a word or two")
        gone.add_argument("--alternative", default="", help="an address to go to instead: https:// or http://")
        self._add(acts, "vanish", "make it as if it never was, everywhere")
        self._add(acts, "restore", "take back what was set by hand")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        try:
            getattr(self, f"_{act}")(**options)
        except (*by_hand.REFUSALS, PublishingRefused) as refused:
            raise CommandError(str(refused)) from refused

    def _add(self, acts: Any, name: str, about: str) -> ArgumentParser:
        parser: ArgumentParser = acts.add_parser(name, help=about)
        parser.add_argument("key", type=_key, help="the key of the item")
        parser.add_argument("--language", action="append", default=[], help="only this language; may be repeated")
        return parser

    def _verify(self, **options: Any) -> None:
        faults = [*_faults_of_the_tree(), *_faults_of_images()]
        for batch in self._batches(_("Verifying")):
            faults += map(str, stale_among(batch))
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(
                _("%(count)d faults; “publications rebuild” mends publications.") % {"count": len(faults)}
            )
        self.stdout.write(_("Every publication is what it should be."))

    def _rebuild(self, **options: Any) -> None:
        self._make_sizes()
        publish_register()
        gc.freeze()  # what is loaded by now stays: collecting garbage need not look through it each time
        changed, refused = 0, 0
        for batch in self._batches(_("Rebuilding"), at_once=BATCH // 4):
            try:
                changed += publish(batch, mending=True)
            except PublishingRefused:
                counts = [self._rebuild_alone(key) for key in batch]  # a refused one holds up no other
                changed += sum(filter(None, counts))
                refused += counts.count(None)
        self._tell(changed)
        if refused:
            raise CommandError(_("%(count)d items cannot be published as they are.") % {"count": refused})

    def _rebuild_alone(self, key: UUID) -> int | None:
        try:
            return publish([key], mending=True)
        except PublishingRefused as refusal:
            self.stderr.write(str(refusal))
            return None

    def _make_sizes(self) -> None:
        """Make the sizes of images that have none, also of those whose file could not be read the last time."""
        waiting = ContentImage.objects.exclude(sizes=Sizes.MADE)
        doing = _("Making sizes of images")
        for number, image in enumerate(waiting):
            self.stdout.write(f"{doing}: {number} / {len(waiting)}")
            if settle(image) == Sizes.BROKEN:
                self.stderr.write(_fault_of(image))

    def _batches(self, doing: str, *, at_once: int = BATCH) -> Iterator[list[UUID]]:
        keys = all_keys()
        for number, batch in enumerate(in_batches(keys, at_once)):
            self.stdout.write(f"{doing}: {number * at_once} / {len(keys)}")
            yield batch

    def _withdraw(self, *, key: UUID, language: list[str], notice: str, **options: Any) -> None:
        self._tell(by_hand.withdraw(key, notice, language))

    def _redirect(self, *, key: UUID, language: list[str], to: UUID, **options: Any) -> None:
        self._tell(by_hand.redirect(key, to, language))

    def _gone(self, *, key: UUID, language: list[str], reason: str, alternative: str, **options: Any) -> None:
        self._tell(by_hand.gone(key, reason, alternative, language))

    def _vanish(self, *, key: UUID, language: list[str], **options: Any) -> None:
        self._tell(by_hand.vanish(key, language))

    def _restore(self, *, key: UUID, language: list[str], **options: Any) -> None:
        self._tell(by_hand.restore(key, language))

    def _tell(self, count: int) -> None:
        self.stdout.write(_("%(count)d publications changed.") % {"count": count})


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise CommandError(_("“%(text)s” is not a key.") % {"text": text}) from None


def _faults_of_images() -> list[str]:
    """Return which images no page shows because their files cannot be read."""
    return [_fault_of(image) for image in ContentImage.objects.filter(sizes=Sizes.BROKEN)]


def _fault_of(image: ContentImage) -> str:
    return _("image %(number)s, “%(title)s”: its file cannot be read; upload it again or bring it back") % {
        "number": image.pk,
        "title": image.title,
    }


def _faults_of_the_tree() -> list[str]:
    """Return what is wrong with the page tree: localize has been seen to leave wrong numbers of children behind."""
    names = ["characters", "steps", "parent", "depth", "number of children"]
    return [
        _("page %(page)s: wrong %(what)s in the tree; “fixtree” mends it") % {"page": page, "what": what}
        for what, pages in zip(names, Page.find_problems(), strict=True)
        for page in pages
    ]
