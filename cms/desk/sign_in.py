"""The form with which people sign in."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm


class SignInForm(LoginForm):
    """Wagtail's own, which names the password in English only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name it in the reader's language."""
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
