"""Nothing goes to an engine that must not, no more than was agreed, and whatever fails is said.

Trap 18: stock localize translates by machine inside the request, marks everything as done, lets it out unread, and
turns an error of the engine into one of the page. Here and in test_machine_suggestions each of these has a test.
"""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction, Workflow
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.engines import guard, line
from cms.translation.engines.deepl import DeepL
from cms.translation.engines.engine import Limits
from cms.translation.engines.models import Agreement, Budget, Spending, left, reserve
from cms.translation.engines.names import glossary_of
from cms.translation.engines.reasons import Outcome, Reason, say
from cms.translation.engines.suggesting import suggest
from cms.translation.engines.wordlist import WordList
from cms.translation.models import Mention, Name, NameForm, Unconfirmed
from cms.translation.names.register import read_register
from cms.translation.workbench.rows import read_rows
from news.models import NewsPage
from partners.models import PersonPage
from partners.people import Ground
from tests.newsroom import Newsroom
from tests.translators.desk import (
    SV,
    WORDS,
    begin,
    commit,
    in_language,
    read,
    say_one,
    segment_of,
    signed_in,
    write_article,
    write_person,
)
from tests.translators.engine_room import Double, agree, playing, set_up, status, usual


@pytest.fixture
def double(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Double]:
    """DeepL, played, with an agreement."""
    monkeypatch.setattr(line, "BETWEEN", 0.01)
    monkeypatch.setattr(line, "LONGEST_WAIT", 0.02)
    agree()
    with playing() as started:
        set_up(started, settings, monkeypatch)
        yield started


def stored(translation: Translation) -> dict[str, StringTranslation]:
    rows = translation.source.stringsegment_set.get_translations(translation.target_locale)
    return {row.translation_of.data: row for row in rows.select_related("translation_of")}


def refuse(double: Double, translation: Translation, user: User) -> Reason:
    """Ask, and see that nothing went out and nothing was stored; return why."""
    outcome = suggest(translation, user)
    assert double.requests == []
    assert stored(translation) == {}
    assert Spending.objects.filter(characters__gt=0).count() == 0
    [reason] = outcome.reasons
    assert say(outcome)
    return reason


def change(page: Page, **fields: Any) -> None:
    Page.objects.filter(pk=page.pk).update(**fields)


def end_consent(person: PersonPage) -> None:
    """Let the consent of somebody be over since the day before yesterday."""
    over = timezone.localdate() - timedelta(days=2)
    PersonPage.objects.filter(pk=person.pk).update(ground=Ground.CONSENT, consent_until=over)


def test_open_texts_are_filled_and_each_waits_for_a_person(
    double: Double, ukrainian: Translation, translator: User
) -> None:
    outcome = suggest(ukrainian, translator)
    rows = stored(ukrainian)
    assert (outcome.filled, outcome.left, outcome.reasons, outcome.tool) == (7, 0, (), "DeepL")
    assert {text: row.data for text, row in rows.items()} == {text: f"UK {text}" for text in SV.values()}
    assert {(row.translation_type, row.tool_name, row.last_translated_by) for row in rows.values()} == {
        ("machine", "DeepL", None)
    }
    assert Unconfirmed.objects.filter(string_translation__in=rows.values(), reason="machine").count() == 7


def test_nothing_is_sent_before_an_agreement_is_recorded(
    double: Double, ukrainian: Translation, translator: User
) -> None:
    Agreement.objects.all().delete()
    agree("google")
    assert refuse(double, ukrainian, translator) is Reason.NO_AGREEMENT


@pytest.mark.parametrize(
    "days",
    [{"until": -1, "signed_on": -9}, {"signed_on": 1}],
    ids=["over", "not yet"],
)
def test_an_agreement_that_is_not_in_force_is_none(
    days: dict[str, int], double: Double, ukrainian: Translation, translator: User
) -> None:
    Agreement.objects.all().delete()
    agree(**{field: timezone.localdate() + timedelta(days=number) for field, number in days.items()})
    assert refuse(double, ukrainian, translator) is Reason.NO_AGREEMENT


