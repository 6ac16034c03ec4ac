"""Which texts that were filled in a person must accept before anything is published.

What the memory or a file filled in always; what a machine filled in, unless the kind's policy lets it out unreviewed;
and a quote always: nobody is quoted in words that only a machine has read.
"""

from wagtail_localize.models import Translation

from cms.content.documents import declaration_of
from cms.translation.engines.models import Policy
from cms.translation.models import Reason, Unconfirmed, unconfirmed
from cms.translation.places import places_of


def to_accept(translation: Translation) -> list[Unconfirmed]:
    """Return the marks that must go before the translation may be reviewed or published."""
    marks = list(unconfirmed(translation).select_related("string_translation__context"))
    if not any(mark.reason == Reason.MACHINE for mark in marks) or not _may_publish(translation):
        return marks
    places = places_of(translation.source, {mark.string_translation.context.path for mark in marks})
    return [
        mark for mark in marks if mark.reason != Reason.MACHINE or places[mark.string_translation.context.path].is_quote
    ]


def _may_publish(translation: Translation) -> bool:
    kind = declaration_of(translation.source.specific_content_type.model_class()).kind
    return Policy.objects.filter(kind=kind, may_publish=True).exists()
