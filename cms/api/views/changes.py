"""Everything that changed, in order: one cheap request keeps a copy in sync."""

from typing import Any

from rest_framework.request import Request

from cms.api.accepted import changes_parameters
from cms.api.contract.components import ref
from cms.api.contract.operations import Operation
from cms.api.delivery import Answer, languages_inside
from cms.api.parameters import ChangesParameters, read_changes
from cms.api.problems import ProblemError
from cms.api.views.address import Address, as_bytes
from cms.publications.addresses import item_url
from cms.publications.cursor import Cursor, ForeignCursor, MalformedCursor, decode, encode
from cms.publications.filling import fill_each, in_contract
from cms.publications.freshness import Freshness, freshness
from cms.publications.models import Publication, Status
from cms.publications.reading import changes_since, find_successors

BEFORE_ALL_EPOCHS = ""


class ChangesAddress(Address):
    """The changes feed."""

    def answer(self, request: Request, **path: str) -> Answer:
        """Return the changes since a cursor."""
        wanted = read_changes(request.GET)
        fresh = freshness()
        after = _position(wanted, fresh)
        is_anything_new = after < fresh.sequence
        publications, has_more = _find(after, wanted) if is_anything_new else ([], False)
        entries, keys = _entries(publications, wanted)
        position = publications[-1].sequence if publications else after
        return Answer(
            body=as_bytes(
                {
                    "items": entries,
                    "next_cursor": encode(Cursor(fresh.epoch, position), wanted.languages, wanted.kinds),
                    "has_more": has_more,
                }
            ),
            languages=languages_inside([entry.get("document") for entry in entries]),
            keys=keys,
            changed_at=fresh.changed_at,
            next_change_at=fresh.next_change_at,
        )

    def describe(self) -> Operation:
        """Say what this address is."""
        return Operation(
            name="list_changes",
            tag="Sync",
            summary="What changed since a cursor",
            description=(
                "Everything that changed, in order, tombstones included, each publication once at its latest change. "
                "Without a cursor from the beginning. Keep `next_cursor` and ask with it next time, with the same "
                "`language` and `kind`; nothing new gives no items and the same cursor."
            ),
            parameters=changes_parameters(),
            answer=ref("Changes"),
            answer_description="The changes.",
            problems=("invalid-cursor", "cursor-expired"),
        )


def _find(after: int, wanted: ChangesParameters) -> tuple[list[Publication], bool]:
    return changes_since(after, wanted.languages, wanted.kinds, wanted.limit, with_documents=wanted.with_documents)


def _position(wanted: ChangesParameters, fresh: Freshness) -> int:
    if wanted.cursor is None:
        return 0
    try:
        cursor = decode(wanted.cursor, wanted.languages, wanted.kinds)
    except MalformedCursor:
        raise ProblemError(
            "invalid-cursor", "This is no cursor of this hub, or it was given for other languages or kinds."
        ) from None
    except ForeignCursor:
        raise _expired("The hub has another secret than the one that sealed this cursor.") from None
    # A place that was never reached: the hub was brought back to what it was before.
    if cursor.epoch not in (fresh.epoch, BEFORE_ALL_EPOCHS) or cursor.sequence > fresh.sequence:
        raise _expired("The hub was rebuilt.")
    return cursor.sequence


def _expired(why: str) -> ProblemError:
    return ProblemError("cursor-expired", f"{why} Begin again without a cursor and replace what you hold.")


def _entries(
    publications: list[Publication], wanted: ChangesParameters
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Return the entries, and every key that is named in them: of the changed, their successors, cards and links."""
    successors = find_successors(publications)
    entries = [_entry(publication, successors.get(publication.key)) for publication in publications]
    keys = [entry["id"] for entry in entries] + [str(successor.key) for successor in successors.values()]
    if not wanted.with_documents:
        return entries, tuple(dict.fromkeys(keys))
    filled = fill_each([publication for publication in publications if publication.is_readable], wanted.parts)
    documents = iter(filled.documents)
    with_documents = [
        entry | {"document": next(documents) if publication.is_readable else None}
        for entry, publication in zip(entries, publications, strict=True)
    ]
    return with_documents, tuple(dict.fromkeys([*keys, *filled.keys]))


def _entry(publication: Publication, successor: Publication | None) -> dict[str, Any]:
    return {
        "id": str(publication.key),
        "kind": publication.kind,
        "language": publication.language,
        "status": publication.status,
        "changed_at": in_contract(publication.changed_at),
        "url": _url(publication),
        "reason": publication.reason or None,
        "alternative": _alternative(publication, successor),
    }


def _alternative(publication: Publication, successor: Publication | None) -> str | None:
    """Return where to go instead of what was taken away, or was replaced by another."""
    if publication.status == Status.REDIRECTED and successor:
        return item_url(publication.language, successor.kind, successor.key)
    return publication.alternative or None


def _url(publication: Publication) -> str | None:
    if not publication.is_readable:
        return None
    return item_url(publication.language, publication.kind, publication.key)
