"""Rows of a page stay linked: through copies, translations and deletions."""

import pytest
from django.test import Client
from django.urls import reverse

from news.models import NewsPage
from partners.models import PersonPage
from tests.newsroom import Newsroom, add_people, add_seed_article, translate
from tests.publishing import publish_noted

UK = {
    "Umeå ingår samarbete med Cherson": "Умео починає співпрацю з Херсоном",
    "beredskapsfrågor": "готовність",
}
NAMES = ("Джанет Огрен", "Андерс Огрен", "Віталій Бєлобров")


def keys(article: NewsPage) -> list[object]:
    """Return whom the article is about."""
    return [row.key for row in article.people.all()]


def test_a_translation_points_to_the_same_people_topics_and_partners(room: Newsroom) -> None:
    article = add_seed_article(room)
    translated = translate(article, "uk", UK)

    assert translated.title == "Умео починає співпрацю з Херсоном"
    assert keys(translated) == keys(article)
    assert [row.translation_key for row in translated.people.all()] == [
        row.translation_key for row in article.people.all()
    ]
    assert {row.locale.language_code for row in translated.people.all()} == {"uk"}
    assert [row.key for row in translated.topics.all()] == [row.key for row in article.topics.all()]
    people = [block.value["person"] for block in translated.body if block.block_type == "quote"]
    assert people == [block.value["person"] for block in article.body if block.block_type == "quote"]


def test_a_person_added_to_the_source_later_reaches_the_translation(room: Newsroom) -> None:
    people = add_people(room)
    article = add_seed_article(room, people)
    article.people = list(article.people.all())[:1]
    article.save_revision().publish()
    for person, name in zip(people, NAMES, strict=True):  # a text waits for those it quotes
        translate(person, "uk", {person.title: name})
    assert len(keys(translate(article, "uk", UK))) == 1

    article.people.add(article.people.model(page=people[2]))
    article.save_revision().publish()
    publish_noted()
    assert keys(translate(NewsPage.objects.get(pk=article.pk), "uk", UK)) == [
        people[0].translation_key,
        people[2].translation_key,
    ]


def test_dates_and_party_letters_are_the_same_in_every_language_and_titles_are_translated(room: Newsroom) -> None:
    janet = add_people(room)[0]
    words = {"kommunalråd": "муніципальна радниця", "Socialdemokraterna": "Соціал-демократи"}
    held = translate(janet, "uk", words).appointments.get()
    source = janet.appointments.get()
    assert held.translation_key == source.translation_key
    assert (held.title, held.party_name) == ("муніципальна радниця", "Соціал-демократи")
    assert (held.party_letter, held.start, held.is_elected) == (source.party_letter, source.start, True)


def test_a_copy_has_rows_of_its_own(room: Newsroom) -> None:
    article = add_seed_article(room)
    copied = article.copy(to=room.news("kherson", "sv"), keep_live=False, copy_revisions=False)
    assert keys(copied) == keys(article)
    assert {row.translation_key for row in copied.people.all()}.isdisjoint(
        row.translation_key for row in article.people.all()
    )


@pytest.mark.parametrize("how", ["live", "draft"])
def test_whom_a_text_is_about_is_not_forgotten_with_the_page(how: str, room: Newsroom) -> None:
    people = add_people(room)
    article = add_seed_article(room, people)
    before = keys(article)

    PersonPage.objects.get(pk=people[2].pk).delete()

    found = NewsPage.objects.get(pk=article.pk)
    page = found if how == "live" else found.get_latest_revision_as_object()
    assert keys(page) == before
    assert page.people.all()[2].page_id is None


def test_a_row_is_added_by_what_one_of_them_is_called(room: Newsroom, editor: Client) -> None:
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", room.news("umea", "sv").pk])
    form = editor.get(address).content.decode()
    for row in ("topic", "person", "partner", "partnership", "change"):
        assert f"Add {row}" in form
    assert "Add Topics" not in form
