"""The rights on parts of the page tree that somebody has from their groups, before anything is asked of a page."""

from typing import Any

from wagtail.models import GroupPagePermission

HOME_DEPTH = 2
"""Homes lie directly below the root of the tree."""

WRITING = ("add_page", "change_page", "publish_page")


def grants_of(user: Any) -> list[GroupPagePermission]:
    """Return a user's rights on parts of the tree; kept on the user, as Wagtail keeps them."""
    from wagtail.permissions import page_permission_policy

    return list(page_permission_policy.get_cached_permissions_for_user(user))


def granted_to_write(user: Any) -> list[GroupPagePermission]:
    """Return those of a user's rights on parts of the tree that let them write."""
    return [right for right in grants_of(user) if right.permission.codename in WRITING]


def is_translators(right: GroupPagePermission) -> bool:
    """Whether a right is a translator's: one on the home of a language."""
    return bool(right.page.depth == HOME_DEPTH)


def is_reviewers(right: GroupPagePermission) -> bool:
    """Whether a right is a reviewer's: that to publish translations into a language."""
    return is_translators(right) and right.permission.codename == "publish_page"
