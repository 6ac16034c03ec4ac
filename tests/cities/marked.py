"""A newsroom in which every text carries a mark of its language, and a reader who checks the labels against them."""

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch
from uuid import UUID

from wagtail.models import Page

from home.models import Featured, HomePage, InfoPage
from news.models import ChangeNote, NewsPage, NewsPartner, NewsPartnership, NewsPerson, NewsTopic, TopicPage
from partners.models import Appointment, PartnershipPage, PersonContact, PersonName, PersonPage
from tests.newsroom import (
    LANGUAGES,
    PARTNERS,
    PUBLISHED_AT,
    Newsroom,
    PageT,
    add,
    add_image,
    add_partnership,
    open_newsroom,
    publish,
    translate,
)
from tests.publishing import publish_noted

MARK = re.compile(r"⟦([a-z]{2})⟧")
VOID = {"img", "br", "source", "hr", "wbr"}


def mark(language: str, text: str) -> str:
    """Return a text with the mark of the language it is written in."""
    return f"⟦{language}⟧ {text}"


class Carried(dict[str, str]):
    """What a translator writes who knows every word: the same text, with the mark of the other language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def get(self, text: str, _otherwise: Any = None) -> str:  # type: ignore[override]
        return MARK.sub(f"⟦{self.language}⟧", text)


def open_marked_newsroom() -> dict[str, tuple[str, UUID]]:
    """Publish every kind in every language, from Swedish and from Ukrainian; return kind and key by a name."""
    titles = {code: mark(code, "Misto") for code in LANGUAGES}
    partners = {
        name: {**values, "titles": {code: mark(code, text) for code, text in values["titles"].items()}}
        for name, values in PARTNERS.items()
    }
    with patch.dict("tests.newsroom.TITLES", titles), patch.dict("tests.newsroom.PARTNERS", partners):
        room = open_newsroom()
    publish_noted()
    janet = everywhere(_add_person(room, "umea", "sv", "Janet Ågren"))
    vitalii = everywhere(_add_person(room, "kherson", "uk", "Віталій Бєлобров"))
    topic = everywhere(publish(add(room.topics("sv"), TopicPage(title=mark("sv", "Demokrati"), code="democracy"))))
    partnership = everywhere(_add_partnership(room, janet))
    about = everywhere(_add_about(room, vitalii))
    article = everywhere(_add_article(room, janet, topic, partnership))
    visit = _add_visit(room, vitalii)
    carry(carry(visit, "sv"), "fi")  # a translation of a translation
    carry(visit, "en")
    _welcome_readers(room, article)
    publish_noted()
    pages = {
        "people/janet": janet,
        "people/vitalii": vitalii,
        "topics/democracy": topic,
        "partnerships/umea-kherson": partnership,
        "pages/about": about,
        "news/article": article,
        "news/visit": visit,
        **{f"partners/{name}": room.section(name, "sv") for name in PARTNERS},
        "home/misto": room.home("sv"),
    }
    return {name.partition("/")[2]: (name.partition("/")[0], page.translation_key) for name, page in pages.items()}


def originals_inside(data: Any) -> set[str]:
    """Return the languages of the words that were said in another one, and stand there as they were said."""
    match data:
        case dict():
            own = {data["original"]["language"]} if data.get("original") else set()
            return own.union(*map(originals_inside, data.values()))
        case list():
            return set().union(*map(originals_inside, data))
    return set()


def wrong_labels(data: Any, language: str | None = None) -> Iterator[tuple[str, str | None]]:
    """Yield every text whose mark is not the language that it is labelled with, and that language."""
    match data:
        case {"href": str()} | {"hreflang": str()}:
            return
        case {"person": {"language": str()} as card, **said}:
            # A speaker or contact: what comes from the person is in the person's language, which the card names.
            given = (card["title"], card["role"], card["organisation"], card["party"])
            yield from wrong_labels([value for value in said.values() if value in given], card["language"])
            yield from wrong_labels([card, *(value for value in said.values() if value not in given)], language)
        case dict():
            own = data.get("language", language)
            for value in data.values():
                yield from wrong_labels(value, own)
        case list():
            for value in data:
                yield from wrong_labels(value, language)
        case str():
            labelled = _labels_in_html(data, language) if "<" in data else [(data, language)]
            for text, label in labelled:
                yield from ((text, label) for found in MARK.findall(text) if found != label)


def wrong_labels_in_json_ld(data: Any, language: str | None = None) -> Iterator[tuple[str, str | None]]:
    """Yield the same of JSON-LD, whose labels have names of their own; other names of something are in any language."""
    match data:
        case {"@value": text, "@language": label}:
            yield from wrong_labels(text, label)
        case dict():
            own = data.get("inLanguage", language)
            for name, value in data.items():
                if name != "alternateName":
                    yield from wrong_labels_in_json_ld(value, own)
        case list():
            for value in data:
                yield from wrong_labels_in_json_ld(value, language)
        case str():
            yield from wrong_labels(data, language)


class _Labels(HTMLParser):
    """Reads HTML as a browser does: a text is in the language of the nearest `lang` around it."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self.around: list[str | None] = [language]
        self.found: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        language = own.get("lang") or self.around[-1]
        self.found += [(value, language) for name in ("alt", "title") if (value := own.get(name))]
        if tag not in VOID:
            self.around.append(language)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.around.pop()

    def handle_data(self, data: str) -> None:
        self.found.append((data, self.around[-1]))


def _labels_in_html(html: str, language: str | None) -> list[tuple[str, str | None]]:
    reader = _Labels(language)
    reader.feed(html)
    reader.close()
    return reader.found


def carry(page: PageT, language: str) -> PageT:
    """Translate a page from the language it is in."""
    translated = translate(page, language, Carried(language))
    publish_noted()
    return translated


