"""What translators have done is read by others before it is public, and comes back with what they say."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Revision
from wagtail.users.models import UserProfile
from wagtail_localize.models import SegmentOverride, Translation, TranslationContext

from cms.content.errors import PublishingRefused
from cms.content.images import ContentImage
from cms.demo.reviews import set_up_language_reviews, set_up_section_reviews
from cms.translation.comments import decided_by
from cms.translation.digests import strings
from cms.translation.models import Policy, Provenance, Reason, ReviewTask, Way, mark, unconfirmed
from cms.translation.provenance import translation_of
from cms.translation.publishing import publish_translation, save_translation_draft
from cms.translation.review import Status, review_state
from cms.translation.workbench.versions import versions_of
from news.models import NewsPage
from tests.newsroom import Newsroom, add_image
from tests.translators.desk import (
    FI,
    SV,
    UK,
    account,
    begin,
    carry,
    commit,
    in_language,
    open_segments,
    read,
    rewrite,
    save_draft,
    say,
    say_one,
    segment_of,
    sentences,
    signed_in,
    what_is_read,
    write_article,
)
from tests.translators.everywhere import names, parameters

LEAD = "Умео і Херсон разом працюють заради демократії, і це видно в обох містах."


@pytest.fixture
def translator(room: Newsroom) -> User:
    """Who translates into Ukrainian and publishes nothing."""
    return account("uk-translator", {room.home("uk"): ("change",)})


@pytest.fixture
def reviewer(room: Newsroom) -> User:
    """Who reviews Ukrainian."""
    return _in_group("uk-reviewer", "Reviewers of Ukrainian")


@pytest.fixture
def city(room: Newsroom) -> User:
    """Who edits Umeå's own pages, in Swedish."""
    return _in_group("umea-editor", "Umeå editors")


@pytest.fixture(autouse=True)
def reviews(room: Newsroom) -> None:
    """The set-up of Umeå and of Ukrainian."""
    from cms.demo.rights import set_up_editors

    sections = [room.section("umea", language) for language in ("sv", "uk")]
    for language in ("sv", "uk", "fi"):
        set_up_language_reviews(room.home(language))
    set_up_section_reviews(sections, set_up_editors(sections, "Umeå"), "Umeå")


@pytest.fixture
def page(article: NewsPage, ukrainian: Translation) -> NewsPage:
    """The Ukrainian translation, complete and not public."""
    say(ukrainian, UK)
    return in_language(article, "uk")


def _in_group(name: str, group: str) -> User:
    user = User.objects.create_user(name)
    user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user


def press(user: User, page: NewsPage, action: str, **data: Any) -> list[str]:
    """Press a button of the review; return what the admin says."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = {"action": action, "seen": what_is_read(page, user), **data}
    answer = signed_in(user).post(url, form, follow=True)
    commit()
    return sentences(answer)


def state_of(page: Page, user: User) -> Any:
    return review_state(read(page), User.objects.get(pk=user.pk))


def test_a_translation_is_public_when_the_city_and_the_language_have_approved_it(
    page: NewsPage, translator: User, city: User, reviewer: User
) -> None:
    assert press(translator, page, "submit") == [f"Sent to review: “{page.title}”."]
    assert state_of(page, translator).task == "Umeå editors"
    press(city, page, "approve")
    assert not read(page).live
    assert state_of(page, reviewer).task == "Reviewers of Ukrainian"
    press(reviewer, page, "approve")
    assert (read(page).live, read(page).lead) == (True, UK["lead"])


def test_what_is_live_stays_as_it_is_while_its_new_text_is_reviewed(
    page: NewsPage, ukrainian: Translation, translator: User, city: User, reviewer: User
) -> None:
    """Traps 3 and 7: stock localize writes the live row, and cancels the review."""
    publish_translation(ukrainian)
    say_one(ukrainian, segment_of(ukrainian, SV["lead"]), LEAD)
    press(translator, page, "submit")
    press(city, page, "approve")
    assert read(page).lead == UK["lead"]
    press(reviewer, page, "approve")
    assert read(page).lead == LEAD


def test_what_is_not_translated_is_not_sent(page: NewsPage, ukrainian: Translation, translator: User) -> None:
    say_one(ukrainian, segment_of(ukrainian, SV["fact"]), "")
    [sentence] = press(translator, page, "submit")
    assert "ICLD har sitt kontor i Visby." in sentence
    assert state_of(page, translator).status is Status.NONE


def test_a_long_text_that_is_only_copied_is_not_sent(page: NewsPage, ukrainian: Translation, translator: User) -> None:
    say_one(ukrainian, segment_of(ukrainian, SV["lead"]), SV["lead"])
    [sentence] = press(translator, page, "submit")
    assert "Umeå kommun och Cherson" in sentence
    assert not read(page).workflow_in_progress


def test_a_text_comes_back_with_what_is_to_be_changed(
    page: NewsPage, ukrainian: Translation, translator: User, city: User, reviewer: User
) -> None:
    press(translator, page, "submit")
    press(city, page, "approve")
    assert press(reviewer, page, "return") == ["Say in a comment what has to be changed."]
    press(reviewer, page, "return", comment="Вступ задовгий.")
    state = state_of(page, translator)
    assert (state.status, state.comment, state.commented_by) == (Status.SENT_BACK, "Вступ задовгий.", "uk-reviewer")
    editor = signed_in(translator).get(reverse("wagtailadmin_pages:edit", args=[page.pk]) + "?editor=localize")
    assert "Вступ задовгий." in editor.content.decode()
    say_one(ukrainian, segment_of(ukrainian, SV["lead"]), LEAD, user=translator)
    press(translator, page, "submit")
    assert state_of(page, translator).task == "Reviewers of Ukrainian", "the city has approved it already"
    press(reviewer, page, "approve")
    assert read(page).lead == LEAD


@pytest.mark.parametrize("said", ["", "  "])
def test_a_text_that_is_sent_back_by_wagtails_own_button_says_why_too(
    said: str, page: NewsPage, translator: User, city: User
) -> None:
    """The first page of the admin opens Wagtail's dialog, and its page form sends what was typed there along."""
    press(translator, page, "submit")
    step = read(page).current_workflow_task_state
    asked = {"headers": {"X-Requested-With": "XMLHttpRequest"}}
    dialog = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", step.pk])
    collected = reverse("wagtailadmin_pages:collect_workflow_action_data", args=[page.pk, "reject", step.pk])
    for url in (dialog, collected):
        answer = signed_in(city).post(url, {"comment": said}, **asked)
        assert "Say in a comment what has to be changed." in json.loads(answer.content)["html"]
    assert state_of(page, translator).status is Status.IN_REVIEW
    signed_in(city).post(dialog, {"comment": "Вступ задовгий."}, **asked)
    assert (state_of(page, translator).status, state_of(page, translator).comment) == (
        Status.SENT_BACK,
        "Вступ задовгий.",
    )


