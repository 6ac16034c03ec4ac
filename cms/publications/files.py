"""The images and files that a page shows, in its rows and its texts: read at once for many pages.

Wagtail's reference index is written by a task, late, and its reader of references asks for each link to a page.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Model, prefetch_related_objects
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.rich_text import RichText, extract_references_from_rich_text

from cms.content.images import ContentImage
from cms.content.pages import ContentPage
from cms.content.parts import PagePart
from cms.publications.noting import target_of

_VALUES = "_values_read_along"
"""Where a page that was read by `read_along` keeps what was found on it: nobody changes such a page."""

_PLAIN = (str, bool, int, type(None))
"""Most of what a body holds: asking of each whether it is a list, a struct or a stream costs more than all else."""


@dataclass(frozen=True)
class Shown:
    """The images and files that a page shows: all of them by name, and the images themselves."""

    targets: frozenset[str]
    images: list[ContentImage]


def files_of(page: ContentPage) -> Shown:
    """Return the images and files on a page; asks nothing when the page was read by `read_along`."""
    values = list(_values_of(page))
    return Shown(
        targets=frozenset(target for value in values for target in _targets_in(value)),
        images=[value for value in values if isinstance(value, ContentImage)],
    )


def texts_of(page: ContentPage) -> Iterator[str]:
    """Yield the HTML of every running text on a page."""
    yield from (value.source for value in _values_of(page) if isinstance(value, RichText))


def read_along(pages: Iterable[ContentPage]) -> None:
    """Read the rows of these pages, their images with all sizes, and their files: once for all pages of a type."""
    by_type: dict[Any, list[ContentPage]] = {}
    for page in pages:
        by_type.setdefault(type(page), []).append(page)
    for model, alike in by_type.items():
        prefetch_related_objects(alike, "alias_of", *_file_fields(model))
        for name, key in _rows_of(model).items():
            _read_rows(alike, name, key)
        for name in _fields(model, StreamField):
            _read_bodies(alike, name)
        _remember_values(alike)


def _read_rows(pages: list[ContentPage], name: str, key: ParentalKey) -> None:
    rows = list(key.model._base_manager.using(pages[0]._state.db).filter(**{f"{key.name}__in": pages}))
    prefetch_related_objects(rows, *_file_fields(key.model))
    by_page: dict[int, list[PagePart]] = {}
    for row in rows:
        by_page.setdefault(getattr(row, key.attname), []).append(row)
    for page in pages:  # in memory: Django's prefetching of reverse relations makes three querysets for each of them
        getattr(page, name).set(by_page.get(page.pk, []))


def _read_bodies(pages: list[ContentPage], name: str) -> None:
    """Read bodies together: each by itself would ask for its own images and files."""
    block = pages[0]._meta.get_field(name).stream_block
    raw = [[item for item in getattr(page, name).raw_data if item["type"] in block.child_blocks] for page in pages]
    given: dict[str, list[Any]] = {}
    for item in (item for items in raw for item in items):
        given.setdefault(item["type"], []).append(item["value"])
    values = {kind: iter(block.child_blocks[kind].bulk_to_python(alike)) for kind, alike in given.items()}
    for page, items in zip(pages, raw, strict=True):
        # Made as a stream makes them when it reads its own: given as values, each would be normalised once more.
        body = [
            StreamValue.StreamChild(block.child_blocks[item["type"]], next(values[item["type"]]), id=item.get("id"))
            for item in items
        ]
        setattr(page, name, StreamValue(block, body))


def _remember_values(pages: list[ContentPage]) -> None:
    """Look through whole pages once, and read the sizes of all images on them."""
    images = []
    for page in pages:
        page.__dict__[_VALUES] = values = list(_find_values(page))
        images += [value for value in values if isinstance(value, ContentImage)]
    prefetch_related_objects(images, "renditions")


def _values_of(page: ContentPage) -> Iterable[Any]:
    """Return the images and files of a page, and its running texts, in which there may be links to files."""
    return page.__dict__[_VALUES] if _VALUES in page.__dict__ else _find_values(page)


def _find_values(page: ContentPage) -> Iterator[Any]:
    of_page: Any = type(page)
    for part in [page, *(row for name in _rows_with_values(of_page) for row in getattr(page, name).all())]:
        model: Any = type(part)
        yield from filter(None, (getattr(part, name) for name in _file_fields(model)))
        yield from (RichText(getattr(part, name)) for name in _fields(model, RichTextField))
        for name in _fields(model, StreamField):
            found: list[Any] = []
            _gather(getattr(part, name), found)
            yield from found


def _gather(value: Any, found: list[Any]) -> None:
    """Add what stands at the ends of a body, as far as it is or may hold a file."""
    parts_of = _opener_of(type(value))  # type: ignore[arg-type]  # a class is hashable
    if parts_of is None:
        return
    for part in parts_of(value):
        if part is value:
            found.append(value)
        elif type(part) not in _PLAIN:
            _gather(part, found)


@cache
def _opener_of(kind: type) -> Callable[[Any], Iterable[Any]] | None:
    """Return what gives the parts of such a value, itself when it is one of the ends; None when it holds no file."""
    if issubclass(kind, StreamValue):
        return lambda stream: (block.value for block in stream)
    if issubclass(kind, ListValue):
        return iter
    if issubclass(kind, StructValue):
        return dict.values
    if issubclass(kind, RichText) or kind in _file_models():
        return lambda value: (value,)
    return None


def _targets_in(value: Any) -> Iterator[str]:
    match value:
        case RichText(source=html) if "<a" in html or "<embed" in html:
            for model, pk, *_paths in extract_references_from_rich_text(html):
                if model in _file_models():
                    yield f"{model._meta.label_lower}:{pk}"
        case Model():
            yield target_of(value)


@cache
def _rows_of(model: Any) -> dict[str, ParentalKey]:
    """Return the relations to a page's rows, by name."""
    relations = get_all_child_relations(model)
    ours = (relation for relation in relations if issubclass(relation.related_model, PagePart))
    return {relation.get_accessor_name(): relation.field for relation in ours}


@cache
def _rows_with_values(model: Any) -> list[str]:
    """Return the relations to those of a page's rows that may hold an image, a file or a running text."""
    kinds = (RichTextField, StreamField)
    return [
        name
        for name, key in _rows_of(model).items()
        if _file_fields(key.model) or any(_fields(key.model, kind) for kind in kinds)
    ]


@cache
def _file_fields(model: Any) -> list[str]:
    """Return the fields that hold an image or a file."""
    return [field.name for field in model._meta.concrete_fields if field.related_model in _file_models()]


@cache
def _fields(model: Any, kind: Any) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if isinstance(field, kind)]


@cache
def _file_models() -> tuple[type[Model], ...]:
    return get_image_model(), get_document_model()
