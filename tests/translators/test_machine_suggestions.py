"""A machine suggests, a person accepts each text, and partner cities are told exactly how it was (trap 18)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail_localize.models import StringTranslation, Translation

from cms.translation import models
from cms.translation.engines.engine import EngineFailed
from cms.translation.engines.models import Agreement, Policy, Spending
from cms.translation.engines.suggesting import suggest
from cms.translation.engines.wordlist import WordList
from cms.translation.errors import TranslationIncomplete
from cms.translation.models import Reason, StringVersion, Unconfirmed, mark, unconfirmed
from cms.translation.publishing import publish_translation, save_translation_draft
from cms.translation.submitting import translate
from news.models import NewsPage
from tests.translators.desk import (
    SV,
    UK,
    commit,
    in_language,
    press_publish,
    read,
    rewrite,
    segment_of,
    sentences,
    signed_in,
    write_article,
)
from tests.translators.engine_room import Double, agree, playing, set_up
from tests.worker import WAITING, work

IN_UKRAINIAN = {SV[name]: UK[name] for name in SV}
OF_THE_QUOTE = ("quote", "name")
OTHERS = tuple(name for name in SV if name != "lead")
NEW_LEAD = SV["lead"].replace("demokrati", "skolor")
IN_THE_NEW_LEAD = UK["lead"].replace("демократії", "шкіл")


@pytest.fixture
def deepl(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Double]:
    """DeepL, played by somebody who knows Ukrainian, with an agreement."""
    agree()
    with playing() as started:
        set_up(started, settings, monkeypatch)
        started.say = lambda text: IN_UKRAINIAN.get(text, f"Нове: {text}")
        yield started


@pytest.fixture
def suggested(deepl: Double, ukrainian: Translation, translator: User) -> Translation:
    """The article, all of it suggested by DeepL."""
    assert suggest(ukrainian, translator).filled == len(SV)
    return ukrainian


def press(translation: Translation, user: User) -> Any:
    return signed_in(user).post(reverse("desk_machine", args=[translation.pk]), follow=True)


def save(translation: Translation, name: str, text: str, user: User, **more: Any) -> int:
    """Type a text at the workbench, beside a source that has a name here or is given in full."""
    segment = segment_of(translation, SV.get(name, name))
    rows = StringTranslation.objects.filter(context=segment.context, locale=translation.target_locale)
    row = rows.filter(translation_of=segment.string).first()
    data = {"text": text, "base": row.updated_at.isoformat() if row else "", "as": user.pk, **more}
    url = reverse("desk_save_string", args=[translation.pk, segment.pk])
    return signed_in(user).post(url, data).status_code


def write_anew(translation: Translation, user: User, *names: str) -> None:
    """Type something of one's own beside each of these texts."""
    for name in names:
        anew = " ".join(["Зовсім по-іншому, слово за словом", *re.findall(r"\d+", UK[name])])
        assert save(translation, name, anew, user) == 200


def accept(translation: Translation, user: User, *names: str) -> None:
    """Press “Accept” beside each of these texts; beside all, when none is named."""
    for name in names or SV:
        assert save(translation, name, UK[name], user) == 200


def stand_for_all(translation: Translation, user: User) -> None:
    """Accept each text that was filled in, as it is."""
    for waiting in unconfirmed(translation):
        models.accept(waiting.string_translation, user)


def begin_another(translator: User) -> Translation:
    """Begin an article that differs in its lead alone; all else is written anew."""
    other = write_article("sv")
    rewrite(other, lead=NEW_LEAD)
    begun = translate(read(other), "uk")
    write_anew(begun, translator, *OTHERS)
    return begun


def publish(translation: Translation) -> dict[str, Any]:
    """Publish, and fetch what partner cities are told about it."""
    page = publish_translation(translation)
    commit()
    said: dict[str, Any] = Client().get(f"/content/v1/uk/news/{page.translation_key}").json()["translation"]
    return said


