"""Nobody looks over another's shoulder: drafts, other languages and other cities are not shown in passing."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.translation.publishing import publish_translation
from cms.translation.schedules import schedule_of
from cms.translation.submitting import translate
from news.models import NewsPage
from tests.newsroom import Newsroom, add_seed_article
from tests.translators.desk import UK, in_language, read, say, signed_in, write_article


@pytest.fixture
def secret(room: Newsroom) -> NewsPage:
    """A draft of Umeå's editors."""
    draft = add_seed_article(room, live=False)
    draft.title = "Förhandlingarna har strandat"
    draft.save()
    return draft


PLAIN = "ndlingarna har strandat"
"""A part of the title that looks the same in HTML and in JSON."""

WINDOWS = [
    ("choose_news:choose", "language=sv"),
    ("choose_news:choose_results", "q=strandat"),
    ("choose_any:choose", ""),
]


@pytest.mark.parametrize(("window", "query"), WINDOWS)
def test_a_window_for_choosing_shows_no_draft_of_others(
    window: str, query: str, secret: NewsPage, translator: User, editor: User
) -> None:
    url = f"{reverse(window)}?{query}"
    assert PLAIN not in _shown(translator, url)
    assert PLAIN in _shown(editor, url), "its own editors point to it before it is public"


def test_nor_does_the_list_of_the_pages_below(secret: NewsPage, translator: User, editor: User, room: Newsroom) -> None:
    url = reverse("wagtailadmin_choose_page_child", args=[room.news("umea", "sv").pk])
    assert PLAIN not in _shown(translator, url)
    assert PLAIN in _shown(editor, url)


def test_the_page_tree_shows_no_heading_of_others(secret: NewsPage, room: Newsroom) -> None:
    """Wagtail lets whoever has rights in two languages open every page's place in the tree."""
    from tests.translators.desk import account

    both = account("kherson", {room.section("kherson", language): ("add", "change") for language in ("uk", "en")})
    answer = signed_in(both).get(reverse("wagtailadmin_explore", args=[secret.pk]))
    assert answer.status_code == 302
    assert PLAIN not in answer.content.decode()


def test_the_question_whether_to_move_shows_no_title(secret: NewsPage, translator: User) -> None:
    url = reverse("wagtailadmin_pages:move_confirm", args=[secret.pk, secret.get_parent().pk])
    assert PLAIN not in _shown(translator, url)


def test_the_report_over_all_languages_is_gone(
    article: NewsPage, ukrainian: Translation, translator: User, admin_user: User
) -> None:
    """Trap 20: stock localize shows it to everybody, with 218 queries for 28 rows."""
    for user in (translator, admin_user):
        client = signed_in(user)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(reverse("wagtail_localize:translations_report"))
        assert answer.url == reverse("desk_queue")
        assert len(queries) < 20
        assert (
            reverse("wagtail_localize:translations_report")
            not in client.get(reverse("wagtailadmin_home")).content.decode()
        )


def test_a_move_takes_the_translations_along(
    article: NewsPage, ukrainian: Translation, room: Newsroom, admin_user: User
) -> None:
    """Trap 17."""
    say(ukrainian, UK)
    publish_translation(ukrainian)
    url = reverse("wagtailadmin_pages:move_confirm", args=[article.pk, room.news("kherson", "sv").pk])
    signed_in(admin_user).post(url, {})
    assert read(article).get_parent().pk == room.news("kherson", "sv").pk
    assert in_language(article, "uk").get_parent().pk == room.news("kherson", "uk").pk


def test_a_translation_expires_with_its_source_unless_its_language_says_otherwise(admin_user: User) -> None:
    """Trap 17: the schedule is copied once; it is shown and can be changed per language."""
    source = write_article("sv")
    in_a_week = (timezone.now() + timedelta(days=7)).replace(second=0, microsecond=0)
    source.expire_at = in_a_week
    source.save_revision().publish()
    translate(read(source), "uk")
    page = in_language(source, "uk")
    assert schedule_of(page).expire_at == in_a_week
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    signed_in(admin_user).post(edit, {"action": "schedule", "expire_at": ""})
    assert schedule_of(Page.objects.get(pk=page.pk)).expire_at is None
    assert read(source).expire_at == in_a_week


def _shown(user: User, url: str) -> str:
    return str(signed_in(user).get(url).content.decode())
