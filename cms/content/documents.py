"""Which page type makes which kind of document, said by the page types themselves.

A page app writes in its `documents.py`::

    @document(NewsPage, kind="news")
    def news_article(page: NewsPage, context: Context) -> NewsContent[Pointer, StoredBlock]:
        return NewsContent(lead=page.lead, …)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

from cms.content.errors import UndeclaredPage, UnknownKind
from frontend_contract.models.shape import Kind, Shape

if TYPE_CHECKING:
    from cms.content.pages import ContentPage
    from cms.content.rich_text import Targets


@dataclass(frozen=True)
class Context:
    """What a builder may need beside its page.

    `language` is that of the page; `published_at` the date readers see; `source` the page this text goes back
    to, in the language it was first written in, or None for an original; `targets` what is behind the links of its
    texts, when somebody has read it along.
    """

    language: str
    published_at: datetime
    source: "ContentPage | None" = None
    targets: "Targets | None" = None


PageT = TypeVar("PageT", bound="ContentPage")
Builder = Callable[[Any, Context], Shape]


@dataclass(frozen=True)
class Declaration:
    """A page type, its kind, and the function that says what is public about it."""

    model: "type[ContentPage]"
    kind: Kind
    build: Builder


_declared: dict[type, Declaration] = {}


def document(model: type[PageT], *, kind: Kind) -> Callable[[Callable[[PageT, Context], Shape]], Builder]:
    """Declare the decorated function as the one that says what is public about pages of `model`."""

    def declare(build: Callable[[PageT, Context], Shape]) -> Builder:
        builder = cast(Builder, build)
        _declared[model] = Declaration(model=model, kind=kind, build=builder)
        return builder

    return declare


def declaration_of(model: type) -> Declaration:
    """Return what `model` declared; raise `UndeclaredPage` when it declared nothing."""
    try:
        return _declared[model]
    except KeyError:
        raise UndeclaredPage(f"{model.__name__} declares no document") from None


def declaration_for(kind: str) -> Declaration:
    """Return the declaration of a kind; raise `UnknownKind` when there is none."""
    for declared in _declared.values():
        if declared.kind == kind:
            return declared
    raise UnknownKind(kind)


def declarations() -> list[Declaration]:
    """Return every declaration, sorted by kind."""
    return sorted(_declared.values(), key=lambda declared: declared.kind)


def is_declared(model: type) -> bool:
    """Whether `model` says what is public about it."""
    return model in _declared