def told(said: dict[str, Any]) -> tuple[Any, ...]:
    return said["origin"], said["tool"], bool(said["reviewed_at"]), said["ai_disclosure"]


def allow(kind: str = "news") -> None:
    Policy.objects.create(kind=kind, may_publish=True)


def test_the_button_fills_the_open_texts_and_each_shows_which_machine_it_is_from(
    deepl: Double, ukrainian: Translation, translator: User
) -> None:
    answer = press(ukrainian, translator)
    assert "DeepL has filled in 7 texts." in sentences(answer)[0]
    assert {row.unconfirmed for row in answer.context["rows"]} == {"DeepL"}
    assert "Not accepted yet: DeepL" in answer.content.decode()
    assert answer.context["machine"] is None  # nothing is left to suggest


@pytest.mark.parametrize("last", SV)
def test_nothing_is_published_before_a_person_has_accepted_each_text(
    last: str, suggested: Translation, translator: User
) -> None:
    accept(suggested, translator, *(name for name in SV if name != last))
    with pytest.raises(TranslationIncomplete, match="nobody has accepted"):
        publish_translation(suggested)
    accept(suggested, translator, last)
    publish_translation(suggested)


def test_whoever_accepts_is_kept_in_the_history(suggested: Translation, translator: User) -> None:
    accept(suggested, translator, "fact")
    said, then = StringVersion.objects.filter(string__data=SV["fact"]).order_by("pk")
    assert (said.way, said.tool, said.user) == ("machine", "DeepL", None)
    assert (then.way, then.user, then.after) == ("accepted", translator, UK["fact"])


def test_the_button_publishes_nothing_and_sends_nothing_to_review(
    deepl: Double, ukrainian: Translation, translator: User, article: NewsPage
) -> None:
    press(ukrainian, translator)
    page = in_language(article, "uk")
    assert not page.live
    assert not page.workflow_in_progress
    assert "nobody has accepted" in press_publish(signed_in(translator), page)[0]
    assert not in_language(article, "uk").live


def test_a_draft_with_unaccepted_texts_is_published_by_no_other_way(suggested: Translation, translator: User) -> None:
    revision = save_translation_draft(suggested, translator)
    with pytest.raises(TranslationIncomplete):
        revision.publish()
    accept(suggested, translator)
    save_translation_draft(suggested, translator).publish()


# What partner cities are told -------------------------------------------------------------------------------------


def test_what_people_accepted_as_it_is_is_a_machines_and_reviewed(suggested: Translation, translator: User) -> None:
    accept(suggested, translator)
    assert told(publish(suggested)) == ("machine_reviewed", "DeepL", True, "assisted")


def test_what_a_person_changed_is_mixed(suggested: Translation, translator: User) -> None:
    accept(suggested, translator, *(name for name in SV if name != "title"))
    save(suggested, "title", "Умео та Херсон співпрацюють", translator)
    assert told(publish(suggested)) == ("mixed", "DeepL", True, "assisted")


def test_what_a_person_changed_of_a_machines_text_is_by_both(suggested: Translation, translator: User) -> None:
    for name in SV:
        assert save(suggested, name, f"{UK[name]}…", translator) == 200
    assert told(publish(suggested)) == ("mixed", "DeepL", True, "assisted")


def test_what_a_person_wrote_anew_is_a_persons(suggested: Translation, translator: User) -> None:
    write_anew(suggested, translator, *SV)
    assert told(publish(suggested)) == ("human", None, False, "none")


def test_a_machines_text_out_of_the_memory_that_a_person_changed_is_by_both(
    suggested: Translation, translator: User
) -> None:
    accept(suggested, translator)
    publish(suggested)
    begun = translate(read(write_article("sv")), "uk")
    for name in SV:
        assert save(begun, name, f"{UK[name]}…", translator) == 200
    assert told(publish(begun)) == ("mixed", "DeepL", True, "assisted")


