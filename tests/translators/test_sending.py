"""A button of the desk does what it says once, however often a bad line makes its script send it."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState
from wagtail_localize.models import Translation

from cms.demo.reviews import set_up_language_reviews, set_up_section_reviews
from cms.demo.rights import set_up_editors
from cms.desk.models import Receipt
from cms.translation.models import Work
from cms.translation.review import send_to_review
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators.desk import UK, in_language, say, signed_in, what_is_read


@pytest.fixture(autouse=True)
def reviews(room: Newsroom) -> None:
    """Umeå's editors review first, and then the reviewers of Ukrainian."""
    sections = [room.section("umea", "uk")]
    sections[0].languages = []
    set_up_section_reviews(sections, set_up_editors(sections, "Umeå"), "Umeå")
    set_up_language_reviews(room.home("uk"))
    User.objects.create_user("umea").groups.add(Group.objects.get(name="Umeå editors"))


@pytest.fixture
def bench(article: NewsPage, ukrainian: Translation, translator: User) -> str:
    """Where the complete Ukrainian text is written."""
    say(ukrainian, UK)
    return reverse("wagtailadmin_pages:edit", args=[in_language(article, "uk").pk])


def send_twice(user: User, path: str, **data: Any) -> list[Any]:
    """Send a form as its script does whose first answer was lost."""
    client = signed_in(user)
    form = {"sending-as": user.pk, "sending-ticket": str(uuid4()), **data}
    return [client.post(path, form) for _ in range(2)]


def test_an_approval_is_that_of_one_step(
    bench: str, ukrainian: Translation, translator: User, admin_user: User
) -> None:
    send_to_review(ukrainian, translator)
    page = ukrainian.get_target_instance()
    first, again = send_twice(admin_user, bench, action="approve", seen=what_is_read(page, admin_user))
    assert first.json() == again.json() == {"success": True, "to": bench}
    assert list(TaskState.objects.order_by("pk").values_list("status", flat=True)) == ["approved", "in_progress"]


def test_a_text_is_sent_to_review_once(bench: str, translator: User) -> None:
    first, again = send_twice(translator, bench, action="submit")
    assert first.json() == again.json() == {"success": True, "to": bench}
    assert TaskState.objects.count() == 1


def test_a_text_is_published_once(bench: str, article: NewsPage, translator: User) -> None:
    first, again = send_twice(translator, bench, action="publish")
    page = in_language(article, "uk")
    assert (page.live, first.json()) == (True, again.json())
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").count() == 1


def test_a_text_is_given_once(article: NewsPage, translator: User, admin_user: User) -> None:
    path = reverse("desk_assign", args=[article.translation_key, "uk"])
    first, again = send_twice(admin_user, path, person=translator.pk)
    assert first.json() == again.json() == {"success": True, "to": reverse("desk_queue")}
    assert Work.objects.get().assignee == translator


def test_what_was_refused_is_tried_again(
    bench: str, ukrainian: Translation, translator: User, admin_user: User
) -> None:
    send_to_review(ukrainian, translator)
    page = ukrainian.get_target_instance()
    first, again = send_twice(admin_user, bench, action="return", comment="", seen=what_is_read(page, admin_user))
    assert [answer.json()["success"] for answer in (first, again)] == [False, False]
    assert not Receipt.objects.exists()


def test_nobody_presses_a_button_as_somebody_else(bench: str, translator: User, admin_user: User) -> None:
    answers = send_twice(translator, bench, action="submit", **{"sending-as": admin_user.pk})
    assert [answer.status_code for answer in answers] == [401, 401]
    assert not TaskState.objects.exists()
