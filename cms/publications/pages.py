"""Pages as they are in the database now, and whether the public may see them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from wagtail.models import Locale, Page, PageViewRestriction

from cms.content.documents import declaration_for, is_declared
from cms.content.pages import ContentPage
from cms.content.paths import find_sections
from cms.content.rich_text import Targets, find_targets
from cms.publications.files import read_along, texts_of
from cms.publications.models import Reason
from cms.translation.models import NameForm
from cms.translation.names.register import forms_of_pages
from cms.translation.provenance import Makings, read_makings
from cms.translation.staleness import refresh

HOME_DEPTH = 2


class Shelf:
    """The pages of some keys, read again, with what decides whether they are public."""

    def __init__(self, keys: Iterable[UUID], *, using: str, now: datetime) -> None:
        """Read the pages; an instance that a signal handed out could be a draft."""
        self.keys = frozenset(keys)
        self.using = using
        self.now = now
        self._languages = {locale.pk: locale for locale in Locale.objects.using(using)}
        pages = list(self._read())
        read_along(pages)
        self._pages: dict[UUID, dict[str, ContentPage]] = {}
        for page in pages:
            self._pages.setdefault(page.translation_key, {})[page.language] = page
        self._read_pks = {page.pk for page in pages}
        self._sections = find_sections(pages)
        self._names: dict[UUID, list[NameForm]] | None = None
        self._targets = find_targets(text for page in pages for text in texts_of(page))
        self._makings: dict[UUID, Makings] | None = None
        self._restricted = tuple(PageViewRestriction.objects.using(using).values_list("page__path", flat=True))
        self._homes = self._read_homes(pages)

    def find(self, key: UUID, language: str | None) -> ContentPage | None:
        """Return the page of this key in this language, or None."""
        return self._pages.get(key, {}).get(language) if language else None

    def find_all(self, key: UUID) -> list[ContentPage]:
        """Return the pages of this key in all languages."""
        return list(self._pages.get(key, {}).values())

    def languages_of(self, key: UUID) -> set[str]:
        """Return the languages in which this key has a page."""
        return set(self._pages.get(key, {}))

    def section_of(self, page: ContentPage) -> ContentPage | None:
        """Return the partner in whose section the page lies, or None."""
        return (self._sections if page.pk in self._read_pks else find_sections([page])).get(page.pk)

    def targets_of(self, page: ContentPage) -> Targets | None:
        """Return what is behind the links of the page's texts; None when it is no page of this shelf, but a draft."""
        return self._targets if self.find(page.translation_key, page.language) is page else None

    def makings_of(self, key: UUID) -> Makings | None:
        """Return how the texts of this key came about; None when it has no page yet."""
        if self._makings is None:
            self._makings = read_makings(self._pages)
        return self._makings.get(key)

    def names_of(self, key: UUID) -> list[NameForm]:
        """Return the forms that the register knows of the name of this key's page; read once for all keys."""
        if self._names is None:
            self._names = forms_of_pages(self._pages)
        return self._names.get(key, [])

    def refresh_makings(self) -> None:
        """Bring what is known of how the texts came about up to date with them."""
        self._makings = refresh(page for pages in self._pages.values() for page in pages.values())

    def is_restricted(self, page: ContentPage) -> bool:
        """Whether the page, or one above it, is not for everybody."""
        return any(page.path.startswith(path) for path in self._restricted)

    def find_obstacle(self, page: ContentPage) -> Reason | None:
        """Return why the public may not see the page, view restrictions apart; None when it may."""
        if page.expired or (page.expire_at and page.expire_at <= self.now) or not page.is_permitted(self.now):
            return Reason.EXPIRED
        if not page.live or (page.go_live_at and page.go_live_at > self.now):
            return Reason.UNPUBLISHED
        if self._is_foreign_alias(page) or not self._has_home(page):
            return Reason.UNPUBLISHED
        return None

    def _is_foreign_alias(self, page: ContentPage) -> bool:
        """Whether the page repeats the text of another language under the name of its own."""
        return bool(page.alias_of_id and page.alias_of.locale_id != page.locale_id)

    def _has_home(self, page: ContentPage) -> bool:
        """Whether the page stands in the tree of its own language."""
        return bool(self._homes.get(_home_path(page)) == page.locale_id)

    def _read(self) -> Iterator[ContentPage]:
        for page in Page.objects.using(self.using).filter(translation_key__in=self.keys).order_by("pk").specific():
            if is_declared(type(page)):
                page.locale = self._languages[page.locale_id]
                yield page

    def _read_homes(self, pages: Iterable[ContentPage]) -> dict[str, int]:
        paths = {_home_path(page) for page in pages}
        homes = declaration_for("home").model.objects.using(self.using).filter(path__in=paths)
        return dict(homes.values_list("path", "locale_id"))


def _home_path(page: Page) -> str:
    return str(page.path)[: HOME_DEPTH * Page.steplen]
