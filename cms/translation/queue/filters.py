"""What of the queue is shown: the choices above it."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from cms.content.documents import declaration_for
from cms.content.languages import name_of
from cms.translation.queue.finding import Place, State, kinds
from cms.translation.queue.reach import Reach
from cms.translation.reading import readable_pages

AGES = [("", _("Any age")), ("7", _("Older than a week")), ("30", _("Older than a month"))]
DUE = [("", _("Any day")), ("late", _("Late")), ("7", _("Due within 7 days"))]
WHO = [("", _("Everybody")), ("me", pgettext_lazy("who is on it", "Me")), ("nobody", _("Nobody yet"))]


class QueueFilter(forms.Form):
    """The choices above the queue; a choice that does not exist counts as none."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    partner = forms.ChoiceField(label=_("Partner"), required=False)
    age = forms.ChoiceField(label=_("Age"), required=False, choices=AGES)
    who = forms.ChoiceField(label=_("Who is on it"), required=False, choices=WHO)
    due = forms.ChoiceField(label=_("Due on"), required=False, choices=DUE)

    def __init__(self, data: Any, *, reach: Reach, user: Any, partners: dict[str, str]) -> None:
        """Offer what is within somebody's reach."""
        super().__init__(data)
        self.user = user
        offer(self, "language", _("All my languages"), [(code, name_of(code)) for code in reach.languages])
        offer(self, "state", _("Any state"), State.choices)
        offer(self, "kind", _("Every kind"), kind_choices(kinds()))
        offer(self, "partner", _("Every partner"), partners.items())

    def chosen(self) -> dict[str, str]:
        """Return what is chosen."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}

    def narrow(self, places: list[Place]) -> list[Place]:
        """Return those of the entries that are wanted."""
        chosen = self.chosen().items()
        return [place for place in places if all(self._is_wanted(place, *choice) for choice in chosen)]

    def _is_wanted(self, place: Place, name: str, value: str) -> bool:
        match name:
            case "language":
                return place.language == value
            case "state":
                return place.state == value
            case "kind":
                return place.kind == value
            case "partner":
                return place.path.startswith(self._paths(value))
            case "age":
                return place.since < timezone.now() - timedelta(days=int(value))
            case "due":
                return _is_due(place.work.due if place.work else None, value)
        assignee = place.work.assignee_id if place.work else None
        return assignee == self.user.pk if value == "me" else assignee is None

    @cache  # noqa: B019  a form lives as long as one request
    def _paths(self, partner: str) -> tuple[str, ...]:
        return paths_of_partner(partner)


def kind_choices(kinds: Mapping[int, str]) -> list[tuple[str, str]]:
    """Return kinds with their names in the reader's language."""
    return sorted((kind, kind_name(kind)) for kind in kinds.values())


def kind_name(kind: str) -> str:
    """Return what a kind is called in the reader's language."""
    return str(declaration_for(kind).model._meta.verbose_name_plural).capitalize()


def partner_choices(language: str, user: Any) -> dict[str, str]:
    """Return the partners by key, named in a language where they have a name in it.

    A section that is a draft names nobody, nor does one that the user may not read.
    """
    names: dict[str, str] = {}
    sections = _sections(readable_pages(user)).filter(live=True)
    named = sections.values_list("translation_key", "title", "locale__language_code")
    for key, title, code in named:
        if code == language or str(key) not in names:
            names[str(key)] = title
    return dict(sorted(names.items(), key=lambda item: item[1]))


def partners_by_path(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names of the partners, given by their keys, by the paths of their sections."""
    sections = _sections(Page.objects.all()).values_list("path", "translation_key")
    return {path: names[str(key)] for path, key in sections if str(key) in names}


def paths_of_partner(key: str) -> tuple[str, ...]:
    """Return the paths of a partner's section in every language."""
    return tuple(_sections(Page.objects.all()).filter(translation_key=key).values_list("path", flat=True))


def _is_due(due: date | None, value: str) -> bool:
    """Whether the day is over, or one of the next days; today is one of those."""
    if due is None:
        return False
    days = (due - date.today()).days
    return days < 0 if value == "late" else 0 <= days <= int(value)


def _sections(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Return those of the pages that are the section of a partner."""
    return pages.filter(
        content_type=ContentType.objects.get_for_model(declaration_for("partners").model), alias_of=None
    )


def offer(form: forms.Form, name: str, everything: Any, choices: Any) -> None:
    """Give a field its choices, after the one that narrows nothing."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  mypy knows it as a Field
    field.choices = [("", everything), *choices]