def test_a_source_is_not_sent_back_without_a_word_from_its_page_form(city: User) -> None:
    """There the dialog only collects the comment: whoever sends the form without it is refused as well."""
    source = write_article("uk")
    source.get_workflow().start(source, city)
    with pytest.raises(PublishingRefused, match="Say in a comment"):
        read(source).current_workflow_task.on_action(source.current_workflow_task_state, city, "reject")
    assert read(source).workflow_in_progress


def test_the_browser_is_told_which_comments_have_arrived(page: NewsPage, translator: User, city: User) -> None:
    """Where the text is read, and on the first page of the admin for those who are not let back to the text."""
    home, edit = reverse("wagtailadmin_home"), reverse("wagtailadmin_pages:edit", args=[page.pk])
    press(translator, page, "submit")
    step = state_of(page, city).step
    before = signed_in(city).get(edit).content.decode()
    assert f'data-review-step="{step}"' in before
    assert 'data-review-taken=""' in before
    assert press(city, page, "return") == ["Say in a comment what has to be changed."]
    assert 'data-review-taken=""' in signed_in(city).get(home).content.decode()
    press(city, page, "return", comment="Skriv ”bro”.")
    after = signed_in(city).get(home).content.decode()
    assert f'data-review-user="{city.pk}" data-review-taken="{step}"' in after
    assert "translation/review.js" in after
    assert f'data-review-taken="{step}"' not in signed_in(translator).get(edit).content.decode()


def test_nobody_writes_while_others_review(
    page: NewsPage, ukrainian: Translation, translator: User, city: User
) -> None:
    """Trap 7: PUT, PO files and machines end in the same rows."""
    press(translator, page, "submit")
    with pytest.raises(PermissionDenied):
        say_one(ukrainian, segment_of(ukrainian, SV["lead"]), LEAD, user=translator)
    with pytest.raises(PermissionDenied):  # the city's editors read Ukrainian, but do not write it
        say_one(ukrainian, segment_of(ukrainian, SV["lead"]), LEAD, user=city)


def test_whoever_only_reads_sees_what_helps_and_what_nobody_has_accepted(
    page: NewsPage, ukrainian: Translation, translator: User, city: User
) -> None:
    Policy.objects.create(kind="news", may_publish=True)
    lead = segment_of(ukrainian, SV["lead"])
    say_one(ukrainian, lead, LEAD)
    mark(say_one(ukrainian, lead, UK["lead"], tool="DeepL"), Reason.MACHINE)
    bench, url = reverse("wagtailadmin_pages:edit", args=[page.pk]), reverse("desk_help", args=[ukrainian.pk, lead.pk])
    writing = [signed_in(translator).get(address).content.decode() for address in (bench, url)]
    assert "data-accept" in writing[0]
    assert f'data-use="{LEAD}"' in writing[1]
    press(translator, page, "submit")
    for reader in (translator, city):
        shown, helped = (signed_in(reader).get(address).content.decode() for address in (bench, url))
        assert re.search(r"data-unconfirmed>\s*Not accepted yet: DeepL", shown)
        assert "data-accept" not in shown
        assert LEAD in helped
        assert "data-use" not in helped
    press(city, page, "approve")
    assert signed_in(city).get(url, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403


def test_what_a_reviewer_corrects_is_published_with_the_rest(
    page: NewsPage, ukrainian: Translation, translator: User, city: User, reviewer: User
) -> None:
    press(translator, page, "submit")
    press(city, page, "approve")
    say_one(ukrainian, segment_of(ukrainian, SV["lead"]), LEAD, user=reviewer)
    press(reviewer, page, "approve")
    assert read(page).lead == LEAD


def test_what_is_published_is_what_was_reviewed_and_not_a_later_draft(
    page: NewsPage, ukrainian: Translation, translator: User, city: User, reviewer: User
) -> None:
    """Stock Wagtail publishes the newest draft, whoever saved it meanwhile."""
    press(translator, page, "submit")
    press(city, page, "approve")
    save_draft(page, lead="Це ніхто не читав.")
    press(reviewer, page, "approve")
    assert read(page).lead == UK["lead"]


def test_a_reviewer_approves_their_language_only(
    article: NewsPage, room: Newsroom, reviewer: User, admin_user: User
) -> None:
    from cms.translation.submitting import translate
    from tests.translators.desk import FI

    finnish = translate(article, "fi")
    say(finnish, FI)
    page = in_language(article, "fi")
    press(admin_user, page, "submit")
    assert state_of(page, admin_user).task == "Reviewers of Finnish"
    press(reviewer, page, "approve")
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", read(page).current_workflow_task_state.pk]
    )
    signed_in(reviewer).post(url, {})
    assert not read(page).live
    assert not state_of(page, reviewer).may_approve


def test_a_source_is_public_when_the_city_and_its_language_have_approved_it(city: User, reviewer: User) -> None:
    source = write_article("uk")
    source.unpublish()
    source.get_workflow().start(source, city)
    for user in (city, reviewer):
        state = read(source).current_workflow_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[source.pk, "approve", state.current_task_state_id])
        assert not read(source).live
        signed_in(user).post(url)
    assert read(source).live


def test_the_translator_does_not_approve_their_own_work(page: NewsPage, translator: User) -> None:
    press(translator, page, "submit")
    assert not state_of(page, translator).may_approve
    assert press(translator, page, "approve") == ["You do not review this text now."]


def test_a_translator_may_not_publish_past_the_review(page: NewsPage, translator: User) -> None:
    press(translator, page, "publish")
    assert not read(page).live
    assert not state_of(page, translator).may_publish


