"""The workbench: side by side, saved string by string, never over somebody else's text."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Workflow
from wagtail_localize.models import StringTranslation, Translation

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
