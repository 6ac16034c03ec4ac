"""The coverage: every item in every language at a glance, for people, spreadsheets and programs."""

import csv
import re
from collections import Counter
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import PageViewRestriction, Workflow
from wagtail_localize.models import Translation

from cms.translation.coverage.cells import How, read_items
from cms.translation.provenance import review
from cms.translation.publishing import publish_translation, save_translation_draft
from cms.translation.schedules import Schedule
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators import desk
from tests.translators.desk import SV, UK, signed_in

MISSING = {"sv": "original", "uk": "missing", "fi": "missing", "en": "missing"}
NOWHERE = dict.fromkeys(["sv", "uk", "fi", "en"], 0)
LATER = (timezone.now() + timedelta(days=3)).replace(microsecond=0)


def items(user: User, **choices: str) -> dict[str, dict[str, str]]:
    answer = signed_in(user).get(reverse("desk_coverage"), choices)
    assert answer.status_code == 200
    return {item.title: {cell.language: cell.how.value for cell in item.cells} for item in answer.context["items"]}


def publish(translation: Translation) -> None:
    desk.say(translation, UK)
    publish_translation(translation)
    desk.commit()


def machine(translation: Translation) -> None:
    desk.say(translation, UK, tool="A machine")
    publish_translation(translation)
    desk.commit()


def make_stale(translation: Translation) -> None:
    publish(translation)
    desk.rewrite(translation.source.get_source_instance(), lead="Förstudien är klar.")


def send_to_review(translation: Translation) -> None:
    Workflow.objects.get(active=True).start(translation.get_target_instance(), None)


def schedule(translation: Translation) -> None:
    desk.say(translation, UK)
    save_translation_draft(translation, schedule=Schedule(LATER)).publish()
    desk.commit()


def schedule_new_text(translation: Translation) -> None:
    make_stale(translation)
    desk.say_one(translation, desk.segment_of(translation, "Förstudien är klar."), "Дослідження готове.")
    schedule(translation)


def nothing(translation: Translation) -> None:
    pass


@pytest.mark.parametrize(
    ("act", "how"),
    [
        (nothing, "in_work"),
        (send_to_review, "in_review"),
        (publish, "published"),
        (machine, "machine"),
        (make_stale, "stale"),
        (schedule, "scheduled"),
        (schedule_new_text, "scheduled"),
    ],
)
def test_each_text_says_how_far_it_is_and_is_found_by_that(
    ukrainian: Translation, translator: User, act: Any, how: str
) -> None:
    act(ukrainian)
    assert items(translator)[SV["title"]] == MISSING | {"uk": how}
    assert SV["title"] in items(translator, language="uk", how=how)
    others = {"original", "published", "stale", "machine", "in_review", "in_work", "missing", "scheduled"}
    others -= {how}
    assert [other for other in others if SV["title"] in items(translator, language="uk", how=other)] == []


def test_what_was_made_from_a_stale_translation_is_stale(translator: User) -> None:
    chain, title = desk.write_chain(), "Умео і Херсон починають співпрацю"
    assert items(translator)[UK["title"]] == {"uk": "original"} | dict.fromkeys(["sv", "fi", "en"], "published")
    desk.change_source(chain, title)
    assert items(translator)[title] == {"uk": "original"} | dict.fromkeys(["sv", "fi", "en"], "stale")
    for language in ("sv", "fi", "en"):
        found = [how for how in How if title in items(translator, language=language, how=how)]
        assert found == [How.STALE], "what is looked for is what is shown"


def test_the_day_when_a_text_goes_live_is_shown(ukrainian: Translation, translator: User) -> None:
    schedule(ukrainian)
    client, url = signed_in(translator), reverse("desk_coverage")
    assert date_format(LATER, "SHORT_DATE_FORMAT") in client.get(url).content.decode()
    [item] = client.get(url, {"format": "json"}).json()["items"]
    assert item["goes_live"] == {"uk": LATER.strftime("%Y-%m-%dT%H:%M:%SZ")}


def test_a_machines_text_that_was_reviewed_counts_as_published(ukrainian: Translation, translator: User) -> None:
    machine(ukrainian)
    review(ukrainian.get_target_instance())
    desk.commit()
    assert items(translator)[SV["title"]]["uk"] == "published"


def test_what_is_missing_leads_to_where_it_begins(article: NewsPage, translator: User) -> None:
    answer = signed_in(translator).get(reverse("desk_coverage"))
    [item] = [item for item in answer.context["items"] if item.title == SV["title"]]
    [cell] = [cell for cell in item.cells if cell.language == "uk"]
    assert signed_in(translator).get(cell.url).status_code == 200
    assert [cell.language for cell in item.cells if cell.url] == ["uk"], "other languages are not theirs"


