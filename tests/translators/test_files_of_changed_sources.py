"""A file comes back after its source was changed: each such text is shown as a conflict, and nobody's work is lost."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import Translation

from cms.translation.making import describe
from cms.translation.models import Origin, Reason, Way, mark, unconfirmed
from cms.translation.workbench.versions import versions_of
from news.models import NewsPage
from tests.translators import desk
from tests.translators.desk import SV, UK, rewrite, say_one, segment_of, signed_in
from tests.translators.test_files import BOLD, download, edit, omegat, report, send, words
from tests.translators.test_memory import translations

NEW_LEAD = SV["lead"].replace("ett samarbete", "ett långt samarbete")


@pytest.fixture
def client(translator: User) -> Client:
    """The browser of who translates into Ukrainian."""
    return signed_in(translator)


def answered(data: bytes, kind: str, answers: dict[str, str]) -> tuple[str | bytes, str]:
    """Return the file as a tool for it writes it, with its name."""
    return (edit(data, answers), "uk.po") if kind == "po" else (omegat(data, answers), "uk.xlf")


def choose_mine(client: Client, answer: Any) -> Any:
    """Choose the file's text wherever one is asked."""
    chosen = {}
    for number, (_conflict, token) in enumerate(answer.context["conflicts"], 1):
        chosen |= {f"conflict-{number}": token, f"take-conflict-{number}": "mine"}
    return client.post(reverse("desk_files_settle"), chosen)


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_a_text_of_an_earlier_source_is_shown_beside_the_change_and_stored_only_when_chosen(
    kind: str, article: NewsPage, ukrainian: Translation, client: Client, translator: User
) -> None:
    data = download(client, ukrainian, kind)
    rewrite(article, lead=NEW_LEAD)
    answer = send(client, *answered(data, kind, words()))
    [conflict] = report(answer).conflicts
    assert (report(answer).stored, report(answer).refused) == (len(words()) - 1, [])
    assert (conflict.incoming.source, conflict.unit.source) == (SV["lead"], NEW_LEAD)
    assert (conflict.base, conflict.theirs, conflict.mine) == ("", "", UK["lead"])
    page = answer.content.decode()
    assert "The source has changed" in page
    assert "ett <ins>långt </ins>samarbete" in page
    assert NEW_LEAD not in translations(ukrainian)
    back = report(choose_mine(client, answer))
    assert (back.stored, back.conflicts, back.refused) == (1, [], [])
    assert translations(ukrainian)[NEW_LEAD].data == UK["lead"]
    [version] = versions_of(ukrainian, segment_of(ukrainian, NEW_LEAD))
    assert (version.way, version.user, version.string.data) == (Way.FILE, translator, NEW_LEAD)
    assert describe(ukrainian)["origin"] == Origin.HUMAN


def test_what_a_colleague_wrote_for_the_new_source_is_shown_and_stays_unless_the_file_is_chosen(
    article: NewsPage, ukrainian: Translation, client: Client
) -> None:
    say_one(ukrainian, segment_of(ukrainian, SV["lead"]), "Тоді.")
    data = edit(download(client, ukrainian), words())
    rewrite(article, lead=NEW_LEAD)
    say_one(ukrainian, segment_of(ukrainian, NEW_LEAD), "Їхнє.")
    answer = send(client, data)
    [conflict] = report(answer).conflicts
    assert (conflict.base, conflict.theirs, conflict.mine) == ("Тоді.", "Їхнє.", UK["lead"])
    [(_conflict, token)] = answer.context["conflicts"]
    client.post(reverse("desk_files_settle"), {"conflict-1": token, "take-conflict-1": "theirs"})
    assert translations(ukrainian)[NEW_LEAD].data == "Їхнє."
    choose_mine(client, answer)
    assert translations(ukrainian)[NEW_LEAD].data == UK["lead"]


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_a_paragraph_of_several_is_known_by_what_it_was_and_what_is_like_nothing_is_refused(
    kind: str, article: NewsPage, client: Client
) -> None:
    texts = ["Kommunen betalar resorna.", "Förstudien ska vara klar i höst.", "Mötet hölls i Visby."]
    write = article._meta.get_field("body").to_python
    rewrite(article, body=write([{"type": "paragraph", "value": "".join(f"<p>{text}</p>" for text in texts)}]))
    block = desk.read(article).body[0].id
    translation = desk.begin(article, "uk")
    data = download(client, translation, kind)
    later = [texts[2], "Förstudien ska vara klar i vår.", "Ingen vet varför elfte avsnittet saknas."]
    value = "".join(f"<p>{text}</p>" for text in later)
    rewrite(article, body=write([{"type": "paragraph", "id": block, "value": value}]))
    answers = {texts[0]: "Поїздки.", texts[1]: "Восени.", texts[2]: "Вісбю."}
    back = report(send(client, *answered(data, kind, answers)))
    assert [(each.incoming.source, each.unit.source) for each in back.conflicts] == [(texts[1], later[1])]
    assert [(each.text, each.reason) for each in back.refused] == [
        ("Поїздки.", "The source text was changed since the file was made.")
    ]
    assert translations(translation)[texts[2]].data == "Вісбю."


