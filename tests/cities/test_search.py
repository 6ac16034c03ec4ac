"""Search: in every kind and language, whatever the form of a word or the spelling of a name."""

from datetime import UTC, datetime
from io import StringIO
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from wagtail.models import PageViewRestriction

from cms.content.letters import places_of, words_of
from cms.publications.by_hand import gone, restore, vanish, withdraw
from cms.publications.models import Publication, SearchName, SearchText
from cms.publications.search import postgresql
from cms.publications.search.questions import ask
from cms.publications.stale import stale_publications
from news.models import NewsPage
from partners.models import PartnerName, PartnerPage
from tests.cities.conftest import Seed
from tests.cities.test_shapes import ENVELOPE, KINDS
from tests.contract.city import City
from tests.newsroom import add, draft, publish
from tests.publishing import publish_noted

SPELLINGS = ("Kherson", "Cherson", "Херсон", "Herson")

TEXTS = {
    "sv": "Chersons kommuner får vatten. Förskolorna i städerna öppnar; människorna hjälper varandra.",
    "uk": "Громада відновлює водопостачання в Херсоні. Об’єднані міста надають допомогу, а життя у Львові триває.",
    "fi": "Hersonin kaupungissa korjataan vesijohtoja. Valtuuskunnan jäsenet keskustelivat yhteistyöstä.",
    "en": "Kherson’s cities repair their pipes. The delegations agreed on cooperating in planning.",
}
INFLECTED = [
    *(("sv", word) for word in ("vattens", "vatten", "stad", "människa", "manniskor", "kommun", "hjälp", "FÖRSKOLA")),
    *(("uk", word) for word in ("громади", "відновлення", "місто", "допомога", "Львів", "життям", "об'єднання")),
    *(("fi", word) for word in ("kaupunki", "kaupungin", "vesijohto", "valtuuskunta", "yhteistyö", "keskustelu")),
    *(("en", word) for word in ("city", "pipe", "delegation", "cooperation", "agree", "plans", "repairing")),
]
VITALII = "Віталій Бєлобров"
OWN_TABLES = {"postgresql": (), "sqlite": ("publications_words_data", "publications_words")}
KNOWN_BY_STEMS_ONLY = {("sv", "stad")}


@pytest.fixture(scope="module")
def texts(stage: Seed, django_db_blocker: Any) -> dict[str, list[str]]:
    """Titles of further articles in each language: one with inflected words, and one for each spelling of a name."""
    with django_db_blocker.unblock():
        return {language: _write_examples(stage, language) for language in TEXTS}


def _write_examples(seed: Seed, language: str) -> list[str]:
    written = [_write(seed, language, f"Bro {language}", lead=TEXTS[language])]
    for spelling in SPELLINGS:
        written.append(_write(seed, language, f"{spelling[0]} {language}", lead=f"Om {spelling} med mera."))
    publish_noted()
    return [page.title for page in written]


def _find(city: City, language: str, question: str, more: str = "") -> list[str]:
    """Return the titles of what is found, the best first."""
    answer = city.get(f"/{language}/search?q={question}&limit=100{more}")
    assert answer["total"] == len(answer["items"])
    return [item["title"] for item in answer["items"]]


def _write(seed: Seed, language: str, title: str, lead: str = "Exempel.", **more: Any) -> NewsPage:
    return publish(add(seed.room.news("umea", language), NewsPage(title=title, lead=lead, **more)))


def test_a_search_finds_every_kind_and_gives_the_objects_of_lists_with_a_snippet(city: City, seed: Seed) -> None:
    items = city.get("/sv/search?q=demokrati&limit=100")["items"]
    assert {item["kind"] for item in items} == {"news", "partnerships", "topics"}
    for item in items:
        listed = city.get(f"/sv/{item['kind']}?limit=100")["items"]
        assert {name: value for name, value in item.items() if name != "snippet"} in listed
        assert set(item) == ENVELOPE | KINDS[item["kind"]] - {"body", "phases"} | {"snippet"}


def test_the_body_comes_when_asked_for(city: City, seed: Seed) -> None:
    [item] = city.get("/sv/search?q=Visby&include=body")["items"]
    assert item["body"] == city.get(f"/sv/news/{seed.id}")["body"]


