"""What of the coverage is shown."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.content.languages import languages, name_of
from cms.translation.coverage.finding import Item
from cms.translation.coverage.states import How
from cms.translation.queue.filters import kind_choices, offer, paths_of_partner
from cms.translation.queue.finding import every_kind

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
        offer(self, "kind", _("Every kind"), kind_choices(every_kind()))
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

    def narrow(self, items: Iterable[Item]) -> list[Item]:
        """Return those of the items that are wanted."""
        found, chosen = list(items), self.chosen()
        if "kind" in chosen:
            found = [item for item in found if item.kind == chosen["kind"]]
        if "partner" in chosen:
            paths = paths_of_partner(chosen["partner"])
            found = [item for item in found if item.first.path.startswith(paths)]
        return _so_far(found, chosen)


def _so_far(items: list[Item], chosen: dict[str, str]) -> list[Item]:
    """Return those that are so far in the chosen language, or in any."""
    if "how" not in chosen:
        return items
    wanted, how = [chosen["language"]] if "language" in chosen else languages(), How(chosen["how"])
    return [item for item in items if any(item.how(language) is how for language in wanted)]
