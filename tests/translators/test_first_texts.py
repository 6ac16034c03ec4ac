"""Two who store the first text of a place at the same moment: neither fails, and neither overwrites the other."""

import pytest
from django.contrib.auth.models import User
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.history import write
from cms.translation.memory import prefill
from cms.translation.models import Unconfirmed
from cms.translation.submitting import translate, translate_each
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.reliability.processes import beside, wait_for
from tests.translators import desk
from tests.translators.desk import SV, UK, carry, segment_of, write_article
from tests.translators.test_memory import translations
from tests.translators.test_workbench import save

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def colleague(room: Newsroom) -> User:
    """Who translates into Ukrainian, too."""
    return desk.account("uk-colleague", {room.home("uk"): ("change", "publish")})


@pytest.fixture
def begun(room: Newsroom) -> Translation:
    """A translation that the memory could fill, and has not: it was begun before there was a memory."""
    article: NewsPage = write_article("sv")
    begun = desk.begin(article, "uk")
    carry(write_article("sv"), "uk")
    return begun


def test_what_a_colleague_is_about_to_store_is_told_to_who_types(
    begun: Translation, translator: User, colleague: User
) -> None:
    segment = segment_of(begun, SV["title"])
    child = beside(lambda: write(begun.target_locale, segment, "Їхнє", user=colleague))
    answer = save(begun, SV["title"], "Моє", translator)
    assert wait_for(child) == 0
    assert (answer.status_code, answer.json()["text"]) == (409, "Їхнє")
    assert translations(begun)[SV["title"]].data == "Їхнє"


def test_what_the_memory_is_about_to_fill_in_is_told_to_who_types(begun: Translation, translator: User) -> None:
    child = beside(lambda: prefill(begun, translator))
    answer = save(begun, SV["title"], "Моє", translator)
    assert wait_for(child) == 0
    assert (answer.status_code, answer.json()["text"]) == (409, UK["title"])
    assert Unconfirmed.objects.filter(pk=translations(begun)[SV["title"]].pk).exists()


def test_who_types_what_the_memory_is_about_to_fill_in_stands_for_it(begun: Translation, translator: User) -> None:
    child = beside(lambda: prefill(begun, translator))
    assert save(begun, SV["title"], UK["title"], translator).status_code == 200
    assert wait_for(child) == 0
    assert not Unconfirmed.objects.filter(pk=translations(begun)[SV["title"]].pk).exists()


def test_the_memory_overwrites_nothing_that_somebody_is_about_to_store(
    begun: Translation, translator: User, colleague: User
) -> None:
    segment = segment_of(begun, SV["title"])
    child = beside(lambda: write(begun.target_locale, segment, "Їхнє", user=colleague))
    filled = prefill(begun, translator)
    assert wait_for(child) == 0
    assert translations(begun)[SV["title"]].data == "Їхнє"
    assert not Unconfirmed.objects.filter(string_translation__data="Їхнє").exists()
    assert filled == StringTranslation.objects.filter(context__object_id=begun.source.object_id).count() - 1


def test_who_begins_what_a_colleague_is_about_to_begin_is_told(
    room: Newsroom, translator: User, colleague: User
) -> None:
    article: NewsPage = write_article("sv")
    child = beside(lambda: translate(article, "uk", colleague))
    begun, [refused] = translate_each([article.pk], "uk", translator)
    assert wait_for(child) == 0
    assert (begun, refused) == (0, f"{article.title}: There is already a text in українська.")
    assert NewsPage.objects.filter(translation_key=article.translation_key, locale__language_code="uk").count() == 1
