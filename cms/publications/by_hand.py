"""States that somebody sets by hand, until editors have buttons for them."""

from collections.abc import Callable, Collection
from typing import cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import URLField
from django.utils.translation import gettext as _

from cms.publications.dependants import card_of, dependants
from cms.publications.models import Publication, Status
from cms.publications.pages import Shelf
from cms.publications.publish import Edition, publish
from cms.publications.reading import available_languages
from cms.publications.search.indexing import index, purge
from cms.publications.tombstones import bury

USING = DEFAULT_DB_ALIAS

_ALTERNATIVE = cast(URLField[str, str], Publication._meta.get_field("alternative"))


class UnknownPublication(LookupError):  # noqa: N818  said of the key that was given
    """There is no such publication, or none that this can be done to."""


class NoticeForOneLanguage(ValueError):  # noqa: N818  said of the languages that were given
    """A notice is written in one language, and would stand above texts in several."""


class UnusableAddress(ValueError):  # noqa: N818  said of the address that was given
    """No reader can be sent there, and the contract does not allow it."""


REFUSALS = (UnknownPublication, NoticeForOneLanguage, UnusableAddress)
"""What can be wrong with what was asked for: each says it in one line."""


def withdraw(key: UUID, notice: str, languages: Collection[str] = ()) -> int:
    """Keep a publication readable, out of lists, with a notice why it no longer stands, in the language of its text.

    The language has to be named when there are several in which it can be read.
    """
    chosen = languages or available_languages(key)
    if len(chosen) > 1:
        raise NoticeForOneLanguage(
            _("%(key)s: a notice is in one language; withdraw each of these with its own: %(languages)s")
            % {"key": key, "languages": ", ".join(chosen)}
        )

    def act(row: Publication, edition: Edition) -> None:
        if not row.is_readable:
            raise UnknownPublication(_("%(publication)s: there is no text left to withdraw") % {"publication": row})
        row.status, row.by_hand, row.notice, row.notice_at = Status.WITHDRAWN, True, notice, edition.now
        row.save(using=USING)
        index([row], using=USING)

    return _change(key, chosen, act)


def redirect(key: UUID, to: UUID, languages: Collection[str] = ()) -> int:
    """Send readers of a publication to another key."""
    if key == to or not Publication.objects.readable().of_keys([to]).exists():
        raise UnknownPublication(_("%(key)s is not published: nobody can be sent there") % {"key": to})
    return _change(key, languages, lambda row, _edition: _bury(row, Status.REDIRECTED, replaced_by=to))


def gone(key: UUID, reason: str, alternative: str = "", languages: Collection[str] = ()) -> int:
    """Say that a publication is gone, why, and where to go instead; of one that is restricted, nothing is said."""
    if alternative and not _is_web_address(alternative):
        raise UnusableAddress(
            _(
                "Write a whole address with https:// or http://, of at most %(most)d signs;"
                " nobody can be sent to “%(text)s”"
            )
            % {"most": _ALTERNATIVE.max_length, "text": alternative}
        )

    def act(row: Publication, edition: Edition) -> None:
        shelf = Shelf([key], using=USING, now=edition.now)
        page = shelf.find(key, row.language)
        if page and shelf.is_restricted(page):
            _bury(row, Status.VANISHED)
        else:
            _bury(row, Status.GONE, reason, alternative)

    return _change(key, languages, act)


def vanish(key: UUID, languages: Collection[str] = ()) -> int:
    """Make a publication as if it never was, here and wherever it was copied to."""
    return _change(key, languages, lambda row, _edition: _bury(row, Status.VANISHED))


def restore(key: UUID, languages: Collection[str] = ()) -> int:
    """Take back what was set by hand: publish what the page says."""
    with transaction.atomic(using=USING):
        rows = Publication.objects.of_keys([key]).in_language(*languages).filter(by_hand=True)
        if not rows.update(by_hand=False):
            raise UnknownPublication(_("%(key)s: nothing was set by hand") % {"key": key})
        rows = Publication.objects.of_keys([key]).in_language(*languages)
        before = {(row.key, row.language): card_of(row) for row in rows}
        rows.filter(status=Status.WITHDRAWN).update(status=Status.PUBLISHED, digest="", notice="", notice_at=None)
        changed = publish([key], using=USING)
        after = {(row.key, row.language): card_of(row) for row in rows.all()}
        Edition(using=USING).renumber(dependants(before, after, using=USING))
        return changed


def _is_web_address(text: str) -> bool:
    try:
        _ALTERNATIVE.run_validators(text)
    except ValidationError:
        return False
    return text.startswith(("https://", "http://"))


def _change(key: UUID, languages: Collection[str], act: Callable[[Publication, Edition], None]) -> int:
    with transaction.atomic(using=USING):
        edition = Edition(using=USING)
        rows = list(Publication.objects.of_keys([key]).in_language(*languages))
        if not rows:
            raise UnknownPublication(_("%(key)s has never been published") % {"key": key})
        before = {(row.key, row.language): card_of(row) for row in rows}
        for row in rows:
            edition.take_place(row)
            act(row, edition)
        if any(row.status == Status.VANISHED for row in rows):
            purge(using=USING)
        after = {(row.key, row.language): card_of(row) for row in rows}
        edition.renumber(dependants(before, after, using=USING))
        return len(rows)


def _bury(
    row: Publication, status: Status, reason: str = "", alternative: str = "", replaced_by: UUID | None = None
) -> None:
    bury(row, status, reason, using=USING, by_hand=True, alternative=alternative, replaced_by=replaced_by)
