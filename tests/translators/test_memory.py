"""What was translated before is filled in, marked until a person accepts it; what is like it is offered."""

from difflib import SequenceMatcher

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test.client import encode_multipart
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale, PageViewRestriction
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation

from cms.translation.concordance import looking
from cms.translation.differences import words
from cms.translation.memory import LEAST, LONG, Match, likeness, prefill, suggest
from cms.translation.models import Reason, Unconfirmed, accept, mark, unconfirmed
from cms.translation.publishing import publish_translation
from cms.translation.submitting import translate
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators import desk
from tests.translators.desk import SV, UK, commit, rewrite, say, say_one, segment_of, signed_in

LIKE_THE_LEAD = SV["lead"].replace("demokrati", "demokrati, vatten")


@pytest.fixture
def published(ukrainian: Translation) -> Translation:
    """The seed article in Ukrainian, live."""
    say(ukrainian, UK)
    publish_translation(ukrainian)
    commit()
    return ukrainian


def similar(**changes: str) -> NewsPage:
    """Publish an article that shares most of its words with the seed article."""
    page = desk.write_article("sv")
    rewrite(page, title="Umeå och Cherson skriver avtal", **changes)
    return NewsPage.objects.get(pk=page.pk)


def translations(translation: Translation) -> dict[str, StringTranslation]:
    rows = translation.source.stringsegment_set.get_translations(translation.target_locale)
    return {row.translation_of.data: row for row in rows.select_related("translation_of")}


def offered(text: str, user: User | None = None, source: str = "sv", target: str = "uk") -> list[Match]:
    first, second = (Locale.objects.get(language_code=code) for code in (source, target))
    return suggest(text, first, second, user=user)


def type_in(user: User, translation: Translation, segment: StringSegment, text: str) -> int:
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    body = encode_multipart("misto", {"value": text})
    answer = signed_in(user).put(url, body, content_type="multipart/form-data; boundary=misto")
    return answer.status_code


def test_a_translation_begins_with_what_was_translated_before(published: Translation) -> None:
    begun = translate(similar(), "uk")
    found = translations(begun)
    assert {text: row.data for text, row in found.items()} == {SV[name]: UK[name] for name in UK if name != "title"}
    assert {row.tool_name for row in found.values()} == {"Translation memory"}
    assert set(unconfirmed(begun).values_list("reason", flat=True)) == {Reason.MEMORY}
    assert unconfirmed(begun).count() == len(found) == 6


def test_the_newest_translation_is_taken(published: Translation) -> None:
    second = translate(similar(), "uk")
    say(second, UK | {"fact": "ICLD має офіс у Вісбю."})
    say_one(second, desk.open_segments(second)[0], "Умео і Херсон підписують угоду")
    publish_translation(second)
    third = translate(similar(), "uk")
    assert translations(third)[SV["fact"]].data == "ICLD має офіс у Вісбю."


def test_the_text_most_alike_is_offered_however_many_older_and_newer_ones_share_a_word(published: Translation) -> None:
    desk.say_many(
        published, {f"Möte {number} om stadsplanering": f"Зустріч {number} про планування" for number in range(2_100)}
    )
    latest = LIKE_THE_LEAD.replace("vatten", "hav")
    desk.say_many(published, {latest: "Найновіший"})
    assert {match.source for match in offered(LIKE_THE_LEAD)[:2]} == {SV["lead"], latest}


