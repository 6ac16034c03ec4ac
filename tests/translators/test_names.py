"""Names and terms: offered while translating, flagged where the register says otherwise, known to searches."""

import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from itertools import permutations
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.images.tests.utils import get_test_image_file
from wagtail_localize.models import Translation

from cms.content.blocks import BodyBlock
from cms.content.files import ContentDocument
from cms.content.images import ContentImage
from cms.content.letters import fold
from cms.content.stems import forms_of
from cms.demo.register import FILE, fill_register
from cms.demo.rights import set_up_reviewers
from cms.demo.texts import items
from cms.publications.models import Publication, SearchName
from cms.translation.checks import find
from cms.translation.models import Mention, Name, NameForm, Term, TermForm
from cms.translation.names.matching import beginning_of, name_pattern, plain, word_pattern
from cms.translation.names.missing import find_missing
from cms.translation.names.offers import Offers, find_names
from cms.translation.names.register import Known, Spelling, read_register
from cms.translation.names.slips import find_slips
from cms.translation.submitting import translate
from news.models import NewsPage
from partners.models import Appointment
from tests.layers import build_once
from tests.newsroom import Newsroom, add_image
from tests.translators.desk import (
    EN,
    SV,
    commit,
    in_language,
    press_publish,
    rewrite,
    say,
    say_one,
    segment_of,
    signed_in,
    write_person,
)

LANGUAGES = ("sv", "uk", "fi", "en")
EXCEPTED = {"pages/city-names", "news/vaasa-talks-2023", "news/umea-samarbete-cherson", "people/vitalii-bielobrov"}
"""What in the demo is about the names themselves."""


@pytest.fixture
def register() -> None:
    """The demo's names and terms, without the pages they belong to."""
    build_once("the demo's names and terms", _fill_register)


def _fill_register() -> None:
    fill_register()
    commit()


@pytest.mark.parametrize(
    ("language", "text", "slips"),
    [
        ("en", "A delegation from Cherson came.", {"Cherson": "Kherson"}),
        ("en", "Cherson’s mayor", {"Cherson’s": "Kherson"}),
        ("en", "Vitalii Bielobrova led it.", {"Bielobrova": "Bielobrov"}),
        ("sv", "Vitalii Bielobrova ledde den.", {"Bielobrova": "Bielobrov"}),
        ("sv", "Khersons delegation", {"Khersons": "Cherson"}),
        ("fi", "Chersonin valtuuskunta", {"Chersonin": "Herson"}),
        ("fi", "Vasan kaupunki", {"Vasan": "Vaasa"}),
        ("en", "A feasibility study was granted.", {"feasibility study": "pre-study"}),
    ],
)
def test_a_wrong_name_is_flagged_and_the_right_one_offered(
    language: str, text: str, slips: dict[str, str], register: None
) -> None:
    found = find_slips(text, language, read_register())
    assert {slip.found: slip.instead for slip in found} == {wrong: (right,) for wrong, right in slips.items()}
    assert all(text[slip.start : slip.end] == slip.found for slip in found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kherson, Kherson’s mayor, Khersons, KHERSON; Bielobrov’s speech in Vaasa"),
        ("sv", "Chersons delegation och Bielobrovs tal i Vasa, Umeås och Umeåborna"),
        ("fi", "Hersonin, Hersonissa, Hersoniin ja H’ersonista; Uumajaan, Umeån, Vaasassa, Bielobrovin, ICLD:n"),
        ("uk", "Херсона, у Херсоні, Херсоном; Віталія Бєлоброва, Віталієм Бєлобровим; у Ваасі, з Умео"),
    ],
)
def test_every_language_may_inflect_its_names(language: str, text: str, register: None) -> None:
    assert find_slips(text, language, read_register()) == []


