"""The desk's own menu in the admin; other parts of the desk add to it with the hook `register_desk_menu_item`."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

desk_menu = Menu(register_hook_name="register_desk_menu_item", construct_hook_name="construct_desk_menu")


def menu() -> SubmenuMenuItem:
    """Return the entry of the sidebar."""
    return SubmenuMenuItem(_("Translation"), desk_menu, name="translation-desk", icon_name="globe", order=150)


def queue_item() -> MenuItem:
    """Return the entry of the queue."""
    return MenuItem(_("My queue"), reverse("desk_queue"), name="desk-queue", icon_name="tasks", order=10)


def coverage_item() -> MenuItem:
    """Return the entry of the coverage."""
    return MenuItem(_("Coverage"), reverse("desk_coverage"), name="desk-coverage", icon_name="table", order=20)
