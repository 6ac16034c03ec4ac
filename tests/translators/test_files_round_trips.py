"""What a translator types comes home as they typed it, whatever their tool made of the file in between."""

import re
from types import SimpleNamespace
from typing import Any
from xml.sax.saxutils import escape

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.translation.files.cleaning import clean
from cms.translation.files.po import read_po, write_po
from cms.translation.files.reading import Incoming
from cms.translation.files.units import State, Unit, Work, unit_id, version_of
from cms.translation.files.xliff import read_xliff, write_file, write_xliff
from cms.translation.names.offers import Offers
from cms.translation.submitting import translate
from news.models import NewsPage
from tests.translators.desk import open_segments, read, rewrite, signed_in
from tests.translators.test_files import download, edit, report, send
from tests.translators.test_memory import translations

UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
SIGNS = "аяїґєÅäö Umeå Херсон. 24 ’\"'\\&<>%{}\n\t\u00a0\u2011\u2028\u0085\U0001f33b"

Tag = tuple[str, int]
"""The name of a tag and its number among the tags of the source, in the order of reading."""
Inline = list[Any]
"""A text: words, and pairs of a tag and what it holds."""

WORDS = st.text(st.sampled_from(SIGNS), min_size=1, max_size=12)


@st.composite
def texts(draw: st.DrawFn) -> tuple[Inline, Inline]:
    """Draw a source with tags, and a target with the same tags around other words, in another order."""
    names = draw(st.lists(st.sampled_from(["b", "i", "em", "strong", "a", "br"]), max_size=6))
    tags = [(name, number) for number, name in enumerate(names, 1)]
    return ["Hej ", *_nest(tags, draw)], ["Привіт ", *_nest(draw(st.permutations(tags)), draw)]


def _nest(tags: list[Tag], draw: st.DrawFn) -> Inline:
    """Return words and the tags, some of them inside others, in the order in which they are read."""
    if not tags:
        return [draw(WORDS)]
    tag, *rest = tags
    held = 0 if tag[0] == "br" else draw(st.integers(0, len(rest)))
    inside = [] if tag[0] == "br" else _nest(rest[:held], draw)
    return [draw(WORDS), (tag, inside), *_nest(rest[held:], draw)]


def html(text: Inline) -> str:
    """Write a text as localize stores it."""
    return "".join(escape(part) if isinstance(part, str) else _tag(*part) for part in text)


def _tag(tag: Tag, inside: Inline) -> str:
    name, number = tag
    return "<br/>" if name == "br" else f"<{name}{_id(name, number)}>{html(inside)}</{name}>"


def _id(name: str, number: int) -> str:
    return f' id="a{number}"' if name == "a" else ""


def codes(text: Inline, prefix: str) -> str:
    """Write a text as a tool for XLIFF writes it, with codes for the tags."""
    return "".join(escape(part) if isinstance(part, str) else _code(*part, prefix) for part in text)


def _code(tag: Tag, inside: Inline, prefix: str) -> str:
    name, number = tag
    if name == "br":
        return f'<{prefix}ph canCopy="no" id="{number}" equiv="br"></{prefix}ph>'
    return f'<{prefix}pc canOverlap="no" id="{number}">{codes(inside, prefix)}</{prefix}pc>'


def work_of(*sources: str, targets: tuple[str, ...] = ()) -> Work:
    """Make a translation of some texts."""
    units = [
        Unit(
            id=unit_id(f"body.{number}", source),
            path=f"body.{number}",
            source=source,
            target=target,
            state=State.INITIAL,
            version=version_of(None, target),
            place="Text",
            max_length=None,
            help="",
            segment=None,  # type: ignore[arg-type]  # no file asks for it
        )
        for number, (source, target) in enumerate(zip(sources, targets or ("",) * len(sources), strict=True))
    ]
    translation: Any = SimpleNamespace(
        pk=1,
        uuid=UUID,
        source=SimpleNamespace(locale=SimpleNamespace(language_code="sv")),
        target_locale=SimpleNamespace(language_code="uk"),
    )
    return Work(translation, "Umeå och Cherson", "news", tuple(units))


