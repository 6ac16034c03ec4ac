"""A translator begins the day with what waits for their language."""

from django.contrib.auth.models import User
from django.urls import reverse

from cms.translation.submitting import translate
from cms.translation.waiting import find_waiting
from news.models import NewsPage
from tests.translators.desk import SV, signed_in


def test_what_is_published_and_lacks_their_language_waits(article: NewsPage, translator: User) -> None:
    [waiting] = [text for text in find_waiting(translator) if text.title == SV["title"]]
    assert (waiting.source, waiting.target, waiting.is_begun) == ("svenska", "українська", False)
    client = signed_in(translator)
    first = client.get(reverse("wagtailadmin_home")).content.decode()
    assert SV["title"] in first
    assert client.get(waiting.url).status_code == 200


def test_what_was_begun_waits_where_the_work_goes_on(article: NewsPage, translator: User) -> None:
    draft = translate(article, "uk").get_target_instance()
    assert [text.url for text in find_waiting(translator) if text.is_begun] == [
        reverse("wagtailadmin_pages:edit", args=[draft.pk])
    ]


def test_drafts_and_what_was_first_written_in_their_language_do_not_wait(article: NewsPage, translator: User) -> None:
    article.unpublish()
    assert SV["title"] not in [text.title for text in find_waiting(translator)]


def test_editors_are_shown_no_such_list(article: NewsPage, editor: User) -> None:
    assert list(find_waiting(editor)) == []
