"""Which texts of the desk a person may read, for many pages at once."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.translation.models import Provenance
from cms.translation.permissions import granted_to_write, is_translators


def readable_pages(user: Any) -> QuerySet[Page]:
    """Return the pages that somebody may read: what is public, and what they may edit; `None` reads what is public."""
    pages: QuerySet[Page] = Page.objects.order_by()
    if user and user.is_active and user.is_superuser:
        return pages
    return pages.filter(_public() | _editable(user)) if user else pages.filter(_public())


def editable_pages(user: Any) -> QuerySet[Page]:
    """Return the pages that somebody may write."""
    pages: QuerySet[Page] = Page.objects.order_by()
    return pages if user.is_active and user.is_superuser else pages.filter(_editable(user))


def readable_translations(user: Any) -> QuerySet[StringTranslation]:
    """Return the translations of strings that somebody may read: both of their pages are theirs to read."""
    pages = Page.objects.filter(translation_key=OuterRef("context__object_id")).filter(
        Q(locale=OuterRef("locale")) | Q(locale=OuterRef("translation_of__locale"))
    )
    hidden = pages.exclude(pk__in=readable_pages(user).values("pk"))
    rows: QuerySet[StringTranslation] = StringTranslation.objects.filter(Exists(pages), ~Exists(hidden))
    return rows


def _public() -> Q:
    closed = Q()
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        closed |= Q(path__startswith=path)
    return Q(live=True) & ~closed


def _editable(user: Any) -> Q:
    """Return what the user's rights cover; a translator's cover what is a translation, not what was written there."""
    if not user.is_active:
        return Q(pk__in=[])
    found = Q(pk__in=[])
    for right in granted_to_write(user):
        below = Q(path__startswith=right.page.path)
        found |= (below & is_translated()) if is_translators(right) else below
    return found


def hides_source(user: Any) -> Exists:
    """Say, for a query of translations, that somebody may not read what one is made from: it was restricted since."""
    pages = Page.objects.filter(translation_key=OuterRef("source__object_id"), locale=OuterRef("source__locale"))
    return Exists(pages.exclude(pk__in=readable_pages(user).values("pk")))


def is_begun(**narrowed: Any) -> Exists:
    """Say, for a query of pages, that localize has the page as a translation, one that is `narrowed` to.

    One question inside the other leaves SQLite no choice where to begin: joined, it went through all translations of a
    language for each page.
    """
    into = Translation.objects.filter(source=OuterRef("pk"), target_locale=OuterRef(OuterRef("locale")), **narrowed)
    return Exists(TranslationSource.objects.filter(Exists(into), object=OuterRef("translation_key")))


def is_translated() -> Q:
    """Say, for a query of pages, that the page is a translation, begun or published."""
    made = Provenance.objects.filter(key=OuterRef("translation_key"), language=OuterRef("locale__language_code"))
    return Q(is_begun()) | Q(Exists(made))
