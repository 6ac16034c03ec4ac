"""Blocks as HTML: accessible, without scripts and styles, ready to print on any city's page.

Takes blocks as the contract writes them and asks nobody anything, so that a city gets the same for the same block.
"""

from collections.abc import Callable, Mapping
from datetime import date
from html import escape
from typing import Any

from cms.content.languages import name_of
from cms.content.rich_text import clean_html
from cms.content.words import day_in_words, word

Block = Mapping[str, Any]


def render_block(block: Block, language: str) -> str:
    """Return the whole block as sanitised HTML; a type we do not know gives nothing."""
    render = _RENDERERS.get(block["type"])
    return render(block, language) if render else ""


def render_image(image: Mapping[str, Any]) -> str:
    """Return an image with its sizes, caption and credit."""
    sources = "".join(
        f'<source type="{escape(source["type"])}" srcset="{escape(source["srcset"])}">' for source in image["sources"]
    )
    picture = (
        f'<picture>{sources}<img src="{escape(image["src"])}" alt="{escape(image["alt"])}"'
        f' width="{image["width"]}" height="{image["height"]}" loading="lazy"></picture>'
    )
    credit = f"<small>{escape(image['credit'])}</small>" if image["credit"] else ""
    caption = " ".join(filter(None, [escape(image["caption"] or ""), credit]))
    return f"<figure>{picture}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def _heading(block: Block, language: str) -> str:
    return f"<h{block['level']}>{escape(block['text'])}</h{block['level']}>"


def _paragraph(block: Block, language: str) -> str:
    return clean_html(block["html"])


def _list(block: Block, language: str) -> str:
    tag = "ol" if block["style"] == "number" else "ul"
    return _items(map(clean_html, block["items"]), tag)


def _quote(block: Block, language: str) -> str:
    said = f"<blockquote><p>{_lines(block['text'])}</p></blockquote>"
    speaker = block["speaker"]
    by = f"<figcaption>{_labelled(_speaker(speaker), speaker['person'], language)}</figcaption>" if speaker else ""
    original = _original(block["original"], language)
    return f"<figure>{said}{original}{by}</figure>" if by else said + original


def _original(original: Mapping[str, Any] | None, language: str) -> str:
    """Say in the reader's language that the original follows, and in which language it is."""
    if not original:
        return ""
    said_in = escape(original["language"])
    intro = word(
        "original", language, language=f'<span lang="{said_in}">{escape(name_of(original["language"]))}</span>'
    )
    return f'<p>{intro}</p><blockquote lang="{said_in}"><p>{_lines(original["text"])}</p></blockquote>'


def _speaker(speaker: Mapping[str, Any]) -> str:
    name = _linked(escape(speaker["name"]), speaker["person"])
    party = f" ({escape(speaker['party']['letter'])})" if speaker["party"] else ""
    organisation = (speaker["person"] or {}).get("organisation")
    role = ", ".join(escape(part) for part in [speaker["role"], organisation] if part)
    return f"{name}{party}{f', {role}' if role else ''}"


def _image(block: Block, language: str) -> str:
    return render_image(block["image"])


def _gallery(block: Block, language: str) -> str:
    return f"<section>{_title(block['title'])}{''.join(map(render_image, block['images']))}</section>"


def _fact_box(block: Block, language: str) -> str:
    facts = _items(map(escape, block["items"])) if block["items"] else ""
    return f"<aside>{_title(block['title'])}{clean_html(block['text'] or '')}{facts}</aside>"


def _documents(block: Block, language: str) -> str:
    return f"<section>{_title(block['title'])}{_items(map(_file, block['documents']))}</section>"


def _file(file: Mapping[str, Any]) -> str:
    language = f' hreflang="{escape(file["language"])}"' if file["language"] else ""
    kind = file["filename"].rpartition(".")[2].upper()
    named_language = f", {name_of(file['language'])}" if file["language"] else ""
    about = escape(f"({kind}, {_size(file['size'])}{named_language})")
    return f'<a href="{escape(file["url"])}"{language}>{escape(file["title"])}</a> {about}'


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


