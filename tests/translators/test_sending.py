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
from cms.translation.models import Agreement, Name, NameForm, Work
from cms.translation.review import send_to_review
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators.desk import UK, in_language, say, sentences, signed_in, what_is_read

COUNTS = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}
VISBY: dict[str, Any] = {
    "kind": "place",
    "note": "",
    "page": "",
    **{f"{rows}-{name}": count for rows in ("forms", "mentions") for name, count in COUNTS.items()},
    "forms-TOTAL_FORMS": "1",
    "forms-0-text": "Visby",
    "forms-0-language": "sv",
    "forms-0-use": "preferred",
    "forms-0-status": "official",
    "forms-0-ORDER": "1",
}
"""A new name, as its page sends it."""


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


def test_a_name_is_entered_once(admin_user: User) -> None:
    first, again = send_twice(admin_user, reverse("names:add"), **VISBY)
    assert first.json() == again.json() == {"success": True, "to": reverse("names:index")}
    assert Name.objects.get().title == "Visby"


def test_a_name_is_changed_once(admin_user: User) -> None:
    signed_in(admin_user).post(reverse("names:add"), VISBY)
    path, form = reverse("names:edit", args=[Name.objects.get().pk]), NameForm.objects.get()
    more = {name.replace("-0-", "-1-"): value for name, value in VISBY.items() if "-0-" in name}
    rows = {"forms-TOTAL_FORMS": "2", "forms-INITIAL_FORMS": "1", "forms-0-id": form.pk, "forms-1-text": "Wisby"}
    first, again = send_twice(admin_user, path, **{**VISBY, **more, **rows})
    assert first.json() == again.json() == {"success": True, "to": reverse("names:index")}
    assert NameForm.objects.count() == 2


def test_an_agreement_is_recorded_once(admin_user: User) -> None:
    agreement = {"engine": "wordlist", "reference": "Avtal 7, i kommunens diarium.", "signed_on": "2026-01-15"}
    first, again = send_twice(admin_user, reverse("machine_agreements:add"), **agreement)
    assert first.json() == again.json() == {"success": True, "to": reverse("machine_agreements:index")}
    assert Agreement.objects.get().recorded_by == admin_user


def test_what_a_browser_kept_of_a_name_is_shown_and_not_stored(admin_user: User) -> None:
    answer = signed_in(admin_user).post(reverse("names:add"), {**VISBY, "sending-back": "yes"})
    assert "What you wrote is here again. It is not saved yet." in sentences(answer)[0]
    assert answer.context["form"].formsets["forms"].forms[0]["text"].value() == "Visby"
    assert answer.context["has_unsaved_changes"]
    assert not Name.objects.exists()
