"""Which of the desk's texts stand in a page as it is, whatever became of its translation."""

from wagtail_localize.models import StringTranslation

from cms.content.pages import ContentPage
from cms.translation.concordance.remembering import plain
from cms.translation.digests import strings

Place = tuple[str, str]
"""A path, and what stands there, without its marks."""


def read_texts(page: ContentPage) -> dict[Place, str]:
    """Return the strings of a page by where and what they are, each as HTML; no queries."""
    return {(path, plain(html)): html for path, html in strings(page)}


def find_standing(page: ContentPage) -> dict[Place, StringTranslation]:
    """Return the desk's texts that stand in a page, of several that say the same in one place the newest; one query."""
    rows = StringTranslation.objects.filter(context__object_id=page.translation_key, locale=page.locale_id)
    rows = rows.select_related("context", "unconfirmed").order_by("updated_at", "pk")
    said = {(row.context.path, plain(row.data)): row for row in rows}
    texts = read_texts(page) if said else {}  # most pages are originals, and need not be taken apart
    return {place: row for place, row in said.items() if place in texts}
