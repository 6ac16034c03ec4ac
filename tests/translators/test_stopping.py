"""A translation that somebody stopped: its page is written by itself, and it still says when its source has changed.

What the desk had put into it stays what it was: unread until a person has accepted or rewritten it, and a machine's.
"""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail.test.utils.form_data import nested_form_data, rich_text
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.engines.models import Policy
from cms.translation.engines.suggesting import suggest
from cms.translation.files.choosing import find_waiting
from cms.translation.models import accept, unconfirmed
from cms.translation.publishing import publish_translation
from cms.translation.queue.entries import Entry
from news.models import NewsPage
from tests.editors import forms
from tests.translators import desk
from tests.translators.desk import SV, UK, signed_in
from tests.translators.engine_room import agree

NOTE = "translation stopped: write the page itself, or start its translation again there"
NEWS = "Samarbetet har börjat, och förstudien är klar i höst."


def waiting(user: User) -> list[Entry]:
    found: list[Entry] = signed_in(user).get(reverse("desk_queue")).context["entries"]
    return found


def address(page: NewsPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.fixture
def stopped(ukrainian: Translation, translator: User) -> NewsPage:
    """The published translation, stopped by its translator."""
    desk.say(ukrainian, UK)
    publish_translation(ukrainian)
    desk.commit()
    signed_in(translator).post(reverse("wagtail_localize:stop_translation", args=[ukrainian.pk]))
    page: NewsPage = desk.read(ukrainian.get_target_instance())
    return page


def test_a_stopped_translation_waits_once_its_source_has_changed(
    stopped: NewsPage, article: NewsPage, translator: User
) -> None:
    assert waiting(translator) == []
    desk.rewrite(article, lead=NEWS)
    [entry] = waiting(translator)
    assert (entry.state, entry.title, entry.source, entry.words) == ("stale", SV["title"], "svenska", None)
    for name in ("desk_queue", "wagtailadmin_home"):
        assert NOTE in signed_in(translator).get(reverse(name)).content.decode()
    give = reverse("desk_assign", args=[entry.key, "uk"])
    assert signed_in(translator).get(give).status_code == 200


def test_a_stopped_translation_is_in_no_file_and_not_said_to_be_unbegun(
    stopped: NewsPage, article: NewsPage, translator: User
) -> None:
    desk.rewrite(article, lead=NEWS)
    assert find_waiting(translator) == []


def test_no_file_of_a_stopped_translation_is_given_and_the_way_to_its_page_is(
    stopped: NewsPage, ukrainian: Translation, translator: User
) -> None:
    client = signed_in(translator)
    answer = client.get(reverse("wagtail_localize:download_pofile", args=[ukrainian.pk]), follow=True)
    assert answer.redirect_chain == [(address(stopped), 302)]
    assert desk.sentences(answer) == [NOTE.capitalize() + "."]


def test_a_stopped_translation_waits_no_more_when_its_page_was_written_and_published(
    stopped: NewsPage, article: NewsPage, translator: User
) -> None:
    desk.rewrite(article, lead=NEWS)
    assert "Start Synced translation" in signed_in(translator).get(address(stopped)).content.decode()
    desk.rewrite(stopped, lead="Співпраця почалася, а дослідження буде готове восени.")
    assert waiting(translator) == []


def test_a_stopped_translation_is_begun_again_from_its_page(
    stopped: NewsPage, article: NewsPage, translator: User
) -> None:
    desk.rewrite(article, lead=NEWS)
    signed_in(translator).post(address(stopped), {"localize-restart-translation": "1"})
    [entry] = waiting(translator)
    assert (entry.state, entry.is_stopped, entry.words) == ("stale", False, len(NEWS.split()))
    assert NEWS in signed_in(translator).get(address(stopped)).content.decode()


def typed(page: NewsPage, **said: str) -> dict[str, Any]:
    """Return the form of a page whose body is a paragraph."""
    body = [forms.paragraph("<p>Співпраця триває.</p>")]
    return forms.article(**{"title": UK["title"], "lead": UK["lead"], "body": body} | said)


@pytest.mark.parametrize(("lead", "is_asked"), [("Samverkan", True), ("Співпраця", False)])
def test_a_short_text_that_is_the_sources_is_asked_of_who_writes_the_page(
    lead: str, is_asked: bool, stopped: NewsPage, article: NewsPage, admin_user: User
) -> None:
    desk.rewrite(article, lead="Samverkan")
    answer = signed_in(admin_user).post(address(stopped), typed(stopped, lead=lead), follow=True)
    asked = "Look at what may not be translated. Lead: “Samverkan” is the same as in the source: was it left there?"
    assert (asked in desk.sentences(answer)) == is_asked
    assert desk.read(stopped).get_latest_revision_as_object().lead == lead


# --- What its source says now -----------------------------------------------------------------------------------------

SINCE = "The source was changed on "
LOST_LINK = "A link of the source is missing."


def form_says(user: User, page: NewsPage) -> str:
    """Return what stands above the form of a page, in one line."""
    html = signed_in(user).get(address(page)).content.decode()
    found = html.partition('id="source-change-section"')[2].partition("</section>")[0]
    return " ".join(found.split())


def with_paragraph(page: NewsPage, html: str) -> Any:
    """Return the body of a page with another first paragraph."""
    first, *rest = page.body.get_prep_value()
    return page._meta.get_field("body").to_python([first | {"value": html}, *rest])


def save_in_its_form(page: NewsPage, user: User, **typed: str) -> list[str]:
    """Save a draft in the page's own form; return what it says."""
    form = form_of(desk.read(page).get_latest_revision_as_object(), typed)
    return desk.sentences(signed_in(user).post(address(page), form, follow=True))


def test_the_form_of_a_stopped_translation_shows_what_changed_in_its_source_old_beside_new(
    stopped: NewsPage, article: NewsPage, translator: User
) -> None:
    assert form_says(translator, stopped) == ""
    body = with_paragraph(article, f"<p>{SV['paragraph']}</p><p>Fler möten följer.</p>")
    desk.rewrite(article, title="Umeå ingår samverkan med Cherson", body=body)
    said = form_says(translator, stopped)
    assert SINCE in said
    assert "Umeå ingår <del>samarbete</del><ins>samverkan</ins> med Cherson" in said
    assert "<ins>Fler möten följer.</ins>" in said
    assert SV["paragraph"] not in said
    assert SV["lead"] not in said


def test_what_the_source_no_longer_has_is_shown_above_the_form(
    stopped: NewsPage, article: NewsPage, translator: User
) -> None:
    body = article.body.get_prep_value()[:-1]
    desk.rewrite(article, body=article._meta.get_field("body").to_python(body))
    assert f"<del>{SV['fact']}</del>" in form_says(translator, stopped)


def test_what_changed_is_what_changed_since_the_page_was_last_published(
    stopped: NewsPage, article: NewsPage, translator: User
) -> None:
    desk.rewrite(article, lead=NEWS)
    desk.rewrite(stopped, lead="Співпраця почалася, а дослідження буде готове восени.")
    assert form_says(translator, stopped) == ""
    desk.rewrite(article, title="Umeå ingår samverkan med Cherson")
    said = form_says(translator, stopped)
    assert "<ins>samverkan</ins>" in said
    assert NEWS not in said


def test_a_page_that_is_published_as_it_is_is_up_to_date(
    stopped: NewsPage, article: NewsPage, ukrainian: Translation, translator: User
) -> None:
    desk.rewrite(article, lead=NEWS)
    assert "then it is up to date" in form_says(translator, stopped)
    publish_in_its_form(ukrainian, translator)
    assert form_says(translator, stopped) == ""
    assert waiting(translator) == []


def test_the_form_says_when_no_text_has_changed_and_when_nobody_knows_what_was_before(
    stopped: NewsPage, article: NewsPage, translator: User
) -> None:
    desk.rewrite(article, canonical_url="https://www.umea.se/cherson")
    assert "No text has changed: only pictures, dates, links or the order" in form_says(translator, stopped)
    desk.read(article).revisions.all().delete()
    assert "What the source said before is not kept any more." in form_says(translator, stopped)


def test_an_original_and_a_page_whose_source_is_not_public_show_no_change(
    stopped: NewsPage, article: NewsPage, admin_user: User
) -> None:
    desk.rewrite(article, lead=NEWS)
    assert form_says(admin_user, article) == ""
    desk.read(article).unpublish()
    desk.commit()
    assert form_says(admin_user, stopped) == ""


@pytest.mark.parametrize(
    ("source", "page", "told"),
    [
        (
            "<p>Mötet var vecka 24.</p>",
            "<p>Зустріч була на 25-му тижні.</p>",
            "Text: The source says 24, the translation 25.",
        ),
        ("<p>Mötet var vecka 24.</p>", "<p>Зустріч була на 24-му тижні.</p>", ""),
        ('<p>Läs <a href="https://icld.se/x">mer</a> här.</p>', "<p>Докладніше тут.</p>", f"Text: {LOST_LINK}"),
        ("<p>Läs mer på www.icld.se nu.</p>", "<p>Докладніше на www.sala.se.</p>", f"Text: {LOST_LINK}"),
        (
            '<p>Läs <a href="https://icld.se/x">mer</a> här.</p><p>Hej.</p>',
            '<p>Привіт. Докладніше <a href="https://icld.se/x">тут</a>.</p>',
            "",
        ),
    ],
)
def test_who_saves_the_page_is_told_which_links_and_numbers_are_not_those_of_the_source(
    source: str, page: str, told: str, stopped: NewsPage, article: NewsPage, translator: User
) -> None:
    desk.rewrite(article, body=with_paragraph(article, source))
    said = [each for each in save_in_its_form(stopped, translator, paragraph=page) if "not as in the source" in each]
    assert bool(said) == bool(told), said
    assert told in " ".join(said)


def test_a_link_to_a_page_may_lead_to_the_page_in_the_other_language(
    stopped: NewsPage, article: NewsPage, translator: User
) -> None:
    link = '<p>Läs <a linktype="page" id="{}">mer</a> här.</p>'
    desk.rewrite(article, body=with_paragraph(article, link.format(article.pk)))
    said = save_in_its_form(stopped, translator, paragraph=link.format(stopped.pk).replace("Läs", "Докладніше"))
    assert not any("not as in the source" in each for each in said)


@pytest.mark.parametrize(("week", "is_told"), [("2024-W25", True), ("2024-W24", False)])
def test_who_saves_the_page_is_told_of_days_that_are_not_those_of_the_source(
    week: str, is_told: bool, stopped: NewsPage, article: NewsPage, translator: User
) -> None:
    number = str(uuid4())

    def with_week(week: str) -> Any:
        body = [{"type": "period", "id": number, "value": {"label": "", "week": week}}]
        return article._meta.get_field("body").to_python(body)

    desk.rewrite(article, body=with_week("2024-W24"))
    typed = {"label": "", "week": week, "start": "", "end": ""}
    block = {"id": number, "type": "period", "value": typed, "deleted": "", "order": "0"}
    form = forms.article(title=UK["title"], lead=UK["lead"]) | nested_form_data({"body": {"count": "1", "0": block}})
    answer = signed_in(translator).post(address(stopped), form, follow=True)
    told = "Look at what is not as in the source. Period: The days are not those of the source."
    assert (told in desk.sentences(answer)) == is_told


# --- What the desk had put into it ------------------------------------------------------------------------------------

UNREAD = "{} filled in and nobody has accepted {} yet. Nothing was published."
ALL_UNREAD = UNREAD.format("7 texts were", "them")
TOOL = "Demo word list"


@pytest.fixture
def suggested(ukrainian: Translation, translator: User, settings: Settings) -> Translation:
    """The article, all of it suggested by a machine."""
    settings.MACHINE_ENGINES = {("*", "*"): "wordlist"}
    agree("wordlist")
    assert suggest(ukrainian, translator).filled == len(SV)
    return ukrainian


def keep_times(translation: Translation, user: User) -> None:
    """Press “Keep these times” with both fields empty."""
    url = address(translation.get_target_instance())
    signed_in(user).post(url, {"action": "schedule", "go_live_at": "", "expire_at": ""})


def stop(translation: Translation, user: User) -> None:
    signed_in(user).post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))


