"""The rows in which the forms of a name or a term are typed."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel


class FormRows(BaseChildFormSet):
    """Rows of forms, which say in words of the page what is wrong with them."""

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        """Say that two rows are the same; Django would name the fields as the database does."""
        return _("A form stands here twice in the same language. Take one of the rows away.")

    def get_form_error(self) -> str:
        """Say it of the second of two rows that are the same."""
        return _("This form stands above already, in the same language.")


class FormsPanel(InlinePanel):
    """The rows, as a panel of the page."""

    def get_form_options(self) -> dict[str, Any]:
        """Return Wagtail's options, with our rows."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = FormRows
        return options
