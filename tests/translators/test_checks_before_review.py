"""Every check, by sending a translation to review: errors refuse and name the text, warnings are only shown."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail_localize.models import Translation

from cms.demo.register import fill_register
from cms.demo.reviews import set_up_language_reviews
from cms.translation.checks import find
from cms.translation.models import NameForm, Term, TermForm
from cms.translation.names.models import Use
from cms.translation.submitting import translate
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators.desk import (
    SV,
    UK,
    account,
    commit,
    in_language,
    read,
    rewrite,
    say,
    say_one,
    segment_of,
    sentences,
    signed_in,
)

LINKED = 'Läs <a id="a1">avtalet</a> från den 10 juni 2024 och <b>planen</b>.'
ALT = "Två broar över älven"
GOOD = {
    LINKED: 'Читайте <a id="a1">угоду</a> від 10 червня 2024 року та <b>план</b>.',
    ALT: "Два мости через річку",
}
LINKED_HTML = '<p>Läs <a href="https://icld.se/">avtalet</a> från den 10 juni 2024 och <b>planen</b>.</p>'

ERRORS = [
    pytest.param("missing", SV["fact"], "", id="empty"),
    pytest.param("missing", SV["fact"], None, id="missing"),
    pytest.param("alt", ALT, "", id="a picture without description"),
    pytest.param("alt", ALT, ALT, id="a picture described in another language"),
    pytest.param("links", LINKED, "Читайте угоду від 10 червня 2024 року та <b>план</b>.", id="a link lost"),
    pytest.param("links", LINKED, GOOD[LINKED].replace("a1", "a2"), id="a link led elsewhere"),
    pytest.param("links", LINKED, f'{GOOD[LINKED]} <a id="a1">Тут.</a>', id="a link too many"),
    pytest.param("markup", LINKED, GOOD[LINKED].replace("b>", "h1>"), id="markup that cannot stand"),
    pytest.param("numbers", SV["paragraph"], UK["paragraph"].replace("24", "25"), id="a number changed"),
    pytest.param("numbers", LINKED, GOOD[LINKED].replace("червня", "липня"), id="a date changed"),
    pytest.param("length", SV["box"], "ж" * 151, id="too long for its field"),
    pytest.param("term", SV["fact"], f"{UK['fact']} Це хаб.", id="a forbidden term"),
    pytest.param("name", SV["fact"], f"{UK['fact']} Це не Умеа.", id="a forbidden name"),
]
WARNINGS = [
    pytest.param("numbers", SV["paragraph"], f"{UK['paragraph']} Їх було 3000.", id="a number added"),
    pytest.param("leftovers", SV["lead"], f"{UK['lead']} Med fokus på demokrati.", id="words of the source"),
    pytest.param("markup", LINKED, GOOD[LINKED].replace("<b>", "").replace("</b>", ""), id="emphasis lost"),
]


@pytest.fixture(autouse=True)
def reviews(room: Newsroom) -> None:
    """Ukrainian is reviewed, and the register forbids a term and a name there."""
    set_up_language_reviews(room.home("uk"))
    fill_register()
    term = Term.objects.create(definition="The house itself.")
    TermForm.objects.create(term=term, text="хаб", language="uk", use=Use.FORBIDDEN)
    name = NameForm.objects.get(text="Умео", language="uk").name
    NameForm.objects.create(name=name, text="Умеа", language="uk", use=Use.FORBIDDEN)
    commit()


@pytest.fixture
def translator(room: Newsroom) -> User:
    """Who translates into Ukrainian and publishes nothing."""
    return account("uk-translator", {room.home("uk"): ("change",)})


@pytest.fixture
def ukrainian(article: NewsPage) -> Translation:
    """The translation of an article that has a link, emphasis, a date and a picture; every text of it is good."""
    body = article.body.get_prep_value()
    body[0]["value"] += LINKED_HTML
    field = article._meta.get_field("body")
    rewrite(article, image_alt=ALT, image_decorative=False, body=field.to_python(body))
    translation = translate(read(article), "uk")
    commit()
    say(translation, UK)
    for source, target in GOOD.items():
        say_one(translation, segment_of(translation, source), target)
    return translation


def submit(translator: User, page: NewsPage) -> list[str]:
    """Press “Send to review”; return what the admin says."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = signed_in(translator).post(url, {"action": "submit"}, follow=True)
    commit()
    return sentences(answer)


def change(translation: Translation, source: str, target: str | None) -> None:
    """Translate one text otherwise, or take its translation away."""
    said = say_one(translation, segment_of(translation, source), target or "")
    if target is None:
        said.delete()


def opening(source: str) -> str:
    """The first words of a text, as they are read."""
    return strip_tags(source)[:20]


def test_a_good_translation_is_sent(article: NewsPage, ukrainian: Translation, translator: User) -> None:
    assert find(ukrainian) == []
    page = in_language(article, "uk")
    assert submit(translator, page) == [f"Sent to review: “{page.title}”."]


@pytest.mark.parametrize(("code", "source", "target"), ERRORS)
def test_an_error_refuses_and_names_the_text(
    code: str, source: str, target: str | None, article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    change(ukrainian, source, target)
    assert {(finding.code, finding.is_error) for finding in find(ukrainian)} >= {(code, True)}
    [sentence] = submit(translator, in_language(article, "uk"))
    assert f"“{opening(source)}" in sentence
    assert not in_language(article, "uk").workflow_in_progress


@pytest.mark.parametrize(("code", "source", "target"), WARNINGS)
def test_a_warning_is_shown_and_stops_nothing(
    code: str, source: str, target: str, article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    change(ukrainian, source, target)
    [finding] = find(ukrainian)
    assert (finding.code, finding.is_error) == (code, False)
    page = in_language(article, "uk")
    shown = signed_in(translator).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert finding.sentence in shown.content.decode()
    assert submit(translator, page) == [f"Sent to review: “{page.title}”."]
    assert in_language(article, "uk").workflow_in_progress