def stop_with_what_is_there(translation: Translation, user: User) -> None:
    """Let the draft have all that the desk has, and stop the translation."""
    keep_times(translation, user)
    stop(translation, user)


def accept_all(translation: Translation, user: User) -> None:
    for mark in unconfirmed(translation):
        accept(mark.string_translation, user)


def publish_in_its_form(translation: Translation, user: User, **typed: str) -> str:
    """Type texts into the page's own form, and press “Publish” there; return what it says."""
    page = translation.get_target_instance()
    form = form_of(page.get_latest_revision_as_object(), typed)
    answer = signed_in(user).post(address(page), form | {"action-publish": "1"}, follow=True)
    desk.commit()
    return " ".join(desk.sentences(answer))


def form_of(page: NewsPage, typed: dict[str, str]) -> dict[str, Any]:
    """Return what the form of the article sends: its texts, over which some are typed."""
    paragraph, quote, box = page.body
    [fact] = box.value["items"].bound_blocks
    words = {
        "title": page.title,
        "lead": page.lead,
        "paragraph": paragraph.value.source,
        "quote": quote.value["text"],
        "name": quote.value["name"],
        "box": box.value["title"],
        "fact": fact.value,
    } | typed
    facts = {"count": "1", "0": {"id": fact.id, "value": words["fact"], "deleted": "", "order": "0"}}
    values = [
        forms.paragraph(words["paragraph"])[1],
        forms.quote(words["quote"], name=words["name"])[1],
        {"title": words["box"], "text": rich_text(""), "items": facts},
    ]
    body: dict[str, Any] = {
        str(order): {"id": block.id, "type": block.block_type, "value": value, "deleted": "", "order": str(order)}
        for order, (block, value) in enumerate(zip(page.body, values, strict=True))
    }
    body["count"] = str(len(values))
    return forms.article(title=words["title"], lead=words["lead"]) | nested_form_data({"body": body})