def test_a_machines_text_of_an_earlier_source_that_a_person_changed_is_by_both(
    suggested: Translation, translator: User, article: NewsPage
) -> None:
    write_anew(suggested, translator, *OTHERS)
    accept(suggested, translator, "lead")
    publish(suggested)
    rewrite(article, lead=NEW_LEAD)
    assert f'data-use="{UK["lead"]}"' in open_workbench(suggested, translator).content.decode()  # “Begin with it”
    save(suggested, NEW_LEAD, IN_THE_NEW_LEAD, translator)
    assert told(publish(suggested)) == ("mixed", "DeepL", True, "assisted")


def test_a_machines_text_of_elsewhere_that_a_person_used_and_changed_is_by_both(
    suggested: Translation, translator: User
) -> None:
    accept(suggested, translator)
    publish(suggested)
    begun = begin_another(translator)
    url = reverse("desk_help", args=[begun.pk, segment_of(begun, NEW_LEAD).pk])
    helped = signed_in(translator).get(url).content.decode()
    [number] = re.findall(rf'data-use="{UK["lead"]}" data-from="(\d+)"', helped)
    assert save(begun, NEW_LEAD, IN_THE_NEW_LEAD, translator, **{"from": number}) == 200
    [used, typed] = StringVersion.objects.filter(string__data=NEW_LEAD).order_by("pk")
    assert (used.way, used.tool, used.after, used.user) == ("memory", "DeepL", UK["lead"], translator)
    assert (typed.way, typed.after) == ("typed", IN_THE_NEW_LEAD)
    assert told(publish(begun)) == ("mixed", "DeepL", True, "assisted")


def test_what_a_person_changed_of_a_machines_text_is_by_both_where_the_memory_has_put_it_too(
    suggested: Translation, translator: User
) -> None:
    for name in SV:
        save(suggested, name, f"{UK[name]}…", translator)
    publish(suggested)
    for _page in range(2):  # from the first page to the second, and on from there
        begun = translate(read(write_article("sv")), "uk")
        stand_for_all(begun, translator)
        assert told(publish(begun)) == ("mixed", "DeepL", True, "assisted")


def test_what_a_person_wrote_anew_is_a_persons_where_the_memory_has_put_it_too(
    suggested: Translation, translator: User
) -> None:
    write_anew(suggested, translator, *SV)
    publish(suggested)
    begun = translate(read(write_article("sv")), "uk")
    stand_for_all(begun, translator)
    assert told(publish(begun)) == ("human", None, False, "none")


def test_a_text_of_both_of_elsewhere_that_a_person_used_and_changed_is_by_both(
    suggested: Translation, translator: User
) -> None:
    save(suggested, "lead", f"{UK['lead']}…", translator)
    accept(suggested, translator, *OTHERS)
    publish(suggested)
    begun = begin_another(translator)
    url = reverse("desk_help", args=[begun.pk, segment_of(begun, NEW_LEAD).pk])
    [number] = re.findall(
        rf'data-use="{UK["lead"]}…" data-from="(\d+)"', signed_in(translator).get(url).content.decode()
    )
    assert save(begun, NEW_LEAD, IN_THE_NEW_LEAD, translator, **{"from": number}) == 200
    assert told(publish(begun)) == ("mixed", "DeepL", True, "assisted")


@pytest.mark.parametrize("number", ["", "0", "x", "²", "9" * 30])
def test_what_nobody_was_offered_is_nothing_that_one_began_with(
    number: str, suggested: Translation, translator: User
) -> None:
    accept(suggested, translator)
    publish(suggested)
    begun = begin_another(translator)
    assert save(begun, NEW_LEAD, IN_THE_NEW_LEAD, translator, **{"from": number}) == 200
    assert told(publish(begun)) == ("human", None, False, "none")


