"""The coverage: every item in every language at a glance, for people, spreadsheets and programs."""

import csv
import re
from collections import Counter
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page, PageViewRestriction, Workflow
from wagtail_localize.models import Translation

import cms.demo
from cms.demo.ground import Declaration, put, set_up_partner
from cms.translation.coverage.states import How
from cms.translation.provenance import review
from cms.translation.publishing import publish_translation, save_translation_draft
from cms.translation.schedules import Schedule
from news.models import NewsPage, TopicPage
from tests.newsroom import Newsroom
from tests.translators import desk
from tests.translators.desk import FI, SV, UK, signed_in

MISSING = {"sv": "original", "uk": "missing", "fi": "missing", "en": "missing"}
NOWHERE = dict.fromkeys(["sv", "uk", "fi", "en"], 0)
PARTNERS = Path(cms.demo.__file__).parent / "partners"
LATER = (timezone.now() + timedelta(days=3)).replace(microsecond=0)


def items(user: User, **choices: str) -> dict[str, dict[str, str]]:
    answer = signed_in(user).get(reverse("desk_coverage"), choices)
    assert answer.status_code == 200
    return {item.title: {cell.language: cell.how.value for cell in item.cells} for item in answer.context["items"]}


def spreadsheet(user: User, **choices: str) -> list[list[str]]:
    answer = signed_in(user).get(reverse("desk_coverage"), {"format": "csv"} | choices)
    assert answer["Content-Disposition"] == 'attachment; filename="coverage.csv"'
    return list(csv.reader(StringIO(b"".join(answer).decode("utf-8-sig"), newline="")))


def described(user: User, **choices: str) -> list[dict[str, Any]]:
    answer = signed_in(user).get(reverse("desk_coverage"), {"format": "json"} | choices)
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def links(user: User, **choices: str) -> dict[str, list[str]]:
    """Return, by title, the languages in which the table leads somewhere, each tried."""
    client = signed_in(user)
    shown = client.get(reverse("desk_coverage"), choices).context["items"]
    found = {item.title: [cell for cell in item.cells if cell.url] for item in shown}
    wrong = [cell.url for cells in found.values() for cell in cells if client.get(cell.url).status_code != 200]
    assert wrong == [], "a link that leads nowhere"
    return {title: [cell.language for cell in cells] for title, cells in found.items()}


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    desk.commit()


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
    send_page_to_review(translation.get_target_instance())


def send_page_to_review(page: Page) -> None:
    Workflow.objects.get(active=True).start(page, None)


def schedule(translation: Translation) -> None:
    desk.say(translation, UK)
    save_translation_draft(translation, schedule=Schedule(LATER)).publish()
    desk.commit()


def schedule_new_text(translation: Translation) -> None:
    make_stale(translation)
    desk.say_one(translation, desk.segment_of(translation, "Förstudien är klar."), "Дослідження готове.")
    schedule(translation)


def take_back(translation: Translation) -> None:
    publish(translation)
    translation.get_target_instance().unpublish()
    desk.commit()


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
        (take_back, "not_published"),
    ],
)
def test_each_text_says_how_far_it_is_and_is_found_by_that(
    ukrainian: Translation, translator: User, act: Any, how: str
) -> None:
    act(ukrainian)
    assert items(translator)[SV["title"]] == MISSING | {"uk": how}
    assert SV["title"] in items(translator, language="uk", how=how)
    others = [other.value for other in How if other != how]
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
    [item] = client.get(url, {"format": "json", "kind": "news"}).json()["items"]
    assert item["goes_live"] == {"uk": LATER.strftime("%Y-%m-%dT%H:%M:%SZ")}


def test_a_machines_text_that_was_reviewed_counts_as_published(ukrainian: Translation, translator: User) -> None:
    machine(ukrainian)
    review(ukrainian.get_target_instance())
    desk.commit()
    assert items(translator)[SV["title"]]["uk"] == "published"


