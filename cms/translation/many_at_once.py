"""Acts on many things at once: whatever somebody may not see is not named to them either.

Pages take their translations along, as each does by itself: Wagtail (8.0) asks its hook for them on single pages only.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages import bulk_actions as of_pages
from wagtail.documents.views import bulk_actions as of_documents
from wagtail.images.views import bulk_actions as of_images
from wagtail.models import Page

from cms.content.errors import PublishingRefused
from cms.content.pages import ContentPage
from cms.content.sight import visible
from cms.translation.errors import TranslationRefused
from cms.translation.publishing import check_free, publish_translation
from cms.translation.schedules import say_when
from cms.translation.sources import find_downstream, find_translation


class _Discreet(BulkAction):
    """Names nothing that its user does not come upon elsewhere, not even to say that it is not theirs."""

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, Any]]:
        """Return what is the user's, and of the rest what they may see, as Wagtail sorts it."""
        theirs, others = super().get_actionable_objects()
        refused = others["items_with_no_access"]
        seen = set(self._seen().filter(pk__in=[thing.pk for thing in refused]).values_list("pk", flat=True))
        return theirs, {**others, "items_with_no_access": [thing for thing in refused if thing.pk in seen]}

    def _seen(self) -> QuerySet[Any]:
        raise NotImplementedError


class _OnPages(_Discreet):
    def _seen(self) -> QuerySet[Page]:
        pages: QuerySet[Page] = visible(Page.objects.all(), self.request.user)
        return pages


class _TakingAlong(_OnPages):
    """Says how many translations go with the pages."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count the translations that are not chosen themselves."""
        context = super().get_context_data(**kwargs)
        chosen = [each["item"] for each in context["items"]]
        return {**context, "translations": len(_without(chosen, self._along(chosen)))}

    @classmethod
    def _along(cls, pages: Iterable[Page]) -> list[Page]:
        return [other for page in pages for other in find_downstream(page)]