def test_a_part_that_nobody_read_makes_the_whole_a_machines(suggested: Translation, translator: User) -> None:
    allow()
    accept(suggested, translator, *OF_THE_QUOTE)
    assert save(suggested, "lead", f"{UK['lead']}…", translator) == 200
    assert told(publish(suggested)) == ("mixed", "DeepL", False, "autonomous")


def test_what_nobody_read_says_so(suggested: Translation, translator: User) -> None:
    allow()
    accept(suggested, translator, *OF_THE_QUOTE)
    assert told(publish(suggested)) == ("machine", "DeepL", False, "autonomous")


def test_new_text_that_nobody_read_makes_it_unreviewed_again(
    suggested: Translation, translator: User, article: NewsPage
) -> None:
    allow()
    accept(suggested, translator)
    assert told(publish(suggested))[0] == "machine_reviewed"
    rewrite(article, lead="En ny ingress om skolor.")
    suggested.source.refresh_from_db()
    assert suggest(suggested, translator).filled == 1
    assert told(publish(suggested)) == ("machine", "DeepL", False, "autonomous")


def test_two_machines_are_both_named(
    suggested: Translation, translator: User, settings: Settings, article: NewsPage
) -> None:
    allow()
    accept(suggested, translator)
    settings.MACHINE_ENGINES = {("*", "*"): "wordlist"}
    agree("wordlist")
    rewrite(article, lead="En ny ingress om skolor.")
    suggested.source.refresh_from_db()
    suggest(suggested, translator)
    assert publish(suggested)["tool"] == "DeepL, Demo word list"


def test_a_machines_text_out_of_the_memory_names_the_machine(suggested: Translation, translator: User) -> None:
    accept(suggested, translator)
    publish(suggested)
    other = write_article("sv")
    begun = translate(read(other), "uk")
    marks = unconfirmed(begun)
    assert {found.reason for found in marks} == {Reason.MEMORY}
    assert {found.string_translation.tool_name for found in marks} == {"DeepL"}
    accept(begun, translator)
    assert told(publish(begun)) == ("machine_reviewed", "DeepL", True, "assisted")


def test_what_editors_say_of_their_own_text_stays(suggested: Translation, translator: User, article: NewsPage) -> None:
    said = Client().get(f"/content/v1/sv/news/{article.translation_key}").json()["translation"]
    assert told(said) == ("original", None, False, "none")


# Policy -----------------------------------------------------------------------------------------------------------


def test_unreviewed_text_is_published_only_where_its_kind_allows_it(suggested: Translation, translator: User) -> None:
    accept(suggested, translator, *OF_THE_QUOTE)
    allow("people")
    Policy.objects.create(kind="news")
    with pytest.raises(TranslationIncomplete):
        publish_translation(suggested)
    Policy.objects.filter(kind="news").update(may_publish=True)
    publish_translation(suggested)


@pytest.mark.parametrize("left", OF_THE_QUOTE)
def test_nobody_is_quoted_in_words_that_only_a_machine_read(
    left: str, suggested: Translation, translator: User
) -> None:
    allow()
    accept(suggested, translator, *(name for name in OF_THE_QUOTE if name != left))
    with pytest.raises(TranslationIncomplete, match="1 text was filled in"):
        publish_translation(suggested)


@pytest.mark.parametrize("reason", [Reason.MEMORY, Reason.FUZZY])
def test_the_policy_is_about_machines_only(reason: Reason, suggested: Translation, translator: User) -> None:
    allow()
    accept(suggested, translator, *OF_THE_QUOTE)
    mark(Unconfirmed.objects.get(string_translation__translation_of__data=SV["fact"]).string_translation, reason)
    with pytest.raises(TranslationIncomplete, match="1 text was filled in"):
        publish_translation(suggested)


# The button -------------------------------------------------------------------------------------------------------


def open_workbench(translation: Translation, user: User) -> Any:
    return signed_in(user).get(reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk]))