def told(translation: Translation) -> tuple[Any, ...]:
    """Return what partner cities are told of how the text came about."""
    address = f"/content/v1/uk/news/{translation.source.object_id}"
    said = Client().get(address).json()["translation"]
    return said["origin"], said["tool"], bool(said["reviewed_at"]), said["ai_disclosure"]


def is_live(translation: Translation) -> bool:
    return bool(translation.get_target_instance().live)


def test_what_a_machine_wrote_is_not_published_by_stopping_its_translation(
    suggested: Translation, translator: User
) -> None:
    stop_with_what_is_there(suggested, translator)
    assert ALL_UNREAD in publish_in_its_form(suggested, translator)
    assert not is_live(suggested)


def test_what_the_memory_filled_in_is_not_published_by_stopping_its_translation(
    stopped: NewsPage, translator: User
) -> None:
    begun = desk.begin(desk.write_article("sv"), "uk")
    stop(begun, translator)
    assert ALL_UNREAD in publish_in_its_form(begun, translator)
    assert not is_live(begun)


@pytest.mark.parametrize("left", ["quote", "title", "fact"])
def test_each_text_that_nobody_has_rewritten_holds_the_page_back(
    left: str, suggested: Translation, translator: User
) -> None:
    stop_with_what_is_there(suggested, translator)
    typed = {name: text for name, text in UK.items() if name != left}
    assert UNREAD.format("1 text was", "it") in publish_in_its_form(suggested, translator, **typed)
    assert not is_live(suggested)


