"""Wagtail's index of what is used where: made once for each page that is saved, not once more for each of its rows."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from wagtail.models import Page

BOOKKEEPING = frozenset({
    "draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at",
    "locked", "locked_at", "locked_by", "comments", "wagtail_admin_comments",
})  # fmt: skip
"""Fields of a page that nothing public is made of, and that use nothing: saving a draft stores these alone."""


def is_bookkeeping(fields: Collection[str] | None) -> bool:
    """Whether these are stored alone, and say nothing of what a page says."""
    return bool(fields) and BOOKKEEPING.issuperset(fields or ())


@contextmanager
def indexed_once(page: Page, *, only: Collection[str] | None) -> Iterator[None]:
    """Save a page, or only some of its fields, inside; then what it uses is looked at, as a whole and once.

    Wagtail looks at the whole page again after each of its inline rows, which takes a third of all that publishing
    takes. Where the index is switched off, as by whoever makes it anew at the end, it stays so.
    """
    from wagtail import signal_handlers as wagtails  # needs models, which are not there yet when this is read

    if getattr(wagtails.reference_index_auto_update_disabled, "value", False):
        yield
        return
    with wagtails.disable_reference_index_auto_update():
        yield
    if not is_bookkeeping(only):
        wagtails.update_reference_index_on_save(page)