def _video(block: Block, language: str) -> str:
    return f'<p><a href="{escape(block["url"])}">{escape(block["title"])}</a> ({escape(block["provider"])})</p>'


def _contact(block: Block, language: str) -> str:
    contact = block["contact"]
    name, role, organisation = (_said(contact, own, theirs, language) for own, theirs in _FROM_THE_PERSON.items())
    lines = [
        f"<strong>{_linked(name, contact['person'])}</strong>" if name else "",
        role,
        organisation,
        _link(f"mailto:{contact['email']}", contact["email"]),
        _link(f"tel:{_dialled(contact['phone'])}", contact["phone"]) if contact["phone"] else "",
        _link(contact["url"], contact["url"]),
    ]
    return f"<address>{'<br>'.join(filter(None, lines))}</address>"


_FROM_THE_PERSON = {"name": "title", "role": "role", "organisation": "organisation"}


def _said(contact: Mapping[str, Any], own: str, theirs: str, language: str) -> str:
    """Return a line of a contact; one that comes from the person's page is in the language of that page."""
    text, card = contact[own], contact["person"] or {}
    if not text:
        return ""
    return _labelled(escape(text), card if text == card.get(theirs) else None, language)


def _dialled(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdecimal() or sign == "+")


def _link_list(block: Block, language: str) -> str:
    links = filter(None, (_listed_link(link, language) for link in block["links"]))
    return f"<section>{_title(block['title'])}{_items(links)}</section>"


def _listed_link(link: Mapping[str, Any], language: str) -> str:
    target = link["target"]
    title = link["title"] or (target or {}).get("title") or link["url"]
    if not title:
        return ""
    named = escape(title) if link["title"] else _labelled(escape(title), target, language)
    text = _linked(named, target) if target else _link(link["url"], title)
    return f"{text} – {escape(link['description'])}" if link["description"] else text


def _period(block: Block, language: str) -> str:
    week = block["week"]
    days = _days(date.fromisoformat(str(block["start"])), date.fromisoformat(str(block["end"])), language)
    text = f"{word('week', language, **week)} ({days})" if week else days
    label = f"{escape(block['label'])}: " if block["label"] else ""
    return f"<p>{label}{text}</p>"


def _days(start: date, end: date, language: str) -> str:
    last = f"{_time(end, day_in_words(end.day, end.month, language))} {end.year}"
    if start == end:
        return last
    year = f" {start.year}" if start.year != end.year else ""
    return f"{_time(start, day_in_words(start.day, start.month, language))}{year} – {last}"


def _time(day: date, text: str) -> str:
    return f'<time datetime="{day.isoformat()}">{escape(text)}</time>'


def _title(title: str | None) -> str:
    return f"<h3>{escape(title)}</h3>" if title else ""


def _items(items: Any, tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())


def _link(address: str | None, text: str | None) -> str:
    """Return a link with its text; addresses other than of the web, mail and telephone give the text alone."""
    if not address or not text:
        return ""
    if not address.startswith(("https://", "http://", "mailto:", "tel:")):
        return escape(text)
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{escape(text)}</a>'


def _linked(html: str, card: Mapping[str, Any] | None) -> str:
    """Return the text as a link to the card's reading page, if there is one."""
    path = (card or {}).get("path")
    return f'<a href="hub:{escape(path)}">{html}</a>' if path else html


def _labelled(html: str, card: Mapping[str, Any] | None, language: str) -> str:
    """Return what a card says, marked with the card's language when the text around it is in another."""
    own = (card or {}).get("language")
    return f'<span lang="{escape(own)}">{html}</span>' if own and own != language else html


_RENDERERS: dict[str, Callable[[Block, str], str]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "list": _list,
    "quote": _quote,
    "image": _image,
    "gallery": _gallery,
    "fact_box": _fact_box,
    "documents": _documents,
    "video": _video,
    "contact": _contact,
    "link_list": _link_list,
    "period": _period,
}
