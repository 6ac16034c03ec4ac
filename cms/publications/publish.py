"""Pages in, publications out."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from wagtail.models import Page

from cms.content.alphabets import title_key
from cms.publications.building import Built, check_readable
from cms.publications.commits import PublishesBeforeCommit
from cms.publications.dependants import card_of, dependants
from cms.publications.marks import Key, Mark, Register, find_keys
from cms.publications.models import Counter, Dependency, PastPath, Publication, Status, mark_of
from cms.publications.pages import Shelf
from cms.publications.refusals import path_taken, person_missing
from cms.publications.search.indexing import index, mend, purge
from cms.publications.search.register import learn
from cms.publications.sequences import renumber
from cms.publications.tombstones import bury, remember_paths
from cms.publications.uses import Use, field_of
from cms.publications.verdicts import Verdict, judge


def publish(keys: Iterable[UUID], *, using: str = DEFAULT_DB_ALIAS, mending: bool = False) -> int:
    """Make the publications of these keys, in all languages, what they should be; return how many changed.

    Twice is normal: what is already right is left alone. Raises `PublishingRefused` when a page may not go out as it
    is; then nothing has changed. When `mending` nobody is publishing anything new, so no article waits for the people
    it quotes: they may be mended after it. Then search is mended too, also where the publication is right.
    """
    with transaction.atomic(using=using):
        return publish_marks([Key(key) for key in keys], using=using, mending=mending)


def publish_register(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Let searches know the names and words of the register that belong to no page, as they are."""
    with transaction.atomic(using=using):
        publish_marks([Register()], using=using, mending=False)


def publish_marks(marks: Iterable[Mark], *, using: str, mending: bool = False) -> int:
    """Publish what the marks mean. The last act of a transaction: the counter stays locked until it ends."""
    if not _has_tables(using):
        return 0  # `migrate` is still making them; nothing can have been published yet
    edition = Edition(using=using)  # locks before anything is read: what we read then is the last word
    meant = set(marks)
    if Register() in meant:
        edition.learn_register()
    return edition.publish(find_keys(meant, using=using), mending=mending)


def find_due(now: datetime, *, using: str = DEFAULT_DB_ALIAS) -> set[UUID]:
    """Return the keys that time alone has changed: roles that end, consent that runs out, expiry, embargo."""
    rows = Publication.objects.using(using)
    shown = rows.readable().filter(key=OuterRef("translation_key"), language=OuterRef("locale__language_code"))
    embargoed = Page.objects.using(using).filter(~Exists(shown), live=True, go_live_at__lte=now)
    return {*rows.due(now).values_list("key", flat=True), *embargoed.values_list("translation_key", flat=True)}


_WRITTEN = [field.name for field in Publication._meta.concrete_fields if not field.primary_key]


