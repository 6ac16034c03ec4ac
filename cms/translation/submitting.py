"""Beginning a translation: from a published text, by somebody who may write the other language, once per language."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from cms.content.errors import PublishingRefused
from cms.content.languages import name_of
from cms.content.pages import ContentPage
from cms.translation.errors import TranslationRefused
from cms.translation.memory import prefill
from cms.translation.permissions import may_read, may_translate
from cms.translation.publishing import save_translation_draft
from cms.translation.review import hold
from cms.translation.sources import find_translation

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def translate(page: Page, language: str, user: "User | None" = None) -> Translation:
    """Begin the translation of a published page: a draft under the same parent in the other language.

    Begun before and deleted since, it finds all its strings again. Raise `TranslationRefused` when it cannot begin: of
    two who begin it at the same moment, for the second.
    """
    hold(page.pk)
    page = page.specific
    locale = Locale.objects.get(language_code=language)
    _check(page, locale, user)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    _forget_other_sources(source, locale)
    translation, _created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    page.copy_for_translation(locale)
    prefill(translation, user)
    save_translation_draft(translation, user)
    return translation


@transaction.atomic
def translate_all(page: Page, languages: Iterable[str], user: "User | None" = None) -> list[Translation]:
    """Begin the translation of a page into several languages: into all of them, or none."""
    return [translate(page, language, user) for language in languages]


def translate_each(pages: Iterable[int], language: str, user: "User") -> tuple[int, list[str]]:
    """Begin the translations of those pages that can begin, each by itself; return how many, and why others cannot."""
    begun, refused = 0, []
    for page in Page.objects.filter(pk__in=pages).order_by("pk"):
        try:
            translate(page, language, user)
            begun += 1
        except (TranslationRefused, PublishingRefused) as reason:
            refused.append(f"{page.title}: {reason}")
    return begun, refused


def translate_below(page_id: int, languages: list[str], user: "User | None" = None) -> int:
    """Begin the translation of every page below that can begin; return how many. What exists is left alone."""
    begun = 0
    for page in Page.objects.get(pk=page_id).get_descendants().live().order_by("path").specific():
        for language in languages:
            if isinstance(page, ContentPage) and not list(_refusals(page, language, user)):
                translate(page, language, user)
                begun += 1
    return begun


def _check(page: Page, locale: Locale, user: "User | None") -> None:
    for sentence in _refusals(page, locale.language_code, user):
        raise TranslationRefused(sentence)


def _refusals(page: Page, language: str, user: "User | None") -> Iterator[str]:
    """Yield why the translation cannot begin."""
    name = name_of(language)
    if not isinstance(page, ContentPage) or page.alias_of_id:
        yield _("This page has no text to translate.")
        return
    if user and not (may_read(user, page) and may_translate(user, page, language)):
        yield _("You may not translate this page into %(language)s.") % {"language": name}
    if not page.live:
        yield _("Publish the page first: what is translated is the published text.")
    existing = Page.objects.filter(translation_key=page.translation_key, locale__language_code=language).first()
    if existing:
        yield _existing(existing.specific, page, name)
    parent = page.get_parent()
    translated = parent.get_translations().filter(locale__language_code=language, alias_of=None).first()
    if translated is None and not parent.is_root():
        yield _("“%(parent)s” does not exist in %(language)s. It must be set up first.") % {
            "parent": parent.title,
            "language": name,
        }


def _existing(existing: Page, page: ContentPage, name: str) -> str:
    """Say that the key has a text in this language, and what it was made from when that is another source."""
    begun = find_translation(existing)
    if begun and begun.source.locale_id != page.locale_id:
        return _("The %(language)s text is already translated from another source: %(source)s.") % {
            "language": name,
            "source": name_of(begun.source.locale.language_code),
        }
    return _("There is already a text in %(language)s.") % {"language": name}


def _forget_other_sources(source: TranslationSource, locale: Locale) -> None:
    """Drop what remains of an earlier translation from another source; its strings stay."""
    others = Translation.objects.filter(source__object_id=source.object_id, target_locale=locale)
    others.exclude(source=source).delete()
