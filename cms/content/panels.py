"""How a page's form is laid out: first what one writes, then what belongs to it, dates and rights in a second tab."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from cms.content.choosers import KindChooser
from cms.content.forms import ContentPageForm
from frontend_contract.models.shape import Kind


class TitlePanel(TitleFieldPanel):
    """Wagtail's panel for titles without its script for slugs: they are made when a page is first published."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        """The panel of one form."""

        def get_attrs(self) -> dict[str, Any]:
            """Return only what says where the title goes."""
            return {"placeholder": self.get_placeholder()}


TITLE = TitlePanel("title")


def tabs(*writing: Panel, dates: Iterable[Panel] = ()) -> TabbedInterface:
    """Lay out a page: `writing` in the order in which one writes, `dates` before the dates every page has."""
    return TabbedInterface(
        [
            ObjectList([TITLE, *writing], heading=_("Text")),
            ObjectList([*dates, *_dates_and_rights()], heading=_("Dates and rights")),
        ],
        base_form_class=ContentPageForm,
    )


def image_panel(heading: Any, help_text: Any = "") -> MultiFieldPanel:
    """Lay out the main image with its texts."""
    return MultiFieldPanel(
        [
            FieldPanel("image"),
            FieldPanel("image_alt"),
            FieldPanel("image_decorative"),
            FieldPanel("image_caption"),
        ],
        heading=heading,
        help_text=help_text,
    )


def rows_of_pages(name: str, kind: Kind | None, heading: Any, help_text: Any, *more: str) -> InlinePanel:
    """Lay out rows that point to pages of one kind, in the language that is being written."""
    return InlinePanel(
        name,
        panels=[FieldPanel("page", widget=KindChooser(kind)), *map(FieldPanel, more)],
        heading=heading,
        help_text=help_text,
    )


def rows_of(name: str, heading: Any, help_text: Any, *fields: str | tuple[str, ...]) -> InlinePanel:
    """Lay out rows of fields; fields in a tuple stand beside each other."""
    panels = [
        FieldPanel(field) if isinstance(field, str) else FieldRowPanel(map(FieldPanel, field)) for field in fields
    ]
    return InlinePanel(name, panels=panels, heading=heading, help_text=help_text)


def _dates_and_rights() -> list[Panel]:
    return [
        FieldPanel("published_at"),
        PublishingPanel(),
        MultiFieldPanel(
            [
                FieldPanel("canonical_url"),
                FieldPanel("license"),
                FieldPanel("credit_line"),
                FieldPanel("ai_disclosure"),
            ],
            heading=_("Rights and origin"),
        ),
    ]
