"""Whom a text can be given to: those whose rights reach it, in the language it is carried into; and who may give it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission, Page

from cms.translation.grants import HOME_DEPTH, WRITING
from cms.translation.models import Work
from cms.translation.permissions import NEVER_TRANSLATORS
from cms.translation.queue.finding import STEP, documents, kinds, originals
from cms.translation.queue.reach import Reach
from cms.translation.reading import hidden_pages, is_begun, may_be_hidden


@dataclass(frozen=True)
class Text:
    """A text in the language it is carried into; `path` is where it lies, or what it will lie below once begun.

    Before it is begun, `page` is the number of its source, and it is called what that is called in public: who
    translates may not know the source's draft.
    """

    page: int
    key: UUID
    language: str
    title: str
    kind: str
    path: str


def find_text(key: UUID, language: str) -> Text | None:
    """Return a translation, begun or not; None when there is nothing to translate into that language."""
    pages = documents().filter(translation_key=key)
    there = pages.filter(locale__language_code=language).first()
    if there:
        is_translation = pages.filter(is_begun(), pk=there.pk).exists()
        return _text(there, language, there.get_admin_display_title(), there.path) if is_translation else None
    original = originals().filter(translation_key=key).first()
    parent = _parent(original, language) if original else None
    return _text(original, language, original.title, parent.path) if original and parent else None


def may_give(user: Any, reach: Reach, language: str, work: Work | None) -> bool:
    """Whether somebody says who works on a text within their reach: who reviews its language, and who is on it."""
    return reach.gives_out(language) or bool(work and work.assignee_id == user.pk)


def colleagues(text: Text) -> QuerySet[Any]:
    """Return the people who may write a text, in the order of their names; administrators as far as they translate."""
    people = get_user_model().objects.filter(is_active=True, groups__in=_rights(text).values("group"))
    people = people.filter(_may_sign_in()).distinct().order_by("first_name", "last_name", "username")
    if may_be_hidden(text.page):
        people = people.exclude(pk__in=[user.pk for user in people if text.page in hidden_pages(user)])
    return people


def _rights(text: Text) -> QuerySet[GroupPagePermission]:
    above = [text.path[:end] for end in range(STEP, len(text.path) + 1, STEP)]
    rights: QuerySet[GroupPagePermission] = GroupPagePermission.objects.filter(
        page__path__in=above, permission__codename__in=WRITING
    )
    return rights.exclude(page__depth=HOME_DEPTH) if text.kind in NEVER_TRANSLATORS else rights


def _may_sign_in() -> Q:
    admin = {"codename": "access_admin", "content_type__app_label": "wagtailadmin"}
    by_group = Q(**{f"groups__permissions__{name}": value for name, value in admin.items()})
    by_name = Q(**{f"user_permissions__{name}": value for name, value in admin.items()})
    return Q(is_superuser=True) | by_group | by_name


def _parent(page: Page, language: str) -> Page | None:
    parents = page.get_parent().get_translations().filter(locale__language_code=language, alias_of=None)
    found: Page | None = parents.first()
    return found


def _text(page: Page, language: str, title: str, path: str) -> Text:
    return Text(page.pk, page.translation_key, language, title, kinds()[page.content_type_id], path)
