"""Who may write which language.

A user's languages are those of the pages on which their groups have rights. A right on a section is an editor's right:
it covers all of the section. A right on the home of a language is a translator's right: it covers translations into
that language, and nothing that was first written in it, nor homes and partners' profiles. The tree cannot say this.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.locks import BasicLock, ScheduledForPublishLock
from wagtail.models import GroupPagePermission, Page, PagePermissionTester

from cms.content.documents import declaration_of, is_declared
from cms.content.languages import languages
from cms.content.pages import ContentPage
from cms.translation.grants import WRITING, grants_of, is_reviewers, is_translators
from cms.translation.reading import is_hidden
from cms.translation.review_task import writes
from cms.translation.sources import is_translation

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NEVER_TRANSLATORS = ("home", "partners")
"""Kinds that a translator's right never covers."""


class Rights(PagePermissionTester):
    """What a user may do with a page: Wagtail's rules, without rights that do not reach this page."""

    def __init__(self, user: "User", page: Page, *, is_translated: bool | None = None) -> None:
        """Keep those of the user's rights that cover the page; whoever knows whether it is a translation says so."""
        super().__init__(user, page)
        if user.is_active and not user.is_superuser:
            self.granted = [] if is_hidden(user, page) else _covering(grants_of(user), page, is_translated)
            self.permissions = {_action(right) for right in self.granted}

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Delete (or move) the page; never the page that one's own rights hang on, nor a translation one works on.

        Nor past a lock, a review of others or a day to go live, at which Wagtail (8.0) looks for unpublishing only.
        """
        return self._is_owners() and bool(super().can_delete(ignore_bulk)) and not self._is_held()

    def can_set_view_restrictions(self) -> bool:
        """Restrict the page; never the page that one's own rights hang on, nor a translation one works on."""
        return self._is_owners() and bool(super().can_set_view_restrictions())

    def can_unschedule(self) -> bool:
        """Cancel going live, which takes the day away; never past a lock of somebody else."""
        is_others = self.page.locked and not self.user_has_lock() and not self.user.is_superuser
        return bool(super().can_unschedule()) and not is_others

    def _is_held(self) -> bool:
        return not self.user.is_superuser and bool(self.page_locked())

    def _is_owners(self) -> bool:
        """Whether the rights are those of the page's owners, and reach further than this page."""
        granted = getattr(self, "granted", [])
        works_only = bool(granted) and all(is_translators(right) for right in granted)
        return not works_only and not self._is_root_of_rights()

    def _is_root_of_rights(self) -> bool:
        granted = getattr(self, "granted", [])
        return bool(granted) and all(right.page_id == self.page.pk for right in granted)


def may_translate(user: "AbstractBaseUser | AnonymousUser", page: Page, language: str) -> bool:
    """Whether the user may write the translation of a page in a language, begun or not."""
    if not user.is_active or page.locale.language_code == language:
        return False
    target = Page.objects.filter(translation_key=page.translation_key, locale__language_code=language).first()
    if target:
        return bool(target.specific.permissions_for_user(user).can_edit())
    return getattr(user, "is_superuser", False) or _may_begin(user, page, language)


def may_write(user: "AbstractBaseUser | AnonymousUser", key: Any, locale_id: int) -> bool:
    """Whether the user may change the strings of a key in a language now.

    Whoever only reviews a text reads it; nobody writes past a lock, or while others review the text.
    """
    target = Page.objects.filter(translation_key=key, locale=locale_id).first()
    if target is None or not writes(user, target):
        return False
    lock = target.get_lock()
    if isinstance(lock, ScheduledForPublishLock):  # it stands before somebody's own lock
        lock = BasicLock(target) if target.locked else None
    return not (lock and lock.for_user(user))


def may_stop(user: "AbstractBaseUser | AnonymousUser", key: Any, locale_id: int) -> bool:
    """Whether the user may end the translation of a key into a language now, or take it up again.

    Nobody may during a review: what is approved at its end would be another page than the one that was sent.
    """
    target = Page.objects.filter(translation_key=key, locale=locale_id).first()
    return may_write(user, key, locale_id) and not (target and target.workflow_in_progress)


def languages_to_write(user: "AbstractBaseUser | AnonymousUser", page: Page) -> list[str]:
    """Return the languages into which the user may translate a page."""
    return [language for language in languages() if may_translate(user, page, language)]


def languages_of_translator(user: Any) -> list[str]:
    """Return the languages into which the user translates everything there is."""
    if not user.is_active or user.is_superuser:
        return []
    return sorted({right.page.locale.language_code for right in grants_of(user) if is_translators(right)})


def languages_of_reviewer(user: Any) -> list[str]:
    """Return the languages into which the user reviews everything there is."""
    if not user.is_active or user.is_superuser:
        return []
    return sorted({right.page.locale.language_code for right in grants_of(user) if is_reviewers(right)})


def may_read(user: "AbstractBaseUser | AnonymousUser", page: Page) -> bool:
    """Whether the user may read the text: everybody what is public, its editors all of it."""
    if page.live and not page.get_view_restrictions().exists():
        return True
    return bool(page.permissions_for_user(user).can_edit())


def may_look_around(user: "AbstractBaseUser | AnonymousUser", page: Page) -> bool:
    """Whether the user may see the page in the tree: it is theirs, or on the way to what is theirs."""
    from wagtail.permissions import policy_registry

    return bool(policy_registry.get_by_type(Page).explorable_instances(user).filter(pk=page.pk).exists())


def _may_begin(user: Any, page: Page, language: str) -> bool:
    """Whether the user's rights would cover a translation that does not exist yet."""
    parent = page.get_parent().get_translations().filter(locale__language_code=language).first()
    if parent is None:
        return False
    reaching = [right for right in grants_of(user) if parent.path.startswith(right.page.path)]
    if not _is_for_translators(page):
        reaching = [right for right in reaching if not is_translators(right)]
    return any(right.permission.codename in WRITING for right in reaching)


def _covering(
    granted: list[GroupPagePermission], page: Page, is_translated: bool | None = None
) -> list[GroupPagePermission]:
    reaching = [right for right in granted if page.path.startswith(right.page.path)]
    translators = [right for right in reaching if is_translators(right)]
    if not translators:
        return reaching
    editors = [right for right in reaching if right not in translators]
    if not _is_for_translators(page) or not (is_translation(page) if is_translated is None else is_translated):
        return editors
    # What a translator adds below a page would be written first in their language.
    return editors + [right for right in translators if _action(right) != "add"]


def _is_for_translators(page: Page) -> bool:
    model = page.specific_class
    return (
        model is not None
        and issubclass(model, ContentPage)
        and is_declared(model)
        and declaration_of(model).kind not in NEVER_TRANSLATORS
    )


def _action(right: GroupPagePermission) -> str:
    return str(right.permission.codename).rpartition("_")[0]