def test_kind_narrows(city: City, seed: Seed) -> None:
    answer = city.get("/sv/search?q=demokrati&kind=topics,partnerships")
    assert {item["kind"] for item in answer["items"]} == {"topics", "partnerships"}
    assert answer["total"] == 2


def test_a_title_weighs_more_than_a_text(city: City, seed: Seed) -> None:
    _write(seed, "sv", "Vänort", lead="Om broar, och mer om broar, och ännu mer om broar.")
    _write(seed, "sv", "Broar", lead="Exempel om annat som händer i staden under våren.")
    assert _find(city, "sv", "broar") == ["Broar", "Vänort"]


@pytest.mark.parametrize("title", ["Буча відбудовує школи", "Школи відбудовують у Бучі", "Дітей з Бучею вітають"])
def test_a_ukrainian_title_with_a_short_name_in_any_form_weighs_more_than_a_text(
    city: City, seed: Seed, title: str
) -> None:
    _write(seed, "uk", "Відбудова", lead="Буча і знову Буча: про Бучу пишуть усі, хто був у Бучі.")
    _write(seed, "uk", title, lead="Приклад про Бучу.")
    assert _find(city, "uk", "Буча") == [title, "Відбудова"]


@pytest.mark.parametrize(
    ("word", "title", "other"),
    [
        ("дім", "Новий дім для родин", "Демократія"),
        ("рік", "Добрий рік", "Реклама в місті"),
        ("ніч", "Ніч музеїв", "Нікополь"),
    ],
)
def test_a_title_that_only_begins_like_a_short_ukrainian_word_weighs_no_more(
    city: City, seed: Seed, word: str, title: str, other: str
) -> None:
    _write(seed, "uk", title, lead="Приклад про інше.")
    _write(seed, "uk", other, lead=f"Приклад, у якому є {word}.")
    assert _find(city, "uk", word) == [title, other]


def test_every_word_must_be_there(city: City, seed: Seed) -> None:
    assert _find(city, "sv", "Visby förstudie") == [seed.article.title]
    assert _find(city, "sv", "Visby Kiruna") == []


@pytest.mark.parametrize(("language", "word"), INFLECTED)
def test_a_word_is_found_in_other_forms(
    city: City, texts: dict[str, list[str]], seed: Seed, language: str, word: str
) -> None:
    if connection.vendor == "sqlite" and (language, word) in KNOWN_BY_STEMS_ONLY:
        pytest.skip("SQLite does not know this form: docs/operations.md")
    assert texts[language][0] in _find(city, language, word)


@pytest.mark.parametrize("language", ["sv", "uk", "fi", "en"])
@pytest.mark.parametrize("name", [*SPELLINGS, "Chersons", "Херсона", "Херсоном", "Hersonin", "Hersonissa", "Kherson's"])
def test_a_name_is_found_in_all_its_spellings(
    city: City, texts: dict[str, list[str]], seed: Seed, language: str, name: str
) -> None:
    found = _find(city, language, name)
    assert set(texts[language][1:]) < set(found)
    assert found[0] == seed.room.section("kherson", language).title


@pytest.mark.parametrize("question", ["", "%20", "%09%0A", "%1C", "%C2%A0", "%EF%BB%BF"])
def test_an_empty_question_is_refused(city: City, seed: Seed, question: str) -> None:
    assert "q" in city.problem(f"/sv/search?q={question}", "invalid-parameters")["allowed"]
    city.problem("/sv/search", "invalid-parameters")


def _draft_only(seed: Seed) -> NewsPage:
    return draft(add(seed.room.news("umea", "sv"), NewsPage(title="Kanariefågel", lead="Exempel.")))


def _unpublished(seed: Seed) -> NewsPage:
    page = _write(seed, "sv", "Kanariefågel")
    publish_noted()
    page.unpublish()
    return page


def _deleted(seed: Seed) -> NewsPage:
    page = _write(seed, "sv", "Kanariefågel")
    publish_noted()
    page.delete()
    return page


def _restricted(seed: Seed) -> NewsPage:
    page = _write(seed, "sv", "Kanariefågel")
    publish_noted()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def _withdrawn(seed: Seed) -> NewsPage:
    page = _write(seed, "sv", "Kanariefågel")
    publish_noted()
    withdraw(page.translation_key, "Återkallad.")
    return page