def test_a_text_in_review_is_not_sent_twice(page: NewsPage, translator: User) -> None:
    press(translator, page, "submit")
    assert press(translator, page, "submit") == ["This text is in review already."]


def test_a_translator_calls_a_text_back(page: NewsPage, ukrainian: Translation, translator: User) -> None:
    press(translator, page, "submit")
    assert state_of(page, translator).may_cancel
    press(translator, page, "cancel-workflow")
    assert state_of(page, translator).status is Status.NONE
    say_one(ukrainian, segment_of(ukrainian, SV["lead"]), LEAD, user=translator)


def test_nobody_else_calls_it_back(page: NewsPage, room: Newsroom, translator: User) -> None:
    other = account("uk-translator-2", {room.home("uk"): ("change",)})
    press(translator, page, "submit")
    press(other, page, "cancel-workflow")
    assert read(page).workflow_in_progress


def _lock(page: Page, user: User) -> None:
    page = read(page)
    page.locked, page.locked_by, page.locked_at = True, user, timezone.now()
    page.save()


def test_a_text_that_somebody_has_locked_is_neither_sent_nor_written(
    page: NewsPage, ukrainian: Translation, translator: User, admin_user: User
) -> None:
    _lock(page, admin_user)
    [sentence] = press(translator, page, "submit")
    assert "locked" in sentence
    with pytest.raises(PermissionDenied):
        say_one(ukrainian, segment_of(ukrainian, SV["lead"]), LEAD, user=translator)


@pytest.mark.parametrize("decision", ["approve", "return"])
def test_nobody_decides_about_a_text_that_somebody_locks_during_its_review(
    decision: str, page: NewsPage, translator: User, city: User, admin_user: User
) -> None:
    press(translator, page, "submit")
    _lock(page, admin_user)
    press(city, page, decision, comment="Läst.")
    assert state_of(page, translator).status == Status.IN_REVIEW
    assert read(page).current_workflow_task.name == "Umeå editors"


def test_where_nobody_reviews_it_says_so(page: NewsPage, translator: User) -> None:
    from wagtail.models import WorkflowPage

    WorkflowPage.objects.all().delete()
    assert "Ask an administrator" in press(translator, page, "submit")[0]


def test_a_partner_without_people_keeps_nothing_waiting(page: NewsPage, translator: User, reviewer: User) -> None:
    press(translator, page, "submit")
    assert state_of(page, reviewer).task == "Reviewers of Ukrainian"


def test_a_language_without_reviewers_waits_for_them(page: NewsPage, translator: User) -> None:
    press(translator, page, "submit")
    assert read(page).workflow_in_progress
    assert not read(page).live


def test_machine_text_that_a_reviewer_approved_is_reviewed(
    page: NewsPage, ukrainian: Translation, translator: User, reviewer: User
) -> None:
    """Trap 18: stock localize lets machine text be published without anybody having read it."""
    press(translator, page, "publish")
    assert not read(page).live
    say(ukrainian, UK, tool="DeepL")
    press(translator, page, "submit")
    press(reviewer, page, "approve")
    row = Provenance.objects.get(key=page.translation_key, language="uk")
    assert row.reviewed_at is not None


def test_machine_text_that_came_between_approval_and_its_day_is_not_reviewed(
    article: NewsPage,
    page: NewsPage,
    ukrainian: Translation,
    translator: User,
    reviewer: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Policy.objects.create(kind="news", may_publish=True)
    tomorrow = timezone.now() + timedelta(days=1)
    press(translator, page, "submit")
    press(reviewer, page, "schedule", go_live_at=at(tomorrow))
    press(reviewer, page, "approve")
    rewrite(article, lead="Förstudien är klar.")
    mark(say_one(ukrainian, segment_of(ukrainian, "Förstudien är klar."), LEAD, tool="DeepL"), Reason.MACHINE)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow + timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)
    assert translation_of(read(page)).reviewed_at is not None
    publish_translation(ukrainian)
    commit()
    told = translation_of(read(page))
    assert read(page).lead == LEAD
    assert (told.origin, told.reviewed_at, told.ai_disclosure) == ("mixed", None, "autonomous")


NEWS = "Förstudien är klar."


def approve(page: NewsPage, translator: User, reviewer: User) -> None:
    press(translator, page, "submit")
    press(reviewer, page, "approve")


def lead_by_machine(translation: Translation) -> None:
    """Let a machine write the lead, which nobody accepts."""
    mark(say_one(translation, segment_of(translation, SV["lead"]), UK["lead"], tool="DeepL"), Reason.MACHINE)


def read_anew(translation: Translation, page: NewsPage) -> Any:
    """Publish the translation as its strings are now; return what cities are told of it."""
    publish_translation(translation)
    commit()
    return translation_of(read(page))


def test_machine_text_that_comes_back_after_a_later_review_is_not_reviewed(
    article: NewsPage, page: NewsPage, ukrainian: Translation, translator: User, reviewer: User
) -> None:
    """It is older than the review, in which another text stood in its place."""
    Policy.objects.create(kind="news", may_publish=True)
    lead_by_machine(ukrainian)
    assert read_anew(ukrainian, page).reviewed_at is None
    rewrite(article, lead=NEWS)
    say_one(ukrainian, segment_of(ukrainian, NEWS), LEAD)
    approve(page, translator, reviewer)
    assert translation_of(read(page)).reviewed_at is not None
    rewrite(article, lead=SV["lead"])
    told = read_anew(ukrainian, page)
    assert read(page).lead == UK["lead"]
    assert (told.origin, told.reviewed_at, told.ai_disclosure) == ("mixed", None, "autonomous")


def test_machine_text_that_was_approved_stays_reviewed_when_others_change_and_when_it_comes_back(
    article: NewsPage, page: NewsPage, ukrainian: Translation, translator: User, reviewer: User
) -> None:
    Policy.objects.create(kind="news", may_publish=True)
    lead_by_machine(ukrainian)
    approve(page, translator, reviewer)
    approved = translation_of(read(page)).reviewed_at
    say_one(ukrainian, segment_of(ukrainian, SV["box"]), "Ще інформація")
    assert read_anew(ukrainian, page).reviewed_at == approved
    rewrite(article, lead=NEWS)
    say_one(ukrainian, segment_of(ukrainian, NEWS), LEAD)
    read_anew(ukrainian, page)
    rewrite(article, lead=SV["lead"])
    told = read_anew(ukrainian, page)
    assert (read(page).lead, told.reviewed_at) == (UK["lead"], approved)