INFLECTED = {
    ("uk", "Херсон"): "Херсона Херсонові Херсоном Херсоні",
    ("uk", "Харків"): "Харкова Харкові Харковом",
    ("uk", "Київ"): "Києва Києву Києвом Києві",
    ("uk", "Тернопіль"): "Тернополя Тернополі",
    ("uk", "Вааса"): "Вааси Ваасі Ваасу Ваасою",
    ("uk", "Прага"): "Праги Празі Прагою",
    ("uk", "Рига"): "Риги Ризі Ригою",
    ("uk", "Городок"): "Городка Городку",
    ("uk", "Зеленський"): "Зеленського Зеленському",
    ("fi", "Herson"): "Hersonin Hersonissa Hersoniin",
    ("fi", "Turku"): "Turun Turussa Turkuun",
    ("fi", "Helsinki"): "Helsingin Helsingissä Helsinkiin",
    ("fi", "Lahti"): "Lahden Lahdessa Lahteen",
    ("fi", "Seinäjoki"): "Seinäjoen Seinäjoella",
    ("fi", "Tampere"): "Tampereen Tampereella",
    ("fi", "Kaunas"): "Kaunasin Kaunasissa",
    ("sv", "Umeå"): "Umeås",
    ("en", "Kherson"): "Kherson's",
}


@pytest.mark.parametrize(("language", "form"), INFLECTED, ids=[form for _language, form in INFLECTED])
def test_offers_checks_machines_and_searches_know_the_same_forms_of_a_name(language: str, form: str) -> None:
    here = Spelling(form, language, "preferred", "official")
    other, elsewhere = ("sv", "Staden") if language == "uk" else ("uk", "Містечко")
    place = Known(1, "place", "", (here, Spelling(elsewhere, other, "preferred", "official")))
    for stands in INFLECTED[language, form].split():
        text = f"({stands})"
        assert find_names(text, language, other, (place,)), stands
        assert find_slips(text, language, (place,)) == []
        assert list(find_missing(elsewhere, text, (other, language), (place,))) == [], stands
        word = fold(stands.partition("'")[0])
        looked_for = forms_of(fold(form), language)
        assert any(word == each.text or (each.is_beginning and word.startswith(each.text)) for each in looked_for), (
            stands
        )


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("uk", "Делегація з Херсон прибула до Вааса.", ["з Херсон", "до Вааса"]),
        ("uk", "Делегація з Херсона прибула до Вааси, з Умео в Херсон, через Херсон.", []),
        ("uk", "До Херсон-Сіті, від «Херсон», до міста Херсон", []),
        ("fi", "Uumaja tekee yhteistyötä Herson kanssa.", ["Herson kanssa"]),
        ("fi", "Uumaja tekee yhteistyötä Hersonin kanssa. Vaasa mukaan!", []),
    ],
)
def test_a_name_without_the_ending_that_its_neighbour_asks_for_is_flagged(
    language: str, text: str, found: list[str], register: None
) -> None:
    slips = find_slips(text, language, read_register())
    assert [slip.found for slip in slips] == found
    assert all("ending" in slip.sentence for slip in slips)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Умео починає співпрацю з Черсоном", ["Херсон"]),
        ("Херсон і Умео", []),
        ("Умео та херсонська громада", []),
        ("УМЕО І ХЕРСОН", []),
    ],
)
def test_a_name_of_the_source_that_a_translation_has_in_no_form_is_flagged(
    text: str, missing: list[str], register: None
) -> None:
    found = find_missing(SV["title"], text, ("sv", "uk"), read_register())
    assert [form for each in found for form in each.forms] == missing


def test_the_demo_translates_every_name(register: None) -> None:
    """But for the pages that are about the names themselves."""
    known = read_register()
    left = [
        (languages, source, missing.found)
        for item in items()
        if f"{item.kind}/{item.name}" not in EXCEPTED
        for languages, source, target in _pairs(item.said)
        for missing in find_missing(strip_tags(source), strip_tags(target), languages, known)
    ]
    assert left == []


def _pairs(said: Any) -> Iterator[tuple[tuple[str, str], str, str]]:
    """Yield each text in two languages."""
    match said:
        case dict():
            texts = {name: value for name, value in said.items() if name in LANGUAGES and isinstance(value, str)}
            yield from (((one, two), texts[one], texts[two]) for one, two in permutations(texts, 2))
            for name, value in said.items():
                if name not in ("names", "slug", "original"):
                    yield from _pairs(value)
        case list():
            for value in said:
                yield from _pairs(value)