def _gone(seed: Seed) -> NewsPage:
    page = _write(seed, "sv", "Kanariefågel")
    publish_noted()
    gone(page.translation_key, "merged")
    return page


def _vanished(seed: Seed) -> NewsPage:
    page = _write(seed, "sv", "Kanariefågel")
    publish_noted()
    vanish(page.translation_key)
    return page


HIDDEN = [_draft_only, _unpublished, _deleted, _restricted, _withdrawn, _gone, _vanished]


@pytest.mark.parametrize("hide", HIDDEN)
def test_what_lists_do_not_show_is_neither_found_nor_counted(city: City, seed: Seed, hide: Any) -> None:
    hide(seed)
    assert _find(city, "sv", "kanariefågel") == []
    assert city.get("/fi/search?q=kanariefagel&fallback=sv")["total"] == 0
    assert not SearchText.objects.filter(title_words__contains="kanarie").exists()


def test_what_was_withdrawn_is_found_again_when_it_is_restored(city: City, seed: Seed) -> None:
    page = _withdrawn(seed)
    restore(page.translation_key)
    assert _find(city, "sv", "kanariefågel") == [page.title]


@pytest.mark.parametrize(("typed", "meant"), [("Umea", "Umeå"), ("forstudie", "förstudie"), ("VISBY", "Visby")])
def test_marks_and_capitals_do_not_matter(city: City, seed: Seed, typed: str, meant: str) -> None:
    assert _find(city, "sv", typed) == _find(city, "sv", meant) != []


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "`", "´", "ʹ", ""])
def test_apostrophes_are_one(city: City, texts: dict[str, list[str]], seed: Seed, apostrophe: str) -> None:
    assert texts["uk"][0] in _find(city, "uk", f"об{apostrophe}єднаних")


@pytest.mark.parametrize("typed", ["Бєлобров", "Bielobrov", "bielobrovs", "Бєлоброва", "Віталій Bielobrov"])
@pytest.mark.parametrize("language", ["sv", "uk"])
def test_a_person_is_found_by_each_name_in_each_script(city: City, seed: Seed, language: str, typed: str) -> None:
    assert _find(city, language, typed, "&kind=people") == [seed.vitalii.title if language == "sv" else VITALII]


def test_a_name_of_several_words_is_found_as_a_whole(city: City, seed: Seed) -> None:
    centre = PartnerPage(
        title="Internationellt centrum för lokal demokrati", slug="icld", country="SE", languages=["sv"]
    )
    centre.names = [PartnerName(text="Swedish International Centre for Local Democracy", language="en")]
    publish(add(seed.room.home("sv"), centre))
    assert _find(city, "sv", "Swedish International Centre for Local Democracy") == [centre.title]
    _write(seed, "sv", "Ett internationellt möte")
    assert _find(city, "sv", "Swedish") == [centre.title]  # its first word is no other name of Internationellt


@pytest.mark.parametrize(
    ("name", "forms", "others"),
    [("Рига", ["Рига", "Риги", "Ризі", "Ригу", "Ригою"], ["ригти"]), ("Осло", ["Осло"], ["ослів", "осли", "ослячий"])],
)
def test_a_short_name_is_found_in_its_own_forms(
    city: City, seed: Seed, name: str, forms: list[str], others: list[str]
) -> None:
    place = PartnerPage(title="Example", slug="example", country="LV", languages=["en"])
    place.names = [PartnerName(text=name, language="uk")]
    publish(add(seed.room.home("sv"), place))
    for word in [*forms, *others]:
        _write(seed, "uk", f"Гості: {word}")
    assert set(_find(city, "uk", "Example")) == {f"Гості: {form}" for form in forms}


def test_names_are_those_that_are_published(city: City, seed: Seed) -> None:
    assert _find(city, "sv", "Бєлобров") == [seed.vitalii.title]
    seed.vitalii.unpublish()
    assert _find(city, "sv", "Бєлобров", "&kind=people") == []
    seed.room.section("kherson", "sv").names.all().delete()
    assert "Umeå ingår samarbete med Cherson" in _find(city, "sv", "Herson")  # the other languages' pages still say so


