"""The comment of a review, kept in its writer's browser until the hub has taken it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wagtail.admin.ui.components import Component
from wagtail.models import TaskState

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST = 20
"""Decisions that a browser is told of: what it keeps for an older one it drops after another decision on that text."""


def decided_by(user: "User") -> list[int]:
    """Return the steps that the user decided last: their comments have arrived."""
    decided = TaskState.objects.filter(
        finished_by=user, status__in=[TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED]
    )
    return list(decided.order_by("-pk").values_list("pk", flat=True)[:MOST])


class TakenPanel(Component):
    """Tells the browser, unseen, which comments have arrived: who approved may not be let back to the text."""

    name = "taken"
    order = 60
    template_name = "translation/taken.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Find what the reader decided."""
        user = parent_context["request"].user
        return {"user": user, "taken": decided_by(user)}
