"""The concordance: how something was translated before, found by its words in either language."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation

from cms.content.letters import fold
from cms.translation.concordance.questions import opening
from cms.translation.concordance.remembering import forget_for_good
from cms.translation.erasing import erase_texts
from cms.translation.models import Overwritten, Reason, Remembered, StringVersion, mark
from cms.translation.publishing import publish_translation
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators import desk
from tests.translators.desk import SV, UK, signed_in


def look(user: User, q: str, source: str = "sv", target: str = "uk", where: str = "both", **more: str) -> Any:
    """Return what the page knows."""
    url = reverse("desk_concordance")
    answer = signed_in(user).get(url, {"q": q, "source": source, "target": target, "where": where, **more})
    assert answer.status_code == 200
    return answer


def targets(user: User, q: str, **choices: str) -> list[str]:
    """Return the translations that are found, without marks."""
    found = look(user, q, **choices).context.get("found", [])
    return [str(text.target).replace("<mark>", "").replace("</mark>", "") for text in found]


@pytest.fixture
def said(ukrainian: Translation, translator: User) -> Translation:
    """The article, translated by a person."""
    desk.say(ukrainian, UK, user=translator)
    desk.commit()
    return ukrainian


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Visby", "fact"),
        ("VISBY", "fact"),
        ("umea demokrati stadsplanering", "lead"),  # å without its ring
        ("delegationer", "paragraph"),  # another form
        ("delega", "paragraph"),  # a beginning
        ("Вісбю", "fact"),
        ("делегацією", "paragraph"),
        ("ДЕМОКРАТІЮ свободу", "quote"),
        ('"stå upp för demokrati"', "quote"),
    ],
)
def test_words_are_found_in_either_language_whatever_their_case_accents_and_endings(
    said: Translation, translator: User, words: str, found: str
) -> None:
    assert UK[found] in targets(translator, words)


@pytest.mark.parametrize("text", ["—", "  ", "…!", "<b></b>"])
def test_a_text_without_a_word_is_stored_and_found_by_its_source(
    said: Translation, translator: User, text: str
) -> None:
    desk.say_one(said, desk.segment_of(said, SV["fact"]), text)
    desk.commit()
    now, earlier = look(translator, "Visby").context["found"]
    assert (now.until, str(earlier.target)) == (None, UK["fact"])


def test_all_words_must_be_there_and_what_is_quoted_as_it_stands(said: Translation, translator: User) -> None:
    assert targets(translator, "Visby demokrati") == []
    assert targets(translator, '"upp stå"') == []
    assert targets(translator, '"stå upp"') == [UK["quote"]]


def test_it_looks_only_on_the_side_that_is_asked_for(said: Translation, translator: User) -> None:
    assert targets(translator, "Visby", where="source") == [UK["fact"]]
    assert targets(translator, "Visby", where="target") == []
    assert targets(translator, "Вісбю", where="target") == [UK["fact"]]
    assert targets(translator, "Visby", target="fi") == []


def test_what_was_translated_the_other_way_is_found_and_says_so(said: Translation, translator: User) -> None:
    [found] = look(translator, "Visby", source="uk", target="sv").context["found"]
    assert (found.source, found.is_reversed) == (UK["fact"], True)
    assert "<mark>Visby</mark>" in found.target


def test_it_says_where_a_text_stands_who_wrote_it_and_leads_there(said: Translation, translator: User) -> None:
    [found] = look(translator, "Visby").context["found"]
    assert (found.title, found.who, found.is_confirmed) == (SV["title"], "uk-translator", True)
    assert found.place == "Fact box › Facts"
    segment = desk.segment_of(said, SV["fact"])
    page = said.get_target_instance()
    assert found.url == reverse("wagtailadmin_pages:edit", args=[page.pk]) + f"#segment-{segment.pk}"
    assert f'id="segment-{segment.pk}"' in signed_in(translator).get(found.url.partition("#")[0]).content.decode()


def test_it_leads_nobody_to_what_they_may_not_open(
    said: Translation, kherson_editor: User, administrator: User
) -> None:
    desk.say(said, UK)
    published(said)
    [found] = look(kherson_editor, "Visby").context["found"]
    assert (found.title, found.url) == (SV["title"], "")
    assert look(administrator, "Visby").context["found"][0].url


def test_what_nobody_accepted_is_told_apart(said: Translation, translator: User) -> None:
    rows = StringTranslation.objects.filter(translation_of__data=SV["fact"])
    mark(rows.get(), Reason.MEMORY)
    [found] = look(translator, "Visby").context["found"]
    assert (found.is_confirmed, found.status) == (False, "From the translation memory, not accepted by a person")


def test_nothing_is_found_that_the_reader_may_not_read(
    said: Translation, article: NewsPage, translator: User, kherson_editor: User
) -> None:
    assert targets(kherson_editor, "Visby") == [], "the translation is a draft of others"
    published(said)
    assert targets(kherson_editor, "Visby") == [UK["fact"]]
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert targets(kherson_editor, "Visby") == []
    assert targets(translator, "Visby") == [], "the source was restricted"


def test_markup_in_a_text_does_nothing(ukrainian: Translation, translator: User) -> None:
    desk.say_one(ukrainian, desk.segment_of(ukrainian, SV["fact"]), "Вісбю &lt;script&gt;alert(1)&lt;/script&gt;")
    page = look(translator, "Вісбю").content.decode()
    assert "<mark>Вісбю</mark> &lt;script&gt;alert(1)&lt;/script&gt;" in page
    page = look(translator, '"><script>alert(2)</script>').content.decode()
    assert "<script>alert(2)" not in page


def rewrite_fact(translation: Translation, text: str, user: User) -> StringTranslation:
    """Write another translation of the fact in place of what stands there."""
    return desk.say_one(translation, desk.segment_of(translation, SV["fact"]), text, user=user)


def test_a_text_that_was_changed_or_taken_away_is_found_as_an_earlier_wording_after_what_stands(
    said: Translation, translator: User, room: Newsroom
) -> None:
    reviewer = desk.account("uk-reviewer", {room.home("uk"): ("change", "publish")})
    row = rewrite_fact(said, "Контора ICLD у Вісбю", reviewer)
    now, earlier = look(translator, "Visby").context["found"]
    assert (str(now.target), now.until) == (row.data, None)
    assert (str(earlier.target), earlier.who, earlier.changed_by) == (UK["fact"], "uk-translator", "uk-reviewer")
    assert (earlier.status, earlier.is_confirmed) == ("Typed", False)
    assert earlier.when < earlier.until
    assert (earlier.title, earlier.place) == (SV["title"], "Fact box › Facts")
    assert (earlier.url, earlier.times) == (now.url, 1)
    page = look(translator, "розташований").content.decode()
    assert ("Earlier wording" in page, "changed by uk-reviewer" in page) == (True, True)
    row.delete()
    assert targets(translator, "контора") == ["Контора ICLD у Вісбю"]
    assert look(translator, "контора").context["found"][0].until


def test_what_stood_there_before_there_was_a_history_says_only_until_when(said: Translation, translator: User) -> None:
    StringVersion.objects.all().delete()
    rewrite_fact(said, "Контора ICLD у Вісбю", translator)
    [earlier] = look(translator, "розташований").context["found"]
    assert (earlier.who, earlier.when, earlier.status, earlier.changed_by) == ("", None, "", "uk-translator")
    page = " ".join(look(translator, "розташований").content.decode().split())
    assert ", changed by uk-translator" in page


def test_an_earlier_wording_that_still_stands_somewhere_is_not_repeated(said: Translation, translator: User) -> None:
    rewrite_fact(said, "Контора ICLD у Вісбю", translator)
    other = desk.begin(desk.write_article("sv"), "uk")
    rewrite_fact(other, UK["fact"], translator)
    assert targets(translator, "Visby") == [UK["fact"], "Контора ICLD у Вісбю"]
    rewrite_fact(said, UK["fact"], translator)  # taken again
    rewrite_fact(said, "Контора ICLD у Вісбю", translator)
    rewrite_fact(other, "Контора ICLD у Вісбю", translator)
    assert targets(translator, "Visby") == ["Контора ICLD у Вісбю", UK["fact"]], "however often it was overwritten"


def test_what_stands_only_where_the_reader_may_not_read_hides_no_earlier_wording(
    said: Translation, translator: User, kherson_editor: User
) -> None:
    published(said)
    rewrite_fact(said, "Контора ICLD у Вісбю", translator)
    rewrite_fact(desk.begin(desk.write_article("sv"), "uk"), UK["fact"], translator)
    assert targets(kherson_editor, "розташований") == [UK["fact"]]


def test_no_earlier_wording_is_found_that_the_reader_may_not_read(
    said: Translation, article: NewsPage, translator: User, kherson_editor: User
) -> None:
    rewrite_fact(said, "Контора ICLD у Вісбю", translator)
    assert targets(kherson_editor, "розташований") == [], "the translation is a draft of others"
    published(said)
    rewrite_fact(said, "Контора ICLD у Вісбю", translator)
    assert targets(kherson_editor, "розташований") == [UK["fact"]]
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert targets(kherson_editor, "розташований") == []
    assert targets(translator, "розташований") == [], "the source was restricted"


def test_no_earlier_wording_of_erased_texts_is_left(said: Translation, translator: User) -> None:
    rewrite_fact(said, "Контора ICLD у Вісбю", translator)
    assert Overwritten.objects.exists()
    erase_texts(said.source.object_id)
    forget_for_good()
    assert not Remembered.objects.exists()
    assert not Overwritten.objects.exists()
    assert targets(translator, "розташований") == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL vacuums its indexes by itself")
@pytest.mark.django_db(transaction=True)
def test_no_word_of_an_erased_wording_is_left_in_the_index(said: Translation, translator: User) -> None:
    rewrite_fact(said, "Контора ICLD у Вісбю", translator)
    erase_texts(said.source.object_id)
    forget_for_good()
    with connection.cursor() as cursor:
        cursor.execute("SELECT group_concat(quote(block)) FROM translation_overwritten_words_data")
        # Words that begin alike share their beginning there.
        assert fold("шований").encode().hex().upper() not in cursor.fetchone()[0]


def test_an_earlier_wording_the_other_way_is_found_and_says_so(said: Translation, translator: User) -> None:
    rewrite_fact(said, "Контора ICLD у Вісбю", translator)
    _now, earlier = look(translator, "Visby", source="uk", target="sv").context["found"]
    assert (str(earlier.source), earlier.is_reversed) == (UK["fact"], True)
    assert "<mark>Visby</mark>" in earlier.target


def test_the_same_words_are_shown_once_and_counted(said: Translation, translator: User) -> None:
    other = desk.begin(desk.write_article("sv"), "uk")
    desk.say(other, UK, user=translator)
    [found] = look(translator, "Visby").context["found"]
    assert found.times == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("i", "Type a word of at least two letters."),
        ("!?", "Type a word of at least two letters."),
        ("", "Find how something was translated before"),
        ("kanariefågel", "No translation that you may read has these words."),
    ],
)
def test_the_page_says_why_it_shows_nothing(said: Translation, translator: User, words: str, sentence: str) -> None:
    assert sentence in look(translator, words).content.decode()


def test_a_language_beside_itself_is_no_pair(said: Translation, translator: User) -> None:
    assert "Choose two different languages." in look(translator, "Visby", target="sv").content.decode()


def test_it_begins_with_the_readers_own_language(said: Translation, translator: User) -> None:
    form = signed_in(translator).get(reverse("desk_concordance"), {"q": "Visby"}).context["form"]
    assert (form.cleaned_data["source"], form.cleaned_data["target"]) == ("sv", "uk")


def test_there_are_twenty_on_a_page(said: Translation, translator: User) -> None:
    segment = desk.segment_of(said, SV["fact"])
    for number in range(25):
        translation = desk.begin(desk.write_article("sv"), "uk")
        desk.say_one(translation, desk.segment_of(translation, segment.string.data), f"Вісбю {number}")
    first, second = look(translator, "Visby").context, look(translator, "Visby", p="2").context
    assert (len(first["found"]), len(second["found"]), first["total"]) == (20, 6, 26)


def test_every_text_is_found_however_many_newer_ones_have_its_words(said: Translation, translator: User) -> None:
    desk.say_many(said, {f"Möte {number} om demokrati": f"Зустріч {number} про демократію" for number in range(2_100)})
    first = look(translator, "demokrati").context
    assert (first["total"], str(first["found"][0].target)) == (2_102, "Зустріч 2099 про демократію")
    last = look(translator, "demokrati", p="106").context["found"]
    assert [str(text.target).replace("<mark>", "").replace("</mark>", "") for text in last] == [UK["quote"], UK["lead"]]


def test_it_costs_the_same_for_one_text_and_for_many(said: Translation, translator: User) -> None:
    client = signed_in(translator)

    def queries() -> int:
        address = {"q": "demokrati", "source": "sv", "target": "uk"}
        client.get(reverse("desk_concordance"), address)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("desk_concordance"), address)
        return len(captured)

    desk.say_one(said, desk.segment_of(said, SV["lead"]), "Демократія й місто")
    one = queries()
    for number in range(5):
        translation = desk.begin(desk.write_article("sv"), "uk")
        for word in ("Демократія", "Народовладдя"):
            desk.say_one(translation, desk.segment_of(translation, SV["lead"]), f"{word} {number}")
    assert queries() == one
    assert look(translator, "demokrati").context["total"] == 13


def test_a_workbench_leads_to_it_with_the_words_of_the_text(said: Translation, translator: User) -> None:
    page = said.get_target_instance()
    shown = signed_in(translator).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert f"{reverse('desk_concordance')}?q=ICLD%20sitt%20kontor&amp;source=sv&amp;target=uk" in shown


def test_a_search_for_a_text_begins_with_its_first_telling_words() -> None:
    assert opening("Det är <b>viktigt</b> att stå upp för demokrati", "sv") == "viktigt stå demokrati"
    assert opening("!", "sv") == ""


def published(translation: Translation) -> None:
    desk.say(translation, UK)
    publish_translation(translation)
    desk.commit()


@pytest.fixture
def administrator() -> User:
    """Who may do everything."""
    return User.objects.create_superuser("administrator")
