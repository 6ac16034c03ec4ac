"""What translators are given is what localize would give them, and is taken apart only when the source has changed."""

import json
from collections.abc import Callable
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    TemplateSegment,
    Translation,
    TranslationSource,
)

from cms.publications.publish import publish
from news.models import ChangeNote, NewsPage
from tests.translators.desk import SV, UK, commit, open_segments, read, rewrite, save_draft, say_one, segment_of


def _item(text: str) -> dict[str, str]:
    return {"type": "item", "id": str(uuid4()), "value": text}


ITEMS = [_item(SV["fact"]), _item("Förstudien tar ett år.")]
BLOCKS = [
    ("paragraph", "<p>Läs <a href='https://www.umea.se/'>hos Umeå</a> eller <b>ring</b>.</p><p>Svaret dröjer.</p>"),
    ("paragraph", "<ul><li>vatten</li><li>beredskap</li></ul>"),
    ("quote", {"text": SV["quote"], "name": SV["name"], "role": "kommunalråd"}),
    (
        "fact_box",
        {
            "title": SV["box"],
            "text": "<p>Ett stycke.</p>",
            "items": [_item(SV["fact"]), _item("Förstudien tar ett år.")],
        },
    ),
]

Row = tuple[object, ...]


def stored(source: TranslationSource) -> list[Row]:
    """Return what localize's tables say of a source, primary keys apart."""
    what = {
        StringSegment: ("string__data", "attrs"),
        TemplateSegment: (
            "template__uuid",
            "template__template",
            "template__template_format",
            "template__string_count",
        ),
        OverridableSegment: ("data_json",),
    }
    place = ("order", "context__path", "context__field_path")
    return sorted(
        row for model, said in what.items() for row in model.objects.filter(source=source).values_list(*place, *said)
    )


def body_of(*blocks: tuple[str, object]) -> object:
    """Return a body, each block with an id of its own."""
    raw = [{"type": kind, "id": str(uuid4()), "value": value} for kind, value in blocks]
    return NewsPage._meta.get_field("body").to_python(json.dumps(raw))


def reorder(article: NewsPage) -> None:
    """Turn the body around."""
    rewrite(article, body=list(reversed([(block.block_type, block.value) for block in read(article).body])))


def take_away(article: NewsPage) -> None:
    """Leave one paragraph."""
    rewrite(article, body=body_of(BLOCKS[1]))


def repeat(article: NewsPage) -> None:
    """Say the same twice, in two places."""
    rewrite(article, body=body_of(*BLOCKS, BLOCKS[0]), lead=SV["quote"])


def note_a_change(article: NewsPage) -> None:
    """Add a row with a text."""
    note = ChangeNote(article=article, text="Rättat namn.", at="2024-06-15T08:00:00Z", locale=article.locale)
    rewrite(article, change_notes=[note])


@pytest.mark.parametrize("change", [reorder, take_away, repeat, note_a_change])
def test_translators_get_the_rows_that_localize_would_make(
    change: Callable[[NewsPage], None], article: NewsPage, ukrainian: Translation
) -> None:
    rewrite(article, body=body_of(*BLOCKS))
    change(article)
    source = TranslationSource.objects.get(pk=ukrainian.source_id)
    ours = stored(source)
    for model in (StringSegment, TemplateSegment, OverridableSegment):
        model.objects.filter(source=source).delete()
    TranslationSource.objects.filter(pk=source.pk).update(content_json="{}")
    source, _made = TranslationSource.update_or_create_from_instance(read(article))
    theirs = stored(source)
    assert [row for row in ours if row not in theirs] == []
    assert ours == theirs != []


def test_what_did_not_change_keeps_its_rows(article: NewsPage, ukrainian: Translation) -> None:
    before = {segment.string.data: segment.pk for segment in open_segments(ukrainian)}
    rewrite(article, lead="Umeå och Cherson har skrivit under.")
    after = {segment.string.data: segment.pk for segment in open_segments(ukrainian)}
    assert {text for text in before if before[text] != after.get(text)} == {SV["lead"]}


