"""What publishing costs: counted in queries, which are the same however much there is."""

from collections.abc import Callable
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from cms.publications.files import files_of
from cms.publications.models import Publication
from cms.publications.publish import publish
from cms.publications.reading import current_sequence
from cms.publications.stale import all_keys, stale_among
from home.models import InfoPage
from news.models import NewsPage
from tests.reliability.acts import fresh
from tests.reliability.stage import Newsroom, changed_since, make_image, publication, publish_new

pytestmark = pytest.mark.django_db(transaction=True)

FEW, MANY = 2, 12


def count(act: Callable[[], object]) -> int:
    """Return how many times an act asks the database."""
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def quote(newsroom: Newsroom, articles: int) -> list[UUID]:
    """Publish articles that quote Janet Ågren; return their keys."""
    body = fresh(newsroom.article["sv"]).body.get_prep_value()
    with transaction.atomic():
        pages = [
            publish_new(newsroom.umea_news["sv"], NewsPage(title=f"Nyhetsbrev {number}", lead="Nytt.", body=body))
            for number in range(articles)
        ]
    return [page.translation_key for page in pages]


def change_past_all_signals(model: type[Page], keys: list[UUID], **values: Any) -> None:
    """Change pages so that nobody notices: what publishes them is what is counted."""
    model.objects.filter(translation_key__in=keys).update(**values)


def test_publishing_a_person_asks_the_same_however_many_articles_quote_them(newsroom: Newsroom) -> None:
    janet = newsroom.janet["sv"].translation_key
    counts, renumbered = [], []
    for articles in (FEW, MANY):
        quote(newsroom, articles)
        before = current_sequence()
        change_past_all_signals(Page, [janet], title=f"Janet Ågren {articles}")
        counts.append(count(lambda: publish([janet])))
        renumbered.append(len(changed_since(before)))
    # lock 2, makings 2, languages, page 2, rows 3, sections, makings 2, restrictions, homes, publications,
    # publication 2, words 2, uses, who shows it, new places, counter; and a savepoint's two
    assert counts[0] == counts[1]
    assert renumbered[1] - renumbered[0] == MANY
    assert counts[0] <= 28


def test_publishing_an_article_asks_the_same_however_many_there_are(newsroom: Newsroom) -> None:
    key = newsroom.article["sv"].translation_key
    counts = []
    for articles in (FEW, MANY):
        quote(newsroom, articles)
        change_past_all_signals(NewsPage, [key], lead=f"Umeå och {articles} andra.")
        counts.append(count(lambda: publish([key])))
    assert counts[0] == counts[1]
    assert counts[0] <= 29


def test_publishing_many_at_once_asks_hardly_more_than_publishing_one(newsroom: Newsroom) -> None:
    keys = quote(newsroom, MANY)
    change_past_all_signals(NewsPage, keys[:1], lead="Ett.")
    one = count(lambda: publish(keys[:1]))
    change_past_all_signals(NewsPage, keys, lead="Alla.")
    assert count(lambda: publish(keys)) - one <= 1  # what is written may need two statements


def test_a_rebuild_writes_no_words_of_search_that_are_right(newsroom: Newsroom) -> None:
    Publication.objects.readable().update(digest="")
    with CaptureQueriesContext(connection) as queries:
        call_command("publications", "rebuild", stdout=StringIO())
    said = [query["sql"] for query in queries if "publications_search" in query["sql"]]
    assert said
    assert [sql for sql in said if not sql.startswith("SELECT")] == []


def test_nobody_asks_for_an_address_that_is_kept(newsroom: Newsroom) -> None:
    key = newsroom.article["sv"].translation_key
    change_past_all_signals(NewsPage, [key], lead="Umeå och andra.")
    with CaptureQueriesContext(connection) as queries:
        publish([key])
    assert [sql for query in queries if '"publications_publication"."path" IN' in (sql := query["sql"])] == []


def test_links_in_texts_cost_the_same_however_many_texts_have_them(newsroom: Newsroom) -> None:
    page, file = newsroom.contact.pk, newsroom.letter.pk
    text = f'<p><a linktype="page" id="{page}">Kontakt</a> och <a linktype="document" id="{file}">brevet</a></p>'
    counts = []
    for texts in (FEW, MANY):
        newsroom.about.body = [("paragraph", text)] * texts
        newsroom.about.save()
        change_past_all_signals(InfoPage, [newsroom.about.translation_key], lead=f"Med {texts} länkar.")
        counts.append(count(lambda: publish([newsroom.about.translation_key])))
        document = publication(newsroom.about).document
        assert document.count(f"hub:/@pages/{newsroom.contact.translation_key}") == texts
        assert document.count("brevet</a>") == texts
    assert counts[0] == counts[1]


def test_images_in_a_body_cost_the_same_however_many_there_are(newsroom: Newsroom) -> None:
    counts = []
    for images in (FEW, MANY):
        newsroom.about.body = [
            ("image", {"image": make_image(), "alt": f"Bro {number}", "decorative": False, "caption": ""})
            for number in range(images)
        ]
        newsroom.about.save()
        change_past_all_signals(InfoPage, [newsroom.about.translation_key], lead=f"Med {images} bilder.")
        counts.append(count(lambda: publish([newsroom.about.translation_key])))
        assert publication(newsroom.about).document.count('"alt":"Bro ') == images
    assert counts[0] == counts[1]


def test_verifying_asks_the_same_however_many_there_are(newsroom: Newsroom) -> None:
    few = count(lambda: stale_among(all_keys()))
    quote(newsroom, MANY)
    assert count(lambda: stale_among(all_keys())) == few


def test_what_is_as_it_should_be_is_found_so_without_writing(newsroom: Newsroom) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert publish([newsroom.article["sv"].translation_key]) == 0
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in written if "publications_counter" not in sql] == []


def test_the_files_on_a_page_are_those_that_wagtail_finds(newsroom: Newsroom) -> None:
    newsroom.about.body = [
        ("paragraph", f'<p><a linktype="document" id="{newsroom.letter.pk}">Avsiktsförklaring</a></p>'),
        ("image", {"image": newsroom.image, "alt": "En bro", "decorative": False, "caption": ""}),
    ]
    newsroom.about.save()
    labels = {model._meta.label_lower for model in (get_image_model(), get_document_model())}
    found = set()
    for page in Page.objects.filter(translation_key__in=Publication.objects.values("key")).specific():
        theirs = {_named(reference) for reference in ReferenceIndex._extract_references_from_object(page)}
        assert files_of(page).targets == {target for target in theirs if target.partition(":")[0] in labels}
        found |= files_of(page).targets
    assert len(found) == 2
    assert publication(newsroom.about).dependencies.count() == 3  # its partner too


def _named(reference: tuple[int, str, str, str]) -> str:
    from django.contrib.contenttypes.models import ContentType

    model = ContentType.objects.get_for_id(reference[0]).model_class()
    return f"{model._meta.label_lower}:{reference[1]}" if model else ""
