"""Demo accounts sign in to demo hubs only: their passwords are written down."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

DEMO_GROUP = "Demo accounts"


class AccountsOfThisHub(ModelBackend):
    """Lets people sign in; those of the demo only where DEMO=1, whatever is left of an earlier demo."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account may be used here, also by somebody signed in already."""
        if not super().user_can_authenticate(user):
            return False
        return bool(settings.DEMO or not user.groups.filter(name=DEMO_GROUP).exists())