def check(work: Work, entries: list[Incoming], typed: list[str]) -> None:
    """Hold what came back against what was typed: every text in its place, as localize writes it."""
    assert [(each.translation, each.id, each.problem) for each in entries] == [
        (UUID, unit.id, "") for unit in work.units
    ]
    assert [each.version for each in entries] == [unit.version for unit in work.units]
    for unit, entry, target in zip(work.units, entries, typed, strict=True):
        assert clean(entry.target, unit) == str(BeautifulSoup(target, "html.parser"))


def quoted(keyword: str, text: str, draw: st.DrawFn) -> str:
    """Write a text of a PO file as gettext does, wrapped anywhere but within an escape."""
    signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    lines = [""] if draw(st.booleans()) else []
    width = draw(st.integers(5, 40))
    lines += [text[start : start + width] for start in range(0, len(text), width)]
    said = ['"' + "".join(signs.get(sign, sign) for sign in line) + '"' for line in lines or [""]]
    return f"{keyword} " + "\n".join(said)


@st.composite
def poedits(draw: st.DrawFn, work: Work, typed: list[str]) -> bytes:
    """Draw what Poedit and its like make of a file: another header, remarks, fuzzy texts, obsolete ones at its end."""
    sent = read_blocks(write_po(work, Offers(())).decode())
    header = draw(
        st.permutations(
            [*sent[0].splitlines()[3:], '"X-Generator: Poedit 3.4.2\\n"', '"Plural-Forms: nplurals=3; plural=0;\\n"']
        )
    )
    blocks = ['# Перекладач, 2026.\nmsgid ""\nmsgstr ""\n' + "\n".join(header)]
    for block, unit, target in zip(sent[1:], work.units, typed, strict=True):
        lines = [line for line in block.splitlines() if line.startswith("#.")]
        if draw(st.booleans()):
            lines = [
                "# Перевірити в Умео",
                *lines,
                "#, fuzzy, c-format",
                quoted("#| msgid", "Förr\u2028", draw).replace('\n"', '\n#| "'),
            ]
        lines += [
            quoted("msgctxt", unit.path, draw),
            quoted("msgid", unit.source, draw),
            quoted("msgstr", target, draw),
        ]
        blocks.append("\n".join(lines))
    blocks.append('#~ msgctxt "body.9"\n#~ msgid "Förr"\n#~ msgstr "Раніше"')
    written = "\n\n".join(blocks) + "\n"
    mark, line_break = draw(st.sampled_from(["", "\ufeff"])), draw(st.sampled_from(["\n", "\r\n"]))
    return (mark + written.replace("\n", line_break)).encode()


def read_blocks(text: str) -> list[str]:
    return [block.strip("\n") for block in text.removeprefix("#\n").split("\n\n")]


@settings(max_examples=60, deadline=None)
@given(drawn=st.lists(texts(), min_size=1, max_size=3), data=st.data())
def test_a_po_file_that_poedit_wrote_anew_has_what_was_typed(
    drawn: list[tuple[Inline, Inline]], data: st.DataObject
) -> None:
    work = work_of(*(html(source) for source, _target in drawn))
    typed = [html(target) for _source, target in drawn]
    received = read_po(data.draw(poedits(work, typed)))
    assert received.languages == {UUID: "uk"}
    check(work, received.entries, typed)


