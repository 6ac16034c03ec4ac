"""XLIFF 2.1 files: one with a `<file>` for each page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from bs4 import Tag
from django.utils.translation import gettext as _

from cms.translation.files.inline import BrokenMarkup, number_tags, read_tags, to_codes, to_html
from cms.translation.files.notes import on_one_line, write_notes
from cms.translation.files.reading import MOST_ENTRIES, FileRefused, Incoming, Received
from cms.translation.files.trees import Node, read_tree
from cms.translation.files.units import State, Unit, Work
from cms.translation.names.offers import Offers

TOOL = "XLIFF file"
NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"

Begin = Callable[[Iterable[str]], None]
FindTexts = Callable[[str, str], tuple[str, str]]


def write_xliff(languages: tuple[str, str], files: Iterable[bytes]) -> bytes:
    """Return one file with several translations, each written by `write_file`, from one language into one other."""
    source, target = map(quoteattr, languages)
    root = f'<xliff xmlns="{NAMESPACE}" version="2.1" srcLang={source} trgLang={target}>'
    return b"\n".join([b'<?xml version="1.0" encoding="UTF-8"?>', root.encode(), *files, b"</xliff>", b""])


def write_file(work: Work, offers: Offers) -> bytes:
    """Return a translation as a `<file>`, with names and terms to offer."""
    return "\n".join(_file(work, offers)).encode()


def read_xliff(data: bytes, begin: Begin, find_texts: FindTexts) -> Received:
    """Return the texts of an XLIFF file; raise `FileRefused` when it is none of version 2.

    `find_texts` returns source and target of a unit of a translation: from these the codes had their numbers. Of a unit
    whose source was changed since, the file's own source says what they were. `begin` is told before of which
    translations.
    """
    root = read_tree(data)
    if root.name != "xliff":
        raise FileRefused(_("This is not an XLIFF file."))
    if not root.attributes.get("version", "").startswith("2."):
        raise FileRefused(_("This XLIFF file is not of version 2. Misto reads and writes XLIFF 2.1."))
    language = root.attributes.get("trgLang", "")
    files = [(file, _translation_of(file)) for file in root.all("file")]
    if not files:
        raise FileRefused(_("The file has no texts."))
    begin(translation for _file, translation in files)
    entries = [entry for file, translation in files for entry in _entries(file, translation, find_texts)]
    if len(entries) > MOST_ENTRIES:
        raise FileRefused(_("A file may have %(most)d texts at most.") % {"most": MOST_ENTRIES})
    return Received({translation: language for _file, translation in files}, entries, TOOL)


def _file(work: Work, offers: Offers) -> Iterator[str]:
    uuid = str(work.translation.uuid)
    yield f'  <file id="f{uuid}" original={quoteattr(uuid)}>'
    yield from _notes([("page", work.title), ("kind", work.kind)], "    ")
    for unit in work.units:
        yield from _unit(work, unit, offers)
    yield "  </file>"


def _unit(work: Work, unit: Unit, offers: Offers) -> Iterator[str]:
    numbers, _tags = number_tags(unit.source, unit.target)
    yield f'    <unit id="{unit.id}" name={quoteattr(unit.path)}>'
    notes = [("place", unit.place), *write_notes(work, unit, offers), ("version", unit.version)]
    yield from _notes(notes, "      ")
    yield f'      <segment state="{unit.state}">'
    yield f'        <source xml:space="preserve">{to_codes(unit.source, numbers)}</source>'
    if unit.target:
        yield f'        <target xml:space="preserve">{to_codes(unit.target, numbers)}</target>'
    yield "      </segment>"
    yield "    </unit>"


def _notes(notes: Iterable[tuple[str, str]], indent: str) -> Iterator[str]:
    yield f"{indent}<notes>"
    for about, note in notes:
        yield f'{indent}  <note category="{about}">{escape(on_one_line(note))}</note>'
    yield f"{indent}</notes>"


def _translation_of(file: Node) -> str:
    """Return which translation a file belongs to; tools keep `original`, and the id of a file is its copy."""
    for said in (file.attributes.get("original", ""), file.attributes.get("id", "").removeprefix("f")):
        try:
            return str(UUID(said))
        except ValueError:
            continue
    raise FileRefused(_("A part of the file does not say which translation it belongs to."))


def _entries(node: Node, translation: str, find_texts: FindTexts) -> Iterator[Incoming]:
    for child in node.children:
        match child:
            case Node(name="unit"):
                yield _incoming(child, translation, find_texts)
            case Node(name="group"):
                yield from _entries(child, translation, find_texts)


def _incoming(unit: Node, translation: str, find_texts: FindTexts) -> Incoming:
    name = unit.attributes.get("id", "")
    segments = unit.all("segment")
    # A tool may have cut a text into sentences; what stands between them is part of it.
    parts = [part for part in unit.children if isinstance(part, Node) and part.name in ("segment", "ignorable")]
    source, said = find_texts(translation, name)
    sources = [child for part in parts for found in part.all("source") for child in found.children]
    tags = number_tags(source, said)[1] if source else read_tags(sources)
    target, problem = "", ""
    try:
        source = source or to_html(sources, tags)
        target = "".join(_html(part, tags) for part in parts)
    except BrokenMarkup as broken:
        problem = str(broken)
    if target.strip() and any(_is_open(segment) for segment in segments):
        problem = _("Only a part of this text is translated.")
    return Incoming(
        translation=translation,
        id=name,
        path=unit.attributes.get("name", ""),
        source=source,
        target=target,
        needs_review=any(segment.attributes.get("state", State.INITIAL) == State.INITIAL for segment in segments),
        version=_version(unit),
        place=_("line %(number)d") % {"number": unit.line},
        problem=problem,
    )


def _is_open(segment: Node) -> bool:
    """Whether a segment is not translated; nothing at all is a translation where its state says so."""
    target = segment.first("target")
    if target is None:
        return True
    is_blank = not target.text.strip() and not any(isinstance(child, Node) for child in target.children)
    return is_blank and segment.attributes.get("state", State.INITIAL) == State.INITIAL


def _html(part: Node, tags: Mapping[str, Tag]) -> str:
    target = part.first("target")
    if target is None and part.name == "ignorable":
        target = part.first("source")
    return to_html(target.children, tags) if target else ""


def _version(unit: Node) -> str:
    notes = unit.first("notes")
    found = [note.text for note in (notes.all("note") if notes else []) if note.attributes.get("category") == "version"]
    return found[0].strip() if found else ""
