"""Deletes files that were replaced, when nothing can bring them back any more."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.forms import ModelForm


class KeepsReplacedFile(ModelForm[Any]):
    """A form that deletes a replaced file at commit.

    Wagtail deletes it at once: when the transaction is rolled back, the row has its old file again, and that is gone.
    """

    original_file: FieldFile | None
    cleaned_data: dict[str, Any]

    def save(self, commit: bool = True) -> Any:
        """Store what was typed; hide the old file from Wagtail."""
        replaced, self.original_file = self.original_file, None
        saved = super().save(commit=commit)
        if commit and replaced and replaced.name and "file" in self.changed_data:
            transaction.on_commit(partial(replaced.storage.delete, replaced.name))
        return saved
