"""What administrators decide about machines, as pages of the admin."""

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from cms.translation.engines.models import Agreement, Budget, Policy, Spending, month_of
from cms.translation.kept_forms import KeptCreateView, KeptEditView


class RecordView(KeptCreateView):
    """Records an agreement, and who did."""

    def save_instance(self) -> Agreement:
        """Keep who recorded it."""
        self.form.instance.recorded_by = self.request.user
        recorded: Agreement = super().save_instance()
        return recorded


class AgreementViewSet(ModelViewSet):
    """The data processing agreements."""

    model = Agreement
    icon = "lock"
    menu_label = _("Agreements")
    name = "machine_agreements"
    url_prefix = "desk/machines/agreements"
    add_view_class = RecordView
    edit_view_class = KeptEditView
    list_display: ClassVar[list[Any]] = ["engine", "reference", "signed_on", "until", "recorded_by", "recorded_at"]
    search_backend_name = None
    copy_view_enabled = False
    panels: ClassVar[list[Panel]] = [
        HelpPanel(
            _("Texts are sent to an engine only while an agreement with it is in force. Your name is kept with it.")
        ),
        FieldPanel("engine"),
        FieldPanel("reference"),
        FieldRowPanel([FieldPanel("signed_on"), FieldPanel("until")]),
    ]


class SpentColumn(Column):
    """What was spent of a budget this month."""

    def get_value(self, instance: Budget) -> int:
        """Return the characters."""
        month = month_of(timezone.localdate())
        rows = Spending.objects.filter(language=instance.language, month=month)
        return rows.values_list("characters", flat=True).first() or 0


class BudgetViewSet(ModelViewSet):
    """The budgets of the languages."""

    model = Budget
    icon = "decimal"
    menu_label = _("Budgets")
    name = "machine_budgets"
    add_view_class = KeptCreateView
    edit_view_class = KeptEditView
    url_prefix = "desk/machines/budgets"
    list_display: ClassVar[list[Any]] = ["language", "characters", SpentColumn("spent", label=_("spent this month"))]
    search_backend_name = None
    copy_view_enabled = False
    panels: ClassVar[list[Panel]] = [FieldPanel("language"), FieldPanel("characters")]


class PolicyViewSet(ModelViewSet):
    """What may be published unreviewed."""

    model = Policy
    icon = "warning"
    menu_label = _("Unreviewed text")
    name = "machine_rules"
    add_view_class = KeptCreateView
    edit_view_class = KeptEditView
    url_prefix = "desk/machines/rules"
    list_display: ClassVar[list[Any]] = ["kind", "may_publish"]
    search_backend_name = None
    copy_view_enabled = False
    panels: ClassVar[list[Panel]] = [FieldPanel("kind"), FieldPanel("may_publish")]


class Machines(ModelViewSetGroup):
    """All of it in one place of the menu."""

    menu_label = _("Machine translation")
    menu_icon = "cogs"
    add_to_admin_menu = False
    add_to_settings_menu = True
    menu_order = 900
    items = (AgreementViewSet, BudgetViewSet, PolicyViewSet)


def viewsets() -> list[Any]:
    """Return the pages."""
    return [Machines()]
