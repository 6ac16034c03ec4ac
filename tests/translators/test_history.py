"""Every string keeps its history: who changed it, when, by which way, from what to what."""

import pytest
from django.contrib.auth.models import User
from wagtail_localize.models import StringSegment, Translation

from cms.translation.models import StringVersion, Way
from cms.translation.workbench.versions import versions_of
from tests.translators.desk import SV, UK, open_segments, say, say_one, segment_of, signed_in
from tests.translators.test_memory import translations, type_in

OTHER = "ICLD має офіс у Вісбю."


@pytest.fixture
def fact(ukrainian: Translation) -> StringSegment:
    """The sentence about the office."""
    return segment_of(ukrainian, SV["fact"])


def told(translation: Translation, segment: StringSegment) -> list[tuple[str, str, str, str]]:
    return [
        (version.before, version.after, version.way, version.user.username if version.user else "")
        for version in versions_of(translation, segment)
    ]


def test_a_second_writer_does_not_wipe_out_the_first(
    ukrainian: Translation, fact: StringSegment, translator: User
) -> None:
    """Trap 19: stock localize keeps the latest value only."""
    admin = User.objects.create_superuser("admin")
    type_in(translator, ukrainian, fact, UK["fact"])
    type_in(admin, ukrainian, fact, OTHER)
    type_in(admin, ukrainian, fact, OTHER)
    assert told(ukrainian, fact) == [
        (UK["fact"], OTHER, Way.TYPED, "admin"),
        ("", UK["fact"], Way.TYPED, "uk-translator"),
    ]


def test_an_earlier_text_is_taken_again(ukrainian: Translation, fact: StringSegment, translator: User) -> None:
    say_one(ukrainian, fact, UK["fact"])
    say_one(ukrainian, fact, OTHER)
    type_in(translator, ukrainian, fact, UK["fact"])
    assert translations(ukrainian)[SV["fact"]].data == UK["fact"]
    assert told(ukrainian, fact)[0] == (OTHER, UK["fact"], Way.RESTORED, "uk-translator")


def test_taking_a_text_away_is_told_too(ukrainian: Translation, fact: StringSegment, translator: User) -> None:
    type_in(translator, ukrainian, fact, UK["fact"])
    url = f"/admin/localize/translate/{ukrainian.pk}/strings/{fact.pk}/edit/"
    assert signed_in(translator).delete(url).status_code == 200
    assert told(ukrainian, fact)[0] == (UK["fact"], "", Way.REMOVED, "uk-translator")


def test_the_history_says_what_a_machine_said(ukrainian: Translation, fact: StringSegment) -> None:
    say_one(ukrainian, fact, OTHER, tool="DeepL")
    [version] = versions_of(ukrainian, fact)
    assert (version.way, version.tool, version.user) == (Way.MACHINE, "DeepL", None)


def test_a_string_in_error_is_told_once(ukrainian: Translation, fact: StringSegment) -> None:
    say_one(ukrainian, fact, "<script>alert(1)</script>")
    assert len(told(ukrainian, fact)) == 1


def test_each_segment_has_its_own(ukrainian: Translation, fact: StringSegment) -> None:
    say(ukrainian, UK)
    assert [len(versions_of(ukrainian, segment)) for segment in open_segments(ukrainian)] == [1] * len(UK)
    assert StringVersion.objects.count() == len(UK)
