"""Who shows something is published anew when it changes, and nobody else is."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.content.errors import PublishingRefused
from cms.publications.filling import fill
from cms.publications.models import Publication
from cms.publications.reading import changes_since, current_sequence, published_items
from news.models import NewsPage
from tests.reliability.acts import ACTS, fresh
from tests.reliability.stage import Newsroom, appoint, changed_since, publication, publish_new

pytestmark = pytest.mark.django_db(transaction=True)


def read(page: Any, *fallback: str) -> dict[str, Any]:
    """Return the public document of a page in its own language."""
    return fill([publication(page)], page.language, fallback).documents[0]


def speaker(article: Any) -> dict[str, Any] | None:
    """Return whose words the first quote has."""
    said: dict[str, Any] | None = read(article)["body"][0]["speaker"]
    return said


def articles(newsroom: Newsroom) -> set[tuple[object, str]]:
    """Return what changes names the article by, in both languages."""
    return {(page.translation_key, language) for language, page in newsroom.article.items()}


def test_a_quote_shows_name_role_and_party_of_its_speaker(newsroom: Newsroom) -> None:
    said = speaker(newsroom.article["sv"])
    assert said
    assert (said["name"], said["role"]) == ("Janet Ågren", "kommunalråd")
    assert said["party"] == {"letter": "S", "name": "Socialdemokraterna"}
    assert "Janet Ågren" in read(newsroom.article["sv"])["body"][0]["html"]


def test_correcting_an_appointment_changes_the_articles_that_show_it(newsroom: Newsroom) -> None:
    before = current_sequence()
    appointment = newsroom.janet["sv"].appointments.get()
    appointment.title = "kommunstyrelsens ordförande"
    appointment.save()
    said = speaker(newsroom.article["sv"])
    assert said
    assert said["role"] == "kommunstyrelsens ordförande"
    listed = {(row.key, row.language) for row in changes_since(before)[0]}
    assert articles(newsroom) <= listed


def test_adding_a_later_appointment_changes_no_earlier_article(newsroom: Newsroom) -> None:
    before = current_sequence()
    appoint(newsroom.janet["sv"], "riksdagsledamot", start=date(2026, 9, 1))
    assert changed_since(before) == {(newsroom.janet["sv"].translation_key, "sv")}


def test_an_office_that_ends_later_is_still_the_one_of_that_day(newsroom: Newsroom) -> None:
    before = current_sequence()
    appointment = newsroom.janet["sv"].appointments.get()
    appointment.end = date(2025, 12, 31)
    appointment.save()
    assert changed_since(before) == {(newsroom.janet["sv"].translation_key, "sv")}
    said = speaker(newsroom.article["sv"])
    assert said
    assert said["role"] == "kommunalråd"


def test_an_office_that_ended_before_is_not_shown(newsroom: Newsroom) -> None:
    appointment = newsroom.janet["sv"].appointments.get()
    appointment.end = date(2024, 6, 13)
    appointment.save()
    said = speaker(newsroom.article["sv"])
    assert said
    assert (said["role"], said["party"]) == (None, None)


def test_a_change_in_the_text_alone_concerns_no_other(newsroom: Newsroom) -> None:
    before = current_sequence()
    page = fresh(newsroom.article["sv"])
    page.lead = "Samarbetet är igång."
    page.save()
    assert changed_since(before) == {(page.translation_key, "sv")}


def test_a_new_title_reaches_those_who_link_and_the_other_languages(newsroom: Newsroom) -> None:
    before = current_sequence()
    page = fresh(newsroom.article["sv"])
    page.title = "Umeå och Cherson samarbetar"
    page.save()
    assert changed_since(before) == {*articles(newsroom), (newsroom.visit.translation_key, "sv")}
    assert read(newsroom.visit)["body"][0]["links"][0]["target"]["title"] == "Umeå och Cherson samarbetar"
    assert {other["title"] for other in read(newsroom.article["uk"])["alternates"]} >= {"Umeå och Cherson samarbetar"}


def test_who_no_longer_shows_something_is_left_alone_when_it_changes(newsroom: Newsroom) -> None:
    visit = fresh(newsroom.visit)
    shown = {use.target for use in publication(visit).dependencies.all()}
    visit.body = []
    visit.save()
    left = {use.target for use in publication(visit).dependencies.all()}
    assert left < shown
    before = current_sequence()
    page = fresh(newsroom.article["sv"])
    page.title = "Umeå och Cherson samarbetar"
    page.save()
    assert changed_since(before) == articles(newsroom)


def test_every_change_has_a_place_of_its_own(newsroom: Newsroom) -> None:
    page = fresh(newsroom.umea["sv"])
    page.title = "Umeå kommun"
    page.save()
    places = list(Publication.objects.values_list("sequence", flat=True))
    assert len(places) == len(set(places))
    assert max(places) == current_sequence()


@pytest.mark.parametrize("hide", ["unpublish", "delete", "restrict"])
def test_a_hidden_person_is_hidden_everywhere(newsroom: Newsroom, hide: str) -> None:
    for person in newsroom.janet.values():
        match hide:
            case "unpublish":
                fresh(person).unpublish()
            case "delete":
                fresh(person).delete()
            case "restrict":
                PageViewRestriction.objects.create(page=person, restriction_type="login")
    assert speaker(newsroom.article["sv"]) is None
    document = read(newsroom.article["sv"])
    assert document["people"] == []
    assert "Janet" not in json.dumps(document, ensure_ascii=False)


def test_an_article_waits_for_the_people_it_quotes(newsroom: Newsroom) -> None:
    fresh(newsroom.janet["sv"]).unpublish()
    body = fresh(newsroom.article["sv"]).body.get_prep_value()
    with pytest.raises(PublishingRefused) as refused:
        publish_new(newsroom.umea_news["sv"], NewsPage(title="Mer om samarbetet", lead="Nytt.", body=body))
    assert "Janet Ågren" in refused.value.messages[0]
    assert "Swedish" in refused.value.messages[0]
    assert list(refused.value.field_errors) == ["body"]


def test_an_article_may_quote_by_name_whoever_is_not_published(newsroom: Newsroom) -> None:
    fresh(newsroom.janet["sv"]).unpublish()
    quote = {"type": "quote", "value": {"text": "Självklart.", "name": "Janet Ågren", "role": "kommunalråd"}}
    page = NewsPage(title="Mer om samarbetet", lead="Nytt.", body=[quote])
    publish_new(newsroom.umea_news["sv"], page)
    [block] = read(page)["body"]
    assert (block["speaker"]["name"], block["speaker"]["person"]) == ("Janet Ågren", None)


def test_an_article_may_be_mended_after_its_speaker_is_hidden(newsroom: Newsroom) -> None:
    fresh(newsroom.janet["sv"]).unpublish()
    page = fresh(newsroom.article["sv"])
    page.lead = "Rättat."
    page.save_revision().publish()
    assert read(page)["lead"] == "Rättat."


def test_what_cannot_keep_the_contract_names_its_field(newsroom: Newsroom) -> None:
    page = fresh(newsroom.article["sv"])
    page.image_alt = ""
    with pytest.raises(PublishingRefused) as refused:
        page.save(clean=False)
    assert list(refused.value.field_errors) == ["image_alt"]
    assert publication(newsroom.article["sv"]).document


def test_a_link_in_another_language_says_where_it_can_be_had(newsroom: Newsroom) -> None:
    article = read(newsroom.article["uk"])
    assert article["attribution"]["partner"]["language"] == "uk"
    fresh(newsroom.janet["uk"]).unpublish()
    elsewhere = {
        "kind": "people",
        "id": str(newsroom.janet["sv"].translation_key),
        "language": None,
        "available_languages": ["sv"],
    }
    assert read(newsroom.article["uk"])["people"] == [elsewhere]
    assert read(newsroom.article["uk"], "sv")["people"] == [elsewhere], "a fallback turned a tombstone into text"


def test_a_link_to_what_was_never_in_a_language_comes_in_another_that_is_allowed(newsroom: Newsroom) -> None:
    row = publication(newsroom.article["sv"])
    [card] = fill([row], "fi", ["uk", "sv"]).documents[0]["people"]
    assert (card["language"], card["is_fallback"]) == ("uk", True)


def test_filling_asks_once_whatever_the_number(newsroom: Newsroom) -> None:
    for number in range(5):
        publish_new(newsroom.umea_news["sv"], NewsPage(title=f"Nyhetsbrev {number}", lead="Nytt.", body=[]))
    rows = list(published_items("sv", "news").newest_first())
    counts = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            fill(some, "sv")
        counts.append(len(queries))
    assert counts == [1, 1]  # the cards of all links and all alternates


def test_two_pages_may_exchange_their_addresses(newsroom: Newsroom) -> None:
    one, other = fresh(newsroom.article["sv"]), fresh(newsroom.visit)
    slugs = one.slug, other.slug
    with transaction.atomic():
        for page, slug in ((one, f"{uuid4()}"), (other, slugs[0]), (one, slugs[1])):
            page = fresh(page)
            page.slug = slug
            page.save()
    assert (publication(one).slug, publication(other).slug) == (slugs[1], slugs[0])


def test_publishing_a_source_says_of_its_translations_that_they_are_stale(newsroom: Newsroom) -> None:
    make_ready, publish_source = ACTS["publish_the_source_of_a_translation"]
    make_ready(newsroom)
    translation = newsroom.visit.get_translations().get()
    assert read(translation)["translation"]["is_stale"] is False
    before = current_sequence()
    publish_source(newsroom)
    assert read(translation)["translation"]["is_stale"] is True
    assert (newsroom.visit.translation_key, "uk") in changed_since(before)