class Edition:
    """One act of publishing, by the only one who holds the counter."""

    def __init__(self, *, using: str) -> None:
        """Lock the counter, until the transaction ends."""
        self.using = using
        self.counter = Counter.objects.lock(using=using)
        self.start = self.counter.value
        self.now = timezone.now()
        self.rows = Publication.objects.using(using)

    def publish(self, keys: Iterable[UUID], *, mending: bool = False) -> int:
        """Judge the keys, write what is not as it should be, and renumber whatever shows it."""
        shelf = Shelf(keys, using=self.using, now=self.now)
        with cast(PublishesBeforeCommit, connections[self.using]).not_noting():
            shelf.refresh_makings()  # what became stale, and how texts were made, are part of their documents
        verdicts = [verdict for verdict in judge(shelf) if not verdict.is_met]
        for verdict in verdicts:
            if verdict.refused:
                raise verdict.refused
            if verdict.built and verdict.page:
                check_readable(verdict.page, verdict.built)
        rows: list[Publication] = []
        if verdicts:
            before = {(verdict.key, verdict.language): card_of(verdict.row) for verdict in verdicts}
            rows = self._store(verdicts, mending=mending)
            after = {(row.key, row.language): card_of(row) for row in rows}
            self.renumber(dependants(before, after, using=self.using))
        if not mending:
            return len(verdicts)
        return len(verdicts) + mend(shelf.keys, besides=rows, using=self.using)

    def learn_register(self) -> None:
        """Let searches know the register as it is; what was answered before is then old."""
        if learn(using=self.using):
            self.counter.value += 1
            self.counter.save(using=self.using)

    def take_place(self, row: Publication) -> None:
        """Give a publication the next place in the order of changes."""
        self.counter.value += 1
        row.sequence, row.changed_at = self.counter.value, self.now

    def renumber(self, publications: QuerySet[Publication]) -> None:
        """Give new places to those that show what has changed, and store the counter."""
        others = publications.filter(sequence__lte=self.start)
        self.counter.value += renumber(others, after=self.counter.value, now=self.now)
        self.counter.save(using=self.using)

    def _store(self, verdicts: list[Verdict], *, mending: bool) -> list[Publication]:
        """Store what the verdicts say, and what goes with it, for all at once."""
        stood_at = [verdict.row.path if verdict.row else None for verdict in verdicts]
        self._free_paths(verdicts)
        rows = [self._write(verdict) for verdict in verdicts]
        self._save([row for row, verdict in zip(rows, verdicts, strict=True) if verdict.built])
        self._remember_paths((row, old_path) for row, old_path in zip(rows, stood_at, strict=True) if row.path)
        used_so_far = self._store_uses(zip(rows, verdicts, strict=True))
        index(rows, using=self.using)
        if any(row.status == Status.VANISHED for row in rows):
            purge(using=self.using)
        for row, verdict in zip(rows, verdicts, strict=True) if not mending else ():
            self._check_required(verdict, {use.target for use in used_so_far.get(row.pk, ()) if use.required})
        return rows

    def _write(self, verdict: Verdict) -> Publication:
        row = verdict.row or Publication(key=verdict.key, language=verdict.language)
        self.take_place(row)
        if verdict.built:
            _fill(row, verdict.built, cast(Status, verdict.status))
        else:
            bury(row, cast(Status, verdict.status), verdict.reason, using=self.using)
        return row

    def _save(self, rows: list[Publication]) -> None:
        """Store publications that have a text, all at once."""
        new, there = [row for row in rows if row.pk is None], [row for row in rows if row.pk is not None]
        self.rows.bulk_create(new)
        self.rows.bulk_create(there, update_conflicts=True, unique_fields=["id"], update_fields=_WRITTEN)

    def _free_paths(self, verdicts: Iterable[Verdict]) -> None:
        """Let pages exchange addresses within one act; refuse an address that somebody else keeps."""
        # Who stays where it stood is not asked for: nobody else can have that address.
        claims = {
            verdict.built.path: verdict
            for verdict in verdicts
            if verdict.built and not (verdict.row and verdict.row.path == verdict.built.path)
        }
        leaving = {verdict.row.pk for verdict in verdicts if verdict.row and verdict.row.path != _path_of(verdict)}
        for row in self.rows.filter(path__in=claims) if claims else ():
            claim = claims[str(row.path)]
            if row.pk in leaving:
                self.rows.filter(pk=row.pk).update(path=f"moving/{row.pk}")
            elif claim.page and (row.key, row.language) != (claim.key, claim.language):
                raise path_taken(claim.page, str(row.path))

    def _remember_paths(self, found: Iterable[tuple[Publication, str | None]]) -> None:
        """Remember where publications stood before; an address that is taken again leads to nobody else."""
        moved = [(row, old_path) for row, old_path in found if row.path != old_path]
        if not moved:
            return
        taken = [mark_of(str(row.path)) for row, _old_path in moved]
        PastPath.objects.using(self.using).filter(mark__in=taken).delete()
        remember_paths({old_path: row for row, old_path in moved if old_path}, using=self.using)

    def _store_uses(self, written: Iterable[tuple[Publication, Verdict]]) -> dict[int, set[Use]]:
        """Store what the documents depend on, as far as it is not known yet; return what was known."""
        uses = {row.pk: verdict.built.uses for row, verdict in written if verdict.built}
        links = Dependency.objects.using(self.using)
        known: dict[int, set[Use]] = {}
        over = []
        # Plain values: there are ten times as many links as publications.
        for pk, publication, *said in links.filter(publication__in=uses).values_list("pk", "publication", *Use._fields):
            use = Use(*said)
            known.setdefault(publication, set()).add(use)
            if use not in uses[publication]:
                over.append(pk)
        if over:
            links.filter(pk__in=over).delete()
        missing = [(pk, use) for pk, wanted in uses.items() for use in wanted - known.get(pk, set())]
        links.bulk_create(Dependency(publication_id=pk, **use._asdict()) for pk, use in missing)
        return known

    def _check_required(self, verdict: Verdict, quoted_so_far: set[str]) -> None:
        """Refuse a new quotation of somebody who is not published in this language.

        Who is hidden later disappears from the article; the article stays.
        """
        if not verdict.built or not verdict.page:
            return
        required = {use.target for use in verdict.built.uses if use.required} - quoted_so_far
        if not required:
            return
        there = self.rows.readable().in_language(verdict.language).of_keys(map(UUID, required))
        missing = required - {str(key) for key in there.values_list("key", flat=True)}
        if missing:
            field = field_of(verdict.built.document, missing)
            raise person_missing(verdict.page, field, map(UUID, sorted(missing)), using=self.using)


def _fill(row: Publication, built: Built, status: Status) -> None:
    for name in ("kind", "document", "card", "title", "slug", "path", "partner", "digest", "next_change_at"):
        setattr(row, name, getattr(built, name))
    for name in ("first_published_at", "published_at", "updated_at"):
        setattr(row, name, getattr(built, name))
    row.title_key = title_key(built.title, row.language)
    if status != Status.WITHDRAWN:
        row.by_hand, row.notice, row.notice_at = False, "", None
    row.status, row.reason, row.alternative, row.replaced_by = status, "", "", None


def _path_of(verdict: Verdict) -> str | None:
    return verdict.built.path if verdict.built else None


def _has_tables(using: str) -> bool:
    connection = connections[using]
    if not getattr(connection, "has_publications", False):
        found = Counter._meta.db_table in connection.introspection.table_names()
        connection.has_publications = found  # type: ignore[attr-defined]  # asked once for each connection
        return found
    return True
