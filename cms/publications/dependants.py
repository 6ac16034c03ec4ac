"""Who shows what has changed."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q, QuerySet

from cms.publications.cards import Card, role_at, shown_of
from cms.publications.models import Dependency, Publication

Cards = Mapping[tuple[UUID, str], Card]


def card_of(row: Publication | None) -> Card:
    """Return what a publication shows of itself, and whether it still stands; nothing when it cannot be read."""
    return {**row.card, "status": row.status} if row and row.is_readable else {}


def dependants(before: Cards, after: Cards, *, using: str) -> QuerySet[Publication]:
    """Return the readable publications that show something else than before.

    The other languages of a key list it among their alternates. Who links to a key shows its card, in whichever
    language; a person's with the role of the day, so that a later appointment changes nothing that is older.
    """
    changed = {key for key, language in after if _shown(before, key, language) != _shown(after, key, language)}
    appointed = {key for key, language in after if before[key, language] != after[key, language]} - changed
    publications = Publication.objects.using(using).readable()
    if not changed and not appointed:
        return publications.none()
    links = Dependency.objects.using(using).filter(target__in=map(str, changed | appointed))
    affected = [
        link.pk for link in links.filter(target__in=map(str, appointed)) if _shows_another_role(link, before, after)
    ]
    linking = links.filter(Q(target__in=map(str, changed)) | Q(pk__in=affected))
    return publications.filter(Q(key__in=changed) | Q(pk__in=linking.values("publication")))


def _shown(cards: Cards, key: UUID, language: str) -> Card:
    return shown_of(cards[key, language])


def _shows_another_role(link: Dependency, before: Cards, after: Cards) -> bool:
    return any(
        role_at(before[key, language], link.at, link.appointment)
        != role_at(after[key, language], link.at, link.appointment)
        for key, language in after
        if str(key) == link.target
    )