@pytest.mark.parametrize("most", [2, 50])
def test_texts_with_all_the_words_are_offered_before_those_with_some(
    published: Translation, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    whole = {f"Möte {number} om stadsplanering i hamnen": f"Зустріч {number} про порт" for number in range(5)}
    some = {f"Möte {number} om hamnen": f"Зустріч {number} у порту" for number in range(5)}
    desk.say_many(published, whole | some)
    monkeypatch.setattr(looking, "MOST", most)
    matches = offered("Möte om stadsplanering i hamnen")
    assert len(matches) == min(most, len(whole))
    assert {match.source for match in matches} <= whole.keys()


LIKE = [
    ("Mötet den 12 maj i Umeå", "Mötet den 345 maj i Umeå"),
    ("Umeå och Cherson", "Umeå och Cherson skriver avtal"),
    ("skriver avtal", "Umeå och Cherson skriver avtal"),
    ("Mötet i Umeå", "Mötet i Umeå"),
    ("Mötet i Umeå", "Зустріч у Херсоні"),
    ("Mötet", ""),
]


@pytest.mark.parametrize(("said", "text"), LIKE)
@pytest.mark.parametrize("times", [1, 40])
def test_what_two_texts_begin_and_end_with_alike_counts_as_any_other_part(said: str, text: str, times: int) -> None:
    said, text = " ".join([said] * times), " ".join([text] * times).strip()
    by_words = len(said) > LONG or len(text) > LONG
    one, other = (words(said), words(text)) if by_words else (said, text)
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    found = likeness(said, text)
    assert found == pytest.approx(ratio) if ratio >= LEAST else found < LEAST


def test_what_somebody_wrote_is_never_overwritten(published: Translation) -> None:
    begun = translate(similar(), "uk")
    say(begun, {"fact": "ICLD міститься у Вісбю."})
    StringTranslation.objects.filter(pk=translations(begun)[SV["box"]].pk).update(has_error=True)
    assert prefill(begun) == 0
    assert translations(begun)[SV["fact"]].data == "ICLD міститься у Вісбю."


def test_other_blanks_are_the_same_words(published: Translation) -> None:
    begun = translate(similar(lead=SV["lead"].replace("Umeå kommun", "Umeå\xa0kommun")), "uk")
    assert UK["lead"] in {row.data for row in translations(begun).values()}


def test_a_text_that_was_once_a_translation_is_known_the_other_way_round(published: Translation) -> None:
    ukrainian = desk.write_article("uk", city="kherson")
    begun = translate(ukrainian, "sv")
    assert translations(begun)[UK["quote"]].data == SV["quote"]


def test_new_text_of_a_source_is_filled_too(published: Translation) -> None:
    begun = translate(similar(lead="En helt ny ingress om vatten."), "uk")
    assert SV["lead"] not in translations(begun)
    rewrite(NewsPage.objects.get(pk=begun.source.get_source_instance().pk), lead=SV["lead"])
    assert translations(begun)[SV["lead"]].data == UK["lead"]


def test_a_machines_text_stays_a_machines_and_is_only_copied_when_a_person_accepted_it(ukrainian: Translation) -> None:
    say(ukrainian, UK, tool="DeepL")
    publish_translation(ukrainian)
    mark(translations(ukrainian)[SV["fact"]], Reason.MACHINE)
    begun = translate(similar(), "uk")
    assert SV["fact"] not in translations(begun)
    assert translations(begun)[SV["lead"]].translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE


def test_the_mark_goes_when_a_person_saves_or_accepts(published: Translation, translator: User) -> None:
    begun = translate(similar(), "uk")
    segment = segment_of(begun, SV["fact"])
    assert type_in(translator, begun, segment, UK["fact"]) == 200
    assert not Unconfirmed.objects.filter(pk=translations(begun)[SV["fact"]].pk).exists()
    quote = translations(begun)[SV["quote"]]
    assert accept(quote, translator)
    assert not accept(quote, translator)
    assert not Unconfirmed.objects.filter(pk=quote.pk).exists()
    assert unconfirmed(begun).count() == 4


def test_nobody_accepts_in_a_language_that_is_not_theirs(published: Translation, editor: User) -> None:
    begun = translate(similar(), "uk")
    with pytest.raises(PermissionDenied):
        accept(translations(begun)[SV["fact"]], editor)
    assert unconfirmed(begun).count() == 6


def test_what_is_like_it_is_offered_with_its_score_and_difference(published: Translation) -> None:
    [best, *_] = offered(LIKE_THE_LEAD)
    assert (best.source, best.target, best.page) == (SV["lead"], UK["lead"], SV["title"])
    assert 90 < best.percent < 100
    assert "<ins>, vatten</ins>" in best.difference_html
    assert offered(SV["lead"])[0].percent == 100
    assert offered("Något helt annat") == []


def test_a_difference_is_safe_html(ukrainian: Translation) -> None:
    segment = segment_of(ukrainian, SV["fact"])
    string = String.objects.get(pk=segment.string_id)
    string.data = "ICLD &lt;script&gt; har sitt kontor i Visby."
    string.save()
    say_one(ukrainian, segment, UK["fact"])
    publish = User.objects.create_superuser("admin")
    [match] = offered("ICLD &lt;b&gt; har sitt kontor i Visby.", publish)
    assert "<script>" not in match.difference_html
    assert "<b>" not in match.difference_html
    assert "&lt;" in match.difference_html


def test_matches_are_found_the_other_way_round(published: Translation) -> None:
    [match, *_] = offered(UK["lead"], source="uk", target="sv")
    assert (match.source, match.target) == (UK["lead"], SV["lead"])


def test_nothing_comes_from_a_page_that_its_reader_may_not_read(
    published: Translation, translator: User, kherson_editor: User
) -> None:
    page = published.get_target_instance()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    commit()
    assert offered(SV["lead"]) == []
    assert offered(SV["lead"], kherson_editor) == []
    assert offered(SV["lead"], translator)[0].target == UK["lead"]
    assert translations(translate(similar(), "uk")) == {}


def test_a_restriction_above_counts_too(published: Translation, room: Newsroom) -> None:
    PageViewRestriction.objects.create(page=room.section("umea", "sv"), restriction_type=PageViewRestriction.LOGIN)
    commit()
    assert offered(SV["lead"]) == []


def test_drafts_are_only_offered_to_those_who_write_them(ukrainian: Translation, translator: User) -> None:
    say(ukrainian, UK)
    assert offered(SV["lead"]) == []
    assert offered(SV["lead"], translator)[0].target == UK["lead"]


def test_more_memory_costs_no_more_queries(
    published: Translation, translator: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    offered(SV["lead"], translator)
    for _round in range(3):
        begun = translate(similar(lead=LIKE_THE_LEAD), "uk")
        say(begun, UK)
    with django_assert_num_queries(7):  # restrictions, rights, the words of each direction, rows, titles
        assert offered(SV["lead"], translator)
