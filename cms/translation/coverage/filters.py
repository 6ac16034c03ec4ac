"""What of the coverage is shown."""

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.content.documents import declaration_for
from cms.content.languages import languages, name_of
from cms.translation.coverage.cells import How, is_so_far
from cms.translation.queue.filters import kind_choices, offer, paths_of_partner

TOTALS = [("", _("Not shown")), ("shown", _("For each language"))]


class CoverageFilter(forms.Form):
    """The choices above the table; a choice that does not exist counts as none."""

    partner = forms.ChoiceField(label=_("Partner"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    how = forms.ChoiceField(label=_("State"), required=False)
    totals = forms.ChoiceField(label=_("Totals"), required=False, choices=TOTALS)

    def __init__(self, data: Any, *, partners: dict[str, str]) -> None:
        """Offer what the hub has."""
        super().__init__(data)
        offer(self, "partner", _("Every partner"), partners.items())
        offer(self, "kind", _("Every kind"), kind_choices())
        offer(self, "language", _("Any language"), [(code, name_of(code)) for code in languages()])
        offer(self, "how", _("Any state"), How.choices)

    def chosen(self) -> dict[str, str]:
        """Return what is chosen."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}

    @property
    def is_narrowing(self) -> bool:
        """Whether a choice leaves items out."""
        return bool(self.chosen().keys() - {"totals"})

    def narrow(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        """Return those of the originals that are wanted."""
        chosen = self.chosen()
        if "kind" in chosen:
            pages = pages.type(declaration_for(chosen["kind"]).model)  # type: ignore[attr-defined]  # PageQuerySet
        if "partner" in chosen:
            paths = paths_of_partner(chosen["partner"])
            pages = pages.filter(reduce(or_, (Q(path__startswith=path) for path in paths), Q(pk=None)))
        return _so_far(pages, chosen)


def _so_far(pages: QuerySet[Page], chosen: dict[str, str]) -> QuerySet[Page]:
    """Return those that are so far in the chosen language, or in any."""
    if "how" not in chosen:
        return pages
    wanted = [chosen["language"]] if "language" in chosen else languages()
    return pages.filter(reduce(or_, (is_so_far(language, chosen["how"]) for language in wanted)))
