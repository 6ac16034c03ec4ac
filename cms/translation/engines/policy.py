"""Which texts that were filled in a person must accept before anything is published.

What the memory or a file filled in always; what a machine filled in, unless the kind's policy lets it out unreviewed;
and a quote always: nobody is quoted in words that only a machine has read.
"""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from wagtail_localize.models import Translation

from cms.content.documents import declaration_of
from cms.content.pages import ContentPage
from cms.translation.engines.models import Policy
from cms.translation.models import Reason, Unconfirmed, unconfirmed
from cms.translation.places import Place, places_in, places_of
from cms.translation.standing import find_standing


def to_accept(translation: Translation) -> list[Unconfirmed]:
    """Return the marks that must go before the translation may be reviewed or published."""
    marks = list(unconfirmed(translation).select_related("string_translation__context"))
    model = translation.source.specific_content_type.model_class()
    return _withheld(marks, model, partial(places_of, translation.source))


def to_accept_in(page: ContentPage) -> list[Unconfirmed]:
    """Return the marks on texts that stand in a page, which must go before it is published as it is.

    What an editor has written over there is the editor's.
    """
    marks = [row.unconfirmed for row in find_standing(page).values() if hasattr(row, "unconfirmed")]
    return _withheld(marks, type(page), partial(places_in, page))


def _withheld(
    marks: list[Unconfirmed], model: Any, find_places: Callable[[Collection[str]], Mapping[str, Place]]
) -> list[Unconfirmed]:
    """Return those of the marks that the policy of the kind does not let out."""
    if not any(mark.reason == Reason.MACHINE for mark in marks) or not _may_publish(model):
        return marks
    places = find_places({mark.string_translation.context.path for mark in marks})
    return [
        mark for mark in marks if mark.reason != Reason.MACHINE or places[mark.string_translation.context.path].is_quote
    ]


def _may_publish(model: Any) -> bool:
    return Policy.objects.filter(kind=declaration_of(model).kind, may_publish=True).exists()
