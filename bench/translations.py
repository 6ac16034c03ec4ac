"""Makes the desk's work: the texts of a hub that `bench.corpus` grew, as localize keeps them, in every state.

Each Swedish article becomes the source of the others, with the strings that the demo's first article has in
wagtail-localize; every other one of them also says the article's number, so that it is the article's own. Rows are
stored as they are, without Wagtail's ceremony.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any
from uuid import UUID

BATCH = 100
AT_ONCE = 500
STATES = ("new", "begun", "stale", "in_review", "sent_back", "done", "done", "done", "done", "done")
"""What becomes of ten translations one after the other."""


def begin() -> int:
    """Give every article that has none its translations; return how many articles there were."""
    from django.db import transaction

    original, number = Original(), 0
    keys = iter(_keys())
    while batch := list(islice(keys, BATCH)):
        with transaction.atomic():
            Batch(original, dict(zip(batch, range(number, number + len(batch)), strict=True))).store()
        number += len(batch)
    return number


def _keys() -> list[UUID]:
    """Return the keys of the articles that were copied as rows."""
    from wagtail_localize.models import TranslationSource

    from bench.corpus import SLUG
    from news.models import NewsPage

    begun = TranslationSource.objects.values("object_id")
    copied = NewsPage.objects.filter(locale__language_code="sv", slug__startswith=f"{SLUG}-")
    return list(copied.exclude(translation_key__in=begun).order_by("pk").values_list("translation_key", flat=True))


class Original:
    """The article that is copied: its source, its segments, and what it says in each language."""

    def __init__(self) -> None:
        """Read it."""
        from wagtail.models import Locale
        from wagtail_localize.models import StringTranslation, TranslationSource

        from bench.corpus import seeds

        key = seeds()["sv"].translation_key
        self.source = TranslationSource.objects.select_related("object").get(object_id=key, locale__language_code="sv")
        self.segments = list(self.source.stringsegment_set.select_related("context", "string").order_by("order"))
        self.locales = list(Locale.objects.exclude(language_code="sv").order_by("language_code"))
        said = StringTranslation.objects.filter(context__object_id=key)
        self._said = {(row.locale_id, row.translation_of_id, row.context_id): row.data for row in said}
        self._by_order = {segment.order: segment for segment in self.segments}
        self.extents = _extents(key)

    def say(self, locale: int, order: int) -> str:
        """Return what one of its segments says in a language."""
        segment = self._by_order[order]
        text: str = self._said[locale, segment.string_id, segment.context_id]
        return text

    @cached_property
    def paths(self) -> list[str]:
        """Where its strings stand, each place once."""
        return sorted({segment.context.path for segment in self.segments})


def _extents(key: UUID) -> dict[int, int]:
    from cms.translation.models import Extent

    return dict(Extent.objects.filter(key=key).values_list("page__locale_id", "words"))


@dataclass
class Batch:
    """Some articles and their numbers, which become copies of the original."""

    original: Original
    numbers: dict[UUID, int]

    def store(self) -> None:
        """Store everything that the desk reads of them."""
        from wagtail_localize.models import StringSegment, StringTranslation

        from cms.translation.concordance.remembering import remember

        sources, contexts = self._sources(), self._contexts()
        segments = [
            StringSegment(
                source=sources[key],
                string=string,
                context=contexts[key, one.context.path],
                order=one.order,
                attrs=one.attrs,
            )
            for one in self.original.segments
            for key, string in self._strings(one.string, is_own=one.order % 2 == 0).items()
        ]
        StringSegment.objects.bulk_create(segments, batch_size=AT_ONCE)
        self._translations(sources)
        rows = list(self._texts(segments))
        remember(StringTranslation.objects.bulk_create(rows, batch_size=AT_ONCE))
        self._pages()

    def _sources(self) -> dict[UUID, Any]:
        from wagtail_localize.models import TranslatableObject, TranslationSource

        first = self.original.source
        TranslatableObject.objects.bulk_create(
            [TranslatableObject(translation_key=key, content_type=first.object.content_type) for key in self.numbers],
            ignore_conflicts=True,
        )
        rows = [
            TranslationSource(
                object_id=key,
                specific_content_type=first.specific_content_type,
                locale=first.locale,
                object_repr=f"{first.object_repr} {number}",
                content_json=first.content_json,
                schema_version=first.schema_version,
                last_updated_at=first.last_updated_at,
            )
            for key, number in self.numbers.items()
        ]
        return {row.object_id: row for row in TranslationSource.objects.bulk_create(rows)}

    def _contexts(self) -> dict[tuple[UUID, str], Any]:
        from wagtail_localize.models import TranslationContext

        rows = [
            TranslationContext(object_id=key, path=path, path_id=TranslationContext._get_path_id(path), field_path=path)
            for key in self.numbers
            for path in self.original.paths
        ]
        return {(row.object_id, row.path): row for row in TranslationContext.objects.bulk_create(rows, AT_ONCE)}

    def _strings(self, string: Any, *, is_own: bool) -> dict[UUID, Any]:
        """Return the string of each article: its own, or the same for all."""
        from wagtail_localize.models import String

        if not is_own:
            return dict.fromkeys(self.numbers, string)
        texts = {key: f"{string.data} {number}" for key, number in self.numbers.items()}
        rows = [
            String(locale_id=string.locale_id, data=text, data_hash=String._get_data_hash(text))
            for text in texts.values()
        ]
        return dict(zip(texts, String.objects.bulk_create(rows, AT_ONCE), strict=True))

    def _translations(self, sources: dict[UUID, Any]) -> None:
        from wagtail_localize.models import Translation

        Translation.objects.bulk_create(
            [
                Translation(source=source, target_locale=locale)
                for source in sources.values()
                for locale in self.original.locales
            ]
        )

    def _texts(self, segments: list[Any]) -> Iterator[Any]:
        """Yield what is translated: nothing of what is new, half of what is begun, all of the rest."""
        from wagtail_localize.models import StringTranslation

        for place, locale in enumerate(self.original.locales):
            for number, segment in enumerate(segments):
                key = segment.source.object_id
                state = self._state(key, place)
                if state == "new" or (state == "begun" and number % 2):
                    continue
                own = f" {self.numbers[key]}" if segment.order % 2 == 0 else ""
                yield StringTranslation(
                    translation_of=segment.string,
                    locale=locale,
                    context=segment.context,
                    data=self.original.say(locale.pk, segment.order) + own,
                    translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                )

    def _state(self, key: UUID, place: int) -> str:
        return STATES[(self.numbers[key] + 3 * place) % len(STATES)]

    def _pages(self) -> None:
        """Say in which state each page is."""
        from django.utils import timezone
        from wagtail.models import Page

        from cms.translation.models import Extent, Provenance

        places = {locale.pk: place for place, locale in enumerate(self.original.locales)}
        pages = list(Page.objects.filter(translation_key__in=self.numbers).select_related("locale"))
        states = {
            page.pk: self._state(page.translation_key, places[page.locale_id])
            for page in pages
            if page.locale_id in places
        }
        Extent.objects.bulk_create(
            [
                Extent(page=page, key=page.translation_key, words=self.original.extents[page.locale_id])
                for page in pages
            ],
            ignore_conflicts=True,
        )
        Provenance.objects.bulk_create(
            [
                Provenance(
                    key=page.translation_key,
                    language=page.locale.language_code,
                    translated_from="sv",
                    stale_since=timezone.now() if states[page.pk] == "stale" else None,
                )
                for page in pages
                if page.pk in states
            ],
            ignore_conflicts=True,
        )
        unborn = [pk for pk, state in states.items() if state in ("new", "begun")]
        Page.objects.filter(pk__in=unborn).update(live=False)
        _review([page for page in pages if states.get(page.pk) in ("in_review", "sent_back")], states)


def _review(pages: list[Any], states: dict[int, str]) -> None:
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page, Workflow, WorkflowState

    types = ContentType.objects
    workflow = Workflow.objects.order_by("pk").first()
    wagtail_states = {"in_review": WorkflowState.STATUS_IN_PROGRESS, "sent_back": WorkflowState.STATUS_NEEDS_CHANGES}
    WorkflowState.objects.bulk_create(
        [
            WorkflowState(
                workflow=workflow,
                content_type_id=page.content_type_id,
                base_content_type=types.get_for_model(Page),
                object_id=str(page.pk),
                status=wagtail_states[states[page.pk]],
            )
            for page in pages
        ]
    )


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    django.setup()
    begin()