@st.composite
def omegats(draw: st.DrawFn, work: Work, targets: list[Inline]) -> bytes:
    """Draw what OmegaT and its like make of a file: other prefixes, spaces and remarks, texts cut into segments."""
    written = write_xliff(("sv", "uk"), [write_file(work, Offers(()))]).decode()
    prefix = draw(st.sampled_from(["", "xlf:", "ns0:"]))
    space = draw(st.sampled_from(["", "\n", "\r\n\t\t"]))
    for unit, target in zip(work.units, targets, strict=True):
        start = written.index("<segment", written.index(f'<unit id="{unit.id}"'))
        end = written.index("</unit>", start)
        written = written[:start] + draw(segments(target, space)) + written[end:]
    written = re.sub(r">\n\s*<", f">{space}<", written)
    written = written.replace(
        "<notes>",
        '<okp:meta xmlns:okp="okapi-framework:xliff-extensions">1</okp:meta>'
        '<notes><note priority="1" category="omegat">Перевірити</note>',
    )
    written = re.sub(r"(</?)(?=[a-z]+[ >/])", rf"\1{prefix}", written).replace("@@", prefix)
    if prefix:
        written = written.replace("xmlns=", f"xmlns:{prefix.rstrip(':')}=")
    return written.encode()


@st.composite
def segments(draw: st.DrawFn, target: Inline, space: str) -> str:
    """Draw a target as segments, with what stands between them."""
    parts: list[Inline] = []
    for part in target:
        if parts and draw(st.booleans()):
            parts[-1].append(part)
        else:
            parts.append([part])
    written = []
    for number, part in enumerate(parts):
        state = draw(st.sampled_from(["translated", "reviewed", "final"]))
        said = f"<source>Hej.</source>{space}<target>{codes(part, '@@')}</target>"
        if len(parts) > 1 and draw(st.booleans()):
            written.append(f'<ignorable id="i{number}">{said}</ignorable>')
        else:
            written.append(f'<segment id="s{number}" state="{state}" subState="okp:x">{space}{said}{space}</segment>')
    return space.join(written)


@settings(max_examples=60, deadline=None)
@given(drawn=st.lists(texts(), min_size=1, max_size=3), data=st.data())
def test_an_xliff_file_that_omegat_wrote_anew_has_what_was_typed(
    drawn: list[tuple[Inline, Inline]], data: st.DataObject
) -> None:
    work = work_of(*(html(source) for source, _target in drawn))
    texts = {unit.id: (unit.source, unit.target) for unit in work.units}
    received = read_xliff(
        data.draw(omegats(work, [target for _s, target in drawn])), list, lambda _uuid, unit: texts[unit]
    )
    check(work, received.entries, [html(target) for _source, target in drawn])
    assert not any(entry.needs_review for entry in received.entries)


@pytest.mark.parametrize("kind", ["po", "xliff"])
@settings(max_examples=40, deadline=None)
@given(drawn=texts())
def test_what_is_translated_comes_back_as_it_went_out(kind: str, drawn: tuple[Inline, Inline]) -> None:
    source, target = html(drawn[0]), html(drawn[1])
    work = work_of(source, targets=(target,))
    if kind == "po":
        received = read_po(write_po(work, Offers(())))
    else:
        data = write_xliff(("sv", "uk"), [write_file(work, Offers(()))])
        received = read_xliff(data, list, lambda _uuid, _unit: (source, target))
    check(work, received.entries, [target])


def read_one(content: str, source: str = "Läs <b>mer</b>. Skriv<br/>till oss.") -> Incoming:
    """Read a unit of an XLIFF file whose segments are these."""
    written = write_xliff(("sv", "uk"), [write_file(work_of(source), Offers(()))]).decode()
    start, end = written.index("<segment"), written.index("</unit>")
    [entry] = read_xliff((written[:start] + content + written[end:]).encode(), list, lambda *_: (source, "")).entries
    return entry


def test_a_tag_that_spans_two_segments_is_one_tag() -> None:
    first = '<segment state="final"><source>Läs.</source><target>Читайте <sc id="1"/>більше.</target></segment>'
    rest = 'Пишіть<ec startRef="1"/><ph id="2"/>нам.'
    second = f'<segment state="final"><source>Skriv.</source><target>{rest}</target></segment>'
    between = "<ignorable><source> </source></ignorable>"
    assert read_one(first + between + second).target == "Читайте <b>більше. Пишіть</b><br/>нам."
    isolated = second.replace('startRef="1"', 'id="1" isolated="yes"')
    assert (
        read_one(first.replace('"1"', '"1" isolated="yes"') + isolated).target
        == "Читайте <b>більше.Пишіть</b><br/>нам."
    )


