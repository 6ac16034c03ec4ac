"""Makes the desk's work: the texts of a hub that `bench.corpus` grew, as localize keeps them, in every state.

Of ten articles nine were written in Swedish and carried from there into the others; one was written in Ukrainian,
carried into Swedish, and from there into the others. Their strings are those that the demo's first article has in
wagtail-localize; every other one of them also says the article's number, so that it is the article's own. Rows are
stored as they are, without Wagtail's ceremony.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import islice
from typing import Any
from uuid import UUID

BATCH = 100
AT_ONCE = 500
STATES = ("new", "begun", "stale", "in_review", "sent_back", "scheduled", "done", "done", "done", "done")
"""What becomes of ten translations one after the other."""

STATES_OF_SOURCES = ("stale", "done", "in_review", "done")
"""What becomes of a translation from which others are made: it is public."""

UNBORN = ("new", "begun", "scheduled")
"""What was never public."""

Way = Sequence[tuple[str, Sequence[str]]]
"""From which language an article is carried into which."""

FROM_SWEDISH: Way = [("sv", ("en", "fi", "uk"))]
FROM_UKRAINIAN: Way = [("uk", ("sv",)), ("sv", ("en", "fi"))]


def way_of(number: int) -> Way:
    """Return the way on which an article is carried."""
    return FROM_UKRAINIAN if number % 10 == 9 else FROM_SWEDISH


def state_of(number: int, target: str) -> str:
    """Return what became of an article in a language that it is carried into."""
    if target == "sv":
        return STATES_OF_SOURCES[number // 10 % len(STATES_OF_SOURCES)]
    order = number // 10 if way_of(number) is FROM_UKRAINIAN else number - number // 10
    return STATES[(order + 3 * ("en", "fi", "uk").index(target)) % len(STATES)]


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

        self.pages = seeds()
        key = self.pages["sv"].translation_key
        self.source = TranslationSource.objects.select_related("object").get(object_id=key, locale__language_code="sv")
        self.segments = list(self.source.stringsegment_set.select_related("context", "string").order_by("order"))
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        said = StringTranslation.objects.filter(context__object_id=key)
        self._said = {(row.locale_id, row.translation_of_id, row.context_id): row.data for row in said}
        self.extents = _extents(key)

    def say(self, language: str, segment: Any) -> str:
        """Return what one of its segments says in a language."""
        if language == "sv":
            return str(segment.string.data)
        return str(self._said[self.locales[language].pk, segment.string_id, segment.context_id])

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
        contexts = self._contexts()
        self._objects()
        for way in (FROM_SWEDISH, FROM_UKRAINIAN):
            keys = [key for key, number in self.numbers.items() if way_of(number) is way]
            for source, targets in way:
                self._carry(keys, source, targets, contexts)
        self._pages()

    def _carry(
        self, keys: list[UUID], language: str, targets: Sequence[str], contexts: dict[tuple[UUID, str], Any]
    ) -> None:
        """Store the articles as the source of others, with what is translated of it."""
        from wagtail_localize.models import StringSegment, StringTranslation, Translation

        from cms.translation.concordance.remembering import remember

        sources = self._sources(keys, language)
        segments = [
            (
                one,
                StringSegment(
                    source=sources[key],
                    string=string,
                    context=contexts[key, one.context.path],
                    order=one.order,
                    attrs=one.attrs,
                ),
            )
            for one in self.original.segments
            for key, string in self._strings(keys, language, one).items()
        ]
        StringSegment.objects.bulk_create([segment for _one, segment in segments], batch_size=AT_ONCE)
        Translation.objects.bulk_create(
            [
                Translation(source=source, target_locale=self.original.locales[target])
                for source in sources.values()
                for target in targets
            ]
        )
        rows = [row for target in targets for row in self._texts(segments, target)]
        remember(StringTranslation.objects.bulk_create(rows, batch_size=AT_ONCE))

    def _objects(self) -> None:
        from wagtail_localize.models import TranslatableObject

        first = self.original.source
        TranslatableObject.objects.bulk_create(
            [TranslatableObject(translation_key=key, content_type=first.object.content_type) for key in self.numbers],
            ignore_conflicts=True,
        )

    def _sources(self, keys: list[UUID], language: str) -> dict[UUID, Any]:
        from wagtail_localize.models import TranslationSource

        first, page = self.original.source, self.original.pages[language]
        rows = [
            TranslationSource(
                object_id=key,
                specific_content_type=first.specific_content_type,
                locale=page.locale,
                object_repr=f"{page.title} {self.numbers[key]}",
                content_json=page.to_json(),
                schema_version=first.schema_version,
                last_updated_at=first.last_updated_at,
            )
            for key in keys
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

    def _strings(self, keys: list[UUID], language: str, segment: Any) -> dict[UUID, Any]:
        """Return the string of each article: its own, or the same for all."""
        from wagtail_localize.models import String

        locale = self.original.locales[language]
        texts = {key: self._say(key, language, segment) for key in keys}
        if not is_own(segment):
            shared = {text: _string(locale.pk, text) for text in set(texts.values())}
            return {key: shared[text] for key, text in texts.items()}
        rows = [String(locale=locale, data=text, data_hash=String._get_data_hash(text)) for text in texts.values()]
        return dict(zip(texts, String.objects.bulk_create(rows, AT_ONCE), strict=True))

    def _say(self, key: UUID, language: str, segment: Any) -> str:
        """Return what an article says in a language where the original has a segment."""
        own = f" {self.numbers[key]}" if is_own(segment) else ""
        return self.original.say(language, segment) + own

    def _texts(self, segments: list[tuple[Any, Any]], target: str) -> Iterator[Any]:
        """Yield what is translated: nothing of what is new, half of what is begun, all of the rest."""
        from wagtail_localize.models import StringTranslation

        for one, segment in segments:
            key = segment.source.object_id
            state = state_of(self.numbers[key], target)
            if state == "new" or (state == "begun" and is_own(one)):
                continue
            yield StringTranslation(
                translation_of=segment.string,
                locale=self.original.locales[target],
                context=segment.context,
                data=self._say(key, target, one),
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )

    def _pages(self) -> None:
        """Say in which state each page is."""
        from django.utils import timezone
        from wagtail.models import Page

        from cms.translation.models import Extent, Provenance

        pages = list(Page.objects.filter(translation_key__in=self.numbers).select_related("locale"))
        made_from = {page.pk: self._made_from(page) for page in pages}
        translations = [page for page in pages if made_from[page.pk]]
        states = {
            page.pk: state_of(self.numbers[page.translation_key], page.locale.language_code) for page in translations
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
                    translated_from=made_from[page.pk],
                    stale_since=timezone.now() if states[page.pk] == "stale" else None,
                )
                for page in translations
            ],
            ignore_conflicts=True,
        )
        unborn = [pk for pk, state in states.items() if state in UNBORN]
        Page.objects.filter(pk__in=unborn).update(live=False, first_published_at=None, last_published_at=None)
        _review([page for page in translations if states[page.pk] in ("in_review", "sent_back")], states)
        _schedule([page for page in translations if states[page.pk] == "scheduled"], self.original)

    def _made_from(self, page: Any) -> str:
        """Return the language a page is made from; nothing when it is the original."""
        way = way_of(self.numbers[page.translation_key])
        return next((source for source, targets in way if page.locale.language_code in targets), "")


def is_own(segment: Any) -> bool:
    """Whether a segment says the number of its article."""
    return bool(segment.order % 2 == 0)


def _string(locale: int, text: str) -> Any:
    from wagtail_localize.models import String

    found, _made = String.objects.get_or_create(
        locale_id=locale, data_hash=String._get_data_hash(text), defaults={"data": text}
    )
    return found


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


def _schedule(pages: list[Any], original: Original) -> None:
    """Store an approved text of each page that waits for its time."""
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from wagtail.models import Page, Revision

    now = timezone.now()
    Revision.objects.bulk_create(
        [
            Revision(
                content_type_id=page.content_type_id,
                base_content_type=ContentType.objects.get_for_model(Page),
                object_id=str(page.pk),
                object_str=page.title,
                created_at=now,
                content=original.pages[page.locale.language_code].serializable_data(),
                approved_go_live_at=now + timedelta(days=365),
            )
            for page in pages
        ],
        batch_size=BATCH,
    )


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    django.setup()
    begin()
