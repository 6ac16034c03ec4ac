"""Nothing goes live in a language while it shows another, whichever way it is published."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test.client import encode_multipart
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import Translation

from cms.publications.models import Publication
from cms.translation.errors import TranslationIncomplete
from cms.translation.publishing import publish_translation, save_translation_draft
from news.models import NewsPage
from tests.translators.desk import (
    SV,
    UK,
    commit,
    in_language,
    open_segments,
    press_publish,
    read,
    rewrite,
    say,
    say_one,
    segment_of,
    signed_in,
)


def test_a_translation_begins_as_a_draft(article: NewsPage, ukrainian: Translation) -> None:
    """Trap 1: stock localize makes it live in the source's words."""
    page = in_language(article, "uk")
    assert not page.live
    assert page.first_published_at is None


def test_a_translation_is_published_from_its_editor(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    say(ukrainian, UK)
    assert press_publish(signed_in(translator), in_language(article, "uk")) == [
        "Published “Умео починає співпрацю з Херсоном” in Ukrainian."
    ]
    page = in_language(article, "uk")
    assert page.live
    assert page.lead == UK["lead"]
    assert page.body[1].value["text"] == UK["quote"]


@pytest.mark.parametrize("name", list(SV))
def test_a_missing_segment_stops_publishing(
    name: str, article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    say(ukrainian, {key: text for key, text in UK.items() if key != name})
    said = press_publish(signed_in(translator), in_language(article, "uk"))
    assert "1 text is not translated yet" in said[0]
    assert not in_language(article, "uk").live


@pytest.mark.parametrize("nothing", ["", "  ", "<b></b>"])
def test_an_empty_translation_is_a_missing_one(nothing: str, article: NewsPage, ukrainian: Translation) -> None:
    """Trap 14: stock localize counts it as done and shows the source."""
    say(ukrainian, UK)
    say_one(ukrainian, segment_of(ukrainian, SV["box"]), nothing)
    with pytest.raises(TranslationIncomplete, match="Mer information"):
        publish_translation(ukrainian)


@pytest.mark.parametrize("nothing", ["", "  ", "<b></b>"])
def test_an_empty_text_typed_in_localizes_editor_counts_as_open_and_stops_publishing(
    nothing: str, article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    """Trap 14."""
    say(ukrainian, UK)
    client = signed_in(translator)
    segment = segment_of(ukrainian, SV["box"])
    url = reverse("wagtail_localize:edit_string_translation", args=[ukrainian.pk, segment.pk])
    body = encode_multipart("misto", {"value": nothing})
    client.put(url, body, content_type="multipart/form-data; boundary=misto")
    page = in_language(article, "uk")
    workbench = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert workbench.context["progress"] == {"left": 1, "words_left": len(SV["box"].split())}
    for action in ("publish", "submit"):
        client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": action})
    page = in_language(article, "uk")
    assert (page.live, page.workflow_in_progress) == (False, False)


def test_a_translation_in_error_is_a_missing_one(article: NewsPage, ukrainian: Translation) -> None:
    say(ukrainian, UK)
    said = say_one(ukrainian, segment_of(ukrainian, SV["paragraph"]), "<h1>На 24-му тижні</h1>")
    said.refresh_from_db()
    assert said.has_error
    with pytest.raises(TranslationIncomplete):
        publish_translation(ukrainian)


def publish_the_revision(page: NewsPage, client: object) -> None:
    page.latest_revision.publish()


def publish_in_bulk(page: NewsPage, client: object) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={page.pk}", {})  # type: ignore[attr-defined]


def publish_by_save(page: NewsPage, client: object) -> None:
    page.live = True
    page.save()


def publish_by_schedule(page: NewsPage, client: object) -> None:
    page.latest_revision.approved_go_live_at = timezone.now() + timedelta(days=1)
    page.latest_revision.save()


WAYS = [publish_the_revision, publish_in_bulk, publish_by_save, publish_by_schedule]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_past_the_gate(
    way: Callable[[NewsPage, object], None], article: NewsPage, ukrainian: Translation, admin_user: User
) -> None:
    say(ukrainian, {"title": UK["title"], "lead": UK["lead"]})
    save_translation_draft(ukrainian)
    with suppress(TranslationIncomplete):  # the admin says it instead
        way(in_language(article, "uk"), signed_in(admin_user))
    page = in_language(article, "uk")
    assert not page.live
    assert page.latest_revision.approved_go_live_at is None


@pytest.mark.parametrize("way", [*WAYS[:2], publish_by_schedule])
def test_the_same_ways_are_open_when_it_is_translated(
    way: Callable[[NewsPage, object], None], article: NewsPage, ukrainian: Translation, admin_user: User
) -> None:
    say(ukrainian, UK)
    save_translation_draft(ukrainian)
    way(in_language(article, "uk"), signed_in(admin_user))
    page = in_language(article, "uk")
    assert page.live or page.latest_revision.approved_go_live_at


def test_a_draft_saved_half_done_is_not_published_later(article: NewsPage, ukrainian: Translation) -> None:
    """The strings are complete by then; the draft still shows the source's words."""
    say(ukrainian, {key: text for key, text in UK.items() if key != "box"})
    revision = save_translation_draft(ukrainian)
    say(ukrainian, UK)
    with pytest.raises(TranslationIncomplete):
        revision.publish()


def test_nor_when_its_source_has_other_words_by_then(article: NewsPage, ukrainian: Translation) -> None:
    """The draft shows words that no source has any more, too short to be known as copied."""
    say(ukrainian, {key: text for key, text in UK.items() if key != "title"})
    revision = save_translation_draft(ukrainian)
    rewrite(article, title="Umeå och Cherson")
    say_one(ukrainian, segment_of(ukrainian, "Umeå och Cherson"), "Умео і Херсон")
    with pytest.raises(TranslationIncomplete, match="Save it anew"):
        revision.publish()


def test_localizes_own_publishing_is_gated_too(
    article: NewsPage, ukrainian: Translation, django_capture_on_commit_callbacks: Any
) -> None:
    with pytest.raises(TranslationIncomplete), django_capture_on_commit_callbacks(execute=True):
        ukrainian.save_target(publish=True)
    assert not in_language(article, "uk").live


def test_a_stopped_translation_is_not_published_as_a_copy(article: NewsPage, ukrainian: Translation) -> None:
    ukrainian.enabled = False
    ukrainian.save()
    page = in_language(article, "uk")
    with pytest.raises(TranslationIncomplete):
        page.latest_revision.publish()
    page = in_language(article, "uk")
    page.title, page.lead, page.body = UK["title"], UK["lead"], []
    page.save_revision().publish()
    assert in_language(article, "uk").live


def test_saving_a_draft_leaves_the_live_text_alone(article: NewsPage, ukrainian: Translation) -> None:
    """Trap 3: stock localize writes the live row."""
    say(ukrainian, UK)
    publish_translation(ukrainian)
    say_one(ukrainian, segment_of(ukrainian, SV["lead"]), "Неперевірений текст про співпрацю двох міст.")
    save_translation_draft(ukrainian)
    page = in_language(article, "uk")
    assert page.lead == UK["lead"]
    assert page.get_latest_revision_as_object().lead == "Неперевірений текст про співпрацю двох міст."


def test_localize_cannot_put_new_source_text_into_a_live_translation(article: NewsPage, ukrainian: Translation) -> None:
    """Traps 3 and 9: its own saving falls back to the source, in the live row."""
    say(ukrainian, UK)
    publish_translation(ukrainian)
    commit()
    rewrite(article, lead="Umeå kommun och Cherson har undertecknat en avsiktsförklaring i juni.")
    with pytest.raises(TranslationIncomplete):
        Translation.objects.get(pk=ukrainian.pk).save_target(publish=False)
    assert in_language(article, "uk").lead == UK["lead"]


def test_a_live_translation_stays_when_its_source_moves_on(article: NewsPage, ukrainian: Translation) -> None:
    say(ukrainian, UK)
    publish_translation(ukrainian)
    commit()
    rewrite(article, lead="Umeå kommun och Cherson har undertecknat en avsiktsförklaring i juni.")
    page = in_language(article, "uk")
    page.save()
    assert in_language(article, "uk").live


def test_what_is_live_stays_while_a_translator_thinks_again(article: NewsPage, ukrainian: Translation) -> None:
    """Words that were said to be the same are being changed, and nothing of that is published yet."""
    say(ukrainian, UK)
    say_one(ukrainian, segment_of(ukrainian, SV["fact"]), SV["fact"])
    publish_translation(ukrainian)
    say_one(ukrainian, segment_of(ukrainian, SV["fact"]), UK["fact"])
    in_language(article, "uk").save()
    assert in_language(article, "uk").live


def test_words_that_are_the_same_in_both_languages_may_be_said_so(article: NewsPage, ukrainian: Translation) -> None:
    say(ukrainian, UK)
    say_one(ukrainian, segment_of(ukrainian, SV["fact"]), SV["fact"])
    publish_translation(ukrainian)
    assert in_language(article, "uk").live


def test_a_long_text_that_is_only_copied_is_no_translation(article: NewsPage, ukrainian: Translation) -> None:
    say(ukrainian, UK)
    say_one(ukrainian, segment_of(ukrainian, SV["lead"]), SV["lead"])
    with pytest.raises(TranslationIncomplete, match="Umeå kommun och Cherson"):
        publish_translation(ukrainian)


def test_a_copy_without_the_editor_is_not_published_either(article: NewsPage) -> None:
    copy = article.copy_for_translation(in_language(article.get_parent().specific, "fi").locale)
    with pytest.raises(TranslationIncomplete):
        copy.save_revision().publish()


def test_an_alias_of_another_language_is_not_published(article: NewsPage) -> None:
    """Trap 22: so localize makes the pages above that are missing."""
    finnish = in_language(article.get_parent().specific, "fi").locale
    with suppress(TranslationIncomplete):
        article.copy_for_translation(finnish, alias=True)
    commit()
    assert not Publication.objects.filter(key=article.translation_key, language="fi").exists()
    assert not in_language(article, "fi")


def test_publishing_is_all_or_nothing(
    article: NewsPage, ukrainian: Translation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """localize saves first and publishes after the transaction."""
    say(ukrainian, UK)
    before = read(in_language(article, "uk")).latest_revision_id
    monkeypatch.setattr("wagtail.models.Revision.publish", _fail)
    with pytest.raises(RuntimeError):
        publish_translation(ukrainian)
    assert read(in_language(article, "uk")).latest_revision_id == before


def _fail(*_args: object, **_options: object) -> None:
    raise RuntimeError("the database is full")


def test_a_locked_translation_is_not_published(
    article: NewsPage, ukrainian: Translation, translator: User, admin_user: User
) -> None:
    """Trap 7."""
    say(ukrainian, UK)
    page = in_language(article, "uk")
    page.locked, page.locked_by, page.locked_at = True, admin_user, timezone.now()
    page.save()
    assert "locked" in press_publish(signed_in(translator), page)[0]
    assert not in_language(article, "uk").live


def test_a_translation_under_review_is_published_by_its_review(
    article: NewsPage, ukrainian: Translation, translator: User, admin_user: User
) -> None:
    """Trap 7: stock localize cancels the review without a word."""
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

    say(ukrainian, UK)
    save_translation_draft(ukrainian)
    workflow = Workflow.objects.create(name="Umeå, Ukrainian")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="City"), sort_order=0)
    page = in_language(article, "uk")
    state = workflow.start(page, translator)
    assert "awaiting moderation" in press_publish(signed_in(translator), page)[0]
    assert "being reviewed" in press_publish(signed_in(admin_user), page)[0]
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS
    state.current_task_state.approve(user=admin_user)
    assert in_language(article, "uk").live


def test_a_review_cannot_approve_what_is_not_translated(
    article: NewsPage, ukrainian: Translation, admin_user: User
) -> None:
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

    save_translation_draft(ukrainian)
    workflow = Workflow.objects.create(name="Umeå, Ukrainian")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="City"), sort_order=0)
    state = workflow.start(in_language(article, "uk"), admin_user)
    with pytest.raises(TranslationIncomplete):
        state.current_task_state.approve(user=admin_user)
    assert not in_language(article, "uk").live


def test_every_string_of_the_article_is_given_to_translators(article: NewsPage, ukrainian: Translation) -> None:
    assert {segment.string.data for segment in open_segments(ukrainian)} == set(SV.values())