@pytest.mark.parametrize("kind", ["po", "xliff"])
@pytest.mark.parametrize("has_link", [True, False])
def test_links_of_an_earlier_source_are_those_of_the_new_one_or_the_text_is_refused(
    has_link: bool, kind: str, article: NewsPage, client: Client
) -> None:
    write = article._meta.get_field("body").to_python
    rewrite(article, body=write([{"type": "paragraph", "value": BOLD}]))
    block = desk.read(article).body[0].id
    translation = desk.begin(article, "uk")
    was = 'Läs <b>mer</b> på <a id="a1">Umeås webbplats</a> &amp; här.'
    target = 'Докладніше <b>тут</b> на <a id="a1">сайті</a> &amp; там.'
    data = download(client, translation, kind)
    if kind == "po":
        file: str = edit(data, {was: target})
    else:
        told = 'Докладніше <pc id="1">тут</pc> на <pc id="2">сайті</pc> &amp; там.'
        end = "&amp; här.</source>"
        file = data.decode().replace(end, f"{end}<target>{told}</target>").replace('"initial"', '"translated"')
    later = BOLD.replace("här", "där") if has_link else "<p>Läs <b>mer</b> på Umeås webbplats &amp; där.</p>"
    rewrite(article, body=write([{"type": "paragraph", "id": block, "value": later}]))
    answer = send(client, file, "uk.po" if kind == "po" else "uk.xlf")
    if has_link:
        assert [each.mine for each in report(answer).conflicts] == [target]
        choose_mine(client, answer)
        assert translations(translation)[was.replace("här", "där")].data == target
    else:
        [refused] = [each for each in report(answer).refused if each.text]
        assert refused.reason == (
            "The source text was changed since the file was made. The links of the text are not those of the source."
        )


def test_nobody_is_asked_about_what_they_did_not_translate(
    article: NewsPage, ukrainian: Translation, client: Client
) -> None:
    """Neither what came back as it went out, nor what is still empty, nor what stands there already."""
    say_one(ukrainian, segment_of(ukrainian, SV["lead"]), UK["lead"])
    data = edit(download(client, ukrainian), {SV["fact"]: UK["fact"]})
    rewrite(article, lead=NEW_LEAD, title="Umeå inleder ett samarbete med Cherson")
    back = report(send(client, data))
    assert (back.stored, back.same, back.conflicts, back.refused) == (1, 1, [], [])
    mark(say_one(ukrainian, segment_of(ukrainian, NEW_LEAD), "Вступ."), Reason.MEMORY)
    back = report(send(client, edit(data.encode(), {SV["lead"]: "Вступ."})))
    assert (back.same, back.confirmed, back.conflicts) == (2, 0, [])
    assert unconfirmed(ukrainian).count() == 1, "it was confirmed for another source"


def test_a_choice_about_a_source_that_changed_once_more_is_asked_again(
    article: NewsPage, ukrainian: Translation, client: Client
) -> None:
    data = edit(download(client, ukrainian), {SV["lead"]: UK["lead"]})
    rewrite(article, lead=NEW_LEAD)
    answer = send(client, data)
    newest = NEW_LEAD.replace("långt", "mycket långt")
    rewrite(article, lead=newest)
    again = choose_mine(client, answer)
    [conflict] = report(again).conflicts
    assert (conflict.incoming.source, conflict.unit.source) == (NEW_LEAD, newest)
    assert report(choose_mine(client, again)).stored == 1
    assert translations(ukrainian)[newest].data == UK["lead"]


def test_what_a_machine_wrote_for_the_earlier_source_stays_told_when_the_file_is_chosen(
    article: NewsPage, ukrainian: Translation, client: Client
) -> None:
    say_one(ukrainian, segment_of(ukrainian, SV["lead"]), UK["lead"], tool="Argos")
    changed = UK["lead"].replace("починають", "розпочинають")
    data = edit(download(client, ukrainian), {SV["lead"]: changed})
    rewrite(article, lead=NEW_LEAD)
    choose_mine(client, send(client, data))
    assert translations(ukrainian)[NEW_LEAD].data == changed
    assert (describe(ukrainian)["origin"], describe(ukrainian)["tool"]) == (Origin.MIXED, "Argos")
