"""The register's pages in the admin: lists to search in, and forms with one row for each form."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.admin.utils import quote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.translation.kept_forms import KeptCreateView, KeptEditView
from cms.translation.names.forms import EntryForm, EveryLanguagePanel, FormRows, MentionRows, RowsPanel
from cms.translation.names.models import Entry, Form, Name, Term, Use
from cms.translation.names.whose import others_forms

_FORMS = _("Forms")
_EACH = _(
    "One row for each form: how it is written in a language, and whether it is to be written. Write the base form: its"
    " endings are known."
)


class FormsColumn(Column):
    """The forms of an entry, each in its language; what is never to be written is said to be."""

    def get_value(self, instance: Entry) -> SafeString:
        """Return what is written, and what never is."""
        forms = list(instance.forms.all())
        written = _join(form for form in forms if form.use != Use.FORBIDDEN)
        never = _join(form for form in forms if form.use == Use.FORBIDDEN)
        return format_html("{}<br>{} {}", written, _("Never:"), never) if never else written


class EntriesView(IndexView):
    """A list of entries with their forms, read at once."""

    def get_base_queryset(self) -> QuerySet[Entry]:
        """Return the entries."""
        entries: QuerySet[Entry] = super().get_base_queryset().prefetch_related("forms")
        return entries


class EntryView(KeptEditView):
    """The form of an entry; of two who save it at the same moment the second sees the forms of the first."""

    def get_object(self, queryset: QuerySet[Entry] | None = None) -> Entry:
        """Return the entry, held while it is being changed."""
        if self.request.method == "POST":
            queryset = self.model._default_manager.select_for_update()
        entry: Entry = super().get_object(queryset)
        return entry


class EntryDeleteView(DeleteView):
    """Deletes an entry, with forms in nobody else's languages."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back whoever would delete forms that others keep."""
        if self.user_has_permission("delete") and others_forms(request.user, self.object):
            messages.error(
                request,
                _("Nothing was deleted: there are forms in other languages, and their reviewers keep those."),
            )
            return redirect(self.edit_url_name, quote(self.object.pk))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


def _join(forms: Iterable[Form]) -> SafeString:
    """Return each text once, in the first of its languages."""
    languages: dict[str, str] = {}
    for form in forms:
        languages.setdefault(str(form.text), str(form.language))
    return format_html_join(" · ", '<span lang="{}">{}</span>', ((languages[text], text) for text in languages))


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
    index_view_class = EntriesView
    add_view_class = KeptCreateView
    edit_view_class = EntryView
    delete_view_class = EntryDeleteView
    list_display: ClassVar[list[Any]] = ["title", "kind", FormsColumn("spellings", label=_FORMS, sort_key="spellings")]
    list_filter: ClassVar[list[str]] = ["kind"]
    search_fields: ClassVar[list[str]] = ["title", "spellings", "note"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            EveryLanguagePanel("kind"),
            FieldPanel("note"),
            EveryLanguagePanel("page"),
            RowsPanel(
                "forms",
                [
                    FieldRowPanel([FieldPanel("text"), FieldPanel("language"), FieldPanel("use")]),
                    FieldPanel("status"),
                ],
                rows=FormRows,
                heading=_FORMS,
                help_text=_EACH,
                min_num=1,
            ),
            RowsPanel(
                "mentions",
                [FieldPanel("page"), FieldPanel("why")],
                rows=MentionRows,
                heading=_("Pages that mention other forms"),
                help_text=_("They speak about the forms themselves: nothing is flagged there, in any language."),
            ),
        ],
        base_form_class=EntryForm,
    )


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
    index_view_class = EntriesView
    add_view_class = KeptCreateView
    edit_view_class = EntryView
    delete_view_class = EntryDeleteView
    list_display: ClassVar[list[Any]] = [
        "title",
        "definition",
        FormsColumn("spellings", label=_FORMS, sort_key="spellings"),
    ]
    search_fields: ClassVar[list[str]] = ["title", "spellings", "definition"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("definition"),
            RowsPanel(
                "forms",
                [FieldRowPanel([FieldPanel("text"), FieldPanel("language"), FieldPanel("use")])],
                rows=FormRows,
                heading=_FORMS,
                help_text=_EACH,
                min_num=1,
            ),
        ],
        base_form_class=EntryForm,
    )


def viewsets() -> list[Any]:
    """Return the register's pages."""
    return [NameViewSet(), TermViewSet()]
