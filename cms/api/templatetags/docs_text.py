"""Texts of the documentation as HTML."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_CODE = re.compile("`([^`]+)`")
_TOKEN = re.compile(
    r"(?P<key>&quot;(?:(?!&quot;).)*&quot;)(?=\s*:)|(?P<text>&quot;(?:\\&quot;|(?!&quot;).)*&quot;)"
    r"|(?<=[\s:\[,])(?P<value>-?\d[\d.]*|true|false|null)(?=[\s,\]}])"
)
_CLASSES = {"key": "k", "text": "s", "value": "v"}


@register.filter
def with_code(text: str) -> SafeString:
    """Return a text in which what stands between backticks is code."""
    return mark_safe(_CODE.sub(r"<code>\1</code>", escape(text)))  # noqa: S308  our own text, escaped


@register.filter
def coloured(text: str) -> SafeString:
    """Return JSON with its keys, texts and values told apart; anything else as it is."""
    escaped = escape(text)
    if not text.startswith(("{", "[")):
        return escaped
    return mark_safe(_TOKEN.sub(_coloured, escaped))  # noqa: S308  escaped above


def _coloured(found: re.Match[str]) -> str:
    return f'<span class="{_CLASSES[str(found.lastgroup)]}">{found[0]}</span>'