def everywhere(page: PageT) -> PageT:
    """Translate a page into every other language."""
    publish_noted()
    for language in LANGUAGES:
        if language != page.locale.language_code:
            carry(page, language)
    return page


def _add_person(room: Newsroom, partner: str, language: str, name: str) -> PersonPage:
    person = PersonPage(title=mark(language, name), ground_source="https://www.umea.se/")
    person.body = [("paragraph", f"<p>{mark(language, 'Arbetar med samarbetet.')}</p>")]
    person.appointments = [
        Appointment(
            title=mark(language, "kommunalråd"),
            organisation=mark(language, "Umeå kommun"),
            is_elected=True,
            party_letter="S",
            party_name=mark(language, "Socialdemokraterna"),
            start=date(2023, 1, 1),
        )
    ]
    person.names = [
        PersonName(text=mark(code, name), language=code, script="Cyrl" if code == "uk" else "Latn", status="official")
        for code in LANGUAGES
    ]
    person.contacts = [PersonContact(role=mark(language, "Kansliet"), email="kansli@umea.example")]
    return publish(add(room.people(partner, language), person))


def _add_partnership(room: Newsroom, person: PersonPage) -> PartnershipPage:
    page = add_partnership(room, live=False)
    page = PartnershipPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name in ("title", "lead", "programme", "funder", "theme"):
        setattr(page, name, mark("sv", getattr(page, name)))
    page.members = [_marked(row, "part") for row in page.members.all()]
    page.areas = [_marked(row, "text") for row in page.areas.all()]
    page.phases = [_marked(row, "title", "text") for row in page.phases.all()]
    page.contacts = [type(row)(page=person, email=row.email) for row in page.contacts.all()]
    return publish(page)


def _marked(row: Any, *names: str) -> Any:
    for name in names:
        text = getattr(row, name)
        if text:
            setattr(row, name, mark("sv", text) if not text.startswith("<p>") else f"<p>{mark('sv', text[3:])}")
    return row


def _add_about(room: Newsroom, person: PersonPage) -> InfoPage:
    page = InfoPage(title=mark("sv", "Om samarbetet"), lead=mark("sv", "Tre städer."))
    page.body = [
        ("contact", {"person": person}),
        ("link_list", {"title": mark("sv", "Läs mer"), "links": [{"page": person}]}),
    ]
    return publish(add(room.section("umea", "sv"), page))


def _add_article(room: Newsroom, janet: PersonPage, topic: TopicPage, partnership: PartnershipPage) -> NewsPage:
    image = add_image()
    article = NewsPage(
        title=mark("sv", "Umeå ingår samarbete med Cherson"),
        lead=mark("sv", "Ett samarbete om demokrati."),
        published_at=PUBLISHED_AT,
        image=image,
        image_alt=mark("sv", "En talare visar bilder"),
        image_caption=mark("sv", "Presentation i Umeå."),
    )
    article.body = [
        ("heading", {"text": mark("sv", "Samarbetets områden"), "level": "2"}),
        ("paragraph", f'<p>{mark("sv", "Läs om")} <a linktype="page" id="{janet.pk}">{mark("sv", "Janet")}</a>.</p>'),
        ("list", {"style": "bullet", "items": [f"<p>{mark('sv', 'beredskap')}</p>"]}),
        ("quote", {"text": mark("sv", "Vi måste göra mer."), "person": janet}),
        ("quote", {"text": mark("sv", "Ja."), "name": mark("sv", "En deltagare"), "role": mark("sv", "tolk")}),
        ("image", {"image": image, "alt": mark("sv", "Delegationen"), "caption": mark("sv", "I Umeå.")}),
        ("fact_box", _fact_box()),
        ("contact", {"person": janet, "role": mark("sv", "Svarar på frågor")}),
        ("link_list", {"title": mark("sv", "Läs mer"), "links": [{"page": janet}, {"page": partnership}]}),
        ("period", {"label": mark("sv", "Delegationens besök"), "week": "2024-W24"}),
        ("video", {"title": mark("sv", "Besöket"), "url": "https://vimeo.com/76979871"}),
    ]
    article.topics = [NewsTopic(page=topic)]
    article.people = [NewsPerson(page=janet)]
    article.partners = [NewsPartner(page=room.section("kherson", "sv"))]
    article.partnerships = [NewsPartnership(page=partnership)]
    article.change_notes = [ChangeNote(weight="major", at=PUBLISHED_AT, text=mark("sv", "Rättad titel."))]
    return publish(add(room.news("umea", "sv"), article))


def _fact_box() -> dict[str, Any]:
    return {
        "title": mark("sv", "Mer information"),
        "text": f"<p>{mark('sv', 'Ett kommunalt partnerskap.')}</p>",
        "items": [mark("sv", "Administreras av ICLD.")],
    }


def _add_visit(room: Newsroom, vitalii: PersonPage) -> NewsPage:
    visit = NewsPage(title=mark("uk", "Делегація в Умео"), lead=mark("uk", "Тиждень у Швеції."))
    visit.body = [("quote", {"text": mark("uk", "Дякуємо."), "person": vitalii})]
    visit.people = [NewsPerson(page=vitalii)]
    visit.partners = [NewsPartner(page=room.section("umea", "uk"))]
    return publish(add(room.news("kherson", "uk"), visit))


def _welcome_readers(room: Newsroom, article: Page) -> None:
    for language in LANGUAGES:
        home = HomePage.objects.get(pk=room.home(language).pk)
        home.text = f"<p>{mark(language, 'Välkommen')}</p>"
        home.notice_text = mark(language, "Vi har stängt i dag.")
        home.featured = [Featured(page=article)]
        publish(home)
