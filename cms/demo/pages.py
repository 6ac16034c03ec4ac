"""Fills pages with an item's texts in one language, whether they are to be stored or only compared."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from wagtail.models import Page

from cms.content.pages import ContentPage, Disclosure
from cms.demo.bodies import body_of
from cms.demo.links import linked, page_of
from cms.demo.media import CREDIT, image
from cms.demo.texts import Item, Node, key_of, say
from home.models import HomePage, InfoPage
from news.models import ChangeNote, NewsPage
from partners.models import PartnerPage, PartnershipPage, PersonPage

MODELS: dict[str, type[ContentPage]] = {
    "home": HomePage,
    "news": NewsPage,
    "pages": InfoPage,
    "partners": PartnerPage,
    "partnerships": PartnershipPage,
    "people": PersonPage,
}

LICENSE = "CC-BY-4.0"
PICTURES = ("image", "portrait", "logo")
PLAIN_TEXTS = ("lead", "programme", "funder", "theme")
RICH_TEXTS = ("text",)


def fill(page: ContentPage, item: Item, language: str) -> ContentPage:
    """Give the page what the item says in a language."""
    page.title = say(item.said["title"], language)
    page.published_at = item.published_at
    page.license, page.credit_line, page.ai_disclosure = LICENSE, CREDIT, Disclosure.AUTONOMOUS
    for name in PLAIN_TEXTS:
        if name in item.said:
            setattr(page, name, say(item.said[name], language))
    for name in RICH_TEXTS:
        if name in item.said:
            setattr(page, name, linked(say(item.said[name], language), language))
    for name in PICTURES:
        if name in item.said:
            _illustrate(page, item.said[name], language)
    if "body" in item.said:
        page.body = body_of(item, language)
        list(page.body)  # reading every block has them stored as a form does, in full and in its order
    if item.kind == "people":
        page.ground, page.ground_source = item.said["ground"], item.said["ground_source"]
    for relation, make in ROWS.get(item.kind, {}).items():
        _fill_rows(page, relation, make(item, language))
    return page


def has_text(page: ContentPage) -> bool:
    """Whether somebody has written the page; what the set-up makes is empty."""
    return bool(page.text if isinstance(page, HomePage) else getattr(page, "body", None))


def _illustrate(page: ContentPage, said: Node, language: str) -> None:
    page.image = image(said["drawing"])
    page.image_decorative = said.get("decorative", False)
    page.image_alt = say(said.get("alt"), language)
    page.image_caption = say(said.get("caption"), language)


# --- Inline rows ----------------------------------------------------------------------------------------------------

Row = dict[str, Any]


def _fill_rows(page: ContentPage, relation: str, rows: Iterable[tuple[UUID, Row]]) -> None:
    """Give the page these rows; those that it has already keep their place in the database."""
    manager = getattr(page, relation)
    known = {row.translation_key: row.pk for row in manager.all()}
    made = [
        manager.model(pk=known.get(key), translation_key=key, locale=page.locale, sort_order=number, **row)
        for number, (key, row) in enumerate(rows)
    ]
    for row in made:
        row.clean()
    manager.set(made)


def _links(relation: str, kind: str) -> Callable[[Item, str], list[tuple[UUID, Row]]]:
    """Return what makes the rows that point to pages of a kind."""

    def make(item: Item, _language: str) -> list[tuple[UUID, Row]]:
        return [
            (_row_key(item, relation, name), {"page": _typed(page_of(kind, name))})
            for name in item.said.get(relation, [])
        ]

    return make


def _typed(page: Page) -> Page:
    return page.specific


def _featured(item: Item, _language: str) -> list[tuple[UUID, Row]]:
    return [
        (_row_key(item, "featured", name), {"page": page_of(kind, name).page_ptr})
        for kind, name in (entry.split("/") for entry in item.said["featured"])
    ]


def _change_notes(item: Item, language: str) -> list[tuple[UUID, Row]]:
    note = item.said.get("change_note")
    if note is None or language not in note:
        return []
    row = {"weight": ChangeNote.Weight.MAJOR, "at": note["at"], "text": note[language]}
    return [(_row_key(item, "change_notes", "1"), row)]


def _names(item: Item, _language: str) -> list[tuple[UUID, Row]]:
    return [(_row_key(item, "names", name["language"]), dict(name)) for name in item.said["names"]]


def _appointments(item: Item, language: str) -> list[tuple[UUID, Row]]:
    return [
        (
            _row_key(item, "appointments", held["id"]),
            {
                "title": say(held["title"], language),
                "organisation": say(held["organisation"], language),
                "is_elected": "party" in held,
                "party_letter": held.get("party", ""),
                "party_name": say(held.get("party_name"), language),
            },
        )
        for held in item.said["appointments"]
    ]


def _members(item: Item, language: str) -> list[tuple[UUID, Row]]:
    return [
        (
            _row_key(item, "members", member["id"]),
            {"page": _typed(page_of("partners", member["partner"])), "part": say(member["part"], language)},
        )
        for member in item.said["members"]
    ]


def _areas(item: Item, language: str) -> list[tuple[UUID, Row]]:
    return [(_row_key(item, "areas", area["id"]), {"text": say(area["text"], language)}) for area in item.said["areas"]]


def _phases(item: Item, language: str) -> list[tuple[UUID, Row]]:
    return [
        (
            _row_key(item, "phases", phase["id"]),
            {
                "title": say(phase["title"], language),
                "type": phase["type"],
                "start": phase.get("start"),
                "end": phase.get("end"),
                "text": say(phase["text"], language),
            },
        )
        for phase in item.said["phases"]
    ]


def _row_key(item: Item, relation: str, name: str) -> UUID:
    return key_of(item.kind, item.name, relation, name)


ROWS: dict[str, dict[str, Callable[[Item, str], list[tuple[UUID, Row]]]]] = {
    "news": {
        "topics": _links("topics", "topics"),
        "people": _links("people", "people"),
        "partners": _links("partners", "partners"),
        "partnerships": _links("partnerships", "partnerships"),
        "change_notes": _change_notes,
    },
    "people": {"names": _names, "appointments": _appointments},
    "partnerships": {"members": _members, "areas": _areas, "phases": _phases},
    "home": {"featured": _featured},
}
"""The inline rows of each kind, and who makes them."""
