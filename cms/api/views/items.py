"""One document, by its key, in the language asked for or in one that the consumer allows instead."""

from collections.abc import Iterable
from uuid import UUID

from rest_framework.request import Request

from cms.api.accepted import item_parameters
from cms.api.contract.components import whole_or_part
from cms.api.contract.operations import Operation
from cms.api.delivery import Answer, redirect
from cms.api.languages import language_in_path
from cms.api.parameters import ItemParameters, read_item
from cms.api.problems import ProblemError
from cms.api.views.address import Address, Delivered, as_bytes
from cms.api.watch import ALL
from cms.content.languages import name_of
from cms.publications.addresses import item_url
from cms.publications.filling import fill
from cms.publications.models import Publication
from cms.publications.reading import (
    Found,
    Gone,
    NotInThisLanguage,
    Redirected,
    find_by_slug,
    find_item,
)
from frontend_contract.models.documents import PUBLIC


class ItemAddress(Address):
    """One document of a kind."""

    kind = ""

    def scope(self, request: Request, **path: str) -> str:
        """Return the key, when only what the key is in its languages can change the answer."""
        return ALL if "fallback" in request.GET or _key(path["id"]) is None else path["id"]

    def answer(self, request: Request, **path: str) -> Answer | Delivered:
        """Return the document, or say where it is or why it is not there."""
        language = language_in_path(path["language"])
        wanted = read_item(request.GET, self.kind)
        key = _key(path["id"])
        if key is None:
            return self._redirect_to_key(request, language, path["id"])
        return hand_out(request, language, self.kind, key, wanted)

    def describe(self) -> Operation:
        """Say what this address is."""
        model = PUBLIC[self.kind]
        return Operation(
            name=f"get_{self.kind}_item",
            tag="Content",
            summary=f"One of {self.kind}, by key",
            description=f"{model.__doc__} As last published, in one language, with its links filled in.",
            parameters=item_parameters(self.kind),
            answer=whole_or_part(model.__name__),
            answer_description="The document.",
            problems=("not-found", "unknown-language", "not-in-this-language", "gone"),
            redirects="A slug was given instead of a key, or this item was replaced by another: go there.",
        )

    def _redirect_to_key(self, request: Request, language: str, slug: str) -> Delivered:
        if _key(slug.lower()):
            right = item_url(language, self.kind, slug.lower())
            raise ProblemError("not-found", f"Keys are written in lower case: use {right}")
        publication = find_by_slug(language, self.kind, slug)
        if publication:
            to = item_url(language, self.kind, publication.key)
            return redirect(_with_query(to, request), keys=[publication.key], next_change_at=publication.next_change_at)
        meant = find_by_slug(language, self.kind, slug.lower())
        if meant:
            right = item_url(language, self.kind, meant.key)
            raise ProblemError("not-found", f"Slugs are written in lower case: use {right}")
        raise unknown_item()


class HomeAddress(Address):
    """The front door of a language."""

    kind = "home"

    def answer(self, request: Request, **path: str) -> Answer | Delivered:
        """Return the front page."""
        language = language_in_path(path["language"])
        wanted = read_item(request.GET, self.kind)
        homes = dict(Publication.objects.of_kind("home").order_by("sequence").values_list("language", "key"))
        if not homes:
            raise unknown_item()
        return hand_out(request, language, self.kind, homes.get(language) or next(iter(homes.values())), wanted)

    def describe(self) -> Operation:
        """Say what this address is."""
        return Operation(
            name="get_home",
            tag="Content",
            summary="The front door of a language",
            description="Title, text, featured documents and a notice to every reader.",
            parameters=item_parameters(self.kind),
            answer=whole_or_part("Home"),
            answer_description="The front page.",
            problems=("not-found", "unknown-language", "not-in-this-language", "gone"),
            redirects="The front page was replaced by another: go there.",
        )


def hand_out(request: Request, language: str, kind: str, key: UUID, wanted: ItemParameters) -> Answer | Delivered:
    """Return a document in a language, strictly or along the consumer's own chain; or say why there is none."""
    match find_item(language, kind, key, wanted.fallback):
        case Found(row):
            return _answer(row, language, wanted)
        case Redirected(kind=successors_kind, key=successor, next_change_at=next_change_at):
            to = item_url(language, successors_kind, successor)
            return redirect(_with_query(to, request), keys=[key, successor], next_change_at=next_change_at)
        case Gone(row, available):
            raise gone_item(row, available)
        case NotInThisLanguage(available=available):
            instead = " or in a language you allow instead" if wanted.fallback else ""
            raise ProblemError(
                "not-in-this-language",
                f"This item is not published in {name_of(language)}{instead}.",
                available_languages=_available(available, kind, key),
            )
    raise unknown_item()


def unknown_item() -> ProblemError:
    """Return the problem of an item that is not, or that must look as if it never was."""
    return ProblemError("not-found", "There is no such item.")


def gone_item(row: Publication, available: Iterable[str]) -> ProblemError:
    """Return the problem of an item that was taken away, with the languages in which it still is."""
    return ProblemError(
        "gone",
        "This item was taken away.",
        reason=row.reason or None,
        alternative=row.alternative or None,
        available_languages=_available(available, row.kind, row.key),
    )


def _answer(row: Publication, language: str, wanted: ItemParameters) -> Answer:
    filled = fill([row], language, wanted.fallback, wanted.parts)
    [document] = filled.documents
    return Answer(
        body=as_bytes(document),
        languages=filled.languages,
        keys=filled.keys,
        alternates=filled.alternates,
        changed_at=row.changed_at,
        next_change_at=filled.next_change_at,
    )


def _available(languages: Iterable[str], kind: str, key: UUID) -> list[dict[str, str]]:
    return [{"language": language, "url": item_url(language, kind, key)} for language in languages]


def _key(text: str) -> UUID | None:
    """Return the key that a path names, or None when it names something else."""
    try:
        key = UUID(text)
    except ValueError:
        return None
    return key if str(key) == text else None


def _with_query(address: str, request: Request) -> str:
    query = request.GET.urlencode(safe=",")
    return f"{address}?{query}" if query else address
