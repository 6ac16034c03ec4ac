"""What is copied in the admin says how its text came about: a translation never passes for an original."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.models import Page

from cms.publications.models import Publication
from news.models import NewsPage
from tests.contract.city import City
from tests.newsroom import Newsroom
from tests.translators.desk import EN, account, begin, carry, commit, in_language, sentences, signed_in


@pytest.fixture
def editor(room: Newsroom) -> User:
    """Who writes and publishes in Umeå's Swedish and English sections."""
    sections = [room.section("umea", language) for language in ("sv", "en")]
    return account("editor", dict.fromkeys(sections, ("add", "change", "publish")))


def copy(editor: User, page: Page, *, below: bool = False) -> list[str]:
    """Copy a page in the admin, live; return what its editor is told."""
    wanted = {"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": page.get_parent().pk}
    wanted |= {"publish_copies": "on"} | ({"copy_subpages": "on"} if below else {})
    answer = signed_in(editor).post(reverse("wagtailadmin_pages:copy", args=[page.pk]), wanted, follow=True)
    commit()
    return sentences(answer)


@pytest.mark.parametrize("tool", ["DeepL", ""])
def test_a_translation_is_not_copied_and_its_editor_is_told_why(article: NewsPage, editor: User, tool: str) -> None:
    carry(article, "en", tool=tool)
    [said] = copy(editor, in_language(article, "en"))
    assert "A translation is not copied" in said
    assert "Copy the text it was made from" in said
    [item] = City().get("/en/news")["items"]
    assert (item["title"], item["id"]) == (EN["title"], str(article.translation_key))
    assert not NewsPage.objects.filter(slug="kopia").exists()


def test_whoever_begins_to_copy_a_translation_is_told_before_they_fill_in_the_form(
    article: NewsPage, editor: User
) -> None:
    begin(article, "en")
    translated = in_language(article, "en")
    answer = signed_in(editor).get(reverse("wagtailadmin_pages:copy", args=[translated.pk]), follow=True)
    assert "A translation is not copied" in answer.content.decode()
    assert answer.redirect_chain == [(reverse("wagtailadmin_pages:edit", args=[translated.pk]), 302)]


def test_translations_are_not_copied_with_the_pages_above_them(
    article: NewsPage, admin_user: User, room: Newsroom
) -> None:
    carry(article, "en", tool="DeepL")
    before = Publication.objects.count()
    [said] = copy(admin_user, room.section("umea", "en"), below=True)
    assert "Translations are among the pages below" in said
    assert Publication.objects.count() == before


def test_what_was_written_here_is_copied_as_an_original(article: NewsPage, editor: User) -> None:
    carry(article, "en", tool="DeepL")
    assert "copied" in copy(editor, article)[0]
    copied = NewsPage.objects.get(slug="kopia")
    said = City().get(f"/sv/news/{copied.translation_key}")["translation"]
    assert (said["origin"], said["source_language"], said["tool"]) == ("original", "sv", None)