@pytest.mark.parametrize("code", ['<sc id="2"/>', '<ec startRef="2"/>', '<sc id="7"/>', "<ec/>"])
def test_a_code_that_opens_what_the_source_has_not_is_refused(code: str) -> None:
    assert (
        "no code with the number"
        in read_one(f"<segment><source>Läs</source><target>{code}Т</target></segment>").problem
    )


@pytest.mark.parametrize("target", ["", "<target/>", "<target> </target>"])
def test_a_text_of_which_a_sentence_is_missing_is_not_stored(target: str) -> None:
    done = '<segment state="translated"><source>Läs.</source><target>Читайте.</target></segment>'
    entry = read_one(f"{done}<segment><source>Skriv.</source>{target}</segment>")
    assert entry.problem == "Only a part of this text is translated."
    unsure = read_one(f"{done}<segment><source>Skriv.</source><target>Пишіть.</target></segment>")
    assert (unsure.problem, unsure.target, unsure.needs_review) == ("", "Читайте.Пишіть.", True)
    left_out = f'{done}<segment state="translated"><source>Skriv.</source><target/></segment>'
    assert (read_one(left_out).problem, read_one(left_out).target) == ("", "Читайте."), "it was left out on purpose"


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_a_sign_that_no_xml_may_have_breaks_no_file(kind: str) -> None:
    work = work_of("Hej\x0bdå <b>och</b>\x01", targets=("Привіт",))
    if kind == "po":
        received = read_po(write_po(work, Offers(())))
    else:
        data = write_xliff(("sv", "uk"), [write_file(work, Offers(()))])
        assert b'Hej<cp hex="000B"/>d' in data
        received = read_xliff(data, list, lambda _uuid, _unit: (work.units[0].source, "Привіт"))
    check(work, received.entries, ["Привіт"])


MARKED = "<p>Läs <b>mer</b>.<br/>Se <a href='https://www.umea.se/'>vår webbplats</a> och <i>kartan</i>.</p>"
MARKED_UK = 'Див. <i>карту</i> &amp; <a id="a1">наш <b>сайт</b></a>.<br/>Читайте.'


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_what_was_typed_is_what_is_stored(kind: str, article: NewsPage, translator: User) -> None:
    rewrite(article, body=article._meta.get_field("body").to_python([{"type": "paragraph", "value": MARKED}]))
    translation, client = translate(read(article), "uk"), signed_in(translator)
    source = next(text.string.data for text in open_segments(translation) if "Läs" in text.string.data)
    assert source == 'Läs <b>mer</b>.<br/>Se <a id="a1">vår webbplats</a> och <i>kartan</i>.'
    out = download(client, translation, kind)
    if kind == "po":
        back = report(send(client, edit(out, {source: MARKED_UK})))
    else:
        text = out.decode()
        start = text.index("<segment", text.index('name="body.'))
        end = text.index("</unit>", start)
        cut = (
            '<segment id="s1" state="translated"><source>Läs.</source>'
            '<target>Див. <pc id="4">карту</pc> &amp; <sc id="3"/>наш</target></segment>\n'
            "<ignorable><source> </source></ignorable>\n"
            '<segment id="s2" state="translated"><source>Se.</source>'
            '<target><pc id="1">сайт</pc><ec startRef="3"/>.<ph id="2"/>Читайте.</target></segment>'
        )
        back = report(send(client, text[:start] + cut + text[end:], "uk.xlf"))
    assert (back.stored, back.refused) == (1, [])
    assert translations(translation)[source].data == MARKED_UK
