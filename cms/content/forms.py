"""The editors' form of a page: what is wrong is said on the field it names, and everything typed is kept."""

from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from cms.content.documents import Context, declaration_of
from cms.content.errors import PublishingRefused

if TYPE_CHECKING:
    from cms.content.pages import ContentPage

ACTIONS_OF_A_FINISHED_PAGE = ("action-publish", "action-submit")


class ContentPageForm(WagtailAdminPageForm):
    """The form in which a page is written.

    A page that is to be published, or shown to reviewers, must keep the contract with the partner cities; a draft need
    not. Whatever refused the publishing before is said here too.
    """

    page_language = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Tell the choosers which language is being written."""
        super().__init__(*args, **kwargs)
        if self.instance.locale_id:
            self.fields["page_language"].initial = self.instance.locale.language_code

    def is_valid(self) -> bool:
        """Whether the page can be stored, and published if that is what the editor asked for."""
        if not super().is_valid():
            return False
        if self._is_finished():
            self._say(_find_problems(self._assemble()))
        self._say(self._refused_before())
        return not self.errors

    def _is_finished(self) -> bool:
        return any(action in self.data for action in ACTIONS_OF_A_FINISHED_PAGE)

    def _assemble(self) -> "ContentPage":
        """Return the page with everything that was typed, its rows too; nothing is stored."""
        return cast("ContentPage", self.save(commit=False))

    def _refused_before(self) -> PublishingRefused | None:
        """Return why the page was refused a moment ago, when publishing was the last act of its transaction."""
        return getattr(self.instance, "publishing_refused", None) or getattr(
            self.parent_page, "publishing_refused", None
        )

    def _say(self, refused: PublishingRefused | None) -> None:
        if refused is None:
            return
        on_fields = {name: errors for name, errors in refused.field_errors.items() if name in self.fields}
        for name, errors in on_fields.items():
            self.add_error(name, errors)
        for message in _others(refused, on_fields):
            self.add_error(None, message)


def _find_problems(page: "ContentPage") -> PublishingRefused | None:
    """Return why the page cannot be a document, or None."""
    moment = page.published_at or page.first_published_at or timezone.now()
    context = Context(language=page.language, published_at=moment.astimezone(UTC))
    try:
        declaration_of(type(page)).build(page, context)
    except PublishingRefused as refused:
        return refused
    except ValidationError as error:
        return _as_refused(error)
    return None


def _as_refused(error: ValidationError) -> PublishingRefused:
    fields: dict[str, list[str]] = {}
    for problem in error.errors(include_url=False):
        name = str(problem["loc"][0]) if problem["loc"] else ""
        fields.setdefault(name, []).append(problem["msg"].removeprefix("Value error, "))
    messages = [
        _("“%(field)s” cannot be published: %(problem)s") % {"field": name, "problem": problem}
        for name, problems in fields.items()
        for problem in problems
    ]
    return PublishingRefused(messages, fields)


def _others(refused: PublishingRefused, on_fields: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the sentences that no field shows."""
    if not on_fields:
        return refused.messages
    shown = {error for errors in on_fields.values() for error in errors}
    fields = {name: errors for name, errors in refused.field_errors.items() if name not in on_fields}
    rest = [message for message in refused.messages if not any(error in message for error in shown)]
    return rest or [f"{name}: {error}" for name, errors in fields.items() for error in errors]
