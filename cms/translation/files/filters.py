"""Which of the translations are shown to choose from: the choices above their list."""

import re
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.content.languages import name_of
from cms.translation.files.choosing import waits
from cms.translation.queue.filters import offer
from cms.translation.queue.reach import Reach

STATES = [("", _("Any state")), ("waits", _("Texts are open or unconfirmed")), ("done", _("All texts are confirmed"))]


class ChoiceFilter(forms.Form):
    """The choices above the list; a choice that does not exist counts as none."""

    q = forms.CharField(label=_("Title"), required=False, max_length=200)
    language = forms.ChoiceField(label=_("Language"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    translation = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**62)
    """The only one that is shown: the workbench leads here."""

    def __init__(self, data: Any, *, reach: Reach) -> None:
        """Offer what is within somebody's reach."""
        super().__init__(data)
        offer(self, "language", _("All my languages"), [(code, name_of(code)) for code in reach.languages])

    def chosen(self) -> dict[str, Any]:
        """Return what is chosen."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}

    def narrow(self, rows: QuerySet[Translation]) -> QuerySet[Translation]:
        """Return those of the translations that are wanted."""
        for choice in self.chosen().items():
            match choice:
                case "q", words:
                    rows = rows.filter(*(_is_titled(word) for word in words.split()))
                case "language", language:
                    rows = rows.filter(target_locale__language_code=language)
                case "state", state:
                    rows = rows.filter(waits() if state == "waits" else ~waits())
                case "translation", number:
                    rows = rows.filter(pk=number)
        return rows


def _is_titled(word: str) -> Q:
    """Say, for a query of translations, that a title has this in it: the source's, or the translation's own."""
    # Not `icontains`: SQLite knows capital letters of English only.
    here = re.escape(word)
    pages = Page.objects.filter(translation_key=OuterRef("source__object_id"), locale=OuterRef("target_locale"))
    return Q(source__object_repr__iregex=here) | Q(Exists(pages.filter(draft_title__iregex=here)))
