"""A correction of a public translation: until it is published it is half done, and nobody forgets it."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from cms.content.images import ContentImage
from cms.translation.publishing import publish_translation, save_translation_draft
from cms.translation.queue.entries import Entry
from cms.translation.schedules import Schedule
from news.models import NewsPage
from tests.newsroom import add_image
from tests.translators import desk
from tests.translators.desk import SV, UK, signed_in

CORRECTED = "Умео і Херсон починають співпрацю"


@pytest.fixture
def client(translator: User) -> Client:
    """The browser of who translates into Ukrainian."""
    return signed_in(translator)


@pytest.fixture
def public(ukrainian: Translation) -> Translation:
    """The translation, published."""
    desk.say(ukrainian, UK)
    publish_translation(ukrainian)
    desk.commit()
    return ukrainian


def waiting(client: Client) -> list[Entry]:
    found: list[Entry] = client.get(reverse("desk_queue")).context["entries"]
    return found


def coverage(client: Client) -> str:
    said = client.get(reverse("desk_coverage"), {"format": "json", "kind": "news"}).json()
    return str(said["items"][0]["coverage"]["uk"])


def save(client: Client, translation: Translation, text: str) -> None:
    """Type a title at the workbench."""
    segment = desk.segment_of(translation, SV["title"])
    stored = StringTranslation.objects.get(
        translation_of=segment.string, context=segment.context, locale=translation.target_locale
    )
    user = client.session["_auth_user_id"]
    data = {"text": text, "base": stored.updated_at.isoformat(), "as": user}
    answer = client.post(reverse("desk_save_string", args=[translation.pk, segment.pk]), data)
    assert answer.status_code == 200


def correct(client: Client, translation: Translation) -> None:
    save(client, translation, CORRECTED)


def empty(client: Client, translation: Translation) -> None:
    save(client, translation, "")


def take_away(client: Client, translation: Translation) -> None:
    """Take the title away in localize's own editor."""
    segment = desk.segment_of(translation, SV["title"])
    client.delete(reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]))


@pytest.mark.parametrize("change", [correct, empty, take_away])
def test_a_correction_is_half_done_until_it_is_published(
    change: Callable[[Client, Translation], None], public: Translation, client: Client
) -> None:
    assert (waiting(client), coverage(client)) == ([], "published")
    save(client, public, UK["title"])
    assert waiting(client) == [], "what is sent as it was changes nothing"
    before = timezone.now()
    change(client, public)
    [entry] = waiting(client)
    assert (entry.state, coverage(client)) == ("begun", "in_work")
    assert entry.words == (0 if change is correct else len(SV["title"].split()))
    assert entry.since > before
    desk.say_one(public, desk.segment_of(public, SV["title"]), CORRECTED)
    publish_translation(public)
    assert (waiting(client), coverage(client)) == ([], "published")


@pytest.fixture
def pictured(article: NewsPage, ukrainian: Translation) -> Translation:
    """The translation of the article with a picture, published."""
    desk.rewrite(article, image=add_image("Delegationen"), image_alt="Två personer")
    desk.say(ukrainian, UK)
    desk.say_one(ukrainian, desk.segment_of(ukrainian, "Två personer"), "Дві особи")
    publish_translation(ukrainian)
    desk.commit()
    return ukrainian


def choose(translation: Translation, picture: ContentImage) -> SegmentOverride:
    place = translation.source.overridablesegment_set.get(context__path="image").context
    chosen, _made = SegmentOverride.objects.update_or_create(
        context=place, locale=translation.target_locale, defaults={"data_json": json.dumps(picture.pk)}
    )
    return chosen


def test_another_picture_is_half_done_until_it_is_published(pictured: Translation, client: Client) -> None:
    assert (waiting(client), coverage(client)) == ([], "published")
    before, other = timezone.now(), add_image("Делегація")
    chosen = choose(pictured, other)
    [entry] = waiting(client)
    assert (entry.state, entry.words, coverage(client)) == ("begun", 0, "in_work")
    assert before < entry.since < timezone.now()
    publish_translation(pictured)
    assert (waiting(client), coverage(client)) == ([], "published")
    choose(pictured, other)
    assert waiting(client) == [], "what is chosen as it was changes nothing"
    chosen.delete()
    assert ([entry.state for entry in waiting(client)], coverage(client)) == (["begun"], "in_work")
    publish_translation(pictured)
    assert (waiting(client), coverage(client)) == ([], "published")


@pytest.mark.parametrize("is_taken_away", [True, False])
def test_a_picture_chosen_or_taken_away_while_a_draft_waits_for_its_day_is_half_done_after_that(
    is_taken_away: bool, pictured: Translation, client: Client
) -> None:
    chosen = choose(pictured, add_image("Делегація")) if is_taken_away else None
    draft = save_translation_draft(pictured, schedule=Schedule(timezone.now() + timedelta(days=3)))
    draft.publish()
    if chosen:
        chosen.delete()
    else:
        choose(pictured, add_image("Делегація"))
    desk.read(pictured.get_target_instance()).scheduled_revision.publish()
    desk.commit()
    Revision.objects.filter(pk=draft.pk).update(approved_go_live_at=None)
    assert [entry.state for entry in waiting(client)] == ["begun"]


def test_what_is_corrected_while_a_draft_waits_for_its_day_is_half_done_after_that(
    public: Translation, client: Client
) -> None:
    draft = save_translation_draft(public, schedule=Schedule(timezone.now() + timedelta(days=3)))
    draft.publish()
    correct(client, public)
    assert [entry.state for entry in waiting(client)] == ["scheduled"]
    desk.read(public.get_target_instance()).scheduled_revision.publish()
    desk.commit()
    Revision.objects.filter(pk=draft.pk).update(approved_go_live_at=None)
    assert [entry.state for entry in waiting(client)] == ["begun"]


def test_corrections_cost_the_queue_and_the_coverage_the_same_queries(public: Translation, client: Client) -> None:
    def queries() -> int:
        waiting(client)
        with CaptureQueriesContext(connection) as captured:
            waiting(client)
            coverage(client)
        return len(captured)

    correct(client, public)
    few = queries()
    for number in range(2):
        more = desk.carry(desk.write_article("sv"), "uk")
        desk.say_one(more, desk.segment_of(more, SV["title"]), f"{CORRECTED}: {number}")
    assert [entry.state for entry in waiting(client)] == ["begun"] * 3
    assert queries() == few