def test_what_an_editor_rewrote_on_the_page_is_the_editors(suggested: Translation, translator: User) -> None:
    stop_with_what_is_there(suggested, translator)
    publish_in_its_form(suggested, translator, **UK)
    assert told(suggested) == ("human", None, False, "none")


def test_a_new_text_that_stands_nowhere_holds_nothing_back(
    stopped: NewsPage, article: NewsPage, ukrainian: Translation, translator: User, settings: Settings
) -> None:
    settings.MACHINE_ENGINES = {("*", "*"): "wordlist"}
    agree("wordlist")
    signed_in(translator).post(address(stopped), {"localize-restart-translation": "1"})
    desk.rewrite(article, lead=NEWS)
    ukrainian.refresh_from_db()
    assert suggest(ukrainian, translator).filled == 1
    stop(ukrainian, translator)
    publish_in_its_form(ukrainian, translator, title="Умео і Херсон")
    assert desk.read(stopped).title == "Умео і Херсон"


def test_unread_text_goes_out_of_a_stopped_translation_where_its_kind_allows_it_and_says_so(
    suggested: Translation, translator: User
) -> None:
    Policy.objects.create(kind="news", may_publish=True)
    stop_with_what_is_there(suggested, translator)
    assert UNREAD.format("2 texts were", "them") in publish_in_its_form(suggested, translator)
    publish_in_its_form(suggested, translator, quote=UK["quote"], name=UK["name"])
    assert told(suggested) == ("mixed", TOOL, False, "autonomous")


def test_a_stopped_translation_by_a_machine_says_so(suggested: Translation, translator: User) -> None:
    accept_all(suggested, translator)
    stop_with_what_is_there(suggested, translator)
    publish_in_its_form(suggested, translator)
    assert told(suggested) == ("machine_reviewed", TOOL, True, "assisted")


@pytest.mark.parametrize("title", ["Зовсім інший заголовок", "[uk] Umeå ingår samarbete med Cherson!"])
def test_a_stopped_translation_by_both_says_so(title: str, suggested: Translation, translator: User) -> None:
    accept_all(suggested, translator)
    stop_with_what_is_there(suggested, translator)
    publish_in_its_form(suggested, translator, title=title)
    assert told(suggested) == ("mixed", TOOL, True, "assisted")


def test_a_machines_texts_that_were_each_changed_on_the_page_are_by_both(
    suggested: Translation, translator: User
) -> None:
    rows = StringTranslation.objects.filter(context__object_id=suggested.source.object_id)
    said = {row.translation_of.data: row.data for row in rows}
    stop_with_what_is_there(suggested, translator)
    publish_in_its_form(suggested, translator, **{name: f"{said[text]}…" for name, text in SV.items()})
    assert told(suggested) == ("mixed", TOOL, True, "assisted")


def test_a_public_text_by_a_machine_that_people_wrote_anew_is_theirs(suggested: Translation, translator: User) -> None:
    accept_all(suggested, translator)
    stop_with_what_is_there(suggested, translator)
    publish_in_its_form(suggested, translator)
    assert told(suggested)[0] == "machine_reviewed"
    publish_in_its_form(suggested, translator, **UK)
    assert told(suggested)[:2] == ("human", None)
    assert told(suggested)[3] == "none"
