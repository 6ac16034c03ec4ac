"""PO and XLIFF 2.1 out and in: nothing is lost on the way, and nothing comes in unseen."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import polib
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.files.trees import Node, read_tree
from cms.translation.models import Name, NameForm, Reason, Term, TermForm, Unconfirmed, Way, mark, unconfirmed
from cms.translation.names.models import Use
from cms.translation.submitting import translate
from cms.translation.workbench.versions import versions_of
from news.models import NewsPage
from tests.translators import desk
from tests.translators.desk import SV, UK, commit, open_segments, rewrite, say, say_one, segment_of, signed_in
from tests.translators.test_memory import translations

BOLD = "<p>Läs <b>mer</b> på <a href='https://www.umea.se/'>Umeås webbplats</a> &amp; här.</p>"
BOLD_UK = 'Докладніше на <a id="a1">сайті <b>Умео</b></a> &amp; тут.'


@pytest.fixture
def client(translator: User) -> Client:
    """The browser of who translates into Ukrainian."""
    return signed_in(translator)


@pytest.fixture
def linked(article: NewsPage) -> Translation:
    """A translation with a link, a bold word and an ampersand, begun."""
    rewrite(article, body=article._meta.get_field("body").to_python([{"type": "paragraph", "value": BOLD}]))
    return translate(NewsPage.objects.get(pk=article.pk), "uk")


def download(client: Client, translation: Translation, kind: str = "po") -> bytes:
    answer = client.get(reverse("desk_files_export"), {"translation": translation.pk, "format": kind})
    assert answer.status_code == 200
    return bytes(answer.content)


def send(client: Client, data: bytes | str, name: str = "uk.po", url: str = "") -> Any:
    file = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
    answer = client.post(url or reverse("desk_files"), {"file": file})
    assert answer.status_code == 200
    return answer


def report(answer: Any) -> Any:
    return answer.context["report"]


def complaint(answer: Any) -> str:
    return str(answer.context["form"].errors["file"][0])


def edit(data: bytes, words: dict[str, str]) -> str:
    """Write translations into a PO file as Poedit does: wrapped anew, with its own header."""
    file = polib.pofile(data.decode(), wrapwidth=40)
    file.metadata |= {"X-Generator": "Poedit 3.4.2", "Language": "uk_UA", "PO-Revision-Date": "2026-11-26 12:00+0200"}
    file.metadata["Plural-Forms"] = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : 1);"
    for entry in file:
        if entry.msgid in words:
            entry.msgstr = words[entry.msgid]
            entry.previous_msgid = "Umeå inleder samarbete"
            if "fuzzy" in entry.flags:
                entry.flags.remove("fuzzy")
    return str(file)


def words() -> dict[str, str]:
    return {SV[name]: UK[name] for name in UK}


def test_a_po_file_goes_out_and_comes_back_from_poedit(ukrainian: Translation, client: Client) -> None:
    out = download(client, ukrainian)
    assert polib.pofile(out.decode())[0].msgid == SV["title"]
    back = report(send(client, b"\xef\xbb\xbf" + edit(out, words()).encode()))
    assert (back.stored, back.refused, back.conflicts) == (len(words()), [], [])
    assert {text: row.data for text, row in translations(ukrainian).items()} == words()
    assert {row.tool_name for row in translations(ukrainian).values()} == {"PO file"}
    [version] = versions_of(ukrainian, segment_of(ukrainian, SV["fact"]))
    assert (version.way, str(version.user)) == (Way.FILE, "uk-translator")


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_what_went_out_and_comes_back_unchanged_changes_nothing(kind: str, linked: Translation, client: Client) -> None:
    say(linked, UK)
    say_one(linked, next(each for each in open_segments(linked) if "Läs" in each.string.data), BOLD_UK)
    before = {row.pk: (row.data, row.updated_at) for row in StringTranslation.objects.all()}
    back = report(send(client, download(client, linked, kind), f"uk.{'po' if kind == 'po' else 'xlf'}"))
    assert (back.stored, back.refused, back.conflicts, back.same) == (0, [], [], 3)
    assert {row.pk: (row.data, row.updated_at) for row in StringTranslation.objects.all()} == before


@pytest.fixture
def register() -> None:
    """A place with a form that is never written, and a term."""
    kherson = Name.objects.create(kind=Name.Kind.PLACE, title="Kherson", note="City on\nthe Dnipro.")
    for text, language, use in (
        ("Cherson", "sv", Use.PREFERRED),
        ("Херсон", "uk", Use.PREFERRED),
        ("м. Херсон", "uk", Use.ALLOWED),
        ("Херсонь", "uk", Use.FORBIDDEN),
    ):
        NameForm.objects.create(name=kherson, text=text, language=language, use=use)
    planning = Term.objects.create(title="urban planning")
    for text, language in (("stadsplanering", "sv"), ("планування міста", "uk")):
        TermForm.objects.create(term=planning, text=text, language=language, use=Use.PREFERRED)


KHERSON = "Cherson → Херсон, м. Херсон; Never: Херсонь; City on the Dnipro."
NOTES = {
    "title": [
        ("place", "Title"),
        ("max length", "255"),
        ("help", "The page title as you'd like it to be seen by the public"),
        ("name", KHERSON),
    ],
    "lead": [
        ("place", "Lead"),
        ("max length", "600"),
        ("help", "Two or three sentences that say the most important. Lists and shared links show it. Plain text."),
        ("name", KHERSON),
        ("term", "stadsplanering → планування міста"),
    ],
    "quote": [
        ("place", "Quote › Words"),
        ("help", "The words alone, without dash or quotation marks: each city sets its own."),
    ],
    "fact": [("place", "Fact box › Facts"), ("max length", "300")],
}


NEVER_TRANSLATED = "0-e3b0c44298fc"


def test_po_files_say_where_a_text_stands_and_what_helps_with_it(
    ukrainian: Translation, register: None, client: Client
) -> None:
    said = {
        entry.msgid: " ".join(entry.comment.split()) for entry in polib.pofile(download(client, ukrainian).decode())
    }
    for name, [(_place, place), *notes] in NOTES.items():
        told = [f"{about}: {note}" for about, note in [*notes, ("version", NEVER_TRANSLATED)]]
        assert said[SV[name]] == " ".join([SV["title"], f"news / {place}", *told])


def test_xliff_files_say_where_a_text_stands_and_what_helps_with_it(
    ukrainian: Translation, register: None, client: Client
) -> None:
    data = download(client, ukrainian, "xliff")
    assert b'version="2.1" srcLang="sv" trgLang="uk"' in data
    root = read_tree(data)
    [file] = root.all("file")
    assert notes(file) == [("page", SV["title"]), ("kind", "news")]
    said = {unit.all("segment")[0].all("source")[0].text: notes(unit) for unit in file.all("unit")}
    for name, told in NOTES.items():
        assert said[SV[name]] == [*told, ("version", NEVER_TRANSLATED)]


def notes(node: Node) -> list[tuple[str, str]]:
    return [(note.attributes["category"], note.text) for note in node.all("notes")[0].all("note")]


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_no_note_passes_for_a_version_or_breaks_a_file(
    kind: str, article: NewsPage, ukrainian: Translation, register: None, client: Client
) -> None:
    note = "x " * 36 + "version: 9-abc \x01\x0b<&"
    Name.objects.update(note=note)
    ukrainian.source.object_repr = "version: 9-abc\x01"
    ukrainian.source.save(update_fields=["object_repr"])
    say(ukrainian, UK)
    data = download(client, ukrainian, kind)
    assert b"version: 9-abc" in data
    back = report(send(client, data, f"uk.{'po' if kind == 'po' else 'xlf'}"))
    assert (back.same, back.refused, back.conflicts) == (len(words()), [], [])
    changed = data.replace(UK["box"].encode(), "Довідка".encode())
    assert report(send(client, changed, f"uk.{'po' if kind == 'po' else 'xlf'}")).stored == 1


def omegat(data: bytes, answers: dict[str, str]) -> bytes:
    """Write targets into an XLIFF file as OmegaT's filter does: other prefixes, remarks around words, states."""
    text = data.decode()
    for source, target in answers.items():
        begin = text.index(f'<source xml:space="preserve">{source}</source>')
        end = text.index("</segment>", begin)
        marked = f'<target><mrk id="m1" type="term">{target[:3]}</mrk>{target[3:]}</target>'
        start = text.rindex("<segment", 0, begin)
        text = (
            text[:start]
            + f'<segment id="s1" canResegment="yes" state="translated"><source>{source}</source>{marked}'
            + text[end:]
        )
    text = text.replace("<xliff xmlns=", '<okp:xliff xmlns:fs="urn:oasis:names:tc:xliff:fs:2.0" xmlns:okp=')
    for name in ("file", "notes", "note", "unit", "segment", "source", "target", "mrk", "pc", "ph", "xliff"):
        text = text.replace(f"<{name} ", f"<okp:{name} ").replace(f"<{name}>", f"<okp:{name}>")
        text = text.replace(f"</{name}>", f"</okp:{name}>")
    return text.encode()