def test_the_history_of_a_machines_text_says_who_approved_it_and_of_a_persons_nothing(
    page: NewsPage, ukrainian: Translation, translator: User, reviewer: User
) -> None:
    Policy.objects.create(kind="news", may_publish=True)
    lead_by_machine(ukrainian)
    approve(page, translator, reviewer)
    read(page).live_revision.publish()
    versions = {text: versions_of(ukrainian, segment_of(ukrainian, SV[text])) for text in ("lead", "title")}
    assert [(each.way, each.user) for each in versions["lead"]] == [(Way.APPROVED, reviewer), (Way.TYPED, None)]
    assert [each.way for each in versions["title"]] == [Way.TYPED]


# --- The step that was read -------------------------------------------------------------------------------------------

CHANGED = "This text has changed since you opened it, so nothing was decided. Read it again."
CHANGED_AT_STEP = "This text has changed since it came to this step, so nothing was decided. Open it, and decide there."
DECISIONS = ("approve", "return")


@pytest.mark.parametrize("decision", DECISIONS)
def test_nobody_decides_about_a_text_that_was_sent_again_since_they_opened_it(
    decision: str, page: NewsPage, ukrainian: Translation, translator: User, city: User
) -> None:
    press(translator, page, "submit")
    opened = what_is_read(page, city)
    assert f'name="seen" value="{opened}"' in signed_in(city).get(edit_of(page)).content.decode()
    press(translator, page, "cancel-workflow")
    say_one(ukrainian, segment_of(ukrainian, SV["lead"]), LEAD, user=translator)
    press(translator, page, "submit")
    assert press(city, page, decision, seen=opened, comment="Läst.") == [CHANGED]
    assert (state_of(page, city).status, state_of(page, city).task) == (Status.IN_REVIEW, "Umeå editors")
    assert state_of(page, city).step not in decided_by(city), "their browser keeps the comment"


def test_a_time_that_was_set_meanwhile_is_read_before_it_is_approved(
    page: NewsPage, translator: User, city: User, admin_user: User
) -> None:
    press(translator, page, "submit")
    opened = what_is_read(page, city)
    press(admin_user, page, "schedule", go_live_at=at(timezone.now() + timedelta(days=1)))
    assert press(city, page, "approve", seen=opened) == [CHANGED]


def test_who_does_two_steps_approves_one_with_each_page_they_opened(
    page: NewsPage, translator: User, city: User
) -> None:
    city.groups.add(Group.objects.get(name="Reviewers of Ukrainian"))
    press(translator, page, "submit")
    opened = what_is_read(page, city)
    press(city, page, "approve", seen=opened)
    assert press(city, page, "approve", seen=opened) == [CHANGED]
    assert not read(page).live


def test_what_a_colleague_corrected_at_the_same_step_is_read_before_it_is_approved(
    page: NewsPage, ukrainian: Translation, translator: User, city: User, reviewer: User
) -> None:
    press(translator, page, "submit")
    press(city, page, "approve")
    opened = what_is_read(page, reviewer)
    colleague = _in_group("uk-colleague", "Reviewers of Ukrainian")
    say_one(ukrainian, segment_of(ukrainian, SV["lead"]), LEAD, user=colleague)
    assert press(reviewer, page, "approve", seen=opened) == [CHANGED]
    assert press(colleague, page, "approve") == [f"Approved: “{page.title}”."]
    assert read(page).lead == LEAD


def test_what_one_corrects_oneself_makes_no_page_old(
    page: NewsPage, ukrainian: Translation, translator: User, city: User, reviewer: User
) -> None:
    press(translator, page, "submit")
    press(city, page, "approve")
    opened = what_is_read(page, reviewer)
    say_one(ukrainian, segment_of(ukrainian, SV["lead"]), LEAD, user=reviewer)
    press(reviewer, page, "approve", seen=opened)
    assert (read(page).live, read(page).lead) == (True, LEAD)


def with_picture(article: NewsPage, picture: ContentImage, **more: Any) -> tuple[Translation, TranslationContext]:
    """Publish the article with a picture; return its Ukrainian translation, complete, and the picture's place in it."""
    rewrite(article, image=picture, image_alt="Två personer", **more)
    translation = begin(article, "uk")
    say(translation, UK)
    say_one(translation, segment_of(translation, "Två personer"), "Дві особи")
    return translation, translation.source.overridablesegment_set.get(context__path="image").context


@pytest.mark.parametrize("is_ones_own", [True, False])
def test_a_picture_that_a_colleague_chose_is_seen_before_it_is_approved(
    is_ones_own: bool, article: NewsPage, translator: User, city: User, reviewer: User
) -> None:
    ukrainian, place = with_picture(article, add_image("Delegationen"))
    page = in_language(article, "uk")
    press(translator, page, "submit")
    press(city, page, "approve")
    opened = what_is_read(page, reviewer)
    chooser = reviewer if is_ones_own else _in_group("uk-colleague", "Reviewers of Ukrainian")
    chosen = {"data_json": json.dumps(add_image("Karta").pk), "last_translated_by": chooser}
    SegmentOverride.objects.create(context=place, locale=ukrainian.target_locale, **chosen)
    press(reviewer, page, "approve", seen=opened)
    assert read(page).live == is_ones_own


def test_a_draft_that_is_saved_between_two_steps_is_not_what_the_second_approves(
    page: NewsPage, translator: User, city: User, reviewer: User
) -> None:
    press(translator, page, "submit")
    sent = read(page).current_workflow_task_state.revision
    save_draft(page, lead="Це ніхто не читав.")
    press(city, page, "approve")
    assert read(page).current_workflow_task_state.revision == sent
    press(reviewer, page, "approve")
    assert read(page).lead == UK["lead"]


