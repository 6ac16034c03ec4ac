"""The register's pages in the admin: lists to search in, and forms with one row for each form."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, Panel
from wagtail.admin.viewsets.model import ModelViewSet

from cms.translation.names.models import Name, Term

_FORMS = _("Forms")
_EACH = _("One row for each form: how it is written in a language, and whether it is to be written.")


class NameViewSet(ModelViewSet):
    """Names of places, organisations, roles, parties and people."""

    model = Name
    icon = "tag"
    menu_label = _("Names")
    menu_name = "names"
    menu_order = 60
    name = "names"
    url_prefix = "desk/names"
    menu_hook = "register_desk_menu_item"
    list_display: ClassVar[list[str]] = ["title", "kind", "spellings"]
    list_filter: ClassVar[list[str]] = ["kind"]
    search_fields: ClassVar[list[str]] = ["title", "spellings", "note"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    panels: ClassVar[list[Panel]] = [
        FieldPanel("kind"),
        FieldPanel("note"),
        FieldPanel("page"),
        InlinePanel(
            "forms",
            [
                FieldRowPanel([FieldPanel("text"), FieldPanel("language"), FieldPanel("use")]),
                FieldRowPanel([FieldPanel("status"), FieldPanel("script")]),
            ],
            heading=_FORMS,
            help_text=_EACH,
            min_num=1,
        ),
        InlinePanel(
            "mentions",
            [FieldPanel("page"), FieldPanel("why")],
            heading=_("Pages that mention other forms"),
            help_text=_("They speak about the forms themselves: nothing is flagged there, in any language."),
        ),
    ]


class TermViewSet(ModelViewSet):
    """The glossary."""

    model = Term
    icon = "openquote"
    menu_label = _("Terms")
    menu_name = "terms"
    menu_order = 61
    name = "terms"
    url_prefix = "desk/terms"
    menu_hook = "register_desk_menu_item"
    list_display: ClassVar[list[str]] = ["title", "definition", "spellings"]
    search_fields: ClassVar[list[str]] = ["title", "spellings", "definition"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    panels: ClassVar[list[Panel]] = [
        FieldPanel("definition"),
        InlinePanel(
            "forms",
            [FieldRowPanel([FieldPanel("text"), FieldPanel("language"), FieldPanel("use")])],
            heading=_FORMS,
            help_text=_EACH,
            min_num=1,
        ),
    ]


def viewsets() -> list[Any]:
    """Return the register's pages."""
    return [NameViewSet(), TermViewSet()]