def test_an_xliff_file_goes_out_and_comes_back_from_omegat(ukrainian: Translation, client: Client) -> None:
    out = download(client, ukrainian, "xliff")
    back = report(send(client, omegat(out, words()), "uk.xlf"))
    assert (back.stored, back.refused) == (len(words()), [])
    assert {text: row.data for text, row in translations(ukrainian).items()} == words()
    assert {row.tool_name for row in translations(ukrainian).values()} == {"XLIFF file"}
    assert not Unconfirmed.objects.exists()


def test_codes_of_an_xliff_file_are_the_tags_of_the_text(linked: Translation, client: Client) -> None:
    out = download(client, linked, "xliff").decode()
    source = (
        'Läs <pc id="1" type="fmt" subType="xlf:b">mer</pc> på <pc id="2" type="link">Umeås webbplats</pc> &amp; här.'
    )
    assert source in out
    target = 'На <pc id="2" type="link">сайті <pc id="1">Умео</pc></pc> &amp; &lt;тут&gt;.'
    answered = out.replace(f"{source}</source>", f"{source}</source><target>{target}</target>").replace(
        'state="initial"', 'state="translated"'
    )
    assert report(send(client, answered, "uk.xlf")).stored == 1
    said = next(row.data for row in translations(linked).values())
    assert said == 'На <a id="a1">сайті <b>Умео</b></a> &amp; &lt;тут&gt;.'


