"""Which translations somebody may take away as files, and which of them wait for words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.content.languages import name_of
from cms.translation.reading import editable_pages

MOST = 200
"""Translations in one file, and in the list to choose from."""


@dataclass(frozen=True)
class Choice:
    """A translation that can be taken away: its title in the source, both languages, and how much waits in it."""

    pk: int
    title: str
    source: str
    target: str
    language: str
    open: int
    unconfirmed: int

    @property
    def waits(self) -> bool:
        """Whether texts of it are not translated, or not confirmed."""
        return bool(self.open or self.unconfirmed)


def find_choices(user: Any) -> list[Choice]:
    """Return the translations that a user may write, what waits first; a constant number of queries."""
    newest = find_translations(user).order_by("-pk")
    # Texts are counted only of those that are shown.
    rows = _counted(newest.filter(pk__in=newest.values("pk")[:MOST]))
    found = [
        Choice(
            pk=row.pk,
            title=row.source.object_repr,
            source=name_of(row.source.locale.language_code),
            target=name_of(row.target_locale.language_code),
            language=row.target_locale.language_code,
            open=row.open,
            unconfirmed=row.unconfirmed,
        )
        for row in rows
    ]
    return sorted(found, key=lambda choice: not choice.waits)


def find_translations(user: Any) -> QuerySet[Translation]:
    """Return the translations that a user may write."""
    pages = editable_pages(user).filter(translation_key=OuterRef("source__object_id"), locale=OuterRef("target_locale"))
    rows: QuerySet[Translation] = Translation.objects.filter(Exists(pages), enabled=True)
    return rows.select_related("source__locale", "source__specific_content_type", "target_locale")


def _counted(rows: QuerySet[Translation]) -> QuerySet[Any]:
    said = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=OuterRef(OuterRef("target_locale")),
        has_error=False,
    )
    segments = StringSegment.objects.filter(source=OuterRef("source"))
    unsure = segments.filter(Exists(said.filter(unconfirmed__isnull=False)))
    counted: QuerySet[Any] = rows.annotate(
        open=_count(segments.exclude(Exists(said.exclude(data="")))), unconfirmed=_count(unsure)
    )
    return counted


def _count(segments: QuerySet[StringSegment]) -> Coalesce:
    number = segments.order_by().values("source").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
