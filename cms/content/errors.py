"""What can be wrong with content, said so that its editor can mend it."""

from collections.abc import Iterable, Mapping


class PublishingRefused(Exception):  # noqa: N818  (named as we speak of it)
    """A page may not be published as it is; nothing was changed.

    `messages` are sentences for the editor. `field_errors` holds those that belong to a form field, by field name.
    """

    def __init__(self, messages: Iterable[str], field_errors: Mapping[str, Iterable[str]] | None = None) -> None:
        """Keep the sentences and, where known, the fields they belong to."""
        self.messages = [str(message) for message in messages]
        self.field_errors = {name: [str(error) for error in errors] for name, errors in (field_errors or {}).items()}
        super().__init__(" ".join(self.messages))


class UnknownKind(LookupError):  # noqa: N818  (named as we speak of it)
    """No page type declares a document of this kind."""


class UndeclaredPage(LookupError):  # noqa: N818  (named as we speak of it)
    """A page type that says nothing of what is public about it."""
