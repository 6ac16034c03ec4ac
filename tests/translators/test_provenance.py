"""Cities know how each text came about, from which language, and whether its source has moved on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.translation.gate import check
from cms.translation.making import describe, describe_page
from cms.translation.models import Provenance
from cms.translation.provenance import review, translation_of
from cms.translation.publishing import publish_translation, save_translation_draft
from cms.translation.sources import find_translation
from cms.translation.staleness import refresh
from cms.translation.submitting import translate
from news.models import NewsPage
from tests.translators.desk import (
    EN,
    FI,
    SV,
    UK,
    carry,
    change_source,
    commit,
    follow,
    in_language,
    open_segments,
    read,
    rewrite,
    save_draft,
    say,
    say_one,
    segment_of,
    write_article,
    write_chain,
)

NEW_LEAD = "Umeå kommun och Cherson har undertecknat en avsiktsförklaring under vecka 24."


def test_an_article_says_that_it_is_the_original(article: NewsPage) -> None:
    said = translation_of(article)
    assert (said.origin, said.source_language, said.translated_from) == ("original", "sv", None)
    assert (said.is_stale, said.stale_since, said.tool, said.reviewed_at) == (False, None, None, None)


def test_what_people_translated_says_so(article: NewsPage) -> None:
    carry(article, "uk")
    said = translation_of(in_language(article, "uk"))
    assert (said.origin, said.source_language, said.translated_from, said.tool) == ("human", "sv", "sv", None)


def test_what_a_machine_translated_says_so_and_names_it(article: NewsPage) -> None:
    carry(article, "en", tool="DeepL")
    said = translation_of(in_language(article, "en"))
    assert (said.origin, said.tool, said.reviewed_at) == ("machine", "DeepL", None)


def test_reviewed_machine_text_says_when(article: NewsPage) -> None:
    carry(article, "en", tool="DeepL")
    review(in_language(article, "en"), timezone.now())
    said = translation_of(in_language(article, "en"))
    assert said.origin == "machine_reviewed"
    assert said.reviewed_at is not None


def test_new_machine_text_is_not_reviewed_by_an_old_review(article: NewsPage) -> None:
    translation = carry(article, "en", tool="DeepL")
    review(in_language(article, "en"), timezone.now())
    say_one(translation, segment_of(translation, SV["box"]), "Further information", tool="DeepL")
    publish_translation(translation)
    commit()
    assert translation_of(in_language(article, "en")).origin == "machine"


def test_text_by_both_is_mixed(article: NewsPage) -> None:
    translation = translate(article, "en")
    say(translation, EN, tool="DeepL")
    say_one(translation, segment_of(translation, SV["box"]), EN["box"])
    publish_translation(translation)
    commit()
    assert translation_of(in_language(article, "en")).origin == "mixed"


def test_words_changed_but_not_published_change_nothing(article: NewsPage) -> None:
    """localize keeps the newest strings only; the published text keeps how it was made."""
    translation = carry(article, "en", tool="DeepL")
    say_one(translation, segment_of(translation, SV["box"]), "Further information")
    commit()
    assert translation_of(in_language(article, "en")).origin == "machine"


def test_finnish_from_the_swedish_translation_of_a_ukrainian_source() -> None:
    ukrainian = write_article("uk", city="kherson")
    carry(ukrainian, "sv")
    carry(in_language(ukrainian, "sv"), "fi")
    finnish = in_language(ukrainian, "fi")
    assert finnish.live
    assert finnish.lead == FI["lead"]
    said = translation_of(finnish)
    assert (said.origin, said.source_language, said.translated_from) == ("human", "uk", "sv")
    assert {page.language for page in NewsPage.objects.filter(translation_key=ukrainian.translation_key)} == {
        "uk",
        "sv",
        "fi",
    }


def test_a_translation_is_stale_when_its_source_is_published_with_changes(article: NewsPage) -> None:
    carry(article, "uk")
    rewrite(article, lead=NEW_LEAD)
    said = translation_of(in_language(article, "uk"))
    assert said.is_stale
    assert said.stale_since == read(article).last_published_at.replace(microsecond=0)


def test_a_translation_stays_stale_since_the_first_change(article: NewsPage) -> None:
    carry(article, "uk")
    rewrite(article, lead=NEW_LEAD)
    since = Provenance.objects.get(key=article.translation_key).stale_since
    rewrite(article, title="Umeå samarbetar med Cherson")
    assert Provenance.objects.get(key=article.translation_key).stale_since == since


def test_a_draft_of_the_source_makes_nothing_stale(article: NewsPage) -> None:
    carry(article, "uk")
    save_draft(article, lead=NEW_LEAD)
    commit()
    assert not translation_of(in_language(article, "uk")).is_stale


def test_publishing_the_same_text_again_makes_nothing_stale(article: NewsPage) -> None:
    carry(article, "uk")
    read(article).save_revision().publish()
    commit()
    assert not translation_of(in_language(article, "uk")).is_stale


def test_taking_a_change_back_makes_the_translation_fresh_again(article: NewsPage) -> None:
    carry(article, "uk")
    rewrite(article, lead=NEW_LEAD)
    rewrite(article, lead=SV["lead"])
    assert not translation_of(in_language(article, "uk")).is_stale


def test_a_changed_week_is_a_change(article: NewsPage) -> None:
    """Dates are no strings, so localize never asks anybody about them."""
    carry(article, "uk")
    body = [*article.body.get_prep_value(), {"type": "period", "value": {"label": "", "week": "2024-W24"}}]
    rewrite(article, body=article._meta.get_field("body").to_python(body))
    assert translation_of(in_language(article, "uk")).is_stale


def test_publishing_the_new_words_ends_staleness(article: NewsPage) -> None:
    """Trap 9: the new text is given to translators by itself, and what they had stays."""
    translation = carry(article, "uk")
    rewrite(article, lead=NEW_LEAD)
    texts = {segment.string.data for segment in open_segments(translation)}
    assert NEW_LEAD in texts
    assert SV["lead"] not in texts
    say_one(translation, segment_of(translation, NEW_LEAD), "Умео і Херсон підписали лист про наміри на 24-му тижні.")
    publish_translation(translation)
    commit()
    assert not translation_of(in_language(article, "uk")).is_stale
    assert in_language(article, "uk").title == UK["title"]


def test_a_draft_of_the_source_is_not_given_to_translators(article: NewsPage) -> None:
    """Trap 8."""
    translation = carry(article, "uk")
    save_draft(article, lead="Hemligt tills vidare: förhandlingarna har strandat.")
    commit()
    refresh(type(article).objects.filter(translation_key=article.translation_key))
    assert SV["lead"] in {segment.string.data for segment in open_segments(translation)}


def test_staleness_travels_along_the_chain() -> None:
    chain = write_chain()

    def stale() -> list[str]:
        pages = (translation.get_target_instance() for translation in chain.values())
        return [page.language for page in pages if translation_of(page).is_stale]

    assert stale() == []
    change_source(chain)
    assert stale() == ["sv", "fi", "en"]
    follow(chain["sv"], "Umeå och Cherson inleder samarbete")
    assert stale() == ["fi", "en"], "the source of the Finnish text has changed now"
    follow(chain["fi"], "Uumaja ja Herson aloittavat yhteistyön")
    assert stale() == ["en"]
    follow(chain["en"], "Umeå and Kherson begin to cooperate")
    assert stale() == []


def test_a_text_published_late_is_as_old_as_its_making(article: NewsPage) -> None:
    """A revision may wait for a review while the source goes on."""
    translation = translate(article, "uk")
    say(translation, UK)
    revision = save_translation_draft(translation)
    rewrite(article, lead=NEW_LEAD)
    revision.publish()
    commit()
    assert translation_of(in_language(article, "uk")).is_stale


def test_a_source_that_is_unpublished_leaves_its_translations_as_they_are(article: NewsPage) -> None:
    carry(article, "uk")
    read(article).unpublish()
    commit()
    said = translation_of(in_language(article, "uk"))
    assert (said.origin, said.translated_from, said.is_stale) == ("human", "sv", False)


def test_a_source_that_is_deleted_leaves_what_is_said_of_its_translations(article: NewsPage) -> None:
    carry(article, "uk")
    page = in_language(article, "uk")
    read(article).delete()
    commit()
    assert translation_of(page).translated_from == "sv"


def test_looking_again_changes_nothing(article: NewsPage, django_assert_num_queries: object) -> None:
    carry(article, "uk")
    rewrite(article, lead=NEW_LEAD)
    before = list(Provenance.objects.values())
    refresh(type(article).objects.filter(translation_key=article.translation_key))
    refresh(type(article).objects.filter(translation_key=article.translation_key))
    assert list(Provenance.objects.values()) == before


@pytest.mark.parametrize("languages", [["uk"], ["uk", "fi", "en"]])
def test_saying_it_takes_two_queries_in_however_many_languages(
    languages: list[str], article: NewsPage, django_assert_num_queries: object
) -> None:
    for language in languages:
        carry(article, language)
    page = NewsPage.objects.select_related("locale").get(
        translation_key=article.translation_key, locale__language_code="uk"
    )
    with django_assert_num_queries(2):  # type: ignore[operator]  # provenance, translations begun
        translation_of(page)


def test_how_a_text_was_made_takes_the_same_queries_for_few_and_for_many_texts(article: NewsPage) -> None:
    translation = carry(article, "uk", tool="DeepL")
    page = in_language(article, "uk")

    def look() -> list[int]:
        found, begun = [], find_translation(page)
        assert begun
        for ask in (lambda: describe(begun), lambda: describe_page(begun, page), lambda: check(page)):
            with CaptureQueriesContext(connection) as captured:
                ask()
            found.append(len(captured))
        return found

    def change_one(text: str) -> None:
        say_one(translation, segment_of(translation, text), f"{UK['box']} {text}")

    change_one(SV["box"])
    page.live_revision = None  # nobody built it of strings
    few = look()
    [paragraph, *rest] = read(article).body.get_prep_value()
    new = [f"Mer information, del {number}." for number in range(20)]
    paragraph["value"] += "".join(f"<p>{text}</p>" for text in new)
    rewrite(article, body=article._meta.get_field("body").to_python([paragraph, *rest]))
    for text in new:
        say_one(translation, segment_of(translation, text), f"DeepL {text}", tool="DeepL")
        change_one(text)
    publish_translation(translation)
    page = in_language(article, "uk")
    page.live_revision = None
    assert look() == few