@pytest.mark.parametrize("where", ["page", "section", "translation"])
def test_a_restricted_page_is_never_sent(
    where: str, double: Double, ukrainian: Translation, translator: User, article: NewsPage, room: Newsroom
) -> None:
    page = {"page": article, "section": room.section("umea", "sv"), "translation": in_language(article, "uk")}[where]
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.set([Group.objects.create(name="Delegation")])
    commit()
    assert refuse(double, ukrainian, translator) is Reason.RESTRICTED


@pytest.mark.parametrize(
    "state",
    [
        {"live": False},
        {"go_live_at": timedelta(hours=1)},
        {"expire_at": timedelta(seconds=-1)},
        {"first_published_at": None},
    ],
    ids=["taken back", "embargoed", "expired", "never published"],
)
def test_a_text_that_is_not_out_is_never_sent(
    state: dict[str, Any], double: Double, ukrainian: Translation, translator: User, article: NewsPage
) -> None:
    now = timezone.now()
    with transaction.atomic():
        change(article, **{field: now + it if isinstance(it, timedelta) else it for field, it in state.items()})
        assert refuse(double, ukrainian, translator) is Reason.NOT_PUBLIC
        transaction.set_rollback(True)


def test_a_person_whose_consent_has_ended_is_never_sent(double: Double, translator: User, room: Newsroom) -> None:
    person = write_person()
    begun = begin(person, "uk")
    with transaction.atomic():
        end_consent(person)
        assert refuse(double, begun, translator) is Reason.NOT_PUBLIC
        transaction.set_rollback(True)


def test_what_is_restricted_while_a_machine_is_at_work_is_sent_no_further(
    double: Double, ukrainian: Translation, translator: User, article: NewsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DeepL, "limits", Limits(texts=2, characters=9_000))
    ask = guard.find_obstacle
    asked: list[Reason | None] = []

    def look(translation: Translation) -> Reason | None:
        if len(asked) == 2:
            PageViewRestriction.objects.create(page=article, restriction_type="login")
            commit()
        asked.append(ask(translation))
        return asked[-1]

    monkeypatch.setattr(guard, "find_obstacle", look)
    outcome = suggest(ukrainian, translator)
    assert (outcome.filled, outcome.reasons) == (0, (Reason.RESTRICTED,))  # nor is written what they may not read
    assert len(double.requests) == 2


def test_a_language_that_is_not_theirs_is_not_filled(double: Double, ukrainian: Translation, editor: User) -> None:
    assert refuse(double, ukrainian, editor) is Reason.NOT_YOURS


def test_a_locked_text_is_not_filled(
    double: Double, ukrainian: Translation, translator: User, article: NewsPage
) -> None:
    page = in_language(article, "uk")
    page.locked, page.locked_by, page.locked_at = True, User.objects.create(username="other"), timezone.now()
    page.save()
    assert refuse(double, ukrainian, translator) is Reason.NOT_YOURS


def test_a_text_in_review_is_not_filled(
    double: Double, ukrainian: Translation, translator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Page, "workflow_in_progress", True)
    assert refuse(double, ukrainian, translator) is Reason.IN_REVIEW


def test_nothing_is_sent_where_no_engine_serves(
    double: Double, ukrainian: Translation, translator: User, settings: Settings
) -> None:
    settings.MACHINE_ENGINES = {("uk", "sv"): "deepl"}
    assert refuse(double, ukrainian, translator) is Reason.NO_ENGINE


def test_what_somebody_stored_is_neither_sent_nor_overwritten(
    double: Double, ukrainian: Translation, translator: User
) -> None:
    say_one(ukrainian, segment_of(ukrainian, SV["box"]), "Докладніше", user=translator)
    suggest(ukrainian, translator)
    assert SV["box"] not in double.sent
    assert stored(ukrainian)[SV["box"]].data == "Докладніше"
    double.requests.clear()
    assert suggest(ukrainian, translator).reasons == (Reason.NOTHING_OPEN,)
    assert double.requests == []


