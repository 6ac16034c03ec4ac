"""What has been published: documents, what they depend on, the order of changes, and addresses of the past."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cms.publications.search.models import SearchName, SearchText

if TYPE_CHECKING:
    from typing import Self

__all__ = ["Counter", "Dependency", "PastPath", "Publication", "Reason", "SearchName", "SearchText", "Status"]


class Status(models.TextChoices):
    """What a publication is now: a document, or one of three tombstones."""

    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REDIRECTED = "redirected", _("redirected")
    GONE = "gone", _("gone")
    VANISHED = "vanished", _("vanished")


READABLE = (Status.PUBLISHED, Status.WITHDRAWN)
TOMBSTONES = (Status.REDIRECTED, Status.GONE, Status.VANISHED)


class Reason(models.TextChoices):
    """Why a publication is gone."""

    UNPUBLISHED = "unpublished", _("unpublished")
    EXPIRED = "expired", _("expired")
    DELETED = "deleted", _("deleted")


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications, asked for in sentences."""

    def of_kind(self, *kinds: str) -> Self:
        """Only these kinds; all of them when none is named."""
        return self.filter(kind__in=kinds) if kinds else self

    def of_keys(self, keys: Iterable[UUID]) -> Self:
        """Only these keys."""
        return self.filter(key__in=set(keys))

    def in_language(self, *languages: str) -> Self:
        """Only these languages; all of them when none is named."""
        return self.filter(language__in=languages) if languages else self

    def since(self, sequence: int) -> Self:
        """What changed after this position, in the order of changes."""
        return self.filter(sequence__gt=sequence).order_by("sequence")

    def published(self) -> Self:
        """What lists show."""
        return self.filter(status=Status.PUBLISHED)

    def readable(self) -> Self:
        """What can be read: published, or withdrawn with a notice."""
        return self.filter(status__in=READABLE)

    def due(self, now: datetime) -> Self:
        """What time alone has changed."""
        return self.filter(next_change_at__lte=now)

    def newest_first(self) -> Self:
        """By the date readers see."""
        return self.order_by("-published_at", "key")

    def best_of(self, languages: Collection[str], statuses: Collection[str] = (Status.PUBLISHED,)) -> Self:
        """Each key once, in the first of `languages` in which it can be read, if it has one of these statuses there.

        A key that has or had a publication of its own in the first language never comes in another: a tombstone is
        not turned into text.
        """
        first, *_rest = chain = list(languages)
        shown = self.filter(status__in=statuses).in_language(*chain)
        for place, better in enumerate(chain[:-1]):
            there = Publication.objects.using(self.db).filter(key=OuterRef("key"), language=better)
            shows_better = Exists(there if better == first else there.readable())
            shown = shown.filter(Q(language__in=chain[: place + 1]) | ~shows_better)
        return shown