def test_names_and_terms_of_a_text_are_offered_in_their_order(register: None) -> None:
    source = (
        'Delegationen leddes av Vitalii <b>Bielobrov</b>, vice borgmästare i <a id="a1">Cherson</a>: stadsplanering'
    )
    assert [(offered.found, offered.forms, offered.is_term) for offered in find_names(source, "sv", "uk")] == [
        ("Vitalii Bielobrov", ("Віталій Бєлобров",), False),
        ("vice borgmästare", ("заступник міського голови",), False),
        ("Cherson", ("Херсон",), False),
        ("stadsplanering", ("міське планування",), True),
    ]


def test_the_workbench_offers_them_and_knows_what_a_page_may_mention(
    article: NewsPage, ukrainian: Translation, register: None, translator: User, admin_user: User
) -> None:
    segment = segment_of(ukrainian, SV["title"])
    helped = signed_in(translator).get(reverse("desk_help", args=[ukrainian.pk, segment.pk])).content.decode()
    assert "Херсон" in helped
    english = translate(article, "en")
    client = signed_in(admin_user)
    url = reverse("desk_save_string", args=[english.pk, segment.pk])
    typed = {"as": str(admin_user.pk), "text": "Umeå begins to cooperate with Cherson", "base": ""}
    answer = client.post(url, typed).json()
    assert answer["findings"] == ["“Cherson”: write “Kherson”."]
    Mention.objects.create(name=Name.objects.get(title="Kherson"), page=article.page_ptr, why="Om namnen.")
    answer = client.post(url, {**typed, "text": "Umeå, Cherson", "base": answer["version"]}).json()
    assert answer["findings"] == []


@pytest.mark.parametrize(
    ("language", "is_word", "form", "stands"),
    [
        ("uk", False, "Херсон", "Херсоном"),
        ("uk", False, "Умео", "Умео"),
        ("uk", False, "Янета Огрен", "Янети Огрен"),
        ("sv", False, "Umeå kommun", "Umeå kommuns"),
        ("fi", False, "Uumaja", "Uumajasta"),
        ("uk", True, "планування міста", "ПЛАНУВАННЯ МІСТАМИ"),
        ("sv", True, "förstudie", "Förstudien"),
        ("sv", True, "köp", "KÖPET"),
        ("en", True, "study", "Studys"),
    ],
)
def test_what_is_looked_for_first_stands_wherever_the_form_does(
    language: str, is_word: bool, form: str, stands: str
) -> None:
    text = plain(f"({stands})")
    assert (word_pattern if is_word else name_pattern)(form, language).search(text)
    assert beginning_of(form, language, is_word=is_word) in text.lower()


