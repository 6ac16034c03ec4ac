"""What somebody may see in passing: of pages what is published and what is theirs, of files what they may choose."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, Q, QuerySet
from taggit.models import Tag, TaggedItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.content.files import ContentDocument
from cms.content.images import ContentImage

Somebody = AbstractBaseUser | AnonymousUser
PageT = TypeVar("PageT", bound=Page)
FILES: tuple[type[Model], ...] = (ContentImage, ContentDocument)
TO_EXPLORE = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
"""The rights on a page whose holders come upon it in the tree: Wagtail's own list."""

TO_SEE = ("choose", "change", "delete")
"""The rights on a collection whose holders see the files in it."""


def visible(pages: QuerySet[PageT], user: Somebody) -> QuerySet[PageT]:
    """Narrow pages to those that are live, and those that the user comes upon in the tree anyway."""
    theirs = policy_registry.get_by_type(Page).explorable_instances(user).values("pk")
    return pages.filter(Q(live=True) | Q(pk__in=theirs))


def is_visible(page: Page, user: Somebody) -> bool:
    """Whether a page is among the visible; asks no more of the database than the user's rights, once."""
    return bool(page.live) or _is_theirs(page, user)


def without_words_of_others(page: PageT, user: Somebody) -> PageT:
    """Return a visible page as the user may see it: one of others without the title that its draft has."""
    if not _is_theirs(page, user):
        page.draft_title = page.title
    return page


def files_to_choose(model: type[Model], user: Somebody) -> QuerySet[Any]:
    """Return the images, or the documents, that the user may choose."""
    return _files(model, user, ["choose"])


def tags_to_choose(user: Somebody) -> QuerySet[Any]:
    """Return the tags of the files that the user may see: of a file of others, a tag says what it is about."""
    tags: QuerySet[Any] = Tag.objects.filter(pk__in=_tagged(FILES, user).values("tag"))
    return tags


def popular_tags(model: type[Model], user: Somebody, most: int = 10) -> QuerySet[Any]:
    """Return the tags that most of those images, or documents, have that the user may see."""
    uses = Count("taggit_taggeditem_items", filter=Q(taggit_taggeditem_items__in=_tagged([model], user)))
    tags: QuerySet[Any] = Tag.objects.annotate(uses=uses).filter(uses__gt=0).order_by("-uses", "name")
    return tags[:most]


def _tagged(models: Iterable[type[Model]], user: Somebody) -> QuerySet[Any]:
    wanted = Q(pk=None)
    for model in models:
        files = _files(model, user, TO_SEE).order_by().values("pk")
        wanted |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=files)
    tagged: QuerySet[Any] = TaggedItem.objects.filter(wanted)
    return tagged


def _files(model: type[Model], user: Somebody, rights: Iterable[str]) -> QuerySet[Any]:
    files: QuerySet[Any] = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, rights)
    return files


def _is_theirs(page: Page, user: Any) -> bool:
    """Whether the user comes upon the page in the tree."""
    policy = policy_registry.get_by_type(Page)
    if policy.user_has_any_permission_for_instance(user, TO_EXPLORE, page):
        return True
    return any(right.page.path.startswith(page.path) for right in policy.get_cached_permissions_for_user(user))
