"""Texts as the concordance shows them, with the words that were looked for marked."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail_localize.strings import StringValue

from cms.content.letters import beginning_with, places_of
from cms.translation.concordance.questions import Question


def mark(html: str, question: Question, language: str) -> SafeString:
    """Return a string of localize as safe HTML: its text, escaped, with nothing but `<mark>` in it."""
    text = " ".join(str(StringValue(html).render_text()).split())
    forms = question.all_forms(language)
    words = {form.text for form in forms if not form.is_beginning}
    beginnings = tuple(form.text for form in forms if form.is_beginning)
    pieces, at = [], 0
    for word, start, end in places_of(text, beginning_with({form.text[0] for form in forms})):
        if word in words or word.startswith(beginnings):
            pieces.append((text[at:start], text[start:end]))
            at = end
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[at:])
