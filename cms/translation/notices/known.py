"""What is known of the texts that somebody's notices are about: read together, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail.models import Locale, Page, TaskState, WorkflowState

from cms.content.documents import declaration_of
from cms.content.pages import ContentPage
from cms.translation.behind import Behind, find_behind
from cms.translation.models import Provenance, Work
from cms.translation.notices.models import Notice
from cms.translation.permissions import Rights
from cms.translation.queue.finding import STEP, read_parents
from cms.translation.queue.reach import Reach, reach_of
from cms.translation.reading import readable_pages
from cms.translation.sources import read_sources

Place = tuple[UUID, str]


@dataclass(frozen=True)
class Known:
    """The texts of some keys in all languages, how they were made, who is on them, and steps of their reviews."""

    user: Any
    reach: Reach
    pages: Mapping[Place, ContentPage]
    public: frozenset[int]
    sources: Mapping[UUID, Mapping[str, str]]
    behind: Mapping[UUID, tuple[Mapping[str, str], Mapping[str, Any]]]
    given: Mapping[Place, Work]
    steps: Mapping[int, TaskState]
    parents: Mapping[str, Mapping[str, str]]

    def find_page(self, notice: Notice) -> ContentPage | None:
        """Return the text that a notice is about, if there is one."""
        return self.pages.get((notice.key, notice.language))

    def find_original(self, notice: Notice) -> ContentPage | None:
        """Return what a text that there is not yet is to be made from: public, and nobody's translation."""
        sources = self.sources[notice.key]
        texts = (page for (key, language), page in self.pages.items() if key == notice.key and language not in sources)
        return next((page for page in texts if page.live and page.pk in self.public), None)

    def find_behind(self, notice: Notice) -> Behind | None:
        """Return since when the text is stale, or one on its way back to the original."""
        return find_behind(notice.language, *self.behind.get(notice.key, ({}, {})))

    def find_given(self, notice: Notice) -> Work | None:
        """Return what is said of the text that was given to the reader, as long as it is theirs because it was."""
        work = self.given.get((notice.key, notice.language))
        return work if work and work.taken_at == notice.happened_at else None

    def find_step(self, notice: Notice) -> TaskState | None:
        """Return the step of a review that the notice is about, where the review has not gone on from it."""
        return self.steps.get(_number(notice) or 0)

    def may_edit(self, page: ContentPage) -> bool:
        """Whether the text is the reader's to write or to review."""
        is_made = page.language in self.sources[page.translation_key]
        return bool(Rights(self.user, page, is_translated=is_made).can_edit())

    def may_read(self, page: ContentPage) -> bool:
        """Whether the reader may read the text: everybody what is public, its editors all of it."""
        return page.pk in self.public or self.may_edit(page)

    def may_begin(self, original: ContentPage, language: str) -> bool:
        """Whether the reader's rights would cover a translation that does not exist yet."""
        parent = self.parents.get(original.path[:-STEP], {}).get(language)
        return bool(parent) and self.reach.covers(str(parent), declaration_of(type(original)).kind)


def know(user: Any, notices: Iterable[Notice]) -> Known:
    """Read what the notices of one person are about."""
    notices = list(notices)
    keys = {notice.key for notice in notices}
    made = list(Provenance.objects.filter(key__in=keys))
    pages = _read_pages(keys)
    public = readable_pages(None).filter(pk__in=[page.pk for page in pages])
    given = Work.objects.filter(key__in=keys, assignee=user, given_by__isnull=False).select_related("given_by")
    return Known(
        user=user,
        reach=reach_of(user),
        pages={(page.translation_key, page.language): page for page in pages},
        public=frozenset(public.values_list("pk", flat=True)),
        sources=read_sources(keys, made),
        behind=ways_of(made),
        given={(work.key, work.language): work for work in given},
        steps=_steps(notices),
        parents=read_parents({notice.language for notice in notices}),
    )


def ways_of(made: Iterable[Provenance]) -> dict[UUID, tuple[dict[str, str], dict[str, Any]]]:
    """Return, by key, from which language each text was made, and since when it is older than that one."""
    ways: dict[UUID, tuple[dict[str, str], dict[str, Any]]] = defaultdict(lambda: ({}, {}))
    for row in made:
        sources, stale = ways[row.key]
        sources[row.language], stale[row.language] = row.translated_from, row.stale_since
    return ways


def _read_pages(keys: Iterable[UUID]) -> list[ContentPage]:
    """Return the pages of some keys, with their languages: `specific()` forgets what was read together with them."""
    found = Page.objects.filter(translation_key__in=keys).specific()
    pages, languages = [page for page in found if isinstance(page, ContentPage)], Locale.objects.in_bulk()
    for page in pages:
        page.locale = languages[page.locale_id]
    return pages


def _steps(notices: Iterable[Notice]) -> dict[int, TaskState]:
    numbers = {number for notice in notices if (number := _number(notice))}
    current = WorkflowState.objects.values("current_task_state")
    rows = TaskState.objects.filter(pk__in=numbers).filter(pk__in=current).select_related("workflow_state")
    return {state.pk: state for state in rows}


def _number(notice: Notice) -> int | None:
    """Return the number of the step that a notice is about."""
    name, _blank, number = notice.occasion.rpartition(" ")
    return int(number) if name == "task" else None