def test_a_text_without_any_name_is_held_against_no_pattern(register: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register of hundreds of names would else be most of what an export costs."""
    offers, asked = Offers(read_register()), list[str]()
    monkeypatch.setattr("cms.translation.names.offers.find_form", lambda known, *_text: asked.append(known.kind) or [])
    assert offers.find("Vi ses på torget i juni.", "sv", "uk") == []
    assert asked == []
    offers.find("Vi ses i <b>Chersons</b> hamn.", "sv", "uk")
    assert len(asked) == 1


def test_inflected_names_of_a_ukrainian_source_are_offered(register: None) -> None:
    found = find_names("Делегацію з Херсона очолив Віталій Бєлобров, а Бєлоброва зустріли в Умео.", "uk", "sv")
    assert [offered.forms[0] for offered in found] == ["Cherson", "Vitalii Bielobrov", "Umeå"]


def test_a_wrong_name_is_shown_before_review(article: NewsPage, register: None) -> None:
    translation = translate(article, "en")
    say(translation, EN)
    say_one(translation, segment_of(translation, SV["title"]), "Umeå enters into cooperation with Cherson")
    [finding] = find(translation)
    assert (finding.code, finding.is_error, finding.path) == ("name", False, "title")
    assert finding.sentence == "“Cherson”: write “Kherson”."


def test_a_forbidden_term_stops_publishing(article: NewsPage, register: None, admin_user: User) -> None:
    translation = translate(article, "en")
    say(translation, EN)
    say_one(translation, segment_of(translation, SV["fact"]), "ICLD has granted a feasibility study in Visby.")
    said = press_publish(signed_in(admin_user), in_language(article, "en"))
    assert "“feasibility study”: write “pre-study”." in said[0]
    assert not in_language(article, "en").live


def test_looking_up_the_register_costs_three_queries(register: None, django_assert_num_queries: Any) -> None:
    """Forms of names, words for terms, mentions."""
    with django_assert_num_queries(3):
        find_names(SV["title"], "sv", "en")


LINE = re.compile(
    r"(?P<address>/\S+): (?P<position>[^:]+), line (?P<line>\d+): (?P<what>.+) (?P<edit>https?://\S+/edit/\S*|https?://\S+)"
)


def lint(capsys: pytest.CaptureFixture[str], **options: Any) -> list[tuple[str, str, int, str]]:
    """Run the command; return address, position and line of each slip, and what is wrong."""
    capsys.readouterr()
    with suppress(CommandError):
        call_command("names", "lint", **options)
    lines = capsys.readouterr().out.splitlines()
    parts = [part for line in lines if (part := LINE.fullmatch(line))]
    assert len(parts) == len(lines)
    return [(part["address"], part["position"], int(part["line"]), part["what"]) for part in parts]


def test_lint_leads_to_the_line_of_the_block(
    article: NewsPage, register: None, capsys: pytest.CaptureFixture[str], admin_user: User
) -> None:
    call_command("names", "lint")
    paragraph = (
        "paragraph",
        "<p>Umeå.</p><p>En rad.<br/>Kommunen samarbetar med Kherson.</p><ul><li>Kherson</li></ul>",
    )
    rewrite(article, title="Umeå ingår samarbete med Kherson", body=[("heading", {"text": "Umeå"}), paragraph])
    with pytest.raises(CommandError, match="3 to mend"):
        call_command("names", "lint", language="sv")
    page = "/sv/umea/news/umea-ingar-samarbete-med-cherson"
    edit = f"http://testserver{reverse('wagtailadmin_pages:edit', args=[article.pk])}"
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        f"{page}: {place}: “Kherson”: write “Cherson”. {edit}"
        for place in ("title, line 1", "body, block 2 (paragraph), line 3", "body, block 2 (paragraph), line 4")
    ]
    assert signed_in(admin_user).get(edit).status_code == 200
    call_command("names", "lint", language="fi")


def test_lint_counts_rows_items_and_lines(
    room: Newsroom, article: NewsPage, register: None, capsys: pytest.CaptureFixture[str]
) -> None:
    person = write_person()
    role = Appointment(title="Talesperson i Kherson", organisation="Umeå")
    rewrite(person, appointments=[Appointment(title="Kommunalråd"), role])
    box = {"title": "Mer", "text": "<p>Umeå</p>", "items": ["Umeå", "Kherson"]}
    rewrite(article, lead="Umeå.\n\nKherson.", body=[("fact_box", box)])
    assert [(position, line) for _address, position, line, _what in lint(capsys)] == [
        ("lead", 3), ("body, block 1 (fact_box), items, item 2", 1), ("appointments 2, title", 1),
    ]  # fmt: skip


def test_lint_sees_every_text_that_partner_cities_get(
    article: NewsPage, register: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each text of each block says Kherson, and whatever of it is in the document is found."""
    picture = {"image": add_image().pk, "alt": "Kherson", "caption": "Kherson"}
    linked = {"url": "https://www.umea.se/", "title": "Kherson", "description": "Kherson"}
    called = {"name": "Kherson", "role": "Kherson"}
    file = ContentDocument.objects.create(title="Avtal", language="sv", file=ContentFile(b"a", "a.csv"))
    blocks: dict[str, Any] = {
        "paragraph": "<p>Kherson</p><ul><li><b>Kherson</b></li></ul>",
        "heading": {"text": "Kherson", "level": "2"},
        "quote": {"text": "Kherson", **called},
        "list": {"style": "bullet", "items": _listed("<p>Kherson</p>", "<p>Kherson</p>")},
        "image": picture,
        "gallery": {"title": "Kherson", "images": _listed(picture, picture)},
        "video": {"title": "Kherson", "url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ"},
        "fact_box": {"title": "Kherson", "text": "<p>Kherson</p>", "items": _listed("Kherson")},
        "period": {"label": "Kherson", "week": "2024-W24"},
        "documents": {"title": "Kherson", "documents": _listed(file.pk)},
        "contact": {**called, "organisation": "Kherson"},
        "link_list": {"title": "Kherson", "links": _listed(linked)},
    }
    assert set(blocks) == set(BodyBlock().child_blocks)
    stored = [{"type": kind, "id": str(uuid4()), "value": value} for kind, value in blocks.items()]
    own = {"image": add_image(), "image_alt": "Kherson", "image_caption": "Kherson", "credit_line": "Kherson"}
    body = article._meta.get_field("body").to_python(json.dumps(stored))
    rewrite(article, title="Kherson", lead="Kherson", body=body, **own)
    document = json.loads(Publication.objects.get(key=article.translation_key, language="sv").document)
    told = list(_texts_of(document))
    assert len(told) > 30
    assert len(lint(capsys)) == sum(text.count("Kherson") for text in told)


def _listed(*values: Any) -> list[dict[str, Any]]:
    return [{"type": "item", "id": str(uuid4()), "value": value} for value in values]


def _texts_of(said: Any) -> Iterator[str]:
    """Yield each text of a document once: a block's HTML says again what its fields say."""
    match said:
        case dict():
            for name, value in said.items():
                if name != "html" or said["type"] == "paragraph":
                    yield from _texts_of(value)
        case list():
            for value in said:
                yield from _texts_of(value)
        case str() if "Kherson" in said:
            yield said


def test_lint_sees_what_is_suggested_of_pictures_and_what_files_are_called(
    register: None, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = ContentImage.objects.create(title="Bro", file=get_test_image_file())
    picture.texts.create(language="en", alt="A bridge in Kherson", caption="Cherson")
    ContentDocument.objects.create(title="Avtal med Kherson", language="sv", file=ContentFile(b"a", "a.csv"))
    assert [(address.rpartition("/")[2], position, what) for address, position, _line, what in lint(capsys)] == [
        ("en", "caption", "“Cherson”: write “Kherson”."),
        ("sv", "title", "“Kherson”: write “Cherson”."),
    ]


def test_lint_sees_translations_in_work_when_asked(
    ukrainian: Translation, article: NewsPage, register: None, capsys: pytest.CaptureFixture[str]
) -> None:
    translation = translate(article, "en")
    segment = segment_of(translation, SV["fact"])
    say_one(translation, segment, "ICLD has an office in Cherson.")
    assert lint(capsys) == []
    [(_address, position, line, what)] = lint(capsys, work=True)
    assert (position, line, what) == (f"text {segment.pk}", 1, "“Cherson”: write “Kherson”.")


def test_a_page_that_speaks_about_a_name_may_show_its_forms(article: NewsPage, register: None) -> None:
    rewrite(article, title="Cherson, på engelska Kherson")
    name = Name.objects.get(title="Kherson")
    Mention.objects.create(name=name, page=article.page_ptr, why="Om namnen.")
    call_command("names", "lint")


def test_lint_names_file_line_and_column(tmp_path: Path, register: None, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "umea.sv.txt"
    file.write_text("Ett samarbete\nVitalii Bielobrova, vice borgmästare, Cherson\n", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("names", "lint", str(file))
    assert capsys.readouterr().out == f"{file}:2:9: “Bielobrova”: write “Bielobrov”.\n"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xd8"])
def test_lint_says_in_one_line_which_file_it_cannot_read(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "text.en.txt"
    if content:
        file.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        call_command("names", "lint", str(file))
    assert str(refused.value).startswith(f"{file} cannot be read")
    assert "\n" not in str(refused.value)


def test_lint_asks_for_the_language_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--language"):
        call_command("names", "lint", str(tmp_path / "text.txt"))


def test_the_demo_writes_names_as_its_register_says(register: None) -> None:
    """But for the pages that are about the names themselves; the register says which, and why."""
    said = tomllib.loads(FILE.read_text(encoding="utf-8"))
    assert {mention["page"] for name in said["names"] for mention in name.get("mentions", ())} == EXCEPTED
    known = read_register()
    slips = [
        (item.name, language, slip.found)
        for item in items()
        if f"{item.kind}/{item.name}" not in EXCEPTED
        for language, text in _texts(item.said)
        for slip in find_slips(strip_tags(text), language, known)
    ]
    assert slips == []


def _texts(said: Any) -> Iterator[tuple[str, str]]:
    match said:
        case dict():
            for name, value in said.items():
                if name in LANGUAGES and isinstance(value, str):
                    yield name, value
                elif name not in ("names", "slug", "original"):
                    yield from _texts(value)
        case list():
            for value in said:
                yield from _texts(value)


def add_form(name: Name, text: str, language: str, **fields: str) -> None:
    """Add a form to a name, as the admin's form does."""
    name.forms.add(NameForm(text=text, language=language, **fields))
    name.save()
    commit()


def test_partner_cities_and_searches_learn_a_new_form_of_a_name(room: Newsroom, register: None, client: Client) -> None:
    kherson = room.section("kherson", "en")
    name = Name.objects.get(title="Kherson")
    name.page = room.section("kherson", "uk").page_ptr
    name.save()
    commit()
    before = Publication.objects.get(key=kherson.translation_key, language="en").sequence
    add_form(name, "Chersonesos", "sv", status="historical", use="allowed")
    after = Publication.objects.get(key=kherson.translation_key, language="en")
    assert after.sequence > before
    item = client.get(f"/content/v1/en/partners/{kherson.translation_key}?include=json_ld").json()
    assert "Chersonesos" in item["json_ld"]["alternateName"]
    hits = client.get("/content/v1/en/search", {"q": "H'erson"}).json()["items"]
    assert str(kherson.translation_key) in {hit["id"] for hit in hits}
    name.page = None
    name.save()
    commit()
    item = client.get(f"/content/v1/en/partners/{kherson.translation_key}?include=json_ld").json()
    assert "Chersonesos" not in item["json_ld"].get("alternateName", [])


def hits(client: Client, language: str, words: str) -> list[str]:
    """Return the titles that a search finds."""
    answer = client.get(f"/content/v1/{language}/search", {"q": words})
    assert answer.status_code == 200
    return [item["title"] for item in answer.json()["items"]]


def test_searches_know_names_and_terms_of_no_page_in_all_their_forms(
    article: NewsPage, register: None, client: Client
) -> None:
    rewrite(article, lead="Socialdemokraterna vill ha en avsiktsförklaring.")
    for words in ("letter of intent", "лист про наміри", "Social Democrats", "соціал-демократична партія"):
        assert hits(client, "sv", words) == [SV["title"]], words
    assert hits(client, "sv", "feasibility study") == [], "what is forbidden is no form"
    assert hits(client, "sv", "memorandum") == []
    term = Term.objects.get(forms__text="avsiktsförklaring")
    term.forms.add(TermForm(text="memorandum", language="en", use="allowed"))
    term.save()
    commit()
    assert hits(client, "sv", "memorandum") == [SV["title"]]
    term.delete()
    commit()
    assert hits(client, "sv", "memorandum") == []


def test_searches_know_nobody_who_has_no_page(article: NewsPage, client: Client) -> None:
    name = Name(kind="person")
    name.forms = [NameForm(text="Barn Exempel", language="sv"), NameForm(text="Лялька", language="uk")]
    name.save()
    commit()
    rewrite(article, lead="Barn Exempel kom också.")
    assert hits(client, "sv", "Barn Exempel") == [SV["title"]]
    assert hits(client, "sv", "Лялька") == []
    name.kind = "place"
    name.save()
    commit()
    assert hits(client, "sv", "Лялька") == [SV["title"]]


def test_a_rebuild_learns_the_register_anew(article: NewsPage, register: None, client: Client) -> None:
    rewrite(article, lead="De skrev en avsiktsförklaring.")
    SearchName.objects.filter(publication=None).delete()
    assert hits(client, "sv", "letter of intent") == []
    call_command("publications", "rebuild", verbosity=0)
    assert hits(client, "sv", "letter of intent") == [SV["title"]]


def test_a_forbidden_form_never_leaves_the_house(room: Newsroom, register: None, client: Client) -> None:
    name = Name.objects.get(title="Kherson")
    name.page = room.section("kherson", "uk").page_ptr
    add_form(name, "Chersoń", "sv", use="forbidden")
    answer = client.get(f"/content/v1/sv/partners/{room.section('kherson', 'sv').translation_key}?include=json_ld")
    assert answer.status_code == 200
    assert "Chersoń" not in answer.content.decode()


FORMS = {
    "forms-TOTAL_FORMS": "1", "forms-INITIAL_FORMS": "0", "forms-MIN_NUM_FORMS": "1", "forms-MAX_NUM_FORMS": "1000",
    "forms-0-text": "Visby", "forms-0-language": "sv", "forms-0-use": "preferred", "forms-0-ORDER": "1",
    "forms-0-status": "official", "forms-0-script": "Latn",
    "mentions-TOTAL_FORMS": "0", "mentions-INITIAL_FORMS": "0", "mentions-MIN_NUM_FORMS": "0",
    "mentions-MAX_NUM_FORMS": "1000",
}  # fmt: skip


def test_a_reviewer_keeps_the_register(room: Newsroom) -> None:
    reviewer = User.objects.create_user("sv-reviewer")
    reviewer.groups.add(set_up_reviewers(room.home("sv")))
    client = signed_in(reviewer)
    client.post(reverse("names:add"), {"kind": "place", "note": "", "page": "", **FORMS})
    name = Name.objects.get()
    assert (name.title, [str(form) for form in name.forms.all()]) == ("Visby", ["Visby (sv)"])
    assert "Visby" in client.get(reverse("names:index"), {"q": "visb"}).content.decode()
    terms = {key: value for key, value in FORMS.items() if not key.startswith("mentions") and key[-6:] != "status"}
    client.post(reverse("terms:add"), {"definition": "En sorts bro.", **terms})
    assert Term.objects.get().title == "Visby"
    assert TermForm.objects.count() == 1


def test_the_script_of_a_form_is_that_of_its_letters(admin_user: User) -> None:
    """Nobody has to choose it, and partner cities are told the right one."""
    forms = {**FORMS, "forms-TOTAL_FORMS": "2", "forms-1-text": "Вісбю", "forms-1-language": "uk"}
    forms |= {"forms-1-use": "preferred", "forms-1-ORDER": "2", "forms-1-status": "transliteration"}
    answer = signed_in(admin_user).post(reverse("names:add"), {"kind": "place", "note": "", "page": "", **forms})
    assert answer.status_code == 302
    assert list(NameForm.objects.values_list("text", "script")) == [("Visby", "Latn"), ("Вісбю", "Cyrl")]


def test_a_form_that_stands_twice_is_said_in_words(admin_user: User) -> None:
    forms = {**FORMS, "forms-TOTAL_FORMS": "2"}
    forms |= {name.replace("-0-", "-1-"): value for name, value in FORMS.items() if "-0-" in name}
    answer = signed_in(admin_user).post(reverse("names:add"), {"kind": "place", "note": "", "page": "", **forms})
    assert "A form stands here twice in the same language." in answer.content.decode()
    assert not Name.objects.exists()


def test_the_list_says_which_forms_are_never_to_be_written(register: None, admin_user: User) -> None:
    said = strip_tags(signed_in(admin_user).get(reverse("terms:index")).content.decode())
    assert "förstudie · pre-study · esiselvitys · попереднє дослідженняNever: feasibility study" in said


def test_a_translator_reads_the_register_and_changes_nothing(translator: User, register: None) -> None:
    group = translator.groups.get()
    group.permissions.add(Permission.objects.get(content_type__app_label="translation", codename="view_name"))
    client = signed_in(translator)
    assert "Херсон · Kherson · Cherson · Herson · H’erson" in strip_tags(
        client.get(reverse("names:index")).content.decode()
    )
    count = Name.objects.count()
    client.post(reverse("names:add"), {"kind": "place", "note": "", "page": "", **FORMS})
    client.post(reverse("names:delete", args=[Name.objects.values_list("pk", flat=True)[0]]))
    assert Name.objects.count() == count


def test_the_list_takes_the_same_queries_for_one_and_for_many(admin_user: User, django_assert_num_queries: Any) -> None:
    """Session, user, rights, count, entries, and their forms at once."""
    client = signed_in(admin_user)
    _fill(1)
    client.get(reverse("names:index"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("names:index"))
    _fill(19)
    with django_assert_num_queries(len(one)):
        client.get(reverse("names:index"))


def _fill(count: int) -> None:
    for number in range(count):
        name = Name(kind="place")
        name.forms = [NameForm(text=f"Visby {number}", language="sv"), NameForm(text=f"Вісбю {number}", language="uk")]
        name.save()


def test_nobody_else_sees_the_register(ukrainian: Translation, translator: User) -> None:
    assert signed_in(translator).get(reverse("names:index")).status_code == 302
