"""How far somebody's rights reach at the desk, as paths of the tree: asked once, then held against many pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from cms.content.languages import languages
from cms.translation.grants import granted_to_write, is_reviewers, is_translators
from cms.translation.permissions import NEVER_TRANSLATORS
from cms.translation.reading import hidden_pages


@dataclass(frozen=True)
class Reach:
    """The languages somebody works in, and below which pages; a translator's right leaves some kinds out."""

    languages: tuple[str, ...]
    everywhere: bool = False
    as_editor: tuple[str, ...] = ()
    as_translator: tuple[str, ...] = ()
    reviewed: tuple[str, ...] = ()
    """The languages in which they publish what others translate."""
    hidden: frozenset[int] = frozenset()
    """The numbers of the pages that are not theirs, though the paths say so: they may not read the source."""

    def covers(self, path: str, kind: str) -> bool:
        """Whether a translation at or below this path of the tree is theirs to write."""
        return self.owns(path) or (kind not in NEVER_TRANSLATORS and path.startswith(self.as_translator))

    def owns(self, path: str) -> bool:
        """Whether whatever lies at or below this path of the tree is theirs to write, originals too."""
        return self.everywhere or path.startswith(self.as_editor)

    def gives_out(self, language: str) -> bool:
        """Whether they say who works on what in this language."""
        return self.everywhere or language in self.reviewed


def reach_of(user: Any) -> Reach:
    """Return how far a user's rights reach."""
    if not user.is_active:
        return Reach(())
    if user.is_superuser:
        return Reach(tuple(languages()), everywhere=True)
    granted = granted_to_write(user)
    pages = Page.objects.filter(pk__in={right.page_id for right in granted}).select_related("locale")
    found = {page.pk: page.locale.language_code for page in pages}
    return Reach(
        languages=tuple(language for language in languages() if language in found.values()),
        as_editor=_paths(right.page for right in granted if not is_translators(right)),
        as_translator=_paths(right.page for right in granted if is_translators(right)),
        reviewed=tuple(sorted({found[right.page_id] for right in granted if is_reviewers(right)})),
        hidden=hidden_pages(user),
    )


def _paths(pages: Iterable[Page]) -> tuple[str, ...]:
    return tuple(sorted({str(page.path) for page in pages}))
