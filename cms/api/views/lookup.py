"""From an address that people read to the item that the API serves there, in one round trip."""

from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from rest_framework.request import Request

from cms.api.accepted import lookup_parameters
from cms.api.contract.components import ref
from cms.api.contract.operations import Operation
from cms.api.delivery import Answer, redirect
from cms.api.languages import language_in_path
from cms.api.parameters import read_lookup
from cms.api.views.address import Address, Delivered, as_bytes
from cms.api.views.items import gone_item, unknown_item
from cms.content.languages import in_path
from cms.publications.addresses import API, item_url
from cms.publications.freshness import freshness
from cms.publications.models import Publication
from cms.publications.reading import Found, Gone, Moved, Redirected, find_by_path, find_item


class LookupAddress(Address):
    """What lies at a path of the hub."""

    def answer(self, request: Request, **path: str) -> Answer | Delivered:
        """Return the item at a path, or where it is now, or why it is not there."""
        language = language_in_path(path["language"])
        wanted = read_lookup(request.GET)
        if not _is_in(language, wanted.path):
            raise unknown_item()
        match find_by_path(wanted.path.rstrip("/")):
            case Found(row):
                return _found(row)
            case Moved(row):
                return redirect(_lookup_url(row), keys=[row.key], next_change_at=row.next_change_at)
            case Redirected(row, kind, key, next_change_at):
                to = _url_of_successor(language, kind, key)
                return redirect(to, keys=[row.key, key], next_change_at=next_change_at)
            case Gone(row, available):
                raise gone_item(row, available)
        raise unknown_item()

    def describe(self) -> Operation:
        """Say what this address is."""
        return Operation(
            name="look_up_path",
            tag="Content",
            summary="The item at a path of the hub",
            description=(
                "Finds an item by its `path`, such as that of a link in a text or of an old bookmark: kind, key and "
                "the address of the item in the API."
            ),
            parameters=lookup_parameters(),
            answer=ref("Lookup"),
            answer_description="What lies there.",
            problems=("not-found", "unknown-language", "gone"),
            redirects="The item has moved, or was replaced by another: look there.",
        )


def _found(row: Publication) -> Answer:
    fresh = freshness()
    found = {"kind": row.kind, "id": str(row.key), "url": item_url(row.language, row.kind, row.key)}
    return Answer(
        body=as_bytes(found),
        languages=(row.language,),
        keys=(str(row.key),),
        changed_at=fresh.changed_at,
        next_change_at=fresh.next_change_at,
    )


def _is_in(language: str, path: str) -> bool:
    return path.split("/")[1] == in_path(language)


def _lookup_url(row: Publication) -> str:
    return f"{settings.PUBLIC_URL}{API}/{in_path(row.language)}/lookup?path={quote(str(row.path))}"


def _url_of_successor(language: str, kind: str, key: UUID) -> str:
    """Return where the item is looked up that took the place of another; its own address tells who lacks it."""
    match find_item(language, kind, key):
        case Found(row):
            return _lookup_url(row)
    return item_url(language, kind, key)