class Publication(models.Model):
    """One page in one language exactly as last published, or the tombstone of it."""

    key = models.UUIDField(_("key"))
    kind = models.CharField(_("kind"), max_length=20)
    language = models.CharField(_("language"), max_length=20)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices)
    by_hand = models.BooleanField(_("set by hand"), default=False)
    sequence = models.BigIntegerField(_("sequence"), unique=True)
    changed_at = models.DateTimeField(_("changed"))
    next_change_at = models.DateTimeField(_("next change"), null=True, blank=True, db_index=True)

    document = models.TextField(_("document"), blank=True)
    card = models.JSONField(_("card"), default=dict, blank=True)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    title = models.TextField(_("title"), blank=True)
    title_key = models.BinaryField(_("place in the alphabet"), default=bytes)
    slug = models.CharField(_("slug"), max_length=255, blank=True)
    path = models.CharField(_("path"), max_length=700, null=True, blank=True)
    partner = models.UUIDField(_("partner"), null=True, blank=True)
    first_published_at = models.DateTimeField(_("first published"), null=True, blank=True)
    published_at = models.DateTimeField(_("date for readers"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated"), null=True, blank=True)

    reason = models.CharField(_("reason"), max_length=40, blank=True)
    alternative = models.URLField(_("alternative"), max_length=700, blank=True)
    replaced_by = models.UUIDField(_("replaced by"), null=True, blank=True)
    notice = models.TextField(_("notice"), blank=True)
    notice_at = models.DateTimeField(_("notice since"), null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.UniqueConstraint(fields=["key", "language"], name="one_publication_per_translation"),
            models.UniqueConstraint(fields=["path"], name="one_publication_per_path"),
            models.CheckConstraint(
                name="a_publication_has_content_or_is_a_tombstone",
                condition=Q(status__in=READABLE, path__isnull=False, published_at__isnull=False) & ~Q(document="")
                | Q(
                    status__in=TOMBSTONES,
                    document="",
                    title="",
                    slug="",
                    digest="",
                    notice="",
                    path__isnull=True,
                    partner__isnull=True,
                    published_at__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="a_redirected_publication_names_its_successor",
                condition=~Q(status=Status.REDIRECTED) | Q(replaced_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_withdrawn_publication_says_why",
                condition=~Q(status=Status.WITHDRAWN) | (~Q(notice="") & Q(notice_at__isnull=False)),
            ),
        ]
        indexes = [
            # A page of a list is found in an index alone, however far down; ties are broken by key.
            *(
                models.Index(fields=["language", "kind", "status", order, "key", "id"], name=name)
                for order, name in (
                    ("-published_at", "publication_list"),
                    ("-updated_at", "publication_list_by_update"),
                    ("title_key", "publication_list_by_title"),
                )
            ),
        ]

    def __str__(self) -> str:
        """Name the publication for a log."""
        return f"{self.kind} {self.key} ({self.language}), {self.status}"

    @property
    def is_readable(self) -> bool:
        """Whether it has a text."""
        return self.status in READABLE


class Dependency(models.Model):
    """Something that a publication shows without holding it: a linked document, an image, a file.

    A link to a person also says on which day its role is shown, and which appointment was chosen.
    """

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="dependencies", verbose_name=_("publication")
    )
    target = models.CharField(_("target"), max_length=100)
    at = models.DateField(_("day"), null=True, blank=True)
    appointment = models.UUIDField(_("appointment"), null=True, blank=True)
    required = models.BooleanField(_("required"), default=False)

    class Meta:
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "target", "at", "appointment"],
                name="one_dependency_per_use",
            ),
        ]
        indexes = [models.Index(fields=["target", "publication"], name="dependency_target")]

    def __str__(self) -> str:
        """Name the dependency for a log."""
        return f"{self.publication_id} → {self.target}"


class CounterManager(models.Manager["Counter"]):
    """The one counter."""

    def lock(self, *, using: str) -> Counter:
        """Hold the counter until the transaction ends: who holds it is the only one that publishes."""
        counters = self.using(using)
        if not counters.filter(pk=1).update(value=models.F("value")):
            counters.bulk_create([Counter(pk=1, epoch=new_epoch())], ignore_conflicts=True)
            counters.filter(pk=1).update(value=models.F("value"))
        return counters.get(pk=1)


def new_epoch() -> str:
    """Return a name for a new order of changes: cursors of another one are void."""
    return secrets.token_hex(6)


class Counter(models.Model):
    """The order of changes: one row, whose value is the sequence of the latest."""

    epoch = models.CharField(_("epoch"), max_length=20)
    value = models.BigIntegerField(_("value"), default=0)

    objects = CounterManager()

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        constraints = [models.CheckConstraint(name="one_counter", condition=Q(pk=1))]

    def __str__(self) -> str:
        """Name the position for a log."""
        return f"{self.epoch}.{self.value}"


def mark_of(path: str) -> str:
    """Return what an address is known by when nothing of its words may be kept."""
    return hashlib.sha256(path.encode()).hexdigest()


class PastPath(models.Model):
    """An address that a publication had before it was moved or taken away.

    Only its mark is kept: whoever knows the address is told what became of it, and nobody can read it here.
    """

    mark = models.CharField(_("mark"), max_length=64, unique=True)
    key = models.UUIDField(_("key"), db_index=True)
    language = models.CharField(_("language"), max_length=20)

    class Meta:
        verbose_name = _("past path")
        verbose_name_plural = _("past paths")

    def __str__(self) -> str:
        """Name the publication for a log."""
        return f"{self.key} ({self.language})"