def test_what_is_missing_leads_to_where_it_begins(article: NewsPage, translator: User) -> None:
    assert links(translator, kind="news") == {SV["title"]: ["uk"]}, "other languages are not theirs"


def test_the_table_leads_only_to_what_is_its_readers_to_write(
    editor: User, kherson_editor: User, translator: User
) -> None:
    desk.carry(desk.write_article("uk", city="kherson"), "sv")
    desk.write_article("fi")
    assert links(kherson_editor, kind="news") == {UK["title"]: ["uk"], FI["title"]: []}
    assert links(editor, kind="news") == {UK["title"]: [], FI["title"]: ["sv"]}
    assert links(translator, kind="news") == {UK["title"]: [], FI["title"]: ["uk"]}


def test_the_table_is_narrowed_by_partner_and_kind(room: Newsroom, article: NewsPage, translator: User) -> None:
    umea, kherson = (str(room.section(name, "sv").translation_key) for name in ("umea", "kherson"))
    assert SV["title"] in items(translator, partner=umea, kind="news")
    assert SV["title"] not in items(translator, partner=kherson)
    assert SV["title"] not in items(translator, kind="people")
    assert SV["title"] in items(translator, kind="no such kind")


def test_homes_and_profiles_are_items_for_those_who_write_them(translator: User, editor: User) -> None:
    admin = User.objects.create_superuser("administrator")
    every = ["sv", "uk", "fi", "en"]
    assert links(translator, kind="home") == {"Misto": []}
    assert links(translator, kind="partners") == {"Umeå": [], "Cherson": []}
    assert links(editor, kind="partners") == {"Umeå": ["sv"], "Cherson": []}
    assert links(admin, kind="partners") == {"Umeå": every, "Cherson": every}
    assert links(admin, kind="home") == {"Misto": every}
    shown = signed_in(translator).get(reverse("desk_coverage"), {"kind": "home"}).content.decode()
    assert "Written by editors, not by translators." in shown


def test_what_the_set_up_made_has_only_a_name_until_somebody_writes_it(translator: User) -> None:
    sections = set_up_partner(Declaration.read(PARTNERS / "vaasa.toml"))
    desk.commit()
    assert items(translator, kind="partners")["Vasa"] == dict.fromkeys(sections, "name_only")
    desk.rewrite(sections["fi"], body=[("paragraph", "<p>Vaasa on kaksikielinen kaupunki.</p>")])
    assert items(translator, kind="partners")["Vaasa"] == dict.fromkeys(sections, "name_only") | {"fi": "original"}
    [said] = [said for said in described(translator, language="sv", how="name_only") if said["title"] == "Vaasa"]
    assert (said["language"], said["partner"]) == ("fi", "Vaasa")


def test_a_topic_that_is_named_in_each_language_at_once_is_one_item(room: Newsroom, translator: User) -> None:
    labels, key = {"sv": "Demokrati", "uk": "Демократія", "fi": "Demokratia", "en": "Democracy"}, uuid4()
    for language, label in labels.items():
        topic = TopicPage(title=label, code="democracy")
        put(room.topics(language), topic, language=language, key=key)
    desk.commit()
    assert items(translator, kind="topics") == {"Demokrati": dict.fromkeys(labels, "original")}


def test_a_draft_is_named_to_whoever_may_read_it(article: NewsPage, translator: User, editor: User) -> None:
    article.unpublish()
    desk.save_draft(article, title="Samarbetet vilar")
    assert items(translator, kind="news") == {}
    assert items(editor, kind="news") == {"Samarbetet vilar": MISSING | {"sv": "not_published"}}
    assert links(editor, kind="news") == {"Samarbetet vilar": ["sv"]}
    send_page_to_review(article)
    assert items(editor, kind="news") == {"Samarbetet vilar": MISSING | {"sv": "in_review"}}