HOSTILE = {
    "operators": 'AND OR NOT NEAR("a" b, 2) title_words : x ^y',
    "quotes": "\"'\"\"'' \\'; DROP TABLE publications_searchtext; --",
    "syntax of PostgreSQL": "!samarbete & (demokrati | <-> :*A) <2> %s %(x)s",
    "a quote that never ends": '"samarbete',
    "wildcards": "* % _ ? samarb*",
    "nothing but punctuation": "?!…—«»()[]{}*:^\"'",
    "emoji": "😀🏙️👩‍👩‍👧",
    "a null": "\x00samarbete\x00",
    "marks without letters": "\u0301\u0308\u0301",
    "as long as may be": "samarbete " * 20,
    "one long word": "å" * 200,
    "many words": " ".join("abcdefghijklmnopqrstuvwxyzåäö") * 3,
    "many short words": "мир рік рок кіт кут ніч під дах сад ліс мир рука нога око ухо",
    "from right to left": "\u202eсамарбете",
    "other scripts": "北京 สวัสดี مرحبا नमस्ते",
    "numbers": "1e999 0x1f 60 000 2024-06-14T08:00:00Z 1,5",
    "letters that grow": "ﬃ İ ß ŉ ǰ ΐ",
    "tags": "<script>alert(1)</script> <mark>",
}


