"""Editors find what was saved: the admin's search index follows each commit."""

from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_instance, get_indexed_models
from wagtail.search.backends import get_search_backends


def index_what_is_committed() -> None:
    """Have every saved row of a searchable model indexed after its transaction.

    Wagtail does it inside the save, where its update of one shared table deadlocks concurrent writers on PostgreSQL.
    What is deleted takes its index entry along.
    """
    for model in get_indexed_models():
        post_save.connect(_index_after_commit, sender=model, dispatch_uid=f"index {model._meta.label}")


@dataclass(frozen=True)
class _Indexing:
    """The indexing of one row, equal to any other of the same row."""

    model: type[models.Model]
    pk: object

    def __call__(self) -> None:
        saved = self.model._default_manager.filter(pk=self.pk).first()
        found = get_indexed_instance(saved) if saved else None
        if found:
            for backend in get_search_backends():
                backend.add(found)


def _index_after_commit(sender: type[models.Model], instance: models.Model, using: str, **kwargs: Any) -> None:
    if kwargs.get("raw"):
        return
    indexing = _Indexing(sender, instance.pk)
    # Publishing saves a page several times; what is rolled back to a savepoint is no longer waiting.
    if indexing not in (waiting for _savepoints, waiting, _robust in transaction.get_connection(using).run_on_commit):
        # robust: what cannot be indexed is logged, by its name, and was saved nevertheless
        transaction.on_commit(indexing, using=using, robust=True)