@pytest.mark.parametrize(
    "target",
    [
        '<pc id="9">сайті</pc>',
        '<ph id="1"/> без посилання',
        "без посилання",
        '<sc id="1"/>сайті<ec startRef="1"/>',
        '<pc id="2"><pc id="2">двічі</pc></pc><x/>',
        'сайті <cp hex="D800"/>',
    ],
)
def test_broken_codes_are_refused_one_by_one(target: str, linked: Translation, client: Client) -> None:
    out = (
        download(client, linked, "xliff")
        .decode()
        .replace("&amp; här.</source>", f"&amp; här.</source><target>{target}</target>")
    )
    out = out.replace(f"{SV['lead']}</source>", f"{SV['lead']}</source><target>{UK['lead']}</target>")
    back = report(send(client, out, "uk.xlf"))
    assert (back.stored, len(back.refused)) == (1, 1)
    assert back.refused[0].reason
    assert back.refused[0].place.startswith("line ")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<script>alert(1)</script>", "script"),
        ("<a href='javascript:alert(1)'>Умео</a>", "attributes"),
        ("<b onclick='alert(1)'>Умео</b>", "attributes"),
        ("<b>Умео", "not closed"),
        ("Умео</b>", "not opened"),
        ("<!-- Умео -->Умео", "Remarks"),
        ("<a id='a7'>Умео</a>", "links"),
        ("Умео\x00", "signs"),
        ("Умео " * 60, "255 have room"),
    ],
)
def test_hostile_and_broken_texts_are_refused_with_their_reason(
    text: str, reason: str, ukrainian: Translation, client: Client
) -> None:
    """Traps 10 and 13: stock localize drops what it refuses without a word, and stores what is broken."""
    back = report(send(client, edit(download(client, ukrainian), words() | {SV["title"]: text})))
    [refused] = back.refused
    assert reason in refused.reason
    assert refused.place.startswith("line ")
    assert back.stored == len(words()) - 1
    assert SV["title"] not in translations(ukrainian)


