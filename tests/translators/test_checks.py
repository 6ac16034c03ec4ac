"""What is looked at before a translation goes to review or is published: errors stop it, warnings are shown."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail_localize.models import Translation

from cms.translation.checks import find, find_in
from cms.translation.submitting import translate
from news.models import NewsPage
from tests.translators.desk import (
    SV,
    UK,
    commit,
    in_language,
    press_publish,
    read,
    rewrite,
    say,
    say_one,
    segment_of,
    signed_in,
    write_article,
)

SAME_NUMBERS = [
    ("sv", "Under vecka 24 kom de.", "uk", "На 24-му тижні вони приїхали."),
    ("sv", "60 000 euro till generatorer", "en", "60,000 euros for generators"),
    ("en", "60,000 euros for generators", "uk", "60 000 євро на генератори"),
    ("fi", "60 000 euroa", "sv", "60.000 euro"),
    ("en", "1,234.5 km", "sv", "1 234,5 km"),
    ("sv", "3,5 procent", "en", "3.5 per cent"),
    ("sv", "Den 10–16 juni 2024", "fi", "10.–16. kesäkuuta 2024"),
    ("en", "September 5, 2024", "uk", "5 вересня 2024 року"),
    ("uk", "у січні 2023 року", "sv", "i januari 2023"),
    ("sv", "2024-06-10", "en", "10 June 2024"),
    ("sv", "kl. 14.30", "en", "at 2:30 pm"),
    ("sv", "2 broar", "en", "Two bridges"),
    ("sv", "CC BY 4.0", "fi", "CC BY 4.0"),
    ("en", "The 24th week", "sv", "Vecka 24"),
]


@pytest.mark.parametrize(("source_language", "source", "target_language", "target"), SAME_NUMBERS)
def test_each_language_may_write_numbers_and_dates_its_own_way(
    source_language: str, source: str, target_language: str, target: str
) -> None:
    assert find_in(source, target, source_language, target_language) == []


@pytest.mark.parametrize(
    ("source_language", "source", "target_language", "target"),
    [
        ("sv", "Under vecka 24 kom de.", "uk", "На 25-му тижні вони приїхали."),
        ("sv", "60 000 euro", "en", "6,000 euros"),
        ("en", "1,000 people", "sv", "1,000 personer"),
        ("sv", "3,5 procent", "en", "35 per cent"),
        ("sv", "Den 10 juni 2024", "en", "10 July 2024"),
        ("uk", "5 вересня", "fi", "5. lokakuuta"),
    ],
)
def test_a_changed_number_or_date_is_an_error(
    source_language: str, source: str, target_language: str, target: str
) -> None:
    [finding] = find_in(source, target, source_language, target_language)
    assert (finding.code, finding.is_error) == ("numbers", True)


def test_a_number_said_otherwise_is_only_shown() -> None:
    """“Week 24” means nothing outside the Nordic countries: its dates are a good translation."""
    [finding] = find_in("Under vecka 24 kom de.", "They came on 10–16 June.", "sv", "en")
    assert (finding.code, finding.is_error) == ("numbers", False)


LINK = 'Läs <a id="a1">avtalet</a> och <b>planen</b>.'


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ('Read <a id="a1">the agreement</a> and <b>the plan</b>.', []),
        ('Read <a id="a1">the agreement</a> and <strong>the plan</strong>.', []),
        ("Read the agreement and <b>the plan</b>.", [("links", True)]),
        ('Read <a id="a2">the agreement</a> and <b>the plan</b>.', [("links", True), ("links", True)]),
        ('<a id="a1">Read</a> <a id="a1">the agreement</a> and <b>the plan</b>.', [("links", True)]),
        ('Read <a id="a1"></a> the agreement and <b>the plan</b>.', [("links", True)]),
        ('Read <a id="a1"> <b></b></a> the agreement and <b>the plan</b>.', [("links", True), ("markup", False)]),
        ('Read <a id="a1"><b>the agreement</b></a> and the plan.', []),
        ('Read <a id="a1">the agreement</a> and the plan.', [("markup", False)]),
        ('Read <a id="a1">the agreement</a> and <h1>the plan</h1>.', [("markup", True)]),
    ],
)
def test_links_and_emphasis_are_those_of_the_source(target: str, found: list[tuple[str, bool]]) -> None:
    assert [(finding.code, finding.is_error) for finding in find_in(LINK, target, "sv", "en")] == found


@pytest.mark.parametrize(
    ("source_language", "source", "target_language", "target", "left"),
    [
        ("sv", SV["lead"], "en", "Umeå and Kherson with fokus på demokrati och planning.", "fokus på demokrati"),
        ("sv", SV["quote"], "fi", "On tärkeää att stå puolustaa demokratiaa och vapautta.", "att och"),
        ("sv", "Samarbetet växer", "uk", "Samarbetet зростає växer", "Samarbetet växer"),
        ("uk", "ICLD має офіс у Вісбю.", "sv", "ICLD har sitt офіс i Visby.", "офіс"),
    ],
)
def test_words_left_in_the_sources_language_are_shown(
    source_language: str, source: str, target_language: str, target: str, left: str
) -> None:
    sentences = {
        finding.sentence: finding.is_error
        for finding in find_in(source, target, source_language, target_language)
        if finding.code == "leftovers"
    }
    assert sentences == {f"“{left}” is still in the source’s language.": False}


@pytest.mark.parametrize(
    ("source", "target_language", "target"),
    [
        ("Enligt Nyheter i Västerbotten kom de.", "uk", "За даними «Nyheter i Västerbotten» вони приїхали."),
        ("Citaten är hämtade ur artikeln på umea.se.", "uk", "Цитати взято зі статті на umea.se."),
        ("ICLD", "fi", "ICLD"),
        ("Ordet місто är ukrainska.", "en", "The word місто is Ukrainian."),
    ],
)
def test_names_addresses_and_quoted_words_may_stay(source: str, target_language: str, target: str) -> None:
    assert find_in(source, target, "sv", target_language) == []


@pytest.mark.parametrize("name", list(UK))
def test_every_text_of_a_translation_is_looked_at(name: str, ukrainian: Translation) -> None:
    say(ukrainian, {key: text for key, text in UK.items() if key != name})
    [finding] = find(ukrainian)
    assert (finding.code, finding.is_error) == ("missing", True)
    assert finding.segment == segment_of(ukrainian, SV[name]).pk
    assert finding.path == segment_of(ukrainian, SV[name]).context.path


def test_a_good_translation_has_nothing_to_say(ukrainian: Translation) -> None:
    say(ukrainian, UK)
    assert find(ukrainian) == []


@pytest.mark.parametrize(("name", "most"), [("title", 255), ("lead", 600), ("box", 150), ("fact", 300)])
def test_a_text_fits_its_field(name: str, most: int, ukrainian: Translation) -> None:
    say(ukrainian, UK)
    say_one(ukrainian, segment_of(ukrainian, SV[name]), "ж" * most)
    assert find(ukrainian) == []
    say_one(ukrainian, segment_of(ukrainian, SV[name]), "ж" * (most + 1))
    [finding] = find(ukrainian)
    assert (finding.code, finding.is_error) == ("length", True)
    assert str(most) in finding.sentence


def test_a_picture_is_described_in_the_readers_language(article: NewsPage) -> None:
    rewrite(article, image_alt="Två broar över älven", image_decorative=False)
    translation = translate(read(article), "uk")
    commit()
    say(translation, UK)
    segment = segment_of(translation, "Två broar över älven")
    [missing] = find(translation)
    say_one(translation, segment, "Två broar över älven")
    [same, *_words] = find(translation)
    assert [(finding.code, finding.is_error) for finding in (missing, same)] == [("alt", True), ("alt", True)]
    say_one(translation, segment, "Два мости через річку")
    assert find(translation) == []


def test_errors_stop_publishing_and_say_what_to_do(article: NewsPage, ukrainian: Translation, translator: User) -> None:
    say(ukrainian, UK)
    say_one(ukrainian, segment_of(ukrainian, SV["paragraph"]), UK["paragraph"].replace("24", "25"))
    said = press_publish(signed_in(translator), in_language(article, "uk"))
    assert "The source says 24, the translation 25." in said[0]
    assert not in_language(article, "uk").live


def test_warnings_stop_nothing(article: NewsPage, ukrainian: Translation, translator: User) -> None:
    say(ukrainian, UK)
    say_one(ukrainian, segment_of(ukrainian, SV["paragraph"]), f"{UK['paragraph']} Їх було 3000.")
    assert [finding.is_error for finding in find(ukrainian)] == [False]
    press_publish(signed_in(translator), in_language(article, "uk"))
    assert in_language(article, "uk").live


def test_findings_are_said_in_the_readers_language(ukrainian: Translation) -> None:
    with override("uk"):
        assert find(ukrainian)[0].sentence == "Цей текст ще не перекладено."


def test_a_long_text_costs_no_more_queries_than_a_short_one() -> None:
    """The source, its type, the segments with what is said in them."""
    counts = []
    for facts in (1, 20):
        article = write_article("sv")
        body = article.body.get_prep_value()
        body[2]["value"]["items"] = [
            {"type": "item", "id": str(uuid4()), "value": f"Fakta nummer {number}"} for number in range(facts)
        ]
        rewrite(article, body=article._meta.get_field("body").to_python(body))
        translation = Translation.objects.select_related("source__locale", "target_locale").get(
            pk=translate(read(article), "uk").pk
        )
        commit()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(find(translation)) > facts
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
