"""Who may do what: a group per city for its editors, and per language one for translators and one for reviewers.

A group has rights on parts of the tree only. Translators have no right to publish: their work is reviewed. Which pages
a translator may touch there, and that nobody moves or deletes a section's root, is said by the rules of
`cms.translation`.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.content.languages import name_in_english
from home.models import HomePage
from partners.models import PartnerPage

WRITE = ("add_page", "change_page", "publish_page")
TRANSLATE = ("change_page",)
REVIEW = ("change_page", "publish_page", "lock_page", "unlock_page")
USE_FILES = ("choose_image", "choose_document")
KEEP_FILES = ("add_image", "change_image", "add_document", "change_document")
READ_REGISTER = ("translation.view_name", "translation.view_term")
KEEP_REGISTER = tuple(
    f"translation.{action}_{model}" for action in ("view", "add", "change", "delete") for model in ("name", "term")
)
FILES = ("wagtailimages", "wagtaildocs")  # Wagtail keeps these rights with its own models, whatever the real ones are


def set_up_editors(sections: Iterable[PartnerPage], name: str) -> Group:
    """Return the group of a city's editors: their section, in the languages the city writes in."""
    group = _group(f"{name} editors", "wagtail_localize.submit_translation")
    for section in sections:
        if section.language in section.languages:
            _allow(group, section, WRITE)
    _allow_files(group, USE_FILES, Collection.get_first_root_node())
    _allow_files(group, KEEP_FILES, _collection(name))
    return group


def set_up_translators(home: HomePage) -> Group:
    """Return the group of those who translate into the language of a home."""
    group = _group(
        f"Translators into {name_in_english(home.language)}", "wagtail_localize.submit_translation", *READ_REGISTER
    )
    _allow(group, home, TRANSLATE)
    GroupPagePermission.objects.filter(group=group, permission__codename="publish_page").delete()
    _allow_files(group, USE_FILES, Collection.get_first_root_node())
    return group


def set_up_reviewers(home: HomePage) -> Group:
    """Return the group of those who review, correct and publish translations into the language of a home."""
    group = _group(
        f"Reviewers of {name_in_english(home.language)}", "wagtail_localize.submit_translation", *KEEP_REGISTER
    )
    _allow(group, home, REVIEW)
    _allow_files(group, USE_FILES, Collection.get_first_root_node())
    return group


def _group(name: str, *permissions: str) -> Group:
    group, _made = Group.objects.get_or_create(name=name)
    for permission in ("wagtailadmin.access_admin", *permissions):
        app, _dot, codename = permission.partition(".")
        group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return group


def _allow(group: Group, page: Page, codenames: Iterable[str]) -> None:
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=group, page=page.page_ptr, permission=permission)


def _allow_files(group: Group, codenames: Iterable[str], collection: Collection) -> None:
    for permission in Permission.objects.filter(content_type__app_label__in=FILES, codename__in=codenames):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def _collection(name: str) -> Collection:
    """Return the collection that holds a partner's own images and documents."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(name=name)