def test_the_title_of_a_public_text_is_the_public_one(article: NewsPage, translator: User, editor: User) -> None:
    desk.save_draft(article, title="Samarbetet vilar")
    for reader in (translator, editor):
        assert list(items(reader, kind="news")) == [SV["title"]]
        assert spreadsheet(reader, kind="news")[1][3] == SV["title"]


def test_a_translation_whose_original_was_taken_back_is_still_an_item(
    article: NewsPage, ukrainian: Translation, translator: User, editor: User
) -> None:
    publish(ukrainian)
    desk.read(article).unpublish()
    desk.commit()
    desk.save_draft(article, title="Det som ingen får läsa")
    far = MISSING | {"sv": "not_published", "uk": "published"}
    assert items(translator, kind="news") == {UK["title"]: far}, "nor is its new title told"
    assert items(editor, kind="news") == {"Det som ingen får läsa": far}
    assert spreadsheet(translator, kind="news")[1][3:9] == [UK["title"], "sv", *far.values()]
    assert links(translator, kind="news") == {UK["title"]: []}, "nothing begins from a draft"


def test_an_item_that_was_taken_back_in_every_language_is_not_missing(
    article: NewsPage, ukrainian: Translation, translator: User, editor: User
) -> None:
    publish(ukrainian)
    article.unpublish()
    desk.in_language(article, "uk").unpublish()
    desk.commit()
    far = MISSING | {"sv": "not_published", "uk": "not_published"}
    assert items(editor, kind="news") == {SV["title"]: far}
    assert items(translator, kind="news") == {}, "they may read neither, as its words are in theirs"


def test_a_translation_whose_original_was_deleted_is_still_an_item(translator: User) -> None:
    chain = desk.write_chain()
    chain["sv"].source.get_source_instance().delete()
    desk.commit()
    far = {"sv": "published", "uk": "missing", "fi": "published", "en": "published"}
    assert items(translator, kind="news") == {SV["title"]: far}
    [said] = described(translator, kind="news")
    assert (said["language"], said["partner"], said["coverage"]) == ("uk", "Kherson", far)
    assert links(translator, kind="news") == {SV["title"]: []}


def test_a_restricted_item_is_shown_to_whoever_may_read_it_and_says_so(
    article: NewsPage, translator: User, editor: User
) -> None:
    restrict(article)
    assert SV["title"] not in items(translator)
    assert SV["title"] not in signed_in(translator).get(reverse("desk_coverage")).content.decode()
    assert items(editor, kind="news") == {SV["title"]: MISSING}
    client, url = signed_in(editor), reverse("desk_coverage")
    assert '<div class="desk-note">Restricted</div>' in client.get(url, {"kind": "news"}).content.decode()
    assert [said["restricted"] for said in described(editor, kind="news")] == [["sv"]]
    assert spreadsheet(editor, kind="news")[1][-1] == "sv"
    totals = {
        total.how: total.numbers for total in client.get(url, {"kind": "news", "totals": "shown"}).context["totals"]
    }
    assert (totals[How.ORIGINAL], totals[How.MISSING]) == ((1, 0, 0, 0), (0, 1, 1, 1))


def test_who_carries_over_an_item_does_not_see_it_once_it_is_restricted(
    article: NewsPage, ukrainian: Translation, room: Newsroom, translator: User
) -> None:
    publish(ukrainian)
    rights = {room.home("uk"): ("change", "publish"), room.section("umea", "sv"): ("change",)}
    both = desk.account("uk-and-umea", rights)
    for page in (article, desk.in_language(article, "uk")):
        restrict(page)
    assert items(translator, kind="news") == {}
    shown = signed_in(translator).get(reverse("desk_coverage")).content.decode()
    assert [title for title in (SV["title"], UK["title"]) if title in shown] == []
    assert items(both, kind="news") == {SV["title"]: MISSING | {"uk": "published"}}
    assert [said["restricted"] for said in described(both, kind="news")] == [["sv", "uk"]]


