"""What is looked for, in which languages and where."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from cms.content.languages import language_choices, languages
from cms.translation.concordance.looking import Languages, Where
from cms.translation.queue.reach import Reach

LONGEST = 300
"""Characters of a question."""


class ConcordanceForm(forms.Form):
    """The question; languages that are not chosen are the reader's own."""

    q = forms.CharField(
        label=_("Words or a phrase"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "size": 40, "autofocus": True}),
    )
    source = forms.ChoiceField(label=_("Source language"))
    target = forms.ChoiceField(label=_("Language of the translation"))
    where = forms.ChoiceField(label=_("Look for them"), choices=Where.choices)

    def __init__(self, data: Any, *, reach: Reach) -> None:
        """Begin with the reader's languages."""
        target = own_language(reach)
        source = next(code for code in [*languages(), target] if code != target or len(languages()) == 1)
        begin = {"q": "", "source": source, "target": target, "where": Where.BOTH.value}
        super().__init__({name: data.get(name) or usual for name, usual in begin.items()})
        for name in ("source", "target"):
            self.fields[name].choices = language_choices()  # type: ignore[attr-defined]  # mypy knows it as a Field

    def languages(self) -> Languages | None:
        """Return the pair of languages that is chosen; None when it is not a pair."""
        source, target = self.cleaned_data.get("source"), self.cleaned_data.get("target")
        if not source or not target or source == target:
            return None
        locales = dict(Locale.objects.filter(language_code__in=[source, target]).values_list("language_code", "pk"))
        return Languages(source, target, locales[source], locales[target]) if len(locales) == 2 else None


def own_language(reach: Reach) -> str:
    """Return the language that somebody most likely writes: that of their admin, if it is theirs; else their first."""
    mine = reach.languages or tuple(languages())
    return next((code for code in mine if code == get_language()), mine[0])