def test_the_table_is_narrowed_by_partner_and_kind(room: Newsroom, article: NewsPage, translator: User) -> None:
    umea, kherson = (str(room.section(name, "sv").translation_key) for name in ("umea", "kherson"))
    assert SV["title"] in items(translator, partner=umea, kind="news")
    assert SV["title"] not in items(translator, partner=kherson)
    assert SV["title"] not in items(translator, kind="people")
    assert SV["title"] in items(translator, kind="no such kind")


def test_drafts_and_restricted_texts_are_not_named(article: NewsPage, translator: User) -> None:
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert SV["title"] not in items(translator)
    PageViewRestriction.objects.all().delete()
    article.unpublish()
    assert SV["title"] not in items(translator)


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_spreadsheet_gets_every_item_and_no_formula(article: NewsPage, translator: User, beginning: str) -> None:
    formula = f'{beginning}HYPERLINK("https://example.org/","Läs")'
    desk.rewrite(article, title=formula)
    answer = signed_in(translator).get(reverse("desk_coverage"), {"format": "csv"})
    assert answer["Content-Disposition"] == 'attachment; filename="coverage.csv"'
    head, row = list(csv.reader(StringIO(b"".join(answer).decode("utf-8-sig"), newline="")))
    assert head == ["Key", "Kind", "Partner", "Title", "Original", "sv", "uk", "fi", "en"]
    assert row[1:] == ["news", "Umeå", f"'{formula}", "sv", "original", "missing", "missing", "missing"]


def test_kind_and_partner_stand_under_the_title(article: NewsPage, translator: User) -> None:
    shown = signed_in(translator).get(reverse("desk_coverage")).content.decode()
    assert '<div class="desk-note">News articles · Umeå</div>' in shown


def test_what_lies_in_no_section_has_no_partner(article: NewsPage) -> None:
    assert [item.partner for item in read_items([article])] == [""]


STATES = (machine, nothing, send_to_review, schedule, publish, make_stale)


@pytest.mark.parametrize("choices", [{}, {"kind": "people"}, {"language": "uk", "how": "stale"}])
def test_the_totals_count_what_is_chosen(room: Newsroom, translator: User, choices: dict[str, str]) -> None:
    for act in STATES:
        act(desk.begin(desk.write_article("sv"), "uk"))
    desk.write_person()
    desk.change_source(desk.write_chain())
    client, url = signed_in(translator), reverse("desk_coverage")
    shown = client.get(url, {"totals": "shown"} | choices)
    counted = Counter((cell.language, cell.how) for item in shown.context["items"] for cell in item.cells)
    totals = {total.how: total.numbers for total in shown.context["totals"]}
    assert totals == {how: tuple(counted[language, how] for language in ("sv", "uk", "fi", "en")) for how in How}
    said = client.get(url, {"format": "json"} | choices).json()["totals"]
    assert said == {how.value: dict(zip(("sv", "uk", "fi", "en"), totals[how], strict=True)) for how in How}


def test_the_totals_are_shown_to_whoever_asks_for_them(article: NewsPage, translator: User) -> None:
    client, url = signed_in(translator), reverse("desk_coverage")
    assert client.get(url).context["totals"] is None
    shown = re.sub(r"\s+", " ", client.get(url, {"totals": "shown"}).content.decode())
    assert 'desk-cell--missing">Missing</span></th> <td>0</td><td>1</td><td>1</td><td>1</td>' in shown
    assert "No item fits" not in client.get(url, {"totals": "shown"}).content.decode()


def test_a_program_gets_the_same_as_json(article: NewsPage, translator: User) -> None:
    answer = signed_in(translator).get(reverse("desk_coverage"), {"format": "json"}).json()
    assert answer == {
        "languages": ["sv", "uk", "fi", "en"],
        "totals": dict.fromkeys([how.value for how in How], NOWHERE)
        | {"original": NOWHERE | {"sv": 1}, "missing": {"sv": 0, "uk": 1, "fi": 1, "en": 1}},
        "items": [
            {
                "id": str(article.translation_key),
                "kind": "news",
                "partner": "Umeå",
                "title": SV["title"],
                "language": "sv",
                "coverage": MISSING,
                "goes_live": {},
            }
        ],
    }


def test_the_table_costs_the_same_for_one_item_and_for_many(article: NewsPage, translator: User) -> None:
    client = signed_in(translator)

    def queries() -> int:
        client.get(reverse("desk_coverage"))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("desk_coverage"))
        return len(captured)

    one = queries()
    for number in range(6):
        desk.write_person(f"Janet Ågren {number}")
        desk.begin(desk.write_article("fi"), "uk")
    assert queries() == one