def test_who_may_read_nothing_is_told_so(room: Newsroom, article: NewsPage, translator: User) -> None:
    for language in ("sv", "uk", "fi", "en"):
        restrict(room.home(language))
    shown = signed_in(translator).get(reverse("desk_coverage")).content.decode()
    assert "There is nothing yet that you may read." in shown


@pytest.mark.parametrize("screen", ["desk_coverage", "desk_queue"])
def test_a_restricted_partner_is_named_to_whoever_may_read_of_it(
    room: Newsroom, translator: User, editor: User, screen: str
) -> None:
    for language in ("sv", "uk", "fi", "en"):
        restrict(room.section("umea", language))
    umea = str(room.section("umea", "sv").translation_key)
    assert f'value="{umea}"' not in signed_in(translator).get(reverse(screen)).content.decode()
    assert f'value="{umea}"' in signed_in(editor).get(reverse(screen)).content.decode()


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_spreadsheet_gets_every_item_and_no_formula(article: NewsPage, translator: User, beginning: str) -> None:
    formula = f'{beginning}HYPERLINK("https://example.org/","Läs")'
    desk.rewrite(article, title=formula)
    head, row = spreadsheet(translator, kind="news")
    assert head == ["Key", "Kind", "Partner", "Title", "Original", "sv", "uk", "fi", "en", "Restricted"]
    assert row[1:] == ["news", "Umeå", f"'{formula}", "sv", "original", "missing", "missing", "missing", ""]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1+1", "@SUM(1)", ' "=1+1"'])
@pytest.mark.parametrize("between", [";", "\t"])
def test_a_spreadsheet_that_divides_otherwise_gets_no_formula(
    article: NewsPage, translator: User, between: str, formula: str
) -> None:
    desk.rewrite(article, title=f"Nyhet{between}{formula}{between}Läs")
    _head, row = spreadsheet(translator, kind="news")
    assert row[3] == f"Nyhet{between}'{formula}{between}Läs"


def test_kind_and_partner_stand_under_the_title(article: NewsPage, translator: User) -> None:
    shown = signed_in(translator).get(reverse("desk_coverage")).content.decode()
    assert '<div class="desk-note">News articles · Umeå</div>' in shown


def test_what_lies_in_no_section_has_no_partner(translator: User) -> None:
    assert [said["partner"] for said in described(translator, kind="home")] == [""]


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
    shown = re.sub(r"\s+", " ", client.get(url, {"totals": "shown", "kind": "news"}).content.decode())
    assert 'desk-cell--missing">Missing</span></th> <td>0</td><td>1</td><td>1</td><td>1</td>' in shown
    assert "No item fits" not in client.get(url, {"totals": "shown"}).content.decode()


def test_a_program_gets_the_same_as_json(article: NewsPage, translator: User) -> None:
    answer = signed_in(translator).get(reverse("desk_coverage"), {"format": "json", "kind": "news"}).json()
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
                "restricted": [],
            }
        ],
    }


def test_the_table_and_its_files_cost_the_same_for_one_item_and_for_many(article: NewsPage, translator: User) -> None:
    client = signed_in(translator)

    def queries(choices: dict[str, str]) -> int:
        client.get(reverse("desk_coverage"), choices)
        with CaptureQueriesContext(connection) as captured:
            b"".join(client.get(reverse("desk_coverage"), choices))
        return len(captured)

    def write_some() -> None:
        desk.begin(desk.write_article("fi"), "uk")
        publish(desk.begin(gone := desk.write_article("sv"), "uk"))
        desk.read(gone).delete()
        restrict(desk.write_person())
        desk.change_source(desk.write_chain())

    forms: list[dict[str, str]] = [{}, {"totals": "shown"}, {"format": "csv"}, {"format": "json"}]
    write_some()
    one = [queries(form) for form in forms]
    for _number in range(5):
        write_some()
    assert [queries(form) for form in forms] == one
