"""Dates in the translation editor read the same in every language."""

from datetime import UTC, datetime

import pytest
from django.utils import translation
from wagtail_localize.models import StringTranslation


@pytest.mark.parametrize("language", ["sv", "uk", "fi", "en"])
def test_when_a_text_was_translated_is_said_without_english_months(language: str) -> None:
    text = StringTranslation(translation_type="manual", updated_at=datetime(2024, 6, 14, tzinfo=UTC))
    with translation.override(language):
        assert text.get_comment().endswith("2024-06-14")
