"""The workbench: side by side, saved string by string, never over somebody else's text."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Workflow
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.memory import suggest
from cms.translation.publishing import publish_translation
from cms.translation.workbench.rows import Row
from news.models import NewsPage
from tests.translators import desk
from tests.translators.desk import SV, UK, segment_of, signed_in


def address(translation: Translation) -> str:
    return reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])


def rows(translation: Translation, user: User) -> dict[str, Row]:
    answer = signed_in(user).get(address(translation))
    assert answer.status_code == 200
    return {row.source: row for row in answer.context["rows"]}


def save(translation: Translation, source: str, text: str, user: User, *, base: str = "", who: int = 0) -> Any:
    segment = segment_of(translation, source)
    url = reverse("desk_save_string", args=[translation.pk, segment.pk])
    data = {"text": text, "base": base, "as": who or user.pk}
    return signed_in(user).post(url, data, headers={"X-Requested-With": "XMLHttpRequest"})


def stored(translation: Translation, source: str) -> str | None:
    segment = segment_of(translation, source)
    said = StringTranslation.objects.filter(
        translation_of=segment.string, context=segment.context, locale=translation.target_locale
    )
    return said.values_list("data", flat=True).first()


def test_every_string_stands_beside_its_source_with_the_name_of_its_place(
    ukrainian: Translation, translator: User
) -> None:
    found = rows(ukrainian, translator)
    assert set(SV.values()) <= set(found)
    assert found[SV["title"]].place.labels == ("Title",)
    assert found[SV["quote"]].place.labels == ("Quote", "Words")
    assert found[SV["fact"]].place.labels[0] == "Fact box"
    assert not any(row.is_done for row in found.values())


def test_a_string_is_saved_with_who_wrote_it_and_the_words_that_are_left(
    ukrainian: Translation, translator: User
) -> None:
    answer = save(ukrainian, SV["title"], UK["title"], translator)
    assert answer.status_code == 200
    assert answer.json()["by"] == "uk-translator"
    assert answer.json()["done"] is True
    assert "left" in answer.json()["progress"]
    row = rows(ukrainian, translator)[SV["title"]]
    assert (row.text, row.version) == (UK["title"], answer.json()["version"])


def test_a_title_that_is_too_long_is_kept_and_shown_as_far_as_there_is_room(
    ukrainian: Translation, translator: User
) -> None:
    answer = save(ukrainian, SV["title"], "ж" * 256, translator)
    assert answer.status_code == 200
    assert stored(ukrainian, SV["title"]) == "ж" * 256
    assert ukrainian.get_target_instance().draft_title == "ж" * 255


def test_a_text_sent_twice_because_the_answer_was_lost_is_stored_once(ukrainian: Translation, translator: User) -> None:
    first = save(ukrainian, SV["title"], UK["title"], translator).json()
    again = save(ukrainian, SV["title"], UK["title"], translator, base="")
    assert (again.status_code, again.json()["version"]) == (200, first["version"])


def test_what_somebody_else_wrote_meanwhile_is_shown_and_not_lost(
    ukrainian: Translation, translator: User, room: Any
) -> None:
    seen = save(ukrainian, SV["title"], "Умео", translator).json()["version"]
    other = desk.account("second", {room.home("uk"): ("change",)})
    save(ukrainian, SV["title"], "Умео і Херсон", other, base=seen)
    answer = save(ukrainian, SV["title"], UK["title"], translator, base=seen)
    assert answer.status_code == 409
    assert (answer.json()["text"], answer.json()["by"]) == ("Умео і Херсон", "second")
    assert stored(ukrainian, SV["title"]) == "Умео і Херсон"
    mine = save(ukrainian, SV["title"], UK["title"], translator, base=answer.json()["version"])
    assert mine.status_code == 200
    assert stored(ukrainian, SV["title"]) == UK["title"]


def test_a_text_whose_source_is_gone_is_not_taken_for_a_bad_line(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    """The workbench tries for ever where it gets no answer from the desk."""
    urls = [
        reverse("desk_save_string", args=[ukrainian.pk, segment_of(ukrainian, SV[name]).pk])
        for name in ("lead", "fact")
    ]
    desk.rewrite(article, lead="Umeå och Cherson har skrivit under.")
    said = {"text": UK["lead"], "base": "", "as": translator.pk}
    gone = signed_in(translator).post(urls[0], said)
    assert (gone.status_code, list(gone.json())) == (410, ["error"])
    assert signed_in(translator).post(urls[1], said).status_code == 200
    Translation.objects.filter(pk=ukrainian.pk).update(enabled=False)
    assert signed_in(translator).post(urls[1], said).status_code == 410


def test_an_empty_text_takes_the_translation_away(ukrainian: Translation, translator: User) -> None:
    seen = save(ukrainian, SV["title"], UK["title"], translator).json()["version"]
    answer = save(ukrainian, SV["title"], "  ", translator, base=seen)
    assert (answer.json()["version"], answer.json()["done"]) == ("", False)
    assert stored(ukrainian, SV["title"]) is None


@pytest.mark.parametrize("typed", ["5 < 6 & 7", "<b>not bold</b>", "перший рядок\nдругий рядок"])
def test_plain_text_is_what_was_typed(ukrainian: Translation, translator: User, typed: str) -> None:
    save(ukrainian, SV["lead"], typed, translator)
    assert rows(ukrainian, translator)[SV["lead"]].text == typed


def test_marks_of_the_source_are_kept_and_others_refused_with_a_sentence(room: Any, translator: User) -> None:
    article = desk.write_article("sv")
    body = [("paragraph", '<p>Läs <a href="https://icld.se/">hos ICLD</a> om <b>demokrati</b>.</p>')]
    desk.rewrite(article, body=body)
    translation = desk.begin(article, "uk")
    source = 'Läs <a id="a1">hos ICLD</a> om <b>demokrati</b>.'
    assert rows(translation, translator)[source].is_marked
    good = 'Читайте <a id="a1">на сторінці ICLD</a> про <b>демократію</b>.'
    assert save(translation, source, good, translator).status_code == 200
    for bad in ('<a id="a2">ICLD</a>', "<script>alert(1)</script>", '<a href="javascript:alert(1)">x</a>'):
        answer = save(translation, source, bad, translator, base=rows(translation, translator)[source].version)
        assert answer.status_code == 422, bad
        assert "marks do not fit" in answer.json()["error"]
    assert stored(translation, source) == good


def test_a_text_that_is_far_too_long_is_refused(ukrainian: Translation, translator: User) -> None:
    assert save(ukrainian, SV["title"], "я" * 20_001, translator).status_code == 422


def test_a_changed_source_stands_beside_what_it_was_with_the_translation_of_then(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    desk.say(ukrainian, UK)
    publish_translation(ukrainian)
    desk.commit()
    lead = SV["lead"].replace("demokrati", "demokrati, vatten")
    desk.rewrite(article, lead=lead)
    changed = rows(ukrainian, translator)[lead]
    assert not changed.is_done
    shown = signed_in(translator).get(address(ukrainian)).content.decode()
    assert f'href="#segment-{changed.number}"' in shown
    assert changed.before is not None
    assert changed.before.text == UK["lead"]
    assert "<ins>, vatten</ins>" in changed.before.change.replace(
        "<ins>, </ins><ins>vatten</ins>", "<ins>, vatten</ins>"
    )
    assert rows(ukrainian, translator)[SV["title"]].before is None


BLOCK = "6f1c2b34-8d5e-4f60-9a71-b2c3d4e5f607"

VISIT = "Under vecka 24 besökte en delegation från Cherson Umeå för att inleda arbetet med en förstudie."
TALKS = "Kommunerna samtalade om vatten och avlopp, och om hur ungdomar får vara med och besluta."
MONEY = "Förstudien betalas av ICLD och pågår till och med december, med möten varje månad."
OF_PARAGRAPHS = {
    VISIT: "На 24-му тижні делегація з Херсона відвідала Умео, щоб почати роботу над дослідженням.",
    TALKS: "Муніципалітети говорили про воду і каналізацію та про те, як молодь бере участь у рішеннях.",
    MONEY: "Дослідження оплачує ICLD, воно триває до грудня включно, із зустрічами щомісяця.",
}
VISIT_NOW = VISIT.replace("en delegation", "en stor delegation")
TALKS_NOW = TALKS.replace("vatten och avlopp", "vatten, avlopp och värme")
GUESTS = "Efteråt planterade gästerna ett äppelträd i Döbelns park."


def write_paragraphs(article: NewsPage, *texts: str) -> None:
    """Publish the article with these paragraphs, all in one block: for localize one place."""
    html = "".join(f"<p>{text}</p>" for text in texts)
    body = json.dumps([{"type": "paragraph", "id": BLOCK, "value": html}])
    desk.rewrite(article, body=article._meta.get_field("body").to_python(body))


def translate_paragraphs(translation: Translation) -> None:
    desk.say(translation, UK)
    for segment in desk.open_segments(translation):
        if text := OF_PARAGRAPHS.get(segment.string.data):
            desk.say_one(translation, segment, text)


def befores(translation: Translation, user: User) -> dict[str, str]:
    """Return the translations of then that texts with a change stand beside."""
    return {source: row.before.text for source, row in rows(translation, user).items() if row.before}


PARAGRAPHS_CHANGED = pytest.mark.parametrize(
    ("was", "now", "changed"),
    [
        pytest.param([VISIT, TALKS], [VISIT_NOW, TALKS], {VISIT_NOW: VISIT}, id="first-of-two-changed"),
        pytest.param([VISIT, TALKS, MONEY], [VISIT_NOW, TALKS, MONEY], {VISIT_NOW: VISIT}, id="first-of-three-changed"),
        pytest.param([VISIT, TALKS], [VISIT, GUESTS, TALKS], {}, id="one-put-between"),
        pytest.param([VISIT, TALKS, MONEY], [VISIT, MONEY], {}, id="one-taken-away"),
        pytest.param(
            [VISIT, TALKS, MONEY],
            [TALKS_NOW, GUESTS, VISIT_NOW],
            {TALKS_NOW: TALKS, VISIT_NOW: VISIT},
            id="all-at-once",
        ),
        pytest.param(
            [VISIT, MONEY],
            [VISIT_NOW, VISIT_NOW.replace("förstudie", "studie"), MONEY],
            {VISIT_NOW: VISIT},
            id="one-became-two",
        ),
    ],
)


@pytest.mark.parametrize("is_public", [True, False], ids=["stale", "never-published"])
def test_a_title_was_what_it_was_however_little_of_it_is_left(
    article: NewsPage, ukrainian: Translation, translator: User, *, is_public: bool
) -> None:
    desk.say(ukrainian, UK)
    if is_public:
        publish_translation(ukrainian)
        desk.commit()
    desk.rewrite(article, title="Delegationen har rest hem")
    assert befores(ukrainian, translator) == {"Delegationen har rest hem": UK["title"]}
    assert "<li>" not in change_of(ukrainian, translator), "it is not gone, but changed"


@PARAGRAPHS_CHANGED
@pytest.mark.parametrize("is_public", [True, False], ids=["stale", "never-published"])
def test_of_the_paragraphs_of_a_block_each_stands_beside_what_it_was_itself(
    article: NewsPage,
    ukrainian: Translation,
    translator: User,
    was: list[str],
    now: list[str],
    changed: dict[str, str],
    *,
    is_public: bool,
) -> None:
    write_paragraphs(article, *was)
    translate_paragraphs(ukrainian)
    if is_public:
        publish_translation(ukrainian)
        desk.commit()
    write_paragraphs(article, *now)
    assert befores(ukrainian, translator) == {new: OF_PARAGRAPHS[old] for new, old in changed.items()}


def test_nobody_saves_a_language_that_is_not_theirs(
    ukrainian: Translation, translator: User, kherson_editor: User, room: Any
) -> None:
    swedish = desk.account("sv-translator", {room.home("sv"): ("change", "publish")})
    for stranger in (swedish, kherson_editor):
        assert save(ukrainian, SV["title"], "Чуже", stranger).status_code == 403
    assert stored(ukrainian, SV["title"]) is None


def test_a_text_that_is_locked_or_in_review_is_read_and_not_changed_and_says_why(
    ukrainian: Translation, translator: User
) -> None:
    Workflow.objects.get(active=True).start(ukrainian.get_target_instance(), translator)
    answer = save(ukrainian, SV["title"], UK["title"], translator)
    assert answer.status_code == 403
    assert answer.json()["error"].startswith("You may not change this text now")
    assert stored(ukrainian, SV["title"]) is None
    assert " readonly" in signed_in(translator).get(address(ukrainian)).content.decode()


def test_a_text_kept_in_the_browser_is_not_saved_by_whoever_signs_in_next(
    ukrainian: Translation, translator: User, room: Any
) -> None:
    other = desk.account("second", {room.home("uk"): ("change",)})
    assert save(ukrainian, SV["title"], UK["title"], other, who=translator.pk).status_code == 403


def test_localizes_own_editor_stays_for_pictures_and_links(ukrainian: Translation, translator: User) -> None:
    answer = signed_in(translator).get(address(ukrainian), {"editor": "localize"})
    assert "js-translation-editor" in answer.content.decode()


def test_the_workbench_costs_the_same_for_one_string_and_for_forty(room: Any, translator: User) -> None:
    def queries(paragraphs: int) -> int:
        article = desk.write_article("sv")
        texts = [f"Stycke {number} om samarbetet mellan Umeå och Cherson." for number in range(paragraphs)]
        desk.rewrite(article, body=[("paragraph", f"<p>{text}</p>") for text in texts])
        translation = desk.begin(article, "uk")
        client = signed_in(translator)
        client.get(address(translation))
        with CaptureQueriesContext(connection) as captured:
            client.get(address(translation))
        return len(captured)

    assert queries(1) == queries(40)


def test_what_the_memory_filled_in_waits_until_a_person_accepts_it(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    desk.say(ukrainian, UK)
    publish_translation(ukrainian)
    desk.commit()
    again = desk.begin(desk.write_article("sv"), "uk")
    row = rows(again, translator)[SV["title"]]
    assert (row.text, row.unconfirmed, row.is_done) == (UK["title"], "Translation memory", False)
    said = desk.press_publish(signed_in(translator), again.get_target_instance())
    assert said == ["7 texts were filled in and nobody has accepted them yet. Nothing was published."]
    answer = save(again, SV["title"], row.text, translator, base=row.version).json()
    assert (answer["unconfirmed"], answer["done"]) == ("", True)
    assert rows(again, translator)[SV["title"]].unconfirmed == ""
    said = desk.press_publish(signed_in(translator), again.get_target_instance())
    assert said == ["6 texts were filled in and nobody has accepted them yet. Nothing was published."]


def test_a_number_that_changed_is_pointed_out_when_it_is_saved(ukrainian: Translation, translator: User) -> None:
    answer = save(ukrainian, SV["paragraph"], UK["paragraph"].replace("24", "25"), translator).json()
    assert any("24" in sentence for sentence in answer["findings"])
    assert any("24" in finding.sentence for finding in rows(ukrainian, translator)[SV["paragraph"]].findings)


def test_earlier_translations_and_versions_help(ukrainian: Translation, translator: User, editor: User) -> None:
    seen = save(ukrainian, SV["title"], "Умео", translator).json()["version"]
    save(ukrainian, SV["title"], UK["title"], translator, base=seen)
    other = desk.begin(desk.write_article("sv"), "uk")
    url = reverse("desk_help", args=[other.pk, segment_of(other, SV["title"]).pk])
    helped = signed_in(translator).get(url).content.decode()
    assert "100 %" in helped
    assert f'data-use="{UK["title"]}"' in helped
    own = reverse("desk_help", args=[ukrainian.pk, segment_of(ukrainian, SV["title"]).pk])
    assert 'data-use="Умео"' in signed_in(translator).get(own).content.decode()
    stranger = signed_in(editor).get(url, headers={"X-Requested-With": "XMLHttpRequest"})
    assert (stranger.status_code, SV["title"] in stranger.content.decode()) == (403, False)


def test_what_stands_in_the_field_is_no_earlier_translation_of_itself(ukrainian: Translation, translator: User) -> None:
    save(ukrainian, SV["title"], UK["title"], translator)
    url = reverse("desk_help", args=[ukrainian.pk, segment_of(ukrainian, SV["title"]).pk])
    assert "100 %" not in signed_in(translator).get(url).content.decode()


def versions(translation: Translation, text: str, user: User) -> list[str]:
    """Return the versions of a text that its help offers to take again, the newest first."""
    url = reverse("desk_help", args=[translation.pk, segment_of(translation, text).pk])
    return [version.after for version, _typed in signed_in(user).get(url).context["versions"]]


def test_a_paragraph_has_its_own_versions_also_those_under_what_it_said_before(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    publish_paragraphs(article, ukrainian, VISIT, TALKS)
    write_paragraphs(article, VISIT_NOW, TALKS)
    desk.say_one(ukrainian, segment_of(ukrainian, VISIT_NOW), "Тепер інакше.")
    before_both = UK["paragraph"]  # about the visit, too
    assert versions(ukrainian, VISIT_NOW, translator) == ["Тепер інакше.", OF_PARAGRAPHS[VISIT], before_both]
    assert versions(ukrainian, TALKS, translator) == [OF_PARAGRAPHS[TALKS]]


def publish_paragraphs(article: NewsPage, translation: Translation, *texts: str) -> None:
    """Publish the article and its translation with these paragraphs."""
    write_paragraphs(article, *texts)
    translate_paragraphs(translation)
    publish_translation(translation)
    desk.commit()


def change_of(translation: Translation, user: User) -> str:
    """Return what the workbench says of the change of its source, as HTML."""
    shown = signed_in(user).get(address(translation)).content.decode()
    found = re.search(r'<section class="desk-change".*?</section>', shown, re.DOTALL)
    return " ".join(unescape(found[0]).split()) if found else ""


def test_what_the_source_no_longer_has_is_shown_struck_out_until_the_translation_is_published_again(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    publish_paragraphs(article, ukrainian, VISIT, TALKS)
    assert change_of(ukrainian, translator) == ""
    write_paragraphs(article, VISIT)
    said = change_of(ukrainian, translator)
    assert f"<del>{TALKS}</del>" in said
    assert OF_PARAGRAPHS[TALKS] in said
    assert VISIT not in said
    assert "changed or new" not in said
    assert "No text has changed" not in said
    desk.press_publish(signed_in(translator), ukrainian.get_target_instance())
    desk.commit()
    assert change_of(ukrainian, translator) == ""
    write_paragraphs(article, VISIT, MONEY)
    assert TALKS not in change_of(ukrainian, translator), "readers have it no longer"


def test_a_block_that_was_taken_away_is_shown_with_the_name_of_its_place(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    desk.say(ukrainian, UK)
    publish_translation(ukrainian)
    desk.commit()
    body = [block for block in article.body.get_prep_value() if block["type"] != "quote"]
    desk.rewrite(article, body=article._meta.get_field("body").to_python(json.dumps(body)))
    said = change_of(ukrainian, translator)
    assert f"<del>{SV['quote']}</del>" in said
    assert "Quote › Words" in said


def test_a_stale_translation_whose_texts_are_the_same_says_so_and_what_to_do(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    desk.say(ukrainian, UK)
    publish_translation(ukrainian)
    desk.commit()
    body = [*article.body.get_prep_value(), {"type": "period", "value": {"label": "", "week": "2024-W24"}}]
    desk.rewrite(article, body=article._meta.get_field("body").to_python(json.dumps(body)))
    said = change_of(ukrainian, translator)
    assert "No text has changed" in said
    assert "publish it again" in said
    assert desk.press_publish(signed_in(translator), ukrainian.get_target_instance())
    desk.commit()
    assert change_of(ukrainian, translator) == ""


def test_a_translation_that_was_never_published_speaks_of_no_change(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    desk.rewrite(article, lead=SV["lead"].replace("demokrati", "demokrati, vatten"))
    assert change_of(ukrainian, translator) == ""


@pytest.mark.parametrize("tool", ["", "DeepL"])
def test_a_change_stays_beside_the_new_text_until_that_is_public(
    article: NewsPage, ukrainian: Translation, translator: User, tool: str
) -> None:
    publish_paragraphs(article, ukrainian, VISIT, TALKS)
    write_paragraphs(article, VISIT_NOW, GUESTS, TALKS)
    for text in (VISIT_NOW, GUESTS):
        desk.say_one(ukrainian, segment_of(ukrainian, text), f"Нове: {text}", tool=tool)
    assert befores(ukrainian, translator) == {VISIT_NOW: OF_PARAGRAPHS[VISIT]}
    found = rows(ukrainian, translator)
    assert found[VISIT_NOW].is_done
    assert [source for source, row in found.items() if row.is_new] == [VISIT_NOW, GUESTS]
    said = change_of(ukrainian, translator)
    assert "2 texts are changed or new" in said
    assert f"#segment-{found[VISIT_NOW].number}" in said
    assert "<del>" not in said


def test_a_correction_of_a_text_that_did_not_change_is_no_change_of_the_source(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    alike = VISIT.replace("vecka 24", "vecka 36").replace("förstudie", "studie")
    publish_paragraphs(article, ukrainian, VISIT)
    write_paragraphs(article, VISIT, alike)
    desk.say_one(ukrainian, segment_of(ukrainian, alike), "На 36-му тижні делегація приїхала знову.")
    publish_translation(ukrainian)
    desk.commit()
    write_paragraphs(article, VISIT)
    seen = rows(ukrainian, translator)[VISIT]
    save(ukrainian, VISIT, "На 24-му тижні делегація відвідала Умео.", translator, base=seen.version)
    assert befores(ukrainian, translator) == {}
    assert f"<del>{alike}</del>" in change_of(ukrainian, translator)


def test_a_source_that_takes_its_earlier_words_again_shows_that_change(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    publish_paragraphs(article, ukrainian, VISIT)
    write_paragraphs(article, VISIT_NOW)
    desk.say_one(ukrainian, segment_of(ukrainian, VISIT_NOW), "На 24-му тижні велика делегація відвідала Умео.")
    publish_translation(ukrainian)
    desk.commit()
    write_paragraphs(article, VISIT)
    assert befores(ukrainian, translator) == {VISIT: "На 24-му тижні велика делегація відвідала Умео."}


def test_a_stale_translation_costs_the_same_for_one_changed_paragraph_and_for_twenty(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    """Above a fresh one: its provenance, the live translation with its rows, its history, and what was said."""

    def queries(number: int) -> int:
        write_paragraphs(article, *(f"{VISIT} Rum {n}." for n in range(number)))
        for segment in desk.open_segments(ukrainian):
            desk.say_one(ukrainian, segment, f"Переклад {segment.pk}")
        publish_translation(ukrainian)
        desk.commit()
        write_paragraphs(article, *(f"{VISIT_NOW} Rum {n}." for n in range(number - number // 2)))
        client = signed_in(translator)
        client.get(address(ukrainian))
        with CaptureQueriesContext(connection) as captured:
            assert '<section class="desk-change"' in client.get(address(ukrainian)).content.decode()
        return len(captured)

    assert queries(2) == queries(20)


def test_an_earlier_text_that_is_nearly_the_same_is_offered_with_its_score_and_the_difference(
    article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    desk.say(ukrainian, UK)
    publish_translation(ukrainian)
    desk.commit()
    other = desk.write_article("sv")
    lead = SV["lead"].replace("demokrati", "vatten")
    desk.rewrite(other, lead=lead)
    begun = desk.begin(other, "uk")
    segment = segment_of(begun, lead)
    [best, *_others] = suggest(lead, begun.source.locale, begun.target_locale, user=translator)
    assert 60 <= best.percent < 100
    helped = signed_in(translator).get(reverse("desk_help", args=[begun.pk, segment.pk])).content.decode()
    assert f"{best.percent} % · {SV['title']}" in helped
    assert "100 %" not in helped
    assert "<del>demokrati</del><ins>vatten</ins>" in helped
    assert f'data-use="{UK["lead"]}"' in helped
