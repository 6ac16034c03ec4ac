"""Whose forms are whose: reviewers keep those of their languages, and administrators all."""

from typing import Any

from cms.content.languages import languages
from cms.translation.names.models import Entry, Form
from cms.translation.permissions import languages_of_reviewer


def languages_kept_by(user: Any) -> list[str]:
    """Return the languages in which somebody adds forms, changes them and takes them away."""
    return languages() if user.is_superuser else languages_of_reviewer(user)


def others_forms(user: Any, entry: Entry) -> list[Form]:
    """Return those forms of an entry that are not for this user to change."""
    if user.is_superuser:
        return []
    kept = languages_kept_by(user)
    return [form for form in entry.forms.all() if form.language not in kept]
