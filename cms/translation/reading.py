"""Which texts of the desk a person may read, for many pages at once."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import GroupPagePermission, Page, PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.translation.concordance.models import Worded
from cms.translation.grants import granted_to_write, is_translators
from cms.translation.models import Provenance

Text = TypeVar("Text", bound=Worded)

HIDDEN = "_hidden_pages"
"""Where a user, for as long as a request lasts, keeps the numbers of the pages that are hidden from them."""


class Source(NamedTuple):
    """A page that others are translated from: its number, its key and the number of its language."""

    pk: int
    key: UUID
    locale: int


def readable_pages(user: Any) -> QuerySet[Page]:
    """Return the pages that somebody may read: what is public, and what they may edit; `None` reads what is public."""
    pages: QuerySet[Page] = Page.objects.order_by()
    return pages.filter(_readable(user))


def editable_translations(user: Any) -> QuerySet[Translation]:
    """Return the translations whose page somebody may write."""
    pages = Page.objects.filter(translation_key=OuterRef("source__object_id"), locale=OuterRef("target_locale"))
    if not (user.is_active and user.is_superuser):  # of a translation's page nothing is asked but where it lies
        pages = pages.filter(_below(granted_to_write(user) if user.is_active else [])).exclude(
            pk__in=hidden_pages(user)
        )
    found: QuerySet[Translation] = Translation.objects.filter(Exists(pages))
    return found


def hidden_pages(user: Any) -> frozenset[int]:
    """Return the numbers of the translations whose source somebody may not read, or the source of that.

    It was restricted or taken back after the translation began. Its words are in the translation's draft, versions and
    title, so that page is not theirs either, at whichever address, until they may read the source.
    """
    if user.is_superuser or not user.is_active:
        return frozenset()
    found: frozenset[int] | None = getattr(user, HIDDEN, None)
    if found is None:
        found = _find_hidden(user)
        setattr(user, HIDDEN, found)
    return found


def may_be_hidden(page: int) -> bool:
    """Whether there may be people who may write the page and are not shown it."""
    return page in _made_from_all(_closed_sources(), readable=frozenset())


def is_hidden(user: Any, page: Page) -> bool:
    """Whether the page is a translation whose source somebody may not read."""
    return page.pk in hidden_pages(user)


def readable_translations(user: Any) -> QuerySet[StringTranslation]:
    """Return the translations of strings that somebody may read: both of their pages are theirs to read."""
    pages = Page.objects.filter(translation_key=OuterRef("context__object_id")).filter(
        Q(locale=OuterRef("locale")) | Q(locale=OuterRef("translation_of__locale"))
    )
    # What is readable is asked of each of their pages: to find all that is takes longer.
    hidden = pages.filter(~_readable(user))
    rows: QuerySet[StringTranslation] = StringTranslation.objects.filter(Exists(pages), ~Exists(hidden))
    return rows


def readable_texts(texts: QuerySet[Text], user: Any, between: tuple[int, int]) -> QuerySet[Text]:
    """Return those of the texts remembered between two languages that somebody may read: both pages are theirs to read.

    The languages are known, so the database finds once which pages are hidden, and asks nothing of each of many texts.
    """
    pages = Page.objects.filter(locale__in=between)
    there, hidden = pages.values("translation_key"), pages.filter(~_readable(user)).values("translation_key")
    return texts.filter(key__in=there).exclude(key__in=hidden)


def _readable(user: Any) -> Q:
    if user and user.is_active and user.is_superuser:
        return Q(pk__isnull=False)
    return _public() | _editable(user) if user else _public()


def _public() -> Q:
    closed = Q()
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        closed |= Q(path__startswith=path)
    return Q(live=True) & ~closed


def _editable(user: Any) -> Q:
    """Return what the user's rights cover, but for what is hidden from them."""
    hidden = hidden_pages(user)
    return _covered(user) & ~Q(pk__in=hidden) if hidden else _covered(user)


def _covered(user: Any) -> Q:
    """Return what the user's rights cover; a translator's cover what is a translation, not what was written there."""
    if not user.is_active:
        return Q(pk__in=[])
    granted = granted_to_write(user)
    of_translators = [right for right in granted if is_translators(right)]
    of_editors = [right for right in granted if not is_translators(right)]
    return _below(of_editors) | (_below(of_translators) & is_translated())


def _below(granted: Iterable[GroupPagePermission]) -> Q:
    found = Q(pk__in=[])
    for right in granted:
        found |= Q(path__startswith=right.page.path)
    return found


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


def _find_hidden(user: Any) -> frozenset[int]:
    """Return what is translated from what the user may not read, and what is translated from that."""
    sources = _closed_sources()
    if not sources:
        return frozenset()
    covered = Page.objects.filter(_covered(user), pk__in=[source.pk for source in sources])
    return _made_from_all(sources, readable=frozenset(covered.values_list("pk", flat=True)))


def _made_from_all(sources: Collection[Source], readable: frozenset[int]) -> frozenset[int]:
    """Return the numbers of the pages that are made from those sources that are not readable, at whichever hand."""
    found: set[int] = set()
    new = [source for source in sources if source.pk not in readable]
    while new:
        made = _made_from(new) - found
        found |= made
        new = [source for source in sources if source.pk in made & readable]
    return frozenset(found)


def _closed_sources() -> list[Source]:
    """Return those pages that something is translated from, and that not everybody may read."""
    sources = TranslationSource.objects.filter(object=OuterRef("translation_key"), locale=OuterRef("locale"))
    pages = Page.objects.order_by().filter(~_public(), Exists(sources))
    return [Source(*row) for row in pages.values_list("pk", "translation_key", "locale_id")]


def _made_from(sources: Collection[Source]) -> set[int]:
    """Return the numbers of the pages that are translated from these, at first hand."""
    places = {(source.key, source.locale) for source in sources}
    keys = {source.key for source in sources}
    rows = Translation.objects.filter(source__object__in=keys)
    rows = rows.values_list("source__object", "source__locale", "target_locale")
    targets = {(key, target) for key, source, target in rows if (key, source) in places}
    pages = Page.objects.filter(translation_key__in=keys).order_by()
    return {
        pk for pk, key, locale in pages.values_list("pk", "translation_key", "locale_id") if (key, locale) in targets
    }
