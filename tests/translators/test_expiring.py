"""Translations expire with their source, whenever its time is set, unless their language has set another."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.translation.publishing import publish_translation, save_translation_draft
from cms.translation.schedules import Schedule, schedule_of
from news.models import NewsPage
from tests.translators.desk import UK, carry, commit, in_language, read, rewrite, say, signed_in

TOMORROW = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
NEXT_WEEK = TOMORROW + timedelta(days=6)


def pass_time(monkeypatch: pytest.MonkeyPatch, until: datetime) -> None:
    """Let the timer come at a later time."""
    with monkeypatch.context() as later:
        later.setattr(timezone, "now", lambda: until)
        call_command("publish_scheduled", verbosity=0)


def live_in(article: NewsPage, *languages: str) -> list[str]:
    """Return in which of these languages the article is public."""
    return [language for language in languages if in_language(article, language).live]


def test_translations_expire_with_their_source_when_its_time_is_set_later(
    article: NewsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap 17: also those that are translated from a translation."""
    carry(article, "uk")
    carry(in_language(article, "uk"), "fi")
    rewrite(article, expire_at=TOMORROW)
    assert [in_language(article, language).expire_at for language in ("uk", "fi")] == [TOMORROW, TOMORROW]
    rewrite(article, expire_at=NEXT_WEEK)
    pass_time(monkeypatch, TOMORROW + timedelta(minutes=1))
    assert live_in(article, "sv", "uk", "fi") == ["sv", "uk", "fi"]
    pass_time(monkeypatch, NEXT_WEEK + timedelta(minutes=1))
    assert live_in(article, "sv", "uk", "fi") == []


def test_a_translation_that_is_begun_after_that_expires_with_its_source_too(article: NewsPage) -> None:
    carry(article, "uk")
    rewrite(article, expire_at=TOMORROW)
    carry(article, "fi")
    assert in_language(article, "fi").expire_at == TOMORROW


def test_a_source_that_no_longer_expires_keeps_its_translations(
    article: NewsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry(article, "uk")
    rewrite(article, expire_at=TOMORROW)
    rewrite(article, expire_at=None)
    pass_time(monkeypatch, TOMORROW + timedelta(minutes=1))
    assert live_in(article, "sv", "uk") == ["sv", "uk"]


@pytest.mark.parametrize(("own", "is_live"), [(TOMORROW, False), (NEXT_WEEK + timedelta(days=1), True), (None, True)])
def test_a_time_that_a_language_has_set_stays(
    own: datetime | None, is_live: bool, article: NewsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when it says that the text does not expire at all."""
    translation = carry(article, "uk")
    rewrite(article, expire_at=TOMORROW + timedelta(days=1))
    save_translation_draft(translation, schedule=Schedule(expire_at=own)).publish()
    rewrite(article, expire_at=NEXT_WEEK)
    assert in_language(article, "uk").expire_at == own
    pass_time(monkeypatch, NEXT_WEEK + timedelta(minutes=1))
    assert live_in(article, "sv", "uk") == (["uk"] if is_live else [])


def test_a_draft_is_published_with_the_time_its_source_got_since(article: NewsPage, ukrainian: Translation) -> None:
    say(ukrainian, UK)
    save_translation_draft(ukrainian)
    rewrite(article, expire_at=TOMORROW)
    assert schedule_of(in_language(article, "uk")).expire_at == TOMORROW
    publish_translation(ukrainian)
    commit()
    assert in_language(article, "uk").expire_at == TOMORROW


def test_a_translation_that_waits_for_its_time_gets_it_too(
    article: NewsPage, ukrainian: Translation, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(ukrainian, UK)
    save_translation_draft(ukrainian, schedule=Schedule(go_live_at=TOMORROW)).publish()
    save_translation_draft(ukrainian, schedule=Schedule(go_live_at=TOMORROW))
    rewrite(article, expire_at=NEXT_WEEK)
    pass_time(monkeypatch, TOMORROW + timedelta(minutes=1))
    assert (live_in(article, "uk"), in_language(article, "uk").expire_at) == (["uk"], NEXT_WEEK)


def test_a_draft_of_the_source_sets_no_time(article: NewsPage, ukrainian: Translation) -> None:
    draft = read(article)
    draft.expire_at = TOMORROW
    draft.save_revision()
    assert schedule_of(Page.objects.get(pk=in_language(article, "uk").pk)).expire_at is None


def test_the_source_does_not_expire_with_its_translation(
    article: NewsPage, admin_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    translation = carry(article, "uk")
    edit = reverse("wagtailadmin_pages:edit", args=[in_language(article, "uk").pk])
    said = timezone.localtime(TOMORROW).strftime("%Y-%m-%d %H:%M")
    signed_in(admin_user).post(edit, {"action": "schedule", "expire_at": said})
    publish_translation(translation)
    commit()
    pass_time(monkeypatch, TOMORROW + timedelta(minutes=1))
    assert live_in(article, "sv", "uk") == ["sv"]
