"""What was noted: which pages to look at, found again when it is time to publish."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Key:
    """All languages of one key."""

    key: UUID


@dataclass(frozen=True)
class OnePage:
    """The page with this primary key, in all its languages."""

    pk: int


@dataclass(frozen=True)
class Branch:
    """The page with this primary key and all below it, wherever it stands by then."""

    pk: int


@dataclass(frozen=True)
class Users:
    """Every document made with this image or file."""

    target: str


@dataclass(frozen=True)
class Everything:
    """Every page there is."""


@dataclass(frozen=True)
class Register:
    """The names and words that belong to no page: no document shows them, but searches know them."""


Mark = Key | OnePage | Branch | Users | Everything | Register


def find_keys(marks: Iterable[Mark], *, using: str) -> set[UUID]:
    """Return the keys that the marks mean now."""
    keys: set[UUID] = set()
    by_type: dict[type[Mark], list[Mark]] = {}
    for mark in marks:
        by_type.setdefault(type(mark), []).append(mark)
    for found in by_type.values():
        keys |= _find(found, using)
    return keys


def _find(marks: list[Mark], using: str) -> set[UUID]:
    from wagtail.models import Page

    from cms.publications.models import Publication

    pages, rows = Page.objects.using(using), Publication.objects.using(using)
    match marks[0]:
        case Key():
            return {mark.key for mark in marks if isinstance(mark, Key)}
        case OnePage():
            pks = [mark.pk for mark in marks if isinstance(mark, OnePage)]
            return set(pages.filter(pk__in=pks).values_list("translation_key", flat=True))
        case Branch():
            return _find_below([mark.pk for mark in marks if isinstance(mark, Branch)], using)
        case Users():
            targets = [mark.target for mark in marks if isinstance(mark, Users)]
            return set(rows.filter(dependencies__target__in=targets).values_list("key", flat=True))
        case Register():
            return set()
    return {*pages.values_list("translation_key", flat=True), *rows.values_list("key", flat=True)}


def _find_below(pks: list[int], using: str) -> set[UUID]:
    from wagtail.models import Page

    pages = Page.objects.using(using)
    keys: set[UUID] = set()
    for path in pages.filter(pk__in=pks).values_list("path", flat=True):
        keys |= set(pages.filter(path__startswith=path).values_list("translation_key", flat=True))
    return keys
