"""The form of a name or a term: what its writer keeps is asked, and what others keep stands beside it, to be read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Page

from cms.content.choosers import KindChooser
from cms.content.languages import name_of
from cms.content.sight import is_visible
from cms.translation.names.models import Form, Mention
from cms.translation.names.whose import languages_kept_by, others_forms

FOR_EVERY_LANGUAGE = ("kind", "page")
"""What decides in every language how a name is looked for, found and told to partner cities."""

_NOT_YOURS = gettext_lazy("Forms in other languages are changed by their reviewers. Nothing was saved.")
_NOT_YOURS_ALONE = gettext_lazy(
    "It holds in every language, and there are forms that others keep: an administrator changes it. Nothing was saved."
)


class EntryForm(WagtailAdminModelForm):
    """A name or a term; what holds in every language is asked only of whoever keeps all its forms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out what is not for this user to change."""
        super().__init__(*args, **kwargs)
        shared = FOR_EVERY_LANGUAGE if others_forms(self.for_user, self.instance) else ()
        self.withheld = {name: self.fields.pop(name) for name in shared if name in self.fields}

    def clean(self) -> dict[str, Any]:
        """Refuse what was left out and is sent all the same."""
        cleaned: dict[str, Any] = super().clean()
        if any(self._is_sent_changed(name, field) for name, field in self.withheld.items()):
            raise ValidationError(_NOT_YOURS_ALONE)
        return cleaned

    def _is_sent_changed(self, name: str, field: forms.Field) -> bool:
        said = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return self.add_prefix(name) in self.data and field.has_changed(self.initial.get(name), said)


class Rows(BaseChildFormSet):
    """Rows of what somebody keeps; what others keep is beside them."""

    refusal = _NOT_YOURS
    kept_by = gettext_lazy("Forms in other languages, which their reviewers change:")

    def __init__(self, *args: Any, form_kwargs: dict[str, Any], **kwargs: Any) -> None:
        """Take for rows only what this user may change."""
        super().__init__(*args, form_kwargs=form_kwargs, **kwargs)
        self.user = form_kwargs["for_user"]
        self.others = self.find_others()
        if self.others:
            rows = getattr(self.instance, self.rel_name)
            self.queryset = rows.exclude(pk__in=[row.pk for row in self.others])
            self.min_num = 0

    @property
    def may_add(self) -> bool:
        """Whether this user may add a row."""
        raise NotImplementedError

    def find_others(self) -> list[Any]:
        """Return the rows that others keep."""
        raise NotImplementedError

    def describe(self, row: Any) -> SafeString:
        """Say what a row of others says."""
        raise NotImplementedError

    def described(self) -> list[SafeString]:
        """Return what the rows of others say."""
        return [self.describe(row) for row in self.others]

    def numbers_sent(self) -> set[int]:
        """Return the numbers of the stored rows that came with the form."""
        rows = (form.cleaned_data.get("id") for form in self.forms if hasattr(form, "cleaned_data"))
        return {row.pk for row in rows if row}

    def clean(self) -> None:
        """Refuse rows of others, and new ones from whoever may not add any."""
        if self.numbers_sent() & {row.pk for row in self.others}:
            raise ValidationError(self.refusal)
        if not self.may_add and any(form.has_changed() for form in self.extra_forms):
            raise ValidationError(self.refusal)
        super().clean()


class FormRows(Rows):
    """Rows of forms in the languages that somebody keeps, which say in words of the page what is wrong with them."""

    @property
    def may_add(self) -> bool:
        """Whether there is a language to add forms in."""
        return bool(self.languages)

    @property
    def languages(self) -> list[str]:
        """The languages of the rows."""
        return languages_kept_by(self.user)

    def find_others(self) -> list[Form]:
        """Return the forms in languages that others keep."""
        return others_forms(self.user, self.instance)

    def describe(self, row: Form) -> SafeString:
        """Say how it is written, in which language, and whether it is to be written."""
        status = row.get_status_display() if hasattr(row, "status") else ""
        said = " · ".join(filter(None, [name_of(row.language), row.get_use_display(), status]))
        return format_html('<strong lang="{}">{}</strong> · {}', row.language, row.text, said)

    def add_fields(self, form: Any, index: int | None) -> None:
        """Offer the languages of the rows."""
        super().add_fields(form, index)
        field, kept = form.fields["language"], self.languages
        if self.user.is_superuser:
            return
        field.choices = [("", "---------")] * (len(kept) != 1) + [(code, name_of(code)) for code in kept]
        field.initial = kept[0] if len(kept) == 1 else None
        field.error_messages["invalid_choice"] = self.refusal

    def clean(self) -> None:
        """Refuse a form that somebody else has added since the page was opened."""
        super().clean()
        sent = self.numbers_sent()
        unseen = {(row.text, row.language) for row in self.instance.forms.all() if row.pk not in sent}
        said = (form.cleaned_data for form in self.forms if form.is_valid() and form not in self.deleted_forms)
        for row in said:
            if (row.get("text"), row.get("language")) in unseen:
                raise ValidationError(
                    _("“%(form)s” was added meanwhile, in the same language.") % {"form": row["text"]}
                )

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        """Say that two rows are the same; Django would name the fields as the database does."""
        return _("A form stands here twice in the same language. Take one of the rows away.")

    def get_form_error(self) -> str:
        """Say it of the second of two rows that are the same."""
        return _("This form stands above already, in the same language.")


class MentionRows(Rows):
    """Rows of pages on which nothing is flagged in any language: kept by whoever keeps all forms of the name."""

    refusal = _NOT_YOURS_ALONE
    kept_by = gettext_lazy("They hold in every language; an administrator changes them:")

    @property
    def may_add(self) -> bool:
        """Whether the name has no forms that others keep."""
        return not others_forms(self.user, self.instance)

    def find_others(self) -> list[Mention]:
        """Return all pages, or none."""
        return [] if self.may_add else list(self.instance.mentions.all())

    def describe(self, row: Mention) -> SafeString:
        """Say which page, and why."""
        return format_html("{} · {}", _title(row.page, self.user), row.why)


class RowsPanel(InlinePanel):
    """The rows, as a panel of the page."""

    def __init__(self, *args: Any, rows: type[Rows], **kwargs: Any) -> None:
        """Keep what kind of rows they are."""
        super().__init__(*args, **kwargs)
        self.rows = rows

    def clone_kwargs(self) -> dict[str, Any]:
        """Return what makes the same panel."""
        return {**super().clone_kwargs(), "rows": self.rows}

    def get_form_options(self) -> dict[str, Any]:
        """Return Wagtail's options, with our rows, which know who writes in them."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {"formset": self.rows, "inherit_kwargs": ["for_user"]}
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        """The panel of one form."""

        template_name = "translation/names/rows.html"


class EveryLanguagePanel(FieldPanel):
    """A field that holds in every language: shown to be read where the form does not ask it."""

    class BoundPanel(FieldPanel.BoundPanel):
        """The panel of one form."""

        def __init__(self, **kwargs: Any) -> None:
            """Show what the form does not ask."""
            super().__init__(**kwargs)
            if self.form is not None and self.bound_field is None:
                field = self.panel.db_field
                self.read_only, self.heading = True, capfirst(field.verbose_name)
                self.help_text = _("It holds in every language; an administrator changes it.")

        @property
        def value_from_instance(self) -> Any:
            """Return what is stored; of a page what its reader may know."""
            value = getattr(self.instance, self.field_name)
            return _title(value, self.request.user) if isinstance(value, Page) else value or "–"


def _title(page: Page, user: Any) -> str:
    return KindChooser().get_display_title(page) if is_visible(page, user) else _("A page that you may not see")
