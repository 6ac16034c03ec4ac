"""Notes what the transaction at hand must publish before it commits."""

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

from cms.publications.commits import PublishesBeforeCommit
from cms.publications.marks import Branch, Everything, Key, Mark, Users


def note(keys: Iterable[UUID], *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Note these keys, in all their languages."""
    note_marks((Key(key) for key in keys), using=using)


def note_branch(page_pk: int, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Note a page and all below it."""
    note_marks([Branch(page_pk)], using=using)


def note_users(used: Model, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Note every document made with this image or file."""
    note_marks([Users(target_of(used))], using=using)


def note_everything(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Note every page there is."""
    note_marks([Everything()], using=using)


def note_marks(marks: Iterable[Mark], *, using: str) -> None:
    """Note what the marks mean; outside a transaction it is published at once."""
    cast(PublishesBeforeCommit, connections[using]).note(marks)


def target_of(used: Model) -> str:
    """Return the name under which a document depends on an image or a file."""
    return f"{used._meta.label_lower}:{used.pk}"