class Publish(_OnPages, of_pages.PublishBulkAction):
    """Publishes pages as each is published by itself: not past its lock, its review, or what is open in it."""

    def get_execution_context(self) -> dict[str, Any]:
        """Say also how whoever asked is told of what was refused, or waits for its time."""
        return {**super().get_execution_context(), "tell": partial(messages.add_message, self.request)}

    @classmethod
    def execute_action(
        cls,
        objects: Iterable[Page],
        include_descendants: bool = False,
        user: Any = None,
        tell: Callable[[int, str], None] | None = None,
        **_said: Any,
    ) -> tuple[int, int]:
        """Publish what can be published; return how many of the chosen pages, and how many below them."""
        chosen = list(objects)
        below = [page for each in chosen for page in _drafts_below(each, user)] if include_descendants else []
        below = _without(chosen, below)
        done, done_below = (sum(_publish(page, user, tell) for page in pages) for pages in (chosen, below))
        return done, done_below

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Say how many were published; nothing when none was."""
        if not num_parent_objects and not num_child_objects:
            return None
        said: str = super().get_success_message(num_parent_objects, num_child_objects)
        return said


class Unpublish(_TakingAlong, of_pages.UnpublishBulkAction):
    """Takes pages back, and with each its translations, whoever else may take those back."""

    template_name = "translation/many/unpublish.html"

    @classmethod
    def execute_action(
        cls, objects: Iterable[Page], include_descendants: bool = False, user: Any = None, **said: Any
    ) -> tuple[int, int]:
        """Take back the pages and what is translated from them; return how many were chosen, and were below them."""
        chosen = list(objects)
        for page in _without(chosen, cls._along(chosen)):
            action = UnpublishPageAction(page, user=user, include_descendants=include_descendants)
            action.execute(skip_permission_checks=True)
        done: tuple[int, int] = super().execute_action(chosen, include_descendants, user, **said)
        return done


class Move(_TakingAlong, of_pages.MoveBulkAction):
    """Moves pages, and with each its translations that lie beside it, to the same place of their own language."""

    template_name = "translation/many/move.html"

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, Any]]:
        """Return the pages that can be moved with all their translations, and the others by what hinders them."""
        pages, others = super().get_actionable_objects()
        if self.cleaned_form is None:
            return pages, others
        destination = self.cleaned_form.cleaned_data["chooser"]
        hindered = [page for page in pages if not self._may_take_along(page, destination)]
        named = [
            {"item": page, "can_edit": page.permissions_for_user(self.request.user).can_edit()} for page in hindered
        ]
        movable = [page for page in pages if page not in hindered]
        return movable, {**others, "pages_with_translations_of_others": named}

    def prepare_action(self, pages: list[Page], others: dict[str, Any]) -> HttpResponse | None:
        """Say what hinders, and move nothing."""
        answer: HttpResponse | None = super().prepare_action(pages, others)
        if answer is None and others["pages_with_translations_of_others"]:
            self.destination = self.cleaned_form.cleaned_data["chooser"]
            context = {"destination": self.destination, **self.get_context_data()}
            return TemplateResponse(self.request, self.template_name, context)
        return answer

    @classmethod
    def execute_action(
        cls, objects: Iterable[Page], destination: Any = None, user: Any = None, **said: Any
    ) -> tuple[int, int]:
        """Move the pages and what lies beside them; return how many were chosen."""
        chosen = list(objects)
        goes = [each for page in chosen for each in ((page, destination), *_places_of(page, destination))]
        for page, place in goes:
            # Read again: a place to which something was moved just now does not know that it holds it.
            page.move(Page.objects.get(pk=place.pk), pos="last-child", user=user)
        return len(chosen), 0

    @classmethod
    def _along(cls, pages: Iterable[Page]) -> list[Page]:
        return [other for page in pages for other in _beside(page)]

    def _may_take_along(self, page: Page, destination: Page) -> bool:
        along = _places_of(page, destination)
        return all(other.permissions_for_user(self.request.user).can_move_to(place) for other, place in along)


def _without(chosen: Iterable[Page], along: Iterable[Page]) -> list[Page]:
    """Return each of the pages that go along once, but those that are chosen themselves."""
    numbers = {page.pk for page in chosen}
    return list({page.pk: page for page in along if page.pk not in numbers}.values())


def _beside(page: Page) -> list[Page]:
    """Return the translations of a page that lie where its own place is in their language."""
    places = set(page.get_parent().get_translations().values_list("path", flat=True))
    return [other for other in find_downstream(page) if other.path[: -other.steplen] in places]


def _places_of(page: Page, destination: Page) -> list[tuple[Page, Page]]:
    """Return the translations that move with a page, each with where it goes."""
    places = {place.locale_id: place for place in destination.get_translations()}
    return [(other, places[other.locale_id]) for other in _beside(page) if other.locale_id in places]


def _drafts_below(page: Page, user: Any) -> Iterable[Page]:
    """Return the pages below a page that are not public, of those that the user may publish."""
    drafts = page.get_descendants().not_live().defer_streamfields().specific()
    return [draft for draft in drafts if user is None or draft.permissions_for_user(user).can_publish()]


def _publish(page: Page, user: Any, tell: Callable[[int, str], None] | None) -> bool:
    """Publish a page, or tell why not, or when; return whether it was published."""
    try:
        with transaction.atomic():
            _publish_one(page.specific, user)
    except (PublishingRefused, TranslationRefused) as refused:
        if tell is None:
            raise
        tell(messages.ERROR, _named(page, str(refused)))
        return False
    later = say_when(page)
    if later and tell:
        tell(messages.SUCCESS, later)
    return not later


def _named(page: Page, sentence: str) -> str:
    """Say of which text a sentence is."""
    return _("“%(text)s”: %(sentence)s") % {"text": page.get_admin_display_title(), "sentence": sentence}


def _publish_one(page: Page, user: Any) -> None:
    translation = find_translation(page) if isinstance(page, ContentPage) else None
    if translation:
        publish_translation(translation, user)
        return
    check_free(page, user)
    revision = page.get_latest_revision() or page.save_revision(user=user)
    revision.publish(user=user)


class _OnFiles(_Discreet):
    def _seen(self) -> QuerySet[Any]:
        ways = ["choose", "change", "delete"]
        files: QuerySet[Any] = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ways)
        return files


def _discreet(manner: type[_Discreet], act: Any) -> Any:
    return type(act.__name__, (manner, act), {})


ACTS = (
    _discreet(_OnPages, of_pages.DeleteBulkAction),
    Move,
    Publish,
    Unpublish,
    *(
        _discreet(_OnFiles, act)
        for files in (of_images, of_documents)
        for act in (files.AddTagsBulkAction, files.AddToCollectionBulkAction, files.DeleteBulkAction)
    ),
)
"""In the place of Wagtail's."""
