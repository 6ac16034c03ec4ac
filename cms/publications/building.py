"""A page in, its document out."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from pydantic import ValidationError

from cms.content.documents import Context, declaration_of
from cms.content.pages import ContentPage
from cms.content.paths import path_within
from cms.content.pictures import find_end_of_consent
from cms.publications.cards import Card, changes_of_role, held_on
from cms.publications.files import Shown, files_of
from cms.publications.pages import Shelf
from cms.publications.refusals import contract_broken
from cms.publications.uses import Use, uses_of
from cms.translation.models import NameForm
from cms.translation.provenance import translation_of
from frontend_contract.models.content import Name
from frontend_contract.models.documents import STORED
from frontend_contract.models.links import Pointer
from frontend_contract.models.said import Attribution, Translation

_Attribution = Attribution[Pointer]
"""pydantic looks for a class with its parameters each time it is named with them."""


@dataclass(frozen=True)
class Built:
    """A document, and what is known of it without reading it."""

    kind: str
    document: str
    card: Card
    title: str
    slug: str
    path: str
    partner: UUID | None
    first_published_at: datetime
    published_at: datetime
    updated_at: datetime
    next_change_at: datetime | None
    uses: frozenset[Use]
    digest: str


def build(page: ContentPage, shelf: Shelf, known: Mapping[str, datetime]) -> Built:
    """Return what is to be published of a page; `known` says since when each language of its key is published.

    Raises `PublishingRefused`, naming the field, when the page cannot keep the contract.
    """
    try:
        return _build(page, shelf, known)
    except ValidationError as error:
        raise contract_broken(page, error) from error


def check_readable(page: ContentPage, built: Built) -> None:
    """Raise `PublishingRefused` when the document, as it will be stored, could not be read again as what it is."""
    try:
        STORED[built.kind].model_validate_json(built.document)
    except ValidationError as error:
        raise contract_broken(page, error) from error


def _build(page: ContentPage, shelf: Shelf, known: Mapping[str, datetime]) -> Built:
    kind = declaration_of(type(page)).kind
    said = _say(page, shelf, known)
    document = _document(page, kind, said, shelf)
    content = orjson.loads(document)
    card: Card = {"title": said["title"], "path": said["path"], "kind": kind, **page.describe_card()}
    if "appointments" in card:
        card["held"] = [appointment["key"] for appointment in held_on(card, shelf.now.date())]
    section = said["attribution"].partner
    files = files_of(page)
    uses = frozenset(uses_of(content) | set(map(Use, files.targets)))
    next_change_at, partner = _find_next_change(page, card, files, shelf.now), section.id if section else None
    return Built(
        kind=kind,
        document=document,
        card=card,
        title=said["title"],
        slug=said["slug"],
        path=said["path"],
        partner=partner,
        first_published_at=said["first_published_at"],
        published_at=said["published_at"],
        updated_at=said["updated_at"],
        next_change_at=next_change_at,
        uses=uses,
        digest=_digest(document, card, sorted(map(str, uses)), next_change_at, partner),
    )


def _document(page: ContentPage, kind: str, said: dict[str, Any], shelf: Shelf) -> str:
    """Return the stored form, strictly validated as it was built."""
    context = Context(
        language=page.language,
        published_at=said["published_at"],
        source=_find_public_source(page, said["translation"], shelf),
        targets=shelf.targets_of(page),
    )
    content = declaration_of(type(page)).build(page, context)
    parts = {name: getattr(content, name) for name in type(content).model_fields}
    if "names" in parts:
        parts["names"] = _with_registered(parts["names"], shelf.names_of(page.translation_key))
    stored = STORED[kind].model_validate({**said, **parts, "kind": kind})
    return stored.model_dump_json()


def _with_registered(names: list[Name], forms: Iterable[NameForm]) -> list[Name]:
    """Return a document's names with those that only the register knows; what the page itself says comes first."""
    said = {(name.text, name.language) for name in names}
    fields = ("text", "language", "script", "status")
    more = [{name: getattr(form, name) for name in fields} for form in forms if (form.text, form.language) not in said]
    return names + [Name.model_validate(form) for form in more]


def _find_public_source(page: ContentPage, translation: Translation, shelf: Shelf) -> ContentPage | None:
    """Return the page this text goes back to, for its quotes' original words; what is not public gives none away."""
    source = shelf.find(page.translation_key, translation.source_language)
    if source is None or source.pk == page.pk or shelf.is_restricted(source) or shelf.find_obstacle(source):
        return None
    return source


def _say(page: ContentPage, shelf: Shelf, known: Mapping[str, datetime]) -> dict[str, Any]:
    """Return what every document says of itself."""
    translation = translation_of(page, shelf.makings_of(page.translation_key))
    section = shelf.section_of(page)
    published_at = _find_published_at(page, translation, shelf, known)
    major = page.find_last_major_change()
    return {
        "id": page.translation_key,
        "language": page.language,
        "title": page.title,
        "slug": page.slug,
        "path": path_within(page, section),
        "first_published_at": _first(page, known, shelf.now) or in_seconds(shelf.now),
        "published_at": published_at,
        "updated_at": in_seconds(major[0]) if major else published_at,
        "change_note": major[1] if major else None,
        "translation": translation,
        "attribution": _attribution(page, section),
    }


def _attribution(page: ContentPage, section: ContentPage | None) -> Attribution[Pointer]:
    return _Attribution(
        partner=Pointer(pointer="partners", id=section.translation_key) if section else None,
        canonical_url=page.canonical_url or None,
        license=page.license or None,
        credit_line=page.credit_line or None,
    )


def _find_published_at(
    page: ContentPage, translation: Translation, shelf: Shelf, known: Mapping[str, datetime]
) -> datetime:
    """Return the date readers see: the original's, the same in every language."""
    pages = shelf.find_all(page.translation_key)
    original = shelf.find(page.translation_key, translation.source_language)
    for candidate in [original, page] if original else [page]:
        if candidate.published_at:
            return in_seconds(candidate.published_at)
    first = _first(original, known, shelf.now) if original else None
    firsts = [found for other in pages if (found := _first(other, known, shelf.now))]
    return first or min(firsts, default=in_seconds(shelf.now))


def _first(page: ContentPage, known: Mapping[str, datetime], now: datetime) -> datetime | None:
    """Return when this language was first public: as Wagtail says, else as we remember, else now when it is live."""
    if page.first_published_at:
        return in_seconds(page.first_published_at)
    return known.get(page.language) or (in_seconds(now) if page.live else None)


def _find_next_change(page: ContentPage, card: Card, files: Shown, now: datetime) -> datetime | None:
    end_of_consent = find_end_of_consent(files.images, now)
    moments = [page.expire_at, page.find_next_change(now), end_of_consent, *changes_of_role(card)]
    return min((moment for moment in moments if moment and moment > now), default=None)


def _digest(*seen: Any) -> str:
    """Return a digest: the same exactly when nothing that anybody could see has changed."""
    return hashlib.sha256(json.dumps(seen, sort_keys=True, default=str).encode()).hexdigest()


def in_seconds(moment: datetime) -> datetime:
    """Return a time as the contract writes it: in UTC, in whole seconds."""
    return moment.astimezone(UTC).replace(microsecond=0)
