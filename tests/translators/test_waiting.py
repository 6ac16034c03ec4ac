"""A translator begins the day with the head of their queue."""

from django.contrib.auth.models import User
from django.urls import reverse

from news.models import NewsPage
from tests.translators.desk import SV, signed_in


def test_the_first_page_shows_what_waits_and_leads_there(article: NewsPage, translator: User) -> None:
    client = signed_in(translator)
    first = client.get(reverse("wagtailadmin_home")).content.decode()
    assert SV["title"] in first
    address = reverse("wagtail_localize:submit_page_translation", args=[article.pk])
    assert f"{address}?select_locale=uk" in first
    assert client.get(address).status_code == 200


def test_editors_are_shown_no_such_list(article: NewsPage, editor: User) -> None:
    first = signed_in(editor).get(reverse("wagtailadmin_home")).content.decode()
    assert "Waiting to be translated" not in first
