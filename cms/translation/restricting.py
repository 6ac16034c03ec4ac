"""A translation goes public only under the restrictions of the text that it was made from."""

from typing import Any

from wagtail.models import Page, PageViewRestriction

from cms.content.pages import ContentPage
from cms.translation.sources import chain, sources_of


def restrict_as_source(page: ContentPage) -> None:
    """Restrict a page as the nearest restricted text on the way back to its original is, by itself or from above.

    What somebody restricted by itself stays as it is: localize's own way would lift that, too, which fails open.
    """
    if not PageViewRestriction.objects.exists() or page.view_restrictions.exists():
        return
    known = {_terms(restriction) for restriction in page.get_view_restrictions()}
    for restriction in _nearest(page):
        if _terms(restriction) not in known:
            _put(restriction, page)


def _nearest(page: ContentPage) -> list[PageViewRestriction]:
    texts = {text.locale.language_code: text for text in page.get_translations().select_related("locale")}
    way = chain(page.language, sources_of(page.translation_key))[1:]
    found = (list(texts[language].get_view_restrictions()) for language in way if language in texts)
    return next(filter(None, found), [])


def _terms(restriction: PageViewRestriction) -> tuple[Any, ...]:
    groups = frozenset(restriction.groups.values_list("pk", flat=True))
    return restriction.restriction_type, restriction.password, groups


def _put(restriction: PageViewRestriction, page: Page) -> None:
    kind, password, groups = _terms(restriction)
    made = PageViewRestriction.objects.create(page_id=page.pk, restriction_type=kind, password=password)
    made.groups.set(groups)