def test_a_paragraph_in_between_moves_the_others_and_makes_none_of_them_anew(
    article: NewsPage, ukrainian: Translation
) -> None:
    """A workbench that is open meanwhile knows its texts by their rows."""
    rewrite(article, body=body_of(*BLOCKS))
    before = {segment.pk: segment.string.data for segment in open_segments(ukrainian)}
    blocks = [("paragraph", "<p>Helt nytt.</p>"), *((b.block_type, b.value) for b in read(article).body)]
    body = read(article).body
    body.insert(0, blocks[0])
    rewrite(article, body=body)
    after = {segment.pk: segment.string.data for segment in open_segments(ukrainian)}
    assert set(after.values()) - set(before.values()) == {"Helt nytt."}
    assert {pk: after.get(pk) for pk in before} == before
    source = TranslationSource.objects.get(pk=ukrainian.source_id)
    ours = stored(source)
    source.update_from_db()
    assert ours == stored(source)


def test_a_source_is_taken_apart_once_when_it_changed(article: NewsPage, ukrainian: Translation) -> None:
    assert count_extractions(lambda: rewrite(article, lead="Umeå och Cherson har skrivit under.")) == 1


def test_a_source_that_did_not_change_is_not_taken_apart(article: NewsPage, ukrainian: Translation) -> None:
    rewrite(article, lead="Umeå och Cherson har skrivit under.")
    assert count_extractions(lambda: rewrite(article)) == 0
    assert count_extractions(lambda: publish([article.translation_key], mending=True)) == 0


def test_saving_a_draft_takes_nothing_apart_and_looks_at_no_publication(
    article: NewsPage, ukrainian: Translation
) -> None:
    with patch("cms.publications.publish.publish_marks") as published:
        save_draft(article, lead="Hemligt tills vidare.")
        commit()
    assert published.call_count == 0


def test_a_licence_that_is_the_same_in_every_language_reaches_its_translations(
    article: NewsPage, ukrainian: Translation
) -> None:
    """No string has changed, but a translation takes it over."""
    rewrite(article, license="CC0-1.0")
    source = TranslationSource.objects.get(pk=ukrainian.source_id)
    assert source.get_ephemeral_translated_instance(ukrainian.target_locale, fallback=True).license == "CC0-1.0"


def test_what_localize_took_itself_is_looked_at_again(article: NewsPage, ukrainian: Translation) -> None:
    """Its own button “Sync translated pages” writes the same tables."""
    rewrite(article, lead="Umeå och Cherson har skrivit under.")
    source = TranslationSource.objects.get(pk=ukrainian.source_id)
    NewsPage.objects.filter(pk=article.pk).update(lead=SV["lead"])
    source.update_from_db()
    publish([article.translation_key])
    assert SV["lead"] in {segment.string.data for segment in open_segments(ukrainian)}


def test_a_change_of_one_text_costs_the_same_in_a_long_article(article: NewsPage, ukrainian: Translation) -> None:
    short = count_queries(lambda: change_lead(article, "Umeå och Cherson har skrivit under."))
    rewrite(article, body=body_of(*BLOCKS, *BLOCKS, *BLOCKS, *BLOCKS))
    assert count_queries(lambda: change_lead(article, "Umeå och Cherson har skrivit på.")) == short


def test_what_was_said_before_is_offered_when_the_text_comes_back(article: NewsPage, ukrainian: Translation) -> None:
    say_one(ukrainian, segment_of(ukrainian, SV["lead"]), UK["lead"])
    rewrite(article, lead="Umeå och Cherson har skrivit under.")
    rewrite(article, lead=SV["lead"])
    segments = ukrainian.source.stringsegment_set.annotate_translation(ukrainian.target_locale_id)
    assert segments.get(string__data=SV["lead"]).translation == UK["lead"]


def change_lead(article: NewsPage, lead: str) -> None:
    """Publish another lead, past all that Wagtail does."""
    NewsPage.objects.filter(pk=article.pk).update(lead=lead)
    publish([article.translation_key])


def count_extractions(act: Callable[[], object]) -> int:
    """Return how many times an act takes a text apart while it publishes."""
    from wagtail_localize.segments.extract import extract_segments

    with patch("cms.translation.extractions.extract_segments", side_effect=extract_segments) as extracted:
        act()
    return int(extracted.call_count)


def count_queries(act: Callable[[], object]) -> int:
    """Return how many times an act asks the database."""
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)
