"""The hub's own addresses: `/{language}[/{section}]/{kind}/{slug}`."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from cms.content.documents import declaration_for, declaration_of
from cms.content.languages import in_path

if TYPE_CHECKING:
    from cms.content.pages import ContentPage


def public_path(page: "ContentPage") -> str:
    """Return where people read the page."""
    return path_within(page, find_sections([page]).get(page.pk))


def path_within(page: "ContentPage", section: "ContentPage | None") -> str:
    """Return where people read a page of a section. A home is its language; a partner lies in no section."""
    kind = declaration_of(type(page)).kind
    language = f"/{in_path(page.language)}"
    if kind == "home":
        return language
    return "/".join([language, *([section.slug] if section else []), kind, page.slug])


def find_sections(pages: "Collection[ContentPage]") -> "dict[int, ContentPage]":
    """Return by primary key the partner in whose section each page lies; a partner itself lies in none.

    Of the partners no more is read than what addresses and pointers are made of.
    """
    partners = declaration_for("partners").model
    above = {page.pk: _paths_above(page) for page in pages if not isinstance(page, partners)}
    wanted = {path for paths in above.values() for path in paths}
    found = partners.objects.filter(path__in=wanted).only("path", "slug", "translation_key") if wanted else ()
    sections = {str(partner.path): partner for partner in found}
    nearest = {pk: next((sections[path] for path in paths if path in sections), None) for pk, paths in above.items()}
    return {pk: section for pk, section in nearest.items() if section}


def _paths_above(page: "ContentPage") -> list[str]:
    """Return the places of the page's ancestors in the tree, the nearest first."""
    path, step = str(page.path), page.steplen
    return [path[:length] for length in range(len(path) - step, 0, -step)]