def test_what_somebody_stores_meanwhile_stays(
    double: Double, ukrainian: Translation, translator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    translate = guard.translate

    def meanwhile(translation: Translation, texts: list[str]) -> guard.Suggested:
        say_one(ukrainian, segment_of(ukrainian, SV["box"]), "Докладніше", user=translator)
        return translate(translation, texts)

    monkeypatch.setattr("cms.translation.engines.suggesting.translate", meanwhile)
    assert suggest(ukrainian, translator).filled == 6
    assert stored(ukrainian)[SV["box"]].data == "Докладніше"
    assert not hasattr(stored(ukrainian)[SV["box"]], "unconfirmed")


def _put_out(translation: Translation, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def _take_rights_away(translation: Translation, user: User) -> None:
    User.objects.get(pk=user.pk).groups.clear()


def _lock(translation: Translation, user: User) -> None:
    Page.objects.filter(pk=translation.get_target_instance().pk).update(locked=True)


def _send_to_review(translation: Translation, user: User) -> None:
    Workflow.objects.get(active=True).start(translation.get_target_instance(), User.objects.create_superuser("sender"))


@pytest.mark.parametrize("lose", [_put_out, _take_rights_away, _lock, _send_to_review])
def test_whoever_may_not_write_any_more_when_the_machine_has_answered_gets_none_of_it(
    lose: Callable[[Translation, User], None],
    double: Double,
    ukrainian: Translation,
    translator: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def meanwhile(translation: Translation, texts: list[str]) -> guard.Suggested:
        lose(translation, translator)
        return translate(translation, texts)

    translate = guard.translate
    monkeypatch.setattr("cms.translation.engines.suggesting.translate", meanwhile)
    outcome = suggest(ukrainian, translator)
    assert double.requests
    assert (outcome.filled, outcome.left, outcome.reasons) == (0, 7, (Reason.NOT_YOURS,))
    assert stored(ukrainian) == {}


def test_texts_go_in_batches_that_the_engine_takes(
    double: Double, ukrainian: Translation, translator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DeepL, "limits", Limits(texts=3, characters=150))
    outcome = suggest(ukrainian, translator)
    assert (outcome.filled, outcome.left) == (7, 0)
    sizes = [request["data"]["text"] for request in double.requests]
    assert all(len(texts) <= 3 and sum(map(len, texts)) <= 150 for texts in sizes)
    assert sum(map(len, sizes)) == 7


def test_a_text_that_is_too_long_stays_open_and_the_others_do_not(
    double: Double, ukrainian: Translation, translator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DeepL, "limits", Limits(texts=9, characters=50))
    outcome = suggest(ukrainian, translator)
    assert (outcome.filled, outcome.left, outcome.reasons) == (4, 3, (Reason.TOO_LONG,))


@pytest.mark.parametrize(("code", "reason"), [(500, Reason.UNREACHABLE), (403, Reason.KEY), (456, Reason.QUOTA)])
def test_what_an_engine_did_before_it_failed_is_kept(
    code: int,
    reason: Reason,
    double: Double,
    ukrainian: Translation,
    translator: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(DeepL, "limits", Limits(texts=4, characters=9_000))
    double.before = lambda: double.answers.extend([status(code)] * 5) if len(double.requests) == 2 else None
    outcome = suggest(ukrainian, translator)
    assert (outcome.filled, outcome.left, outcome.reasons) == (4, 3, (reason,))
    certain = double.requests[: 2 if code == 500 else 1]  # what broke at its work may have counted it
    assert Spending.objects.get().characters == sum(len(text) for each in certain for text in each["data"]["text"])
    assert "4" in say(outcome)[0]
    assert "3" in say(outcome)[1]


def test_a_text_that_lost_its_marks_stays_open(double: Double, ukrainian: Translation, translator: User) -> None:
    double.say = lambda text: f"<script>{text}</script>" if text == SV["fact"] else f"UK {text}"
    outcome = suggest(ukrainian, translator)
    assert (outcome.filled, outcome.left, outcome.reasons) == (6, 1, (Reason.MARKS,))
    assert SV["fact"] not in stored(ukrainian)


@pytest.fixture
def kherson() -> Name:
    """Kherson, in the register."""
    name = Name(kind="place")
    forms = {"sv": "Cherson", "uk": "Херсон", "en": "Kherson", "fi": "Herson"}
    name.forms.set([NameForm(text=text, language=language) for language, text in forms.items()])
    name.save()
    commit()
    return name


@pytest.mark.parametrize(("language", "form"), [("en", "Kherson"), ("sv", "Cherson")])
def test_names_are_put_in_where_they_take_no_endings(
    language: str, form: str, double: Double, kherson: Name, admin_user: User
) -> None:
    translation = begin(write_article("uk" if language == "sv" else "sv"), language)
    suggest(translation, admin_user)
    lead = WORDS[translation.source.locale.language_code]["lead"]
    assert any(f'<span translate="no" id="p1">{form}</span>' in text for text in double.sent)
    assert form in stored(translation)[lead].data


@pytest.mark.parametrize("engine", ["deepl", "google", "libretranslate"])
def test_names_that_take_endings_are_left_to_the_engine_and_looked_for_after(
    engine: str, double: Double, ukrainian: Translation, translator: User, kherson: Name, settings: Settings
) -> None:
    """*З Херсон* is no Ukrainian: with the name held in its base form it would be all that comes back."""
    settings.MACHINE_ENGINES = {("*", "*"): engine}
    agree(engine)
    double.say = lambda text: text.replace("med Cherson", "з Херсоном").replace("från Cherson", "з Черсона")
    suggest(ukrainian, translator)
    assert not any("<span" in text for text in double.sent)
    told = {row.source: [finding.sentence for finding in row.findings] for row in read_rows(ukrainian)}
    assert "Umeå ingår samarbete з Херсоном" in {row.data for row in stored(ukrainian).values()}
    assert not any("Херсон" in sentence for sentence in told[SV["title"]])
    assert "The source says “Cherson”; “Херсон” stands here in no form." in told[SV["paragraph"]]


def test_a_word_for_word_engine_gets_names_put_in_and_a_lacking_ending_is_flagged(
    ukrainian: Translation, translator: User, kherson: Name, settings: Settings
) -> None:
    settings.MACHINE_ENGINES = {("*", "*"): "wordlist"}
    agree("wordlist")
    suggest(ukrainian, translator)
    [row] = [row for row in read_rows(ukrainian) if row.source == SV["paragraph"]]
    assert "з Херсон" in row.text
    assert "“з Херсон”: give the name the ending that it takes here." in {each.sentence for each in row.findings}


def test_deepl_translates_with_the_register_as_its_glossary(
    double: Double, ukrainian: Translation, translator: User, kherson: Name
) -> None:
    outcome = suggest(ukrainian, translator)
    assert outcome.reasons == ()
    [request] = double.requests
    assert request["data"]["glossary_id"] == double.glossary["glossary_id"]
    assert double.written[0]["dictionaries"][0]["entries"] == "Cherson\tХерсон"


@pytest.mark.parametrize(
    "wrong", [status(456), status(403), status(500), (200, {}, b"<html>")], ids=lambda answer: answer[0]
)
def test_a_glossary_that_is_not_taken_is_said_and_the_texts_are_translated(
    wrong: Any, double: Double, ukrainian: Translation, translator: User, kherson: Name
) -> None:
    double.refusal = wrong
    outcome = suggest(ukrainian, translator)
    assert (outcome.filled, outcome.reasons) == (7, (Reason.GLOSSARY,))
    assert "glossary_id" not in double.requests[0]["data"]
    assert "names and terms" in " ".join(say(outcome))


def test_a_glossary_that_is_gone_meanwhile_is_said_and_the_texts_are_translated(
    double: Double, ukrainian: Translation, translator: User, kherson: Name
) -> None:
    double.before = lambda: double.glossary.clear()
    outcome = suggest(ukrainian, translator)
    assert (outcome.filled, outcome.reasons) == (7, (Reason.GLOSSARY,))
    assert [("glossary_id" in request["data"]) for request in double.requests] == [True, False]
    assert Spending.objects.get().characters == sum(map(len, double.requests[1]["data"]["text"]))


def test_no_name_is_sent_before_an_agreement_nor_of_anybody_without_a_public_page(
    double: Double, ukrainian: Translation, translator: User, kherson: Name
) -> None:
    person = write_person("Janet Ågren")
    for page, form in ((person.page_ptr, "Жанет Огрен"), (None, "Анна Огрен")):
        name = Name(kind="person", page=page)
        name.forms.set([NameForm(text="Janet Ågren" if page else "Anna Ågren", language="sv")])
        name.forms.add(NameForm(text=form, language="uk"))
        name.save()
    commit()
    Agreement.objects.all().delete()
    suggest(ukrainian, translator)
    assert double.written == []
    agree()
    suggest(ukrainian, translator)
    entries = double.written[0]["dictionaries"][0]["entries"]
    assert "Жанет" in entries
    assert "Анна" not in entries
    restriction = PageViewRestriction.objects.create(page=person, restriction_type="login")
    assert {"Жанет", "Жанет Огрен"}.isdisjoint(glossary_of("sv", "uk", read_register()).values())
    restriction.delete()
    assert "Жанет Огрен" in glossary_of("sv", "uk", read_register()).values()
    end_consent(person)
    assert {"Жанет", "Жанет Огрен"}.isdisjoint(glossary_of("sv", "uk", read_register()).values())


def test_a_page_about_names_is_translated_without_the_glossary(
    double: Double, ukrainian: Translation, translator: User, kherson: Name, article: NewsPage
) -> None:
    Mention.objects.create(name=kherson, page=article.page_ptr, why="Om namnen.")
    suggest(ukrainian, translator)
    assert "glossary_id" not in double.requests[0]["data"]
    assert double.written == []


def test_no_more_is_sent_than_the_budget_of_the_month_pays(
    double: Double, ukrainian: Translation, translator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = Budget.objects.create(language="uk", characters=200)
    outcome = suggest(ukrainian, translator)
    assert outcome.filled == 2
    assert outcome.reasons == (Reason.BUDGET,)
    assert sum(map(len, double.sent)) == Spending.objects.get().characters <= 200
    Budget.objects.filter(pk=budget.pk).update(characters=0)
    double.requests.clear()
    assert suggest(ukrainian, translator).reasons == (Reason.BUDGET,)
    assert double.requests == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda _handler: time.sleep(0.5), Reason.UNREACHABLE),
        ((200, {"Content-Length": "5000"}, b'{"translations": ['), Reason.UNREACHABLE),
        ((200, {}, b"<html>"), Reason.ODD),
        (usual("/v2/translate", ["one"]), Reason.ODD),
        (status(500), Reason.UNREACHABLE),
        (status(504), Reason.UNREACHABLE),
    ],
    ids=["silence", "broken off", "odd", "too few", "500", "504"],
)
def test_what_an_engine_may_have_done_is_never_given_back_nor_sent_twice(
    answer: Any,
    reason: Reason,
    double: Double,
    ukrainian: Translation,
    translator: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(line, "TIMEOUT", line.Timeout(connect=0.2, read=0.1))
    double.answers = [answer]
    outcome = suggest(ukrainian, translator)
    assert (outcome.filled, outcome.reasons) == (0, (reason,))
    assert len(double.requests) == 1
    assert Spending.objects.get().characters == sum(map(len, double.sent))


@pytest.mark.parametrize("code", [301, 400, 401, 403, 404, 413, 429, 456])
def test_what_an_engine_refused_is_given_back(
    code: int, double: Double, ukrainian: Translation, translator: User
) -> None:
    double.answers = [status(code)] * 9
    assert suggest(ukrainian, translator).filled == 0
    assert Spending.objects.get().characters == 0


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "https://127.0.0.1:9", "http://translate.umea.se"])
def test_what_reached_no_engine_is_given_back(
    url: str, double: Double, ukrainian: Translation, translator: User, settings: Settings
) -> None:
    settings.MACHINE_ENGINES, settings.LIBRETRANSLATE_URL = {("*", "*"): "libretranslate"}, url
    agree("libretranslate")
    assert suggest(ukrainian, translator).reasons == (Reason.UNREACHABLE,)
    assert Spending.objects.get().characters == 0


def test_the_month_after_there_is_a_budget_again(
    double: Double, ukrainian: Translation, translator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Budget.objects.create(language="uk", characters=130)
    assert suggest(ukrainian, translator).left
    assert suggest(ukrainian, translator).filled == 0
    later = timezone.localdate() + timedelta(days=32)
    monkeypatch.setattr("cms.translation.engines.models.timezone.localdate", lambda: later)
    assert suggest(ukrainian, translator).filled
    assert Spending.objects.count() == 2


def test_the_budget_of_a_language_is_not_anothers(double: Double, ukrainian: Translation, translator: User) -> None:
    Budget.objects.create(language="fi", characters=0)
    assert suggest(ukrainian, translator).filled == 7
    assert left("fi") == 0


def test_a_budget_is_never_spent_twice() -> None:
    Budget.objects.create(language="uk", characters=100)
    assert reserve("uk", 60)
    assert reserve("uk", 60) is None
    assert reserve("uk", 40)
    assert left("uk") == 0


def test_whoever_waits_is_not_kept_for_ever(
    double: Double, ukrainian: Translation, translator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DeepL, "limits", Limits(texts=1, characters=9_000))
    monkeypatch.setattr(guard, "PATIENCE", -1)
    assert suggest(ukrainian, translator).reasons == (Reason.PATIENCE,)


@pytest.mark.parametrize("language", ["sv", "uk", "fi", "en"])
def test_every_reason_is_said_in_the_readers_language(language: str) -> None:
    with override(language):
        said = [sentence for reason in Reason for sentence in say(Outcome(reasons=(reason,), tool="DeepL"))]
    assert len(set(said)) == len(Reason)
    assert "%" not in "".join(said)
    with override("en"):
        assert language == "en" or not set(said) & set(say(Outcome(reasons=tuple(Reason), tool="DeepL")))


def test_the_words_of_a_draft_are_never_sent(
    double: Double, ukrainian: Translation, translator: User, article: NewsPage
) -> None:
    draft = read(article).get_latest_revision_as_object()
    draft.lead = "Hemligt: borgmästaren avgår."
    draft.save_revision()
    commit()
    suggest(ukrainian, translator)
    assert "Hemligt" not in str(double.sent)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_an_engine_within_a_transaction(
    settings: Settings, ukrainian: Translation, translator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MACHINE_ENGINES = {("*", "*"): "wordlist"}
    agree("wordlist")
    seen: list[bool] = []
    translate: Callable[..., list[str]] = WordList.translate

    def look(*arguments: Any) -> list[str]:
        seen.append(connection.in_atomic_block)
        return translate(*arguments)

    monkeypatch.setattr(WordList, "translate", look)
    answer = signed_in(translator).post(reverse("desk_machine", args=[ukrainian.pk]))
    assert answer.status_code == 302
    assert seen == [False]
    assert len(stored(ukrainian)) == 7
