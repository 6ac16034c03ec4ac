"""A translator's queue: all that waits for their languages, why, how much it is, who is on it; and nothing else."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page, PageViewRestriction, TaskState, Workflow, WorkflowState
from wagtail_localize.models import Translation

from cms.translation.models import Provenance, Reason, Work, accept, mark
from cms.translation.publishing import publish_translation, save_translation_draft
from cms.translation.queue import finding
from cms.translation.queue.entries import Entry
from cms.translation.queue.finding import State
from cms.translation.schedules import Schedule
from news.models import NewsPage, NewsPerson
from tests.newsroom import Newsroom
from tests.translators import desk
from tests.translators.desk import SV, UK, signed_in

QUEUE = "/admin/desk/queue/"


def entries(user: User, **choices: str) -> list[Entry]:
    answer = signed_in(user).get(reverse("desk_queue"), choices)
    assert answer.status_code == 200
    found: list[Entry] = answer.context["entries"]
    return found


def entry(user: User, title: str = SV["title"], **choices: str) -> Entry:
    return next(entry for entry in entries(user, **choices) if entry.title == title)


def titles(user: User, **choices: str) -> list[str]:
    return [entry.title for entry in entries(user, **choices)]


def change(user: User, waiting: Entry, action: str, **data: Any) -> int:
    data |= {"action": action, "key": waiting.key, "language": waiting.language}
    return signed_in(user).post(reverse("desk_queue"), data).status_code


def test_what_is_published_and_lacks_their_language_is_new(article: NewsPage, translator: User) -> None:
    waiting = entry(translator)
    assert (waiting.state, waiting.source, waiting.target) == ("new", "svenska", "українська")
    words = sum(len(text.split()) for text in SV.values())
    assert waiting.words == words
    assert signed_in(translator).get(waiting.url).status_code == 200


def test_what_is_half_done_tells_the_words_that_are_left(ukrainian: Translation, translator: User) -> None:
    assert entry(translator).state == "new"
    desk.say(ukrainian, {"title": UK["title"], "lead": UK["lead"]})
    waiting = entry(translator)
    assert waiting.state == "begun"
    assert waiting.words == sum(len(text.split()) for name, text in SV.items() if name not in ("title", "lead"))


def test_what_the_memory_filled_in_is_left_until_a_person_accepts_it(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    said = desk.say_one(ukrainian, desk.segment_of(ukrainian, SV["title"]), UK["title"])
    mark(said, Reason.MEMORY)
    words = sum(len(text.split()) for text in SV.values())
    assert entry(translator).words == words
    accept(said, translator)
    assert entry(translator).words == words - len(SV["title"].split())


def test_a_person_added_to_a_text_later_waits_by_themselves(
    room: Newsroom, article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    """Trap 16: with stock localize, who is added after the text was submitted is neither translated nor counted."""
    desk.say(ukrainian, UK)
    publish_translation(ukrainian)
    desk.commit()
    assert titles(translator) == []
    janet = desk.write_person()
    desk.rewrite(article, people=[NewsPerson(page=janet, locale=article.locale)])
    assert titles(translator, kind="people") == ["Janet Ågren"]
    waiting = entry(translator, "Janet Ågren")
    assert (waiting.state, waiting.words) == ("new", 2)


def test_a_finished_translation_does_not_wait_until_its_source_changes(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    desk.say(ukrainian, UK)
    publish_translation(ukrainian)
    desk.commit()
    assert SV["title"] not in titles(translator)
    desk.rewrite(article, lead="Samarbetet har börjat, och förstudien är klar i höst.")
    assert (entry(translator).state, entry(translator).words) == ("stale", 9)


def test_a_stale_translation_of_which_no_text_changed_says_what_is_to_be_done(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    sentence = "nothing to translate: look it over and confirm it"
    desk.say(ukrainian, UK)
    publish_translation(ukrainian)
    desk.commit()
    body = [*reversed(article.body.get_prep_value()), {"type": "period", "value": {"label": "", "week": "2024-W24"}}]
    desk.rewrite(article, body=article._meta.get_field("body").to_python(json.dumps(body)))
    for name in ("desk_queue", "wagtailadmin_home"):
        assert sentence in signed_in(translator).get(reverse(name)).content.decode()
    desk.rewrite(article, lead="Umeå och Cherson har undertecknat en avsiktsförklaring.")
    for name in ("desk_queue", "wagtailadmin_home"):
        assert sentence not in signed_in(translator).get(reverse(name)).content.decode()


@pytest.mark.parametrize(("language", "source"), [("fi", "svenska"), ("en", "suomi")])
def test_what_was_made_from_a_stale_translation_waits_for_that_one(room: Newsroom, language: str, source: str) -> None:
    """As the API says it: a text is stale, too, when what it was made from is; but nothing can be done about it yet."""
    chain, reader = desk.write_chain(), desk.account("translator", {room.home(language): ("change",)})
    assert entries(reader) == []
    desk.change_source(chain)
    [waiting] = entries(reader)
    assert (waiting.state, waiting.waits_for) == ("stale_source", source)
    assert waiting.since == Provenance.objects.get(language="sv").stale_since
    assert f"waits for {source}" in signed_in(reader).get(QUEUE).content.decode()
    assert [len(entries(reader, state=state)) for state in ("stale_source", "stale")] == [1, 0]


def test_what_waited_for_another_language_is_stale_once_that_has_followed(room: Newsroom) -> None:
    chain, reader = desk.write_chain(), desk.account("translator", {room.home("fi"): ("change",)})
    desk.change_source(chain)
    desk.follow(chain["sv"], "Umeå och Cherson inleder samarbete")
    [waiting] = entries(reader)
    assert (waiting.state, waiting.waits_for) == ("stale", "")
    desk.change_source(chain, "Умео і Херсон: початок співпраці")
    [waiting] = entries(reader)
    assert waiting.state == "stale", "there is something to do, whatever else will come"


def test_whoever_translates_what_others_wait_for_sees_it_as_stale(room: Newsroom) -> None:
    chain, reader = desk.write_chain(), desk.account("translator", {room.home("sv"): ("change",)})
    desk.change_source(chain)
    assert [(waiting.state, waiting.target) for waiting in entries(reader)] == [("stale", "svenska")]


def test_what_begins_to_wait_while_the_queue_is_read_is_found_the_next_time(
    article: NewsPage, ukrainian: Translation, translator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.say(ukrainian, UK)
    publish_translation(ukrainian)
    desk.rewrite(article, lead="Samarbetet har börjat, och förstudien är klar i höst.")
    with monkeypatch.context() as earlier:
        earlier.setattr(finding, "_stale", lambda _languages: {})
        assert SV["title"] not in titles(translator)
    assert entry(translator).state == "stale"


def test_what_is_in_review_and_what_is_sent_back_say_so(
    room: Newsroom, ukrainian: Translation, translator: User
) -> None:
    desk.say(ukrainian, UK)
    page = ukrainian.get_target_instance()
    state = Workflow.objects.get(active=True).start(page, translator)
    assert entry(translator).state == "in_review"
    state.current_task_state.reject(user=translator, comment="Quote the minister exactly.")
    assert entry(translator).state == "sent_back"
    assert titles(translator)[0] == SV["title"], "what was sent back comes first"


def test_a_review_waits_since_its_present_step(ukrainian: Translation, translator: User) -> None:
    desk.say(ukrainian, UK)
    state = Workflow.objects.get(active=True).start(ukrainian.get_target_instance(), translator)
    now = timezone.now()
    begun, started, ended = (now - timedelta(days=days) for days in (40, 9, 8))
    WorkflowState.objects.update(created_at=begun)
    TaskState.objects.update(started_at=started)
    assert (entry(translator).state, entry(translator).since) == ("in_review", started)
    state.current_task_state.reject(user=translator, comment="Quote the minister exactly.")
    assert (entry(translator).state, entry(translator).since > now) == ("sent_back", True)
    TaskState.objects.update(finished_at=ended)
    assert entry(translator).since == ended
    assert [SV["title"] in titles(translator, age=age) for age in ("7", "30")] == [True, False]


def test_what_is_approved_and_scheduled_stands_at_the_end(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    live = timezone.now() + timedelta(days=3)
    desk.write_person()
    desk.say(ukrainian, UK)
    save_translation_draft(ukrainian, schedule=Schedule(live)).publish()
    desk.commit()
    assert [waiting.state for waiting in entries(translator)] == ["new", "scheduled"]
    waiting = entry(translator)
    assert (waiting.goes_live, waiting.words, waiting.since < timezone.now()) == (live, 0, True)
    shown = signed_in(translator).get(QUEUE).content.decode()
    assert f"goes live on {date_format(live, 'SHORT_DATE_FORMAT')}" in shown
    assert titles(translator, state="scheduled") == [SV["title"]]
    assert titles(translator, state="begun") == []


def test_an_approved_text_waits_for_its_time_since_its_approval(ukrainian: Translation, translator: User) -> None:
    desk.say(ukrainian, UK)
    revision = save_translation_draft(ukrainian, schedule=Schedule(timezone.now() + timedelta(days=3)))
    state = Workflow.objects.get(active=True).start(ukrainian.get_target_instance(), translator)
    TaskState.objects.update(revision=revision)
    state.current_task_state.approve(user=translator)
    approved = timezone.now() - timedelta(days=8)
    TaskState.objects.update(finished_at=approved)
    assert (entry(translator).state, entry(translator).since) == ("scheduled", approved)


def test_drafts_and_restricted_texts_do_not_wait(article: NewsPage, translator: User) -> None:
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert SV["title"] not in titles(translator)
    PageViewRestriction.objects.all().delete()
    article.unpublish()
    assert SV["title"] not in titles(translator)


def test_texts_first_written_in_their_language_do_not_wait(translator: User) -> None:
    desk.write_article("uk", city="kherson")
    assert UK["title"] not in titles(translator)


def test_an_editor_sees_what_their_own_section_lacks(article: NewsPage, editor: User, kherson_editor: User) -> None:
    desk.write_article("uk", city="kherson")
    assert titles(editor) == []
    assert titles(kherson_editor) == []
    desk.write_article("uk", city="umea")
    assert titles(editor) == [UK["title"]], "a Ukrainian text in Umeå's section can be carried into Swedish"


def test_a_person_without_languages_is_told_why_the_queue_is_empty(article: NewsPage) -> None:
    answer = signed_in(desk.account("guest", {})).get(reverse("desk_queue"))
    assert "You have no language to translate into" in answer.content.decode()


@pytest.mark.parametrize(
    ("choices", "is_there"),
    [
        ({"state": "new"}, True),
        ({"state": "stale"}, False),
        ({"kind": "news"}, True),
        ({"kind": "people"}, False),
        ({"age": "7"}, False),
        ({"who": "nobody"}, True),
        ({"who": "me"}, False),
        ({"language": "uk"}, True),
        ({"language": "fi"}, True),  # not theirs: the choice does not exist
        ({"state": "no such state"}, True),
    ],
)
def test_the_queue_is_narrowed(article: NewsPage, translator: User, choices: dict[str, str], is_there: bool) -> None:
    assert (SV["title"] in titles(translator, **choices)) is is_there


def test_the_queue_is_narrowed_to_a_partner(room: Newsroom, article: NewsPage, translator: User) -> None:
    umea, kherson = room.section("umea", "uk"), room.section("kherson", "uk")
    assert SV["title"] in titles(translator, partner=str(umea.translation_key))
    assert SV["title"] not in titles(translator, partner=str(kherson.translation_key))


@pytest.mark.parametrize(
    ("days", "choices"),
    [(None, []), (-1, ["late"]), (0, ["7"]), (7, ["7"]), (8, [])],
)
def test_the_queue_is_narrowed_to_what_is_late_or_due_soon(
    days: int | None, choices: list[str], article: NewsPage, translator: User
) -> None:
    if days is not None:
        change(translator, entry(translator), "due", due=str(date.today() + timedelta(days=days)))
    assert [choice for choice in ("late", "7") if SV["title"] in titles(translator, due=choice)] == choices
    assert SV["title"] in titles(translator, due="no such choice")


def test_what_is_old_is_found_by_its_age(article: NewsPage, translator: User) -> None:
    Page.objects.filter(pk=article.pk).update(last_published_at=timezone.now() - timedelta(days=8))
    assert SV["title"] in titles(translator, age="7")
    assert SV["title"] not in titles(translator, age="30")


def test_somebody_takes_a_text_and_others_see_it(article: NewsPage, translator: User) -> None:
    assert change(translator, entry(translator), "take") == 302
    other = desk.account("second", {Page.objects.get(slug="uk"): ("change",)})
    assert entry(other).assignee == translator
    assert entry(other).taken_at is not None
    assert titles(translator, who="me") == [SV["title"]]
    assert change(translator, entry(translator), "leave") == 302
    assert entry(other).assignee is None


@pytest.fixture
def second(room: Newsroom) -> User:
    """Who translates into Ukrainian, too."""
    return desk.account("second", {room.home("uk"): ("change",)})


def said(user: User, waiting: Entry, action: str, **data: Any) -> list[str]:
    """Return what somebody is told who presses a button of an entry as it was shown to them."""
    holder = waiting.assignee.pk if waiting.assignee else ""
    sent = {"action": action, "key": waiting.key, "language": waiting.language, "holder": holder, **data}
    return desk.sentences(signed_in(user).post(QUEUE, sent, follow=True))


def test_of_two_who_take_a_text_at_once_the_second_is_told_who_has_it(
    article: NewsPage, translator: User, second: User
) -> None:
    waiting = entry(translator)
    assert said(second, waiting, "take") == ["It is yours now: others see that you are on it."]
    [sentence] = said(translator, waiting, "take")
    assert sentence.startswith("second is on it now, since ")
    assert sentence.endswith("Nothing was changed.")
    assert entry(translator).assignee == second


def test_who_takes_over_a_text_does_it_on_purpose(article: NewsPage, translator: User, second: User) -> None:
    said(second, entry(second), "take")
    Work.objects.update(taken_at=datetime(2024, 6, 5, 12, tzinfo=UTC))
    shown = " ".join(signed_in(translator).get(QUEUE).content.decode().split())
    assert "Take it over from second</summary>" in shown
    assert "second has been on it since 06/05/2024" in shown
    assert "Let nobody be on it" not in shown
    said(translator, entry(translator), "take")
    assert entry(second).assignee == translator
    assert entry(second).taken_at > datetime(2024, 6, 5, 12, tzinfo=UTC)


def test_nobody_takes_over_a_text_from_whoever_else_has_it_by_now(
    article: NewsPage, translator: User, second: User, admin_user: User
) -> None:
    said(second, entry(second), "take")
    waiting = entry(translator)
    said(admin_user, entry(admin_user, language="uk"), "take")
    assert said(translator, waiting, "take")[0].startswith("admin is on it now, since ")
    assert entry(translator).assignee == admin_user


def test_what_was_left_meanwhile_is_taken_from_nobody(article: NewsPage, translator: User, second: User) -> None:
    said(second, entry(second), "take")
    waiting = entry(translator)
    said(second, entry(second), "leave")
    said(translator, waiting, "take")
    assert entry(translator).assignee == translator


def test_who_takes_their_own_text_again_has_had_it_since_the_first_time(article: NewsPage, translator: User) -> None:
    said(translator, entry(translator), "take")
    since = entry(translator).taken_at
    assert said(translator, entry(translator), "take") == ["It is yours now: others see that you are on it."]
    assert entry(translator).taken_at == since


def test_nobody_leaves_a_text_for_somebody_else(article: NewsPage, translator: User, second: User) -> None:
    said(second, entry(second), "take")
    assert said(translator, entry(translator), "leave")[0].startswith("second is on it now, since ")
    assert entry(translator).assignee == second


def test_an_administrator_lets_nobody_be_on_it(
    article: NewsPage, translator: User, second: User, admin_user: User
) -> None:
    said(second, entry(second), "take")
    waiting = entry(admin_user, language="uk")
    assert "Let nobody be on it" in signed_in(admin_user).get(QUEUE).content.decode()
    said(translator, entry(translator), "take")
    assert said(admin_user, waiting, "leave")[0].startswith("uk-translator is on it now, since ")
    assert said(admin_user, entry(admin_user, language="uk"), "leave") == ["Nobody is on it any more."]
    assert entry(translator).assignee is None


def test_a_day_it_is_due_on_is_set_and_taken_away(article: NewsPage, translator: User) -> None:
    assert change(translator, entry(translator), "due", due="2024-06-14") == 302
    assert (entry(translator).due, entry(translator).is_late) == (date(2024, 6, 14), True)
    assert change(translator, entry(translator), "due", due="") == 302
    assert entry(translator).due is None


def test_a_date_that_is_none_changes_nothing(article: NewsPage, translator: User) -> None:
    assert change(translator, entry(translator), "due", due="next week") == 400
    assert not Work.objects.exists()


def test_nobody_takes_what_is_not_theirs(article: NewsPage, translator: User, kherson_editor: User) -> None:
    waiting = entry(translator)
    change(kherson_editor, waiting, "take")
    assert not Work.objects.exists()


def test_no_address_elsewhere_is_gone_back_to(article: NewsPage, translator: User) -> None:
    waiting = entry(translator)
    data = {"action": "take", "key": waiting.key, "language": "uk", "next": "https://example.org/"}
    assert signed_in(translator).post(QUEUE, data)["Location"] == QUEUE


def _in_every_state(user: User, number: int) -> None:
    """Let one text of each state wait for a translator into Ukrainian; one is taken and due."""
    later = Schedule(timezone.now() + timedelta(days=3))
    new, begun, stale, reviewed, returned, scheduled = (desk.write_article("sv") for _number in range(6))
    Work.objects.create(key=new.translation_key, language="uk", assignee=user, due=date(2024, 6, 14))
    desk.say(desk.begin(begun, "uk"), {"title": UK["title"]})
    desk.carry(stale, "uk")
    desk.rewrite(stale, lead=f"Förstudien är klar, del {number}.")
    states = [
        Workflow.objects.get(active=True).start(desk.begin(page, "uk").get_target_instance(), user)
        for page in (reviewed, returned)
    ]
    states[1].current_task_state.reject(user=user, comment="Quote the minister exactly.")
    complete = desk.begin(scheduled, "uk")
    desk.say(complete, UK)
    save_translation_draft(complete, schedule=later).publish()
    original = desk.write_article("fi")
    desk.carry(original, "sv")
    desk.carry(desk.in_language(original, "sv"), "uk")
    desk.rewrite(original, title=f"Uumaja ja Herson aloittavat, osa {number}")


def test_the_queue_costs_the_same_whatever_waits(room: Newsroom, translator: User) -> None:
    client = signed_in(translator)

    def queries() -> int:
        client.get(QUEUE)
        with CaptureQueriesContext(connection) as captured:
            shown = client.get(QUEUE)
            late = client.get(QUEUE, {"due": "late"})
        found = {waiting.state for waiting in shown.context["entries"]}
        assert found == set(State) - {State.OVERDUE}  # read with what is scheduled, of the same rows
        assert {waiting.is_late for waiting in late.context["entries"]} == {True}
        return len(captured)

    _in_every_state(translator, 0)
    few = queries()
    for number in (1, 2):
        _in_every_state(translator, number)
        desk.write_person(f"Janet Ågren {number}")
    assert queries() == few


def test_each_column_is_shown(article: NewsPage, ukrainian: Translation, translator: User) -> None:
    translator.first_name, translator.last_name = "Оксана", "Мельник"
    translator.save()
    desk.say(ukrainian, {"title": UK["title"]})
    change(translator, entry(translator), "take")
    change(translator, entry(translator), "due", due="2024-06-14")
    Page.objects.filter(pk=ukrainian.get_target_instance().pk).update(
        latest_revision_created_at=datetime(2024, 6, 3, 12, tzinfo=UTC)
    )
    Work.objects.update(taken_at=datetime(2024, 6, 5, 12, tzinfo=UTC))
    shown = signed_in(translator).get(QUEUE).content.decode()
    [row] = [row for row in shown.split("<tr>") if SV["title"] in row]
    cells = [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in row.split("<td")[1:]]
    words = sum(len(text.split()) for name, text in SV.items() if name != "title")
    assert [cell.partition(">")[2].strip() for cell in cells] == [
        f"{SV['title']} {UK['title']}",
        "svenska → українська",
        "Half done",
        str(words),
        "06/03/2024",
        "Оксана Мельник since 06/05/2024 Leave it Give to a colleague",
        "06/14/2024 (late) Save",
    ]
