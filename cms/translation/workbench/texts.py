"""Strings as translators type them: plain text, or with the marks of the source where it has any."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue, validate_translation_links

MARKS = re.compile(r"<(?!br\s*/?>)/?\w")
"""Any markup but a line break, which is a new line for whoever types."""


def has_marks(*htmls: str) -> bool:
    """Whether any of the strings has bold words, links or the like."""
    return any(MARKS.search(html) for html in htmls)


def to_typed(html: str, *, marked: bool) -> str:
    """Return a stored string as it stands in the field."""
    return html if marked else str(StringValue(html).render_text())


def from_typed(text: str, *, marked: bool, source: str) -> str:
    """Return what is typed as it is stored; raise `ValidationError` with a sentence when its marks are broken."""
    text = text.replace("\r\n", "\n").strip()
    if not marked:
        return str(StringValue.from_plaintext(text).data)
    try:
        html = str(StringValue.from_translated_html(text.replace("\n", " ")).data)
        validate_translation_links(source, html)
    except (ValueError, KeyError):
        raise ValidationError(
            _("The marks do not fit: use only those of the source, such as %(marks)s, and close each of them.")
            % {"marks": " ".join(dict.fromkeys(re.findall(r"<\w[^>]*>", source))) or "<b>"}
        ) from None
    return html