def test_there_is_no_button_where_no_engine_serves(
    deepl: Double, ukrainian: Translation, translator: User, settings: Settings
) -> None:
    assert "Suggest by machine" in open_workbench(ukrainian, translator).content.decode()
    settings.MACHINE_ENGINES = {("uk", "sv"): "deepl"}
    assert "Suggest by machine" not in open_workbench(ukrainian, translator).content.decode()


def test_without_an_agreement_the_workbench_says_what_is_missing_and_so_does_the_address(
    deepl: Double, ukrainian: Translation, translator: User
) -> None:
    Agreement.objects.all().delete()
    workbench = open_workbench(ukrainian, translator).content.decode()
    assert "Suggest by machine" not in workbench
    assert "Nothing is sent to DeepL: an administrator has to record the data processing agreement" in workbench
    [sentence] = sentences(press(ukrainian, translator))
    assert "data processing agreement" in sentence
    assert deepl.requests == []


@pytest.mark.django_db(transaction=True)
def test_where_there_is_a_worker_nobody_waits_for_the_machine(
    deepl: Double, ukrainian: Translation, translator: User, settings: Settings
) -> None:
    settings.TASKS = WAITING
    [sentence] = sentences(press(ukrainian, translator))
    assert sentence == "The machine is at work. Load this page again in a minute."
    assert deepl.requests == []
    work()
    assert unconfirmed(ukrainian).count() == len(SV)
    assert set(deepl.sent) == set(SV.values())


@pytest.mark.parametrize("error", [RuntimeError("a mistake of ours"), MemoryError(), KeyError("x")])
def test_no_mistake_becomes_an_error_page(
    error: BaseException,
    ukrainian: Translation,
    translator: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.MACHINE_ENGINES = {("*", "*"): "wordlist"}
    agree("wordlist")

    def fail(*_arguments: object) -> list[str]:
        raise error

    monkeypatch.setattr(WordList, "translate", fail)
    answer = press(ukrainian, translator)
    assert answer.status_code == 200
    assert "This did not work" in sentences(answer)[0]
    assert "Machine suggestions failed" in caplog.text
    assert Spending.objects.get().characters == sum(map(len, SV.values()))  # nobody knows what was done by then
    assert EngineFailed.__name__ not in answer.content.decode()


def test_only_who_may_write_the_language_has_a_machine_write_it(
    deepl: Double, ukrainian: Translation, editor: User
) -> None:
    url = reverse("desk_machine", args=[ukrainian.pk])
    answer = signed_in(editor).post(url, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 403
    assert signed_in(editor).get(url).status_code == 405
    assert deepl.requests == []


def test_localizes_own_way_to_a_machine_is_closed(
    deepl: Double, ukrainian: Translation, translator: User, settings: Settings
) -> None:
    """Trap 18: it would mark everything as done, and wait for the engine within the request's transaction."""
    assert not hasattr(settings, "WAGTAILLOCALIZE_MACHINE_TRANSLATOR")
    url = reverse("wagtail_localize:machine_translate", args=[ukrainian.pk])
    for user in (translator, User.objects.create_superuser("administrator")):
        assert signed_in(user).post(url, {"next": "/admin/"}).status_code == 404
    assert deepl.requests == []
    assert not unconfirmed(ukrainian).exists()


def test_whoever_records_an_agreement_is_kept_with_it() -> None:
    administrator = User.objects.create_superuser("administrator")
    url = reverse("machine_agreements:add")
    data = {"engine": "google", "reference": "Dnr KS-2026/118", "signed_on": "2026-01-15", "until": ""}
    assert signed_in(administrator).post(url, data).status_code == 302
    recorded = Agreement.objects.get(engine="google")
    assert (recorded.recorded_by, recorded.reference) == (administrator, "Dnr KS-2026/118")
    data["until"] = "2025-01-01"
    assert "It would end before it was signed." in signed_in(administrator).post(url, data).content.decode()
