"""Fields of blocks: what Wagtail does not have, or would put to translators."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from cms.content.choosers import KindChooser
from cms.content.documents import declaration_for, declaration_of, declarations
from cms.content.languages import language_choices
from frontend_contract.models.links import Pointer
from frontend_contract.models.shape import Kind

Segments = list[Any]


class LineBlock(blocks.CharBlock):
    """A line of text; an absent one is empty: localize cannot read None."""

    def to_python(self, value: str | None) -> str:
        """Read the stored form."""
        return value or ""

    def normalize(self, value: str | None) -> str:
        """Take what was given."""
        return value or ""

    class Meta:
        default = ""


class LinesBlock(blocks.TextBlock):
    """A text of several lines; an absent one is empty: localize cannot read None."""

    def to_python(self, value: str | None) -> str:
        """Read the stored form."""
        return value or ""

    def normalize(self, value: str | None) -> str:
        """Take what was given."""
        return value or ""

    class Meta:
        default = ""


class UntranslatedText(LinesBlock):
    """A text that stays as it is in every language, such as words in the original."""

    def get_translatable_segments(self, value: str) -> Segments:
        """Give translators nothing."""
        return []


class UntranslatedLine(LineBlock):
    """A line that stays as it is in every language, such as a telephone number."""

    def get_translatable_segments(self, value: str) -> Segments:
        """Give translators nothing."""
        return []


class NamedChoiceBlock(blocks.ChoiceBlock):
    """One of several choices, each stored by a name."""

    def normalize_choice(self, value: Any) -> Any:
        """Take a name as it is: Wagtail would go through all choices, and translate them, whenever a text is read."""
        return value if type(value) is str else super().normalize_choice(value)


class LanguageBlock(NamedChoiceBlock):
    """One of the hub's languages."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer the hub's languages."""
        super().__init__(**{"choices": language_choices, **kwargs})


class WeekInput(forms.TextInput):
    """A calendar week; browsers that have no such field take it as text."""

    input_type = "week"


class WeekBlock(blocks.FieldBlock):
    """A calendar week such as 2024-W24 (ISO 8601)."""

    def __init__(self, required: bool = True, help_text: Any = "", **kwargs: Any) -> None:
        """Take a week."""
        widget = WeekInput(attrs={"placeholder": "2024-W24", "pattern": r"\d{4}-W\d{2}"})
        self.field = forms.CharField(required=required, help_text=help_text, widget=widget, validators=[_is_week])
        super().__init__(**kwargs)


def days_of(week: str) -> tuple[date, date]:
    """Return Monday and Sunday of a week such as 2024-W24; raise ValueError when there is no such week."""
    year, _w, number = week.partition("-W")
    return date.fromisocalendar(int(year), int(number), 1), date.fromisocalendar(int(year), int(number), 7)


def _is_week(value: str) -> None:
    try:
        days_of(value)
    except ValueError:
        raise ValidationError(_("Write the week like 2024-W24.")) from None


@dataclass(frozen=True)
class Target:
    """A page that is pointed to: its kind, and the key that it has in every language."""

    kind: Kind
    key: UUID

    @classmethod
    def of(cls, page: Page) -> Self:
        """Return the target that a page is."""
        return cls(kind=declaration_of(page.specific_class).kind, key=page.translation_key)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a target from its stored form, such as `people/5f0c2c0e-…`."""
        kind, _slash, key = text.partition("/")
        return cls(kind=declaration_for(kind).kind, key=UUID(key))

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"

    def find_page(self, language: str | None = None) -> Page | None:
        """Return the page in a language; in another when it does not exist there."""
        pages = list(declaration_for(self.kind).model.objects.filter(translation_key=self.key).select_related("locale"))
        return min(pages, key=lambda page: (page.locale.language_code != language, page.pk), default=None)

    def find_pk(self) -> int | None:
        """Return the primary key of the page in whichever language was first."""
        pks: list[int] = list(Page.objects.filter(translation_key=self.key).values_list("pk", flat=True))
        return min(pks, default=None)

    def as_pointer(self) -> Pointer:
        """Return the target as documents store it."""
        return Pointer(pointer=self.kind, id=self.key)


class TargetBlock(blocks.FieldBlock):
    """A page to point to, stored by kind and key: it means the same page in every language, and none by chance."""

    def __init__(self, kind: Kind | None = None, required: bool = True, help_text: Any = "", **kwargs: Any) -> None:
        """Offer documents of `kind`; of every kind when it is None."""
        self.kind = kind
        self.field_options: dict[str, Any] = {"required": required, "help_text": help_text}
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.Field:
        """The field in which the page is chosen."""
        return forms.ModelChoiceField(queryset=Page.objects.all(), widget=KindChooser(self.kind), **self.field_options)

    def normalize(self, value: Any) -> Target | None:
        """Take a page for what it is."""
        return Target.of(value) if isinstance(value, Page) else value

    def to_python(self, value: str | None) -> Target | None:
        """Read the stored form."""
        return Target.read(value) if value else None

    def get_prep_value(self, value: Target | None) -> str | None:
        """Return the stored form."""
        return str(value) if value else None

    def value_from_form(self, value: Any) -> Target | None:
        """Turn the chosen page's number into its key."""
        if not value or isinstance(value, Target):
            return value or None
        page = value if isinstance(value, Page) else Page.objects.filter(pk=value).first()
        return Target.of(page) if page else None

    def get_form_state(self, value: Target | None) -> dict[str, Any] | None:
        """Return what the field shows."""
        page = value.find_page() if value else None
        data: dict[str, Any] | None = self.field.widget.get_value_data(page)
        return data

    def clean(self, value: Target | None) -> Target | None:
        """Check that there is such a page, of the right kind."""
        if value is None:
            if self.field.required:
                raise ValidationError(self.field.error_messages["required"], code="required")
            return None
        if (self.kind and value.kind != self.kind) or value.find_page() is None:
            raise ValidationError(_("This page does not exist any more. Choose another."))
        return value

    def render_basic(self, value: Target | None, context: Any = None) -> str:
        """Return the title of the page, for comparing versions."""
        page = value.find_page() if value else None
        return str(page.title) if page else ""

    def extract_references(self, value: Target | None) -> Any:
        """Tell Wagtail which page is used here, so that whoever deletes it is warned."""
        page_pk = value.find_pk() if value else None
        if page_pk:
            yield Page, str(page_pk), "", ""

    def get_translatable_segments(self, value: Target | None) -> Segments:
        """Give translators nothing: a key means the page in every language."""
        return []

    class Meta:
        icon = "doc-empty-inverse"


class AppointmentBlock(blocks.ChoiceBlock):
    """One of somebody's appointments, by its key."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer everybody's appointments."""
        super().__init__(**{"choices": find_appointments, **kwargs})

    def normalize_choice(self, value: str | None) -> str | None:
        """Take a key as it is: Wagtail would ask for everybody's appointments whenever a text is read."""
        return value

    def get_searchable_content(self, value: str | None) -> list[str]:
        """Return nothing: an appointment is found with its person, and Wagtail would ask for everybody's again."""
        return []


def find_appointments() -> list[tuple[str, Any]]:
    """Return the appointments of everybody, as the page types that have such say."""
    models = {declared.model for declared in declarations() if hasattr(declared.model, "find_appointments")}
    return [group for model in models for group in model.find_appointments()]
