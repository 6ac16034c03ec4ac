"""Those who sign in to the admin."""

from typing import Any


def name_of_user(user: Any) -> str:
    """Return what somebody is called: by their name, or else by that with which they sign in; nothing for nobody."""
    return str(user.get_full_name() or user.get_username()) if user else ""