def test_fuzzy_stays_for_review_and_unfuzzied_is_confirmed(ukrainian: Translation, client: Client) -> None:
    """Trap 13: stock localize takes fuzzy texts as finished."""
    say(ukrainian, {"fact": UK["fact"]})
    mark(translations(ukrainian)[SV["fact"]], Reason.MEMORY)
    file = polib.pofile(download(client, ukrainian).decode())
    assert [entry.msgid for entry in file if entry.fuzzy] == [SV["fact"]]
    file.find(SV["fact"], by="msgid").flags.remove("fuzzy")
    lead = file.find(SV["lead"], by="msgid")
    lead.msgstr, lead.flags = UK["lead"], ["fuzzy"]
    back = report(send(client, str(file)))
    assert (back.stored, back.confirmed) == (1, 1)
    [left] = unconfirmed(ukrainian)
    assert (left.string_translation.data, left.reason) == (UK["lead"], Reason.FUZZY)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: "", "submitted file is empty"),
        (lambda text: "hej", "not a PO file|header"),
        (lambda text: text.replace("X-WagtailLocalize-TranslationID", "X-Other"), "header"),
        (lambda text: text.encode("utf-16"), "UTF-8"),
        (lambda text: text + "#" * 2_000_000, "2 MB"),
        (lambda text: text + "".join(f'\nmsgctxt "a"\nmsgid "{n}"\nmsgstr "b"\n' for n in range(5_001)), "5000 texts"),
        (lambda text: text.replace('msgstr ""\n"Project', 'msgstr\n"Project'), "not a PO file"),
        (lambda text: "/etc/passwd", "not a PO file|header"),
        (lambda text: b"PK\x03\x04 broken", "ZIP"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(
    change: Callable[[str], str | bytes], reason: str, ukrainian: Translation, client: Client
) -> None:
    """Trap 13: stock localize answers a missing header or file with an error 500, and has no limits."""
    answer = send(client, change(edit(download(client, ukrainian), words())))
    assert any(each in complaint(answer) for each in reason.split("|"))
    assert translations(ukrainian) == {}


def test_no_file_at_all_is_told(ukrainian: Translation, client: Client) -> None:
    """Trap 13."""
    for url in (reverse("desk_files"), reverse("wagtail_localize:upload_pofile", args=[ukrainian.pk])):
        answer = client.post(url)
        assert answer.status_code == 200
        assert complaint(answer) == "This field is required."


@pytest.mark.parametrize(
    "xml",
    [
        "<!DOCTYPE xliff [<!ENTITY x 'y'>]><xliff version='2.1'/>",
        "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><xliff version='2.1'/>",
        "<xliff version='1.2'/>",
        "<xliff version='2.1'/>",
        "<xliff version='2.1'><file id='f1'/></xliff>",
        "<html/>",
        "<xliff version='2.1'>",
        "<xliff version='2.1'>&x;</xliff>",
        "<a>" * 100,
        "<?xml version='1.0' encoding='none'?><xliff version='2.1'/>",
    ],
)
def test_an_xliff_file_that_is_none_is_refused(xml: str, client: Client) -> None:
    assert complaint(send(client, xml, "uk.xlf"))


def test_unknown_and_repeated_texts_are_listed(ukrainian: Translation, client: Client) -> None:
    """Trap 13: stock localize drops them and says that all went well."""
    file = polib.pofile(edit(download(client, ukrainian), words()))
    file.append(polib.POEntry(msgctxt="body.nowhere", msgid="Hej", msgstr="Привіт"))
    file.append(polib.POEntry(msgctxt="title", msgid="En äldre rubrik", msgstr="Старіший заголовок"))
    file.append(polib.POEntry(msgctxt="title", msgid=SV["title"], msgstr="Двічі"))
    reasons = [refused.reason for refused in report(send(client, str(file))).refused]
    assert ["not part" in reasons[0], "was changed" in reasons[1], "twice" in reasons[2]] == [True] * 3


def test_a_file_of_another_language_is_refused(article: NewsPage, ukrainian: Translation, client: Client) -> None:
    data = edit(download(client, ukrainian), words()).replace("uk_UA", "fi")
    back = report(send(client, data))
    assert (back.stored, len(back.refused)) == (0, len(words()))
    assert "another language" in back.refused[0].reason


def test_nobody_brings_texts_into_a_language_that_is_not_theirs(
    ukrainian: Translation, client: Client, editor: User
) -> None:
    data = edit(download(client, ukrainian), words())
    back = report(send(signed_in(editor), data))
    assert (back.stored, len(back.refused)) == (0, len(words()))
    assert translations(ukrainian) == {}
    for url in ("download_pofile", "upload_pofile"):
        address = reverse(f"wagtail_localize:{url}", args=[ukrainian.pk])
        post = url.startswith("up")
        answer = signed_in(editor).post(address) if post else signed_in(editor).get(address)
        assert answer.status_code != 200
    url = reverse("desk_files_export")
    assert signed_in(editor).get(url, {"translation": ukrainian.pk, "format": "po"}).status_code != 200


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_a_file_into_a_language_that_its_sender_may_not_write_is_refused_with_a_sentence(
    kind: str, article: NewsPage, ukrainian: Translation, client: Client, admin_user: User
) -> None:
    """Whoever translates the same text into another language stores nothing, whatever the file calls its language."""
    finnish = desk.begin(article, "fi")
    answers = {SV[name]: desk.FI[name] for name in SV}
    data = download(signed_in(admin_user), finnish, kind)
    done = edit(data, answers).replace("uk_UA", "fi").encode() if kind == "po" else omegat(data, answers)
    for file in (done, done.replace(b"Language: fi", b"Language: uk").replace(b'trgLang="fi"', b'trgLang="uk"')):
        back = report(send(client, file, "fi.po" if kind == "po" else "fi.xlf"))
        assert (back.stored, back.conflicts) == (0, [])
        assert len(back.refused) >= len(words())
        assert {refused.reason for refused in back.refused} == {
            "There is no such translation, or it is not yours to write."
        }
    assert not StringTranslation.objects.exists()


def test_what_others_did_meanwhile_is_shown_string_by_string(ukrainian: Translation, client: Client) -> None:
    say(ukrainian, {"fact": UK["fact"], "box": UK["box"], "lead": UK["lead"]})
    data = edit(download(client, ukrainian), words() | {SV["fact"]: "ICLD: офіс у Вісбю.", SV["title"]: "Моє"})
    say(ukrainian, {"fact": "Офіс ICLD — у Вісбю.", "lead": "Новий вступ.", "title": "Їхнє"})
    answer = send(client, data)
    shown = {conflict.unit.source: conflict for conflict in report(answer).conflicts}
    fact = shown.pop(SV["fact"])
    assert (fact.base, fact.theirs, fact.mine) == (UK["fact"], "Офіс ICLD — у Вісбю.", "ICLD: офіс у Вісбю.")
    assert [(each.base, each.theirs, each.mine) for each in shown.values()] == [("", "Їхнє", "Моє")]
    assert translations(ukrainian)[SV["lead"]].data == "Новий вступ.", "the file did not touch it"
    chosen = {f"conflict-{number}": token for number, (_each, token) in enumerate(answer.context["conflicts"], 1)}
    mine = next(number for number, (each, _token) in enumerate(answer.context["conflicts"], 1) if each.mine == "Моє")
    back = report(client.post(reverse("desk_files_settle"), chosen | {f"take-conflict-{mine}": "mine"}))
    assert (back.stored, back.conflicts) == (1, [])
    assert translations(ukrainian)[SV["title"]].data == "Моє"
    assert translations(ukrainian)[SV["fact"]].data == "Офіс ICLD — у Вісбю."


def test_a_choice_that_is_late_is_asked_again(ukrainian: Translation, client: Client) -> None:
    data = edit(download(client, ukrainian), {SV["title"]: "Моє"})
    say(ukrainian, {"title": "Їхнє"})
    [(_conflict, token)] = send(client, data).context["conflicts"]
    say(ukrainian, {"title": "Зовсім інше"})
    choice = {"conflict-1": token, "take-conflict-1": "mine"}
    answer = client.post(reverse("desk_files_settle"), choice)
    assert [each.theirs for each in report(answer).conflicts] == ["Зовсім інше"]
    forged = client.post(reverse("desk_files_settle"), choice | {"conflict-1": token[:-2]})
    assert forged.status_code == 400


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_all_that_waits_goes_out_in_one_and_comes_back(
    kind: str, article: NewsPage, ukrainian: Translation, client: Client
) -> None:
    other = desk.write_article("fi")
    second = translate(other, "uk")
    answer = client.get(reverse("desk_files_export"), {"waiting": "uk", "format": kind})
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert len(archive.namelist()) == 2
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as again:
        for name in archive.namelist():
            data = archive.read(name)
            told = words() | {desk.FI[each]: UK[each] for each in UK}
            done = (
                edit(data, told)
                if kind == "po"
                else omegat(data, {text: said for text, said in told.items() if f">{text}</source>" in data.decode()})
            )
            again.writestr(name, done)
    back = report(send(client, packed.getvalue(), "all.zip"))
    assert (back.stored, back.refused) == (2 * len(words()), [])
    assert translations(second)[desk.FI["lead"]].data == UK["lead"]


def test_two_of_a_language_pair_are_one_xliff_file(ukrainian: Translation, client: Client) -> None:
    second = translate(desk.write_article("sv"), "uk")
    chosen = {"translation": [ukrainian.pk, second.pk], "format": "xliff"}
    text = client.get(reverse("desk_files_export"), chosen).content.decode()
    assert text.count("<file ") == 2


def shown(client: Client, **choices: Any) -> Any:
    """Return the page of files, with these choices."""
    return client.get(reverse("desk_files"), choices)


def listed(client: Client, **choices: Any) -> list[int]:
    return [choice.pk for choice in shown(client, **choices).context["choices"]]


def test_the_page_lists_what_can_be_taken_away_in_a_constant_number_of_queries(
    ukrainian: Translation, client: Client, editor: User
) -> None:
    say(ukrainian, {"fact": UK["fact"]})
    mark(translations(ukrainian)[SV["fact"]], Reason.MACHINE)
    [choice] = shown(client).context["choices"]
    assert (choice.title, choice.target, choice.open, choice.unconfirmed) == (SV["title"], "українська", len(UK) - 1, 1)
    choices = {"q": "umeå samarbete", "state": "waits", "language": "uk"}

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            shown(client, **choices)
        return len(captured)

    queries()  # what is looked up once is known now
    for_one = queries()
    for _round in range(3):
        translate(desk.write_article("sv"), "uk")
    assert queries() == for_one
    page = shown(client, **choices).content.decode()
    assert page.count('type="checkbox" name="translation"') == 4
    empty = shown(signed_in(editor)).content.decode()
    assert "No translation is begun" in empty
    assert 'name="q"' not in empty


def test_every_translation_is_found_however_many_there_are(
    ukrainian: Translation, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.translation.files.views.MOST", 2)
    begun = [ukrainian, *(translate(desk.write_article("sv"), "uk") for _number in range(4))]
    pages = [listed(client, p=number) for number in (1, 2, 3)]
    assert [len(found) for found in pages] == [2, 2, 1]
    assert {number for found in pages for number in found} == {translation.pk for translation in begun}
    assert "Page 1 of 3" in shown(client).content.decode()
    assert "Page 1 of 3" in shown(client, q="umeå").content.decode()
    assert 'href="?q=ume%C3%A5&amp;p=2"' in shown(client, q="umeå").content.decode()


def test_a_translation_is_found_by_its_own_title_or_that_of_its_source(ukrainian: Translation, client: Client) -> None:
    """In small letters, too, in every script."""
    other = desk.write_article("sv")
    desk.rewrite(other, title="Övning i Visby (första dagen)")
    second = translate(desk.read(other), "uk")
    say_one(second, segment_of(second, "Övning i Visby (första dagen)"), "Навчання у Вісбю")
    assert listed(client, q="cherson umeå") == [ukrainian.pk]
    for words in ("övning", "dagen)", "навчання", "ВІСБЮ у"):
        assert listed(client, q=words) == [second.pk]
    assert listed(client, q="umeå övning") == []
    nothing = shown(client, q="Vaasa").content.decode()
    assert "No translation fits these choices." in nothing
    assert 'value="Vaasa"' in nothing


ODD = [
    ("q", "\0"),
    ("q", "x" * 201),
    ("state", "?"),
    ("language", "fi"),
    ("translation", "x"),
    ("translation", "9" * 30),
]


@pytest.mark.parametrize(("name", "odd"), ODD)
def test_a_choice_that_does_not_exist_counts_as_none(
    name: str, odd: str, ukrainian: Translation, client: Client
) -> None:
    assert listed(client, p="x", **{name: odd}) == [ukrainian.pk]


def test_translations_are_narrowed_to_what_waits_in_them_and_to_a_language(
    ukrainian: Translation, client: Client, admin_user: User
) -> None:
    """What waits are texts that nobody has translated, and those that nobody has confirmed."""
    done = translate(desk.write_article("sv"), "uk")
    say(done, UK)
    assert listed(client, state="waits") == [ukrainian.pk]
    assert listed(client, state="done") == [done.pk]
    mark(translations(done)[SV["fact"]], Reason.MACHINE)
    assert listed(client, state="waits") == [done.pk, ukrainian.pk]
    finnish = translate(desk.write_article("sv"), "fi")
    assert listed(signed_in(admin_user), language="fi") == [finnish.pk]


def test_the_workbench_leads_to_the_files_of_its_translation(ukrainian: Translation, client: Client) -> None:
    translate(desk.write_article("sv"), "uk")
    edit = reverse("wagtailadmin_pages:edit", args=[ukrainian.get_target_instance().pk])
    url = f"{reverse('desk_files')}?translation={ukrainian.pk}"
    assert f'<a href="{url}">Files</a>' in client.get(edit).content.decode()
    page = client.get(url)
    assert [choice.pk for choice in page.context["choices"]] == [ukrainian.pk]
    assert f'value="{ukrainian.pk}" id="desk-file-{ukrainian.pk}" checked' in page.content.decode()
    assert "One translation is shown." in page.content.decode()


def test_nobody_is_shown_a_translation_of_others_by_its_number(ukrainian: Translation, editor: User) -> None:
    assert listed(signed_in(editor), translation=ukrainian.pk) == []


def test_localizes_own_addresses_lead_to_ours(ukrainian: Translation, client: Client) -> None:
    """Trap 13."""
    out = client.get(reverse("wagtail_localize:download_pofile", args=[ukrainian.pk])).content
    assert b"#. version: " in out
    upload = reverse("wagtail_localize:upload_pofile", args=[ukrainian.pk])
    file = SimpleUploadedFile("uk.po", edit(out, words()).encode())
    assert report(client.post(upload, {"file": file, "next": "/admin/"})).stored == len(words())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(noise=st.binary(max_size=60), at=st.integers(0, 4_000), name=st.sampled_from(["a.po", "a.xlf"]))
def test_no_file_is_a_fault(noise: bytes, at: int, name: str, ukrainian: Translation, client: Client) -> None:
    kind = "po" if name.endswith("po") else "xliff"
    data = download(client, ukrainian, kind)
    at = min(at, len(data))
    answer = client.post(reverse("desk_files"), {"file": SimpleUploadedFile(name, data[:at] + noise + data[at:])})
    assert answer.status_code == 200
    commit()
