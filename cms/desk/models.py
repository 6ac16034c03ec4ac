"""What the desk remembers of what it was sent."""

from typing import Any

from django.conf import settings
from django.db import models


class Receipt(models.Model):
    """What the hub answered to a form that was sent: whoever did not get the answer asks with the same ticket again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    ticket = models.UUIDField()
    answer: "models.JSONField[Any, Any]" = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "ticket"], name="one_answer_per_ticket")]

    def __str__(self) -> str:
        """Name it by its ticket."""
        return str(self.ticket)