def test_what_was_read_goes_live_although_its_source_is_gone_by_then(
    article: NewsPage, page: NewsPage, translator: User, city: User, reviewer: User
) -> None:
    """It is a page like others then: what somebody else has saved is read in its form before it is approved."""
    press(translator, page, "submit")
    press(city, page, "approve")
    save_draft(page, lead="Це ніхто не читав.")
    article.delete()
    client = signed_in(reviewer)
    assert sentences(client.post(action_of(page, "approve"), {}, follow=True)) == [CHANGED_AT_STEP]
    task, step = read(page).current_workflow_task, read(page).current_workflow_task_state
    task.on_action(step, reviewer, "approve")
    assert (read(page).live, read(page).lead) == (True, UK["lead"])


@pytest.mark.parametrize("asked", [{}, {"headers": {"X-Requested-With": "XMLHttpRequest"}}])
def test_wagtails_own_button_decides_about_the_step_it_names_only(
    asked: dict[str, Any], page: NewsPage, translator: User, city: User
) -> None:
    press(translator, page, "submit")
    url = action_of(page, "approve")
    press(translator, page, "cancel-workflow")
    press(translator, page, "submit")
    client = signed_in(city)
    client.post(url, {"comment": "Läst."}, **asked)
    assert sentences(client.get(edit_of(page))) == [CHANGED]
    assert state_of(page, city).task == "Umeå editors"


@pytest.mark.parametrize("name", ["workflow_action", "collect_workflow_action_data"])
def test_a_step_is_decided_at_the_address_of_its_own_page_only(
    name: str, page: NewsPage, translator: User, city: User, admin_user: User
) -> None:
    """A page of one's own lends its rights to no other: the second is locked."""
    other = carry(write_article("sv"), "uk").get_target_instance()
    for each in (page, other):
        press(translator, each, "submit")
    _lock(other, admin_user)
    step = read(other).current_workflow_task_state
    url = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, "approve", step.pk])
    assert signed_in(city).post(url, {}).status_code == 404
    assert read(other).current_workflow_task_state == step


def edit_of(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def action_of(page: NewsPage, action: str) -> str:
    step = read(page).current_workflow_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, step.pk])


REVIEWS = [name for name in names() if "workflow" in name and "page_id" in parameters(name)]


@pytest.mark.parametrize("name", REVIEWS)
def test_no_address_of_reviews_says_what_a_draft_is_called_that_is_in_none(
    name: str, page: NewsPage, room: Newsroom, translator: User, city: User
) -> None:
    press(translator, page, "submit")
    state = read(page).current_workflow_state
    press(translator, page, "cancel-workflow")
    numbers = {
        "page_id": page.pk,
        "action_name": "approve",
        "task_state_id": state.current_task_state_id,
        "task_id": state.current_task_state.task_id,
        "workflow_state_id": state.pk,
    }
    url = reverse(name, kwargs={param: numbers[param] for param in parameters(name)})
    stranger = signed_in(account("nobody", {}))
    for ask in (stranger.get, stranger.post):
        ask(url)
        assert UK["title"] not in stranger.get(reverse("wagtailadmin_home")).content.decode()


def test_who_approves_the_last_step_publishes_also_where_they_may_not_publish_by_themselves(
    page: NewsPage, translator: User, city: User, reviewer: User
) -> None:
    GroupPagePermission.objects.filter(permission__codename="publish_page").delete()
    press(translator, page, "submit")
    press(city, page, "approve")
    assert press(reviewer, page, "approve") == [f"Approved: “{page.title}”."]
    assert read(page).live


# --- When it goes live ------------------------------------------------------------------------------------------------


