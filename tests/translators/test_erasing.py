"""Who is erased is erased at the desk, too."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import PageLogEntry
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource

from cms.translation.models import StringVersion
from cms.translation.submitting import translate
from news.models import NewsPage
from tests.translators import desk
from tests.translators.desk import SV, UK, commit, in_language, read, rewrite, say


def delete(*pages: NewsPage) -> None:
    for page in pages:
        read(page).delete()
    commit()


def words_left() -> set[str]:
    return {
        *String.objects.values_list("data", flat=True),
        *StringTranslation.objects.values_list("data", flat=True),
        *StringVersion.objects.values_list("before", flat=True),
        *StringVersion.objects.values_list("after", flat=True),
    }


def test_deleting_all_pages_of_a_key_leaves_no_text_of_it(article: NewsPage, ukrainian: Translation) -> None:
    """Trap 21: stock localize keeps every string for ever."""
    say(ukrainian, UK)
    say(ukrainian, {"fact": "Офіс ICLD — у Вісбю."})
    delete(in_language(article, "uk"), article)
    assert not words_left() & {*SV.values(), *UK.values(), "Офіс ICLD — у Вісбю."}
    assert not TranslationSource.objects.filter(object_id=article.translation_key).exists()


@pytest.mark.parametrize("left", ["sv", "uk"])
def test_while_one_page_is_left_its_strings_stay(left: str, article: NewsPage, ukrainian: Translation) -> None:
    """Trap 6 stays closed: what translators did is there when the translation is begun anew."""
    say(ukrainian, UK)
    delete(in_language(article, "uk" if left == "sv" else "sv"))
    assert set(UK.values()) <= words_left()


def test_what_another_page_says_too_stays_with_it(article: NewsPage, ukrainian: Translation) -> None:
    say(ukrainian, UK)
    other = desk.write_article("sv")
    rewrite(other, title="Umeå och Cherson skriver avtal")
    say(translate(read(other), "uk"), UK)
    delete(in_language(article, "uk"), article)
    assert SV["title"] not in words_left()
    assert SV["lead"] in words_left()
    assert UK["lead"] in words_left()


def test_titles_go_from_the_log_on_command(article: NewsPage, ukrainian: Translation) -> None:
    """Trap 21."""
    with pytest.raises(CommandError):
        call_command("erase", str(article.translation_key))
    translated = in_language(article, "uk")
    pks = [article.pk, translated.pk]
    delete(translated, article)
    entries = PageLogEntry.objects.filter(page_id__in=pks)
    assert SV["title"] in entries.values_list("label", flat=True)
    call_command("erase", str(article.translation_key))
    assert set(entries.values_list("label", flat=True)) == {str(article.translation_key)}
    assert SV["title"] not in str(list(entries.values_list("data", flat=True)))