@pytest.mark.parametrize("question", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("language", ["sv", "uk"])
def test_no_question_breaks_the_search(city: City, seed: Seed, language: str, question: str) -> None:
    answer = city.get(f"/{language}/search?q={quote(question[:200])}&fallback=en,fi")
    assert answer["total"] >= len(answer["items"])


@pytest.mark.parametrize("question", ["och", "och att det som", "i"])
def test_a_question_of_small_words_alone_finds_them(city: City, seed: Seed, question: str) -> None:
    assert seed.article.title in _find(city, "sv", question)


def test_small_words_are_not_asked_for_beside_others(city: City, seed: Seed) -> None:
    assert _find(city, "sv", "vad är en förstudie") == _find(city, "sv", "förstudie") != []
    assert _find(city, "sv", "vad är en kanariefågel") == []


@pytest.mark.parametrize("length", [201, 1_000])
def test_a_question_that_is_too_long_is_refused(city: City, seed: Seed, length: int) -> None:
    city.problem(f"/sv/search?q={'a' * length}", "invalid-parameters")


def test_a_question_of_ten_thousand_letters_is_refused_by_its_address(city: City, seed: Seed) -> None:
    city.problem(f"/sv/search?q={'a' * 10_000}", "uri-too-long")


@pytest.mark.parametrize(
    "more", ["page=2&offset=1", "kind=home", "kind=news,", "sort=title", "q=en&q=två", "limit=101"]
)
def test_parameters_are_checked_as_in_lists(city: City, seed: Seed, more: str) -> None:
    city.problem(f"/sv/search?q=Umeå&{more}", "invalid-parameters")


def test_pages_lead_through_all_that_was_found(city: City, seed: Seed) -> None:
    whole = city.get("/sv/search?q=demokrati&limit=100")
    found, address = [], "/sv/search?q=demokrati&limit=2&page=1"
    while address:
        page = city.get(address)
        assert page["total"] == whole["total"] == page["_meta"]["total"]
        found += page["items"]
        following = page["_links"]["next"]
        address = following and following["href"].removeprefix("http://testserver/content/v1")
    assert found == whole["items"]
    behind = city.get("/sv/search?q=demokrati&offset=50")
    assert (behind["items"], behind["total"]) == ([], whole["total"])


def test_a_fallback_gives_each_item_once_in_its_best_language(city: City, seed: Seed) -> None:
    def languages(question: str, chain: str) -> list[tuple[str, str, bool]]:
        items = city.get(f"/fi/search?q={question}&fallback={chain}&limit=100")["items"]
        return [
            (item["language"], item["requested_language"], item["is_fallback"])
            for item in items
            if item["id"] == seed.id
        ]

    assert languages("Kherson", "uk,sv") == [("uk", "fi", True)]
    assert languages("Kherson", "sv,uk") == [("sv", "fi", True)]
    response = city.ask("/fi/search?q=Kherson&fallback=sv&limit=100")
    assert {"fi", "sv"} <= set(response["Content-Language"].split(", "))


def test_a_fallback_is_searched_only_in_the_language_that_is_given(city: City, seed: Seed) -> None:
    assert city.get("/sv/search?q=починає&fallback=uk")["total"] == 0
    assert city.get("/fi/search?q=починає&fallback=uk")["total"] == 1


def test_a_snippet_holds_marks_and_no_other_html(city: City, seed: Seed) -> None:
    _write(seed, "sv", "Fara", lead='Om <script>alert("x")</script> & <b>broar</b> i <mark>norr</mark>.')
    [item] = city.get("/sv/search?q=broar")["items"]
    assert item["snippet"] == (
        "Om &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &lt;b&gt;<mark>broar</mark>&lt;/b&gt; i "
        "&lt;mark&gt;norr&lt;/mark&gt;."
    )


def test_a_snippet_is_the_part_where_the_words_stand(city: City, seed: Seed) -> None:
    before, after = "Inledning utan innehåll. " * 40, " Fortsättning utan innehåll." * 40
    _write(seed, "sv", "Lång", lead=f"{before}Bron över älven öppnar.{after}")
    [item] = city.get("/sv/search?q=bro älv")["items"]
    assert "<mark>Bron</mark> över <mark>älven</mark> öppnar." in item["snippet"]
    assert item["snippet"].startswith("… ")
    assert item["snippet"].endswith(" …")
    assert len(item["snippet"]) < 300


def test_a_snippet_marks_a_name_as_the_text_spells_it(city: City, seed: Seed) -> None:
    items = city.get("/uk/search?q=Kherson&kind=partners")["items"]
    assert [item["snippet"] for item in items] == ["<mark>Херсон</mark>"]


@pytest.mark.parametrize("hide", [_restricted, _vanished])
def test_no_word_remains_of_what_vanished(city: City, seed: Seed, hide: Any) -> None:
    hide(seed)
    publish_noted()
    with connection.cursor() as cursor:
        for table in ("publications_searchtext", "publications_searchname", *OWN_TABLES[connection.vendor]):
            cursor.execute(f"SELECT * FROM {table}")
            assert "kanarie" not in repr(cursor.fetchall()).lower()


def test_a_change_is_found_by_its_new_words_only(city: City, seed: Seed) -> None:
    page = _write(seed, "sv", "Broar")
    page.title = "Vägar"
    publish(page)
    assert (_find(city, "sv", "broar"), _find(city, "sv", "vägar")) == ([], ["Vägar"])


def test_what_search_does_not_know_is_stale_and_mended(city: City, seed: Seed) -> None:
    publish_noted()
    SearchText.objects.filter(key=seed.article.translation_key).delete()
    SearchText.objects.filter(key=seed.janet.translation_key).update(text_words="annat")
    assert {stale.key for stale in stale_publications()} == {seed.article.translation_key, seed.janet.translation_key}
    call_command("publications", "rebuild", stdout=StringIO())
    assert stale_publications() == []
    assert seed.article.title in _find(city, "sv", "förstudie")


def test_names_that_search_has_wrong_are_mended_with_their_publication(city: City, seed: Seed) -> None:
    publish_noted()
    right = _names()
    assert {pk for pk, *_said in right} >= {row.pk for row in Publication.objects.of_kind("people", "partners")}
    SearchName.objects.filter(key=seed.janet.translation_key, part="").update(text="annat", stem="annat")
    SearchName.objects.filter(publication__kind="partners").delete()
    Publication.objects.readable().update(digest="")
    call_command("publications", "rebuild", stdout=StringIO())
    assert _names() == right


def _names() -> list[tuple[Any, ...]]:
    return sorted(SearchName.objects.values_list("publication", "part", "text", "stem"), key=str)


@given(st.text(st.one_of(st.characters(), st.sampled_from("'’ʼ¨ßæ- \u0301\u00a0\n_")), max_size=60))
def test_words_are_the_same_whether_a_text_is_read_whole_or_in_pieces(text: str) -> None:
    assert words_of(text) == [word for word, _start, _end in places_of(text)]


def test_searches_are_counted_apart(city: City, seed: Seed, settings: Settings) -> None:
    settings.RATE_LIMITS = {"answers": 100, "search": 1}
    city.get("/sv/search?q=Umeå")
    assert city.problem("/sv/search?q=Visby", "too-many-requests")["status"] == 429
    city.problem("/sv/news?q=Visby", "too-many-requests")
    city.get("/sv/news")


def test_a_list_is_searched_inside_its_kind_and_keeps_its_order(city: City, seed: Seed) -> None:
    _write(seed, "sv", "Broar", lead="Exempel.", published_at=datetime(2024, 1, 1, tzinfo=UTC))
    _write(seed, "sv", "Vänort", lead="Om broar.", published_at=datetime(2024, 2, 1, tzinfo=UTC))
    listed = city.get("/sv/news?q=broar")
    assert ([item["title"] for item in listed["items"]], listed["total"]) == (["Vänort", "Broar"], 2)
    assert [item["title"] for item in city.get("/sv/news?q=broar&sort=title")["items"]] == ["Broar", "Vänort"]
    assert city.get("/sv/news?q=broar&published_to=2024-01-15")["total"] == 1
    assert city.get("/sv/people?q=broar")["total"] == 0
    assert "q=broar" in listed["_links"]["self"]["href"]


def test_a_searched_list_gives_the_objects_of_the_list(city: City, seed: Seed) -> None:
    listed = {item["id"]: item for item in city.get("/sv/news?limit=100")["items"]}
    for item in city.get("/sv/news?q=Kherson&limit=100")["items"]:
        assert item == listed[item["id"]]


def test_a_searched_list_follows_its_fallback(city: City, seed: Seed) -> None:
    assert [item["id"] for item in city.get("/fi/news?q=починає&fallback=uk,sv")["items"]] == [seed.id]
    assert city.get("/fi/news?q=починає&fallback=sv,uk")["total"] == 0


def test_what_is_withdrawn_is_in_no_searched_list(city: City, seed: Seed) -> None:
    _withdrawn(seed)
    assert city.get("/sv/news?q=kanariefågel&status=withdrawn,published")["total"] == 0


@pytest.mark.parametrize("question", ["", "%20", "a" * 201])
def test_a_searched_list_refuses_what_the_search_refuses(city: City, seed: Seed, question: str) -> None:
    city.problem(f"/sv/news?q={question}", "invalid-parameters")


@pytest.mark.parametrize("question", HOSTILE.values(), ids=HOSTILE)
def test_no_question_breaks_a_list(city: City, seed: Seed, question: str) -> None:
    city.get(f"/sv/news?q={quote(question[:200])}&fallback=uk")


@pytest.mark.postgresql
def test_a_search_that_takes_too_long_is_given_up(city: City, seed: Seed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "LONGEST_SEARCH", 50)
    weights = postgresql.WEIGHTS
    slow = f"{weights}', vector, asked) + length(pg_sleep(1)::text) + ts_rank('{weights}"
    monkeypatch.setattr(postgresql, "WEIGHTS", slow)
    before = transaction.savepoint()  # a request has no transaction around it, this test has
    assert city.problem("/sv/search?q=Umeå", "unavailable")["status"] == 503
    transaction.savepoint_rollback(before)
    monkeypatch.undo()
    assert _find(city, "sv", "Visby") == [seed.article.title]


@pytest.mark.postgresql
@pytest.mark.parametrize("typed", ["Херсн", "спвпрацю"])
def test_a_ukrainian_title_is_found_in_spite_of_a_slip(city: City, seed: Seed, typed: str) -> None:
    assert seed.ukrainian.title in _find(city, "uk", typed)


@pytest.mark.postgresql
def test_search_does_without_similar_words_where_they_may_not_be_installed(
    city: City, seed: Seed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "knows_similar_words", False, raising=False)
    assert _find(city, "uk", "Херсн") == []
    assert seed.ukrainian.title in _find(city, "uk", "співпраця")


@pytest.mark.postgresql
@pytest.mark.parametrize("language", ["uk", "sv", "sv-FI"])
def test_words_are_looked_up_among_the_texts_of_their_language(city: City, seed: Seed, language: str) -> None:
    question = ask("Херсон Умео", [language])
    sql, parameters = postgresql.hits(question, language, ranked=True, using=connection.alias)
    before = transaction.savepoint()
    with connection.cursor() as cursor:
        # In a hub with so few texts PostgreSQL would not look anything up.
        cursor.execute("SET LOCAL enable_seqscan = off; DROP INDEX searchtext_language")
        cursor.execute(f"EXPLAIN {sql}", parameters)
        plan = " ".join(line for (line,) in cursor.fetchall())
    transaction.savepoint_rollback(before)
    assert f"searchtext_vector{'_' + language if len(language) == 2 else ''} " in plan
