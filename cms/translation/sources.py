"""Which text another was made from: the way from a translation back to its original."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from cms.content.pages import ContentPage
from cms.translation.models import Provenance


def find_translation(page: ContentPage) -> Translation | None:
    """Return localize's row for a page that is translated in its editor, or None."""
    begun = find_begun(page)
    return begun if begun and begun.enabled else None


def find_begun(page: ContentPage) -> Translation | None:
    """Return localize's row for a page that is translated in its editor, or was until that was stopped, or None."""
    rows = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id)
    rows = rows.select_related("source__locale", "target_locale").order_by("-enabled", "-pk")
    found: Translation | None = rows.first()
    return found


def find_source_of_stopped(page: ContentPage) -> ContentPage | None:
    """Return the public page that one whose translation was stopped was made from, or None."""
    begun = find_begun(page)
    if begun is None or begun.enabled:
        return None
    sources = type(page).objects.filter(translation_key=page.translation_key, locale=begun.source.locale_id, live=True)
    found: ContentPage | None = sources.select_related("locale").first()
    return found


def with_page() -> QuerySet[TranslationSource]:
    """Return those of localize's sources whose page is still there."""
    pages = Page.objects.filter(translation_key=OuterRef("object_id"), locale=OuterRef("locale"))
    found: QuerySet[TranslationSource] = TranslationSource.objects.filter(Exists(pages))
    return found


def find_lost(page: Page) -> QuerySet[Translation]:
    """Return localize's row for a page whose source is gone, stopped or not: nothing is left to translate."""
    rows = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id)
    found: QuerySet[Translation] = rows.exclude(source__in=with_page())
    return found


def sources_of(key: UUID) -> dict[str, str]:
    """Return, for each language of a key that is a translation, the language it is or will be translated from."""
    return read_sources([key], Provenance.objects.filter(key=key))[key]


def read_sources(keys: Collection[UUID], made: Iterable[Provenance]) -> dict[UUID, dict[str, str]]:
    """Return `sources_of` for many keys; `made` is what is known of their published translations."""
    sources: dict[UUID, dict[str, str]] = {key: {} for key in keys}
    rows = Translation.objects.filter(source__object_id__in=keys).order_by("enabled", "pk")
    for key, language, source in rows.values_list(
        "source__object_id", "target_locale__language_code", "source__locale__language_code"
    ):
        sources[key][language] = source
    for row in made:
        if row.translated_from:
            sources[row.key][row.language] = row.translated_from
    return sources


def chain(language: str, sources: Mapping[str, str]) -> list[str]:
    """Return the languages from this one back to the original, each made from the next."""
    way = [language]
    while (source := sources.get(way[-1])) and source not in way:
        way.append(source)
    return way


def is_translation(page: Page) -> bool:
    """Whether the page is a translation of another language's page."""
    return page.locale.language_code in sources_of(page.translation_key)


def find_made_from(page: Page) -> list[Page]:
    """Return the pages that are translated from this one, at first hand."""
    language, sources = page.locale.language_code, sources_of(page.translation_key)
    return [other for other in _others(page) if sources.get(other.locale.language_code) == language]


def find_downstream(page: Page) -> list[Page]:
    """Return the pages that are translated from this one, at first or second hand."""
    language, sources = page.locale.language_code, sources_of(page.translation_key)
    return [other for other in _others(page) if language in chain(other.locale.language_code, sources)]


def find_upstream(page: ContentPage) -> list[ContentPage]:
    """Return the live pages of the key in other languages, except those made from this one."""
    others = type(page).objects.filter(translation_key=page.translation_key, live=True)
    others = others.exclude(locale_id=page.locale_id).select_related("locale")
    sources = sources_of(page.translation_key)
    return [other for other in others if page.language not in chain(other.language, sources)]


def _others(page: Page) -> Iterable[Page]:
    """Return the pages of the key in other languages, but those that only repeat another page."""
    others = Page.objects.translation_of(page, inclusive=False).filter(alias_of=None)
    found: Iterable[Page] = others.select_related("locale")
    return found