def at(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


def said_at_the_desk(user: User) -> list[tuple[str, datetime | None]]:
    """Return what the coverage, and the queue if it is there, say of the Ukrainian text, and when it goes live."""
    client = signed_in(user)
    [item] = client.get(reverse("desk_coverage"), {"kind": "news"}).context["items"]
    cells = [(cell.how.value, cell.goes_live) for cell in item.cells if cell.language == "uk"]
    return cells + [(entry.state, entry.goes_live) for entry in client.get(reverse("desk_queue")).context["entries"]]


def test_a_translation_goes_live_when_its_language_says(
    article: NewsPage, page: NewsPage, translator: User, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap 17: the source's schedule is copied once; each language has its own, and it is honoured after approval."""
    tomorrow = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    press(translator, page, "submit")
    press(reviewer, page, "schedule", go_live_at=at(tomorrow))
    assert state_of(page, translator).schedule.go_live_at == tomorrow
    press(reviewer, page, "approve")
    assert not read(page).live
    state = state_of(page, reviewer)
    assert (state.status, state.schedule.go_live_at) == (Status.SCHEDULED, tomorrow)
    assert read(article).go_live_at is None
    assert said_at_the_desk(translator) == [("scheduled", tomorrow), ("scheduled", tomorrow)]
    editor = signed_in(translator).get(reverse("wagtailadmin_pages:edit", args=[page.pk]) + "?editor=localize")
    assert "Approved; goes live at" in editor.content.decode()
    monkeypatch.setattr(timezone, "now", lambda: tomorrow + timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)
    assert (read(page).live, read(page).lead) == (True, UK["lead"])
    monkeypatch.undo()
    assert said_at_the_desk(translator) == [("published", None)]
    assert Provenance.objects.get(key=page.translation_key, language="uk").reviewed_at


@pytest.mark.parametrize("said", ["Янет Огрен (Umeå)", ""])
def test_what_was_approved_goes_live_at_its_time_whatever_is_typed_until_then(
    said: str, article: NewsPage, room: Newsroom, admin_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Her name is the same in both languages, and stands in the draft as somebody has translated it."""
    finnish = begin(article, "fi")
    say(finnish, FI)
    page = in_language(article, "fi")
    tomorrow = timezone.now() + timedelta(days=1)
    press(admin_user, page, "submit")
    press(admin_user, page, "schedule", go_live_at=at(tomorrow))
    press(admin_user, page, "approve")
    assert state_of(page, admin_user).status is Status.SCHEDULED
    say_one(finnish, segment_of(finnish, SV["name"]), said)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow + timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)
    assert (read(page).live, SV["name"] in dict(strings(read(page))).values()) == (True, True)


def test_a_text_that_is_refused_at_its_time_waits_for_somebody(
    article: NewsPage, page: NewsPage, translator: User, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody has put the Ukrainian text into its source: which of the two shows another language, nobody knows."""
    tomorrow = timezone.now() + timedelta(days=1)
    press(translator, page, "submit")
    press(reviewer, page, "schedule", go_live_at=at(tomorrow))
    press(reviewer, page, "approve")
    rewrite(article, lead=UK["lead"])
    monkeypatch.setattr(timezone, "now", lambda: tomorrow + timedelta(minutes=1))
    with pytest.raises(CommandError):
        call_command("publish_scheduled", verbosity=0)
    queue = signed_in(translator).get(reverse("desk_queue"))
    assert [entry.state for entry in queue.context["entries"]] == ["overdue"]
    assert "should be live since" in queue.content.decode()
    assert "Not gone live" in signed_in(translator).get(reverse("wagtailadmin_home")).content.decode()


def test_a_schedule_lasts_from_draft_to_draft(page: NewsPage, ukrainian: Translation, reviewer: User) -> None:
    tomorrow = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    press(reviewer, page, "schedule", go_live_at=at(tomorrow))
    save_translation_draft(ukrainian)
    assert state_of(page, reviewer).schedule.go_live_at == tomorrow


@pytest.mark.parametrize(
    ("go_live", "expire", "sentence"),
    [
        (2, 1, "It would expire before it goes live."),
        (None, -1, "The time when it expires has passed already."),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(
    go_live: int | None, expire: int, sentence: str, page: NewsPage, reviewer: User
) -> None:
    now = timezone.now()
    data = {"expire_at": at(now + timedelta(days=expire))}
    if go_live:
        data["go_live_at"] = at(now + timedelta(days=go_live))
    assert press(reviewer, page, "schedule", **data) == [sentence]


def test_a_translator_does_not_decide_when(page: NewsPage, translator: User) -> None:
    press(translator, page, "schedule", go_live_at=at(timezone.now() + timedelta(days=1)))
    assert state_of(page, translator).schedule.go_live_at is None


@pytest.mark.parametrize(
    ("language", "city_step", "language_step"),
    [
        ("sv", "Redaktörer: Umeå", "Granskare: Ukrainska"),
        ("uk", "Редактори: Умео", "Рецензенти: Українська"),
        ("fi", "Toimitus: Uumaja", "Tarkastajat: Ukraina"),
        ("en", "Umeå editors", "Reviewers of Ukrainian"),
    ],
)
def test_the_steps_of_a_review_are_called_in_the_readers_language(
    language: str, city_step: str, language_step: str, page: NewsPage, translator: User, city: User
) -> None:
    UserProfile.objects.update_or_create(user=translator, defaults={"preferred_language": language})
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    press(translator, page, "submit")
    assert city_step in signed_in(translator).get(url).content.decode()
    press(city, page, "approve")
    assert language_step in signed_in(translator).get(url).content.decode()
    for name in ("Мовна рада", "Culture editors", "Reviewers of poetry"):
        ReviewTask.objects.update(name=name)
        assert name in signed_in(translator).get(url).content.decode(), "what people call it stays"


# --- The source is published anew meanwhile ---------------------------------------------------------------------------

NEWER = "Umeå kommun och Cherson har undertecknat en avsiktsförklaring i juni."
FACT = "ICLD має свій офіс у Вісбю."


def test_what_was_reviewed_goes_live_although_its_source_has_new_text_by_then(
    article: NewsPage, page: NewsPage, translator: User, city: User, reviewer: User
) -> None:
    press(translator, page, "submit")
    rewrite(article, lead=NEWER)
    press(city, page, "approve")
    assert press(reviewer, page, "approve") == [f"Approved: “{page.title}”."]
    assert (read(page).live, read(page).lead) == (True, UK["lead"])
    assert translation_of(read(page)).is_stale
    assert [entry.state for entry in signed_in(translator).get(reverse("desk_queue")).context["entries"]] == ["stale"]


def test_what_the_memory_knows_of_a_new_text_waits_until_the_review_has_ended(
    article: NewsPage, page: NewsPage, ukrainian: Translation, translator: User, city: User, reviewer: User
) -> None:
    carry(write_article("sv"), "uk")
    press(translator, page, "submit")
    rewrite(article, lead=SV["fact"])
    assert not unconfirmed(ukrainian).exists()
    press(city, page, "approve")
    assert press(reviewer, page, "approve") == [f"Approved: “{page.title}”."]
    assert (read(page).live, read(page).lead) == (True, UK["lead"])
    assert [mark.string_translation.data for mark in unconfirmed(ukrainian)] == [UK["fact"]]


@pytest.mark.parametrize("end", ["return", "cancel-workflow"])
def test_what_waited_is_filled_in_however_the_review_ends(
    end: str, article: NewsPage, page: NewsPage, ukrainian: Translation, translator: User, city: User
) -> None:
    carry(write_article("sv"), "uk")
    press(translator, page, "submit")
    rewrite(article, lead=SV["fact"])
    press(city if end == "return" else translator, page, end, comment="Вступ задовгий.")
    assert [mark.string_translation.data for mark in unconfirmed(ukrainian)] == [UK["fact"]]


def test_nothing_is_filled_into_a_text_that_somebody_has_locked(
    article: NewsPage, page: NewsPage, ukrainian: Translation, translator: User, admin_user: User
) -> None:
    """It is open at the workbench, and is offered there word for word."""
    carry(write_article("sv"), "uk")
    _lock(page, admin_user)
    rewrite(article, lead=SV["fact"])
    assert not unconfirmed(ukrainian).exists()
    bench = signed_in(translator).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert bench.context["progress"]["left"] == 1
    url = reverse("desk_help", args=[ukrainian.pk, segment_of(ukrainian, SV["fact"]).pk])
    assert "100 %" in signed_in(translator).get(url).content.decode()


def test_a_correction_goes_onto_what_was_reviewed_although_its_source_has_new_text(
    article: NewsPage, page: NewsPage, ukrainian: Translation, translator: User, city: User, reviewer: User
) -> None:
    paragraph = UK["paragraph"].replace("делегація", "ціла делегація")
    press(translator, page, "submit")
    press(city, page, "approve")
    rewrite(article, lead=NEWER)
    say_one(ukrainian, segment_of(ukrainian, SV["fact"]), FACT, user=reviewer)
    say_one(ukrainian, segment_of(ukrainian, SV["paragraph"]), paragraph, user=reviewer)
    assert press(reviewer, page, "approve") == [f"Approved: “{page.title}”."]
    shown = dict(strings(read(page)))
    assert {UK["title"], UK["lead"], UK["quote"], FACT, paragraph} <= set(shown.values())
    assert translation_of(read(page)).is_stale


def test_a_correction_keeps_the_links_of_its_text(
    article: NewsPage, room: Newsroom, translator: User, city: User, reviewer: User
) -> None:
    """The translation names the two in the other order: each goes on leading where it led."""
    source = '<a href="https://icld.se/">ICLD</a> och <a href="https://www.umea.se/">Umeå</a>'
    said = '<a id="a2">Умео</a> та <a id="a1">ICLD</a>'
    body = [{"type": "paragraph", "id": str(uuid4()), "value": f"<p>{source} samarbetar.</p>"}]
    rewrite(article, body=article._meta.get_field("body").to_python(json.dumps(body)))
    ukrainian = begin(article, "uk")
    say(ukrainian, UK)
    [segment] = [each for each in open_segments(ukrainian) if "<a" in each.string.data]
    say_one(ukrainian, segment, f"{said} співпрацюють.")
    page = in_language(article, "uk")
    press(translator, page, "submit")
    press(city, page, "approve")
    rewrite(article, lead=NEWER)
    say_one(ukrainian, segment, f"{said} разом.", user=reviewer)
    press(reviewer, page, "approve")
    html = str(read(page).body[0].value)
    assert '<a href="https://www.umea.se/">Умео</a> та <a href="https://icld.se/">ICLD</a> разом.' in html


def test_a_picture_that_a_reviewer_chose_goes_live_although_its_source_has_new_text(
    article: NewsPage, room: Newsroom, translator: User, city: User, reviewer: User
) -> None:
    ukrainian, place = with_picture(article, add_image("Delegationen"))
    page, other = in_language(article, "uk"), add_image("Делегація")
    press(translator, page, "submit")
    press(city, page, "approve")
    rewrite(article, lead=NEWER)
    SegmentOverride.objects.create(
        context=place, locale=ukrainian.target_locale, data_json=json.dumps(other.pk), last_translated_by=reviewer
    )
    press(reviewer, page, "approve")
    assert (read(page).live, read(page).lead, read(page).image) == (True, UK["lead"], other)


@pytest.mark.parametrize("has_new_text", [True, False])
def test_a_picture_and_a_link_that_a_reviewer_took_away_do_not_go_live(
    has_new_text: bool, article: NewsPage, room: Newsroom, translator: User, city: User, reviewer: User
) -> None:
    picture, wrong = add_image("Delegationen"), add_image("Fel bild")
    body = [{"type": "paragraph", "id": str(uuid4()), "value": '<p>Se <a href="https://www.umea.se/">Umeå</a>.</p>'}]
    ukrainian, _place = with_picture(article, picture, body=article._meta.get_field("body").to_python(body))
    [segment] = [each for each in open_segments(ukrainian) if "<a" in each.string.data]
    say_one(ukrainian, segment, 'Див. <a id="a1">Умео</a>.')
    places = ukrainian.source.overridablesegment_set
    chosen = {"image": wrong.pk, "https": "https://www.wrong.example/"}
    found = {places.get(context__path__contains=name): data for name, data in chosen.items()}
    for place, data in found.items():
        SegmentOverride.objects.create(
            context=place.context, locale=ukrainian.target_locale, data_json=json.dumps(data)
        )
    page = in_language(article, "uk")
    press(translator, page, "submit")
    press(city, page, "approve")
    if has_new_text:
        rewrite(article, lead=NEWER)
    for place in found:
        url = reverse("wagtail_localize:edit_override", args=[ukrainian.pk, place.pk])
        assert signed_in(reviewer).delete(url).status_code == 200
    assert press(reviewer, page, "approve") == [f"Approved: “{page.title}”."]
    shown = read(page)
    assert (shown.live, shown.lead, shown.image) == (True, UK["lead"], picture)
    assert '<a href="https://www.umea.se/">Умео</a>' in str(shown.body[0].value)


def test_a_choice_is_taken_away_although_its_source_has_no_such_place_any_more(
    article: NewsPage, room: Newsroom, translator: User, city: User, reviewer: User, admin_user: User
) -> None:
    picture, wrong = add_image("Delegationen"), add_image("Fel bild")
    ukrainian, place = with_picture(article, picture)
    chosen = SegmentOverride.objects.create(
        context=place, locale=ukrainian.target_locale, data_json=json.dumps(wrong.pk)
    )
    page = in_language(article, "uk")
    press(translator, page, "submit")
    press(city, page, "approve")
    assert state_of(page, reviewer).lost == ()
    rewrite(article, image=None, image_alt="")
    [lost] = state_of(page, reviewer).lost
    assert (lost.number, lost.place) == (chosen.pk, "Image")
    assert "where the source has nothing any more: Image." in signed_in(reviewer).get(edit_of(page)).content.decode()
    assert press(translator, page, "take-away", choice=str(lost.number)) != ["It is as the source had it."]
    _lock(page, admin_user)
    assert press(reviewer, page, "take-away", choice=str(lost.number)) != ["It is as the source had it."]
    Page.objects.filter(pk=page.pk).update(locked=False)
    assert press(reviewer, page, "take-away", choice=str(lost.number)) == ["It is as the source had it."]
    assert state_of(page, reviewer).lost == ()
    assert press(reviewer, page, "approve") == [f"Approved: “{page.title}”."]
    assert (read(page).live, read(page).image) == (True, picture)


def test_a_link_that_a_reviewer_chose_anew_goes_live_although_its_source_has_new_text(
    article: NewsPage, room: Newsroom, translator: User, city: User, reviewer: User
) -> None:
    body = [{"type": "paragraph", "id": str(uuid4()), "value": '<p>Se <a href="https://www.umea.se/">Umeå</a>.</p>'}]
    rewrite(article, body=article._meta.get_field("body").to_python(body))
    ukrainian = begin(article, "uk")
    say(ukrainian, UK)
    [segment] = [each for each in open_segments(ukrainian) if "<a" in each.string.data]
    say_one(ukrainian, segment, 'Див. <a id="a1">Умео</a>.')
    place = ukrainian.source.overridablesegment_set.get(context__path__contains="https").context
    chosen = SegmentOverride.objects.create(
        context=place, locale=ukrainian.target_locale, data_json='"https://www.wrong.example/"'
    )
    page = in_language(article, "uk")
    press(translator, page, "submit")
    press(city, page, "approve")
    rewrite(article, lead=NEWER)
    chosen.data_json = '"https://www.umea.se/uk"'
    chosen.save()
    press(reviewer, page, "approve")
    assert '<a href="https://www.umea.se/uk">Умео</a>' in str(read(page).body[0].value)


def test_a_correction_that_says_something_else_than_its_source_is_not_published(
    article: NewsPage, page: NewsPage, ukrainian: Translation, translator: User, city: User, reviewer: User
) -> None:
    press(translator, page, "submit")
    press(city, page, "approve")
    rewrite(article, lead=NEWER)
    wrong = UK["paragraph"].replace("24", "25")
    say_one(ukrainian, segment_of(ukrainian, SV["paragraph"]), wrong, user=reviewer)
    [sentence] = press(reviewer, page, "approve")
    assert "24" in sentence
    assert not read(page).live
    assert read(page).workflow_in_progress


def test_the_time_it_goes_live_changes_nothing_of_what_is_reviewed(
    article: NewsPage, page: NewsPage, ukrainian: Translation, translator: User, city: User, reviewer: User
) -> None:
    tomorrow = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    press(translator, page, "submit")
    press(city, page, "approve")
    rewrite(article, lead=NEWER)
    say_one(ukrainian, segment_of(ukrainian, SV["fact"]), FACT, user=reviewer)
    press(reviewer, page, "schedule", go_live_at=at(tomorrow))
    assert press(reviewer, page, "approve") == [f"Approved: “{page.title}”."]
    state = state_of(page, reviewer)
    assert (state.status, state.schedule.go_live_at) == (Status.SCHEDULED, tomorrow)
    draft = read(page).get_latest_revision_as_object()
    assert draft.lead == UK["lead"]
    assert FACT in dict(strings(draft)).values()


def test_a_text_by_a_machine_that_a_reviewer_changed_is_told_as_both(
    article: NewsPage, page: NewsPage, ukrainian: Translation, translator: User, city: User, reviewer: User
) -> None:
    say(ukrainian, UK, tool="DeepL")
    press(translator, page, "submit")
    press(city, page, "approve")
    rewrite(article, lead=NEWER)
    say_one(ukrainian, segment_of(ukrainian, SV["fact"]), FACT, user=reviewer)
    press(reviewer, page, "approve")
    row = Provenance.objects.get(key=page.translation_key, language="uk")
    assert (row.origin, row.tool, bool(row.reviewed_at), bool(row.stale_since)) == ("mixed", "DeepL", True, True)


# --- The set-up -------------------------------------------------------------------------------------------------------


def test_whose_steps_are_asked_for_at_once(reviewer: User) -> None:
    """Wagtail asks for each step by itself, on the first page of the admin and wherever a page is shown."""
    steps = list(ReviewTask.objects.all())
    assert len(steps) > 2
    with CaptureQueriesContext(connection) as queries:
        mine = [step.name for step in steps if step.get_actions(Page.objects.first(), reviewer)]
    asked = [query["sql"] for query in queries if "translation_reviewtask_groups" in query["sql"]]
    assert (mine, len(asked)) == (["Reviewers of Ukrainian"], 1)


def test_setting_up_twice_changes_nothing(room: Newsroom) -> None:
    from wagtail.models import Workflow, WorkflowTask

    counts: Callable[[], list[int]] = lambda: [  # noqa: E731
        model.objects.count() for model in (Workflow, WorkflowTask, ReviewTask, Group, GroupPagePermission)
    ]
    before = counts()
    sections = [room.section("umea", language) for language in ("sv", "uk")]
    set_up_section_reviews(sections, Group.objects.get(name="Umeå editors"), "Umeå")
    set_up_language_reviews(room.home("uk"))
    assert counts() == before


def test_translators_of_an_earlier_set_up_lose_their_right_to_publish(room: Newsroom) -> None:
    from django.contrib.auth.models import Permission

    from cms.demo.rights import set_up_translators

    group = set_up_translators(room.home("uk"))
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=group, page_id=room.home("uk").pk, permission=publish)
    set_up_translators(room.home("uk"))
    assert not GroupPagePermission.objects.filter(group=group, permission=publish).exists()


def test_the_reviews_buttons_are_shown_to_those_who_may_press_them(
    page: NewsPage, translator: User, city: User
) -> None:
    def buttons(user: User) -> list[str]:
        client: Client = signed_in(user)
        shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]) + "?editor=localize").content.decode()
        return [value for value in ("submit", "cancel-workflow", "approve", "return") if f'value="{value}"' in shown]

    assert buttons(translator) == ["submit"]
    press(translator, page, "submit")
    assert buttons(translator) == ["cancel-workflow"]
    assert buttons(city) == ["cancel-workflow", "approve", "return"]
    assert Revision.objects.filter(object_id=str(page.pk)).exists()


def test_a_reviewer_sees_what_changed_in_the_source_beside_each_new_text(
    page: NewsPage, article: NewsPage, ukrainian: Translation, translator: User, city: User, reviewer: User
) -> None:
    publish_translation(ukrainian)
    commit()
    lead = SV["lead"].replace("demokrati", "demokrati, vatten")
    body = article._meta.get_field("body").to_python(json.dumps(article.body.get_prep_value()[:1]))
    rewrite(article, lead=lead, body=body)
    say_one(ukrainian, segment_of(ukrainian, lead), LEAD)
    press(translator, page, "submit")
    press(city, page, "approve")
    shown = signed_in(reviewer).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "demokrati<ins>,</ins>" in shown.replace("<ins>, vatten</ins>", "<ins>,</ins>")
    assert UK["lead"] in shown
    assert "after this translation was made" in shown
    assert f"<del>{SV['quote']}</del>" in shown
    assert "Everything is translated" in shown
    shown = signed_in(translator).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert UK["lead"] in shown
    assert "Begin with it" not in shown, "it is not theirs to change now"
    press(reviewer, page, "approve")
    shown = signed_in(reviewer).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "<ins>" not in shown
    assert "The source has changed" not in shown
    assert "after this translation was made" not in shown
