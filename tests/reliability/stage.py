"""A small newsroom in two languages, every link of which is real: what the acts of these tests change."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from PIL import Image
from wagtail.models import Collection, Locale, Page

from cms.content.files import ContentDocument
from cms.content.images import Consent, ContentImage
from cms.publications.models import Publication
from home.models import HomePage, InfoPage
from news.models import NewsIndexPage, NewsPage, NewsPerson, TopicIndexPage, TopicPage
from partners.models import (
    Appointment,
    Member,
    PartnerPage,
    PartnershipIndexPage,
    PartnershipPage,
    PeopleIndexPage,
    PersonPage,
)

OFFICE = {"sv": "kommunalråd", "uk": "муніципальна радниця"}
PARTY = {"sv": "Socialdemokraterna", "uk": "Соціал-демократи"}
TITLES = {"sv": "Umeå ingår samarbete med Cherson", "uk": "Умео починає співпрацю з Херсоном"}
LEADS = {"sv": "Umeå och Cherson inleder ett samarbete.", "uk": "Умео та Херсон розпочинають співпрацю."}
WORDS = {"sv": "Självklart ska Umeå bidra.", "uk": "Звичайно, Умео зробить свій внесок."}
TOPICS = {
    "democracy": {"sv": "Demokrati", "uk": "Демократія"},
    "urban-planning": {"sv": "Stadsplanering", "uk": "Містобудування"},
}
FIRST_DAY = datetime.fromisoformat("2024-06-14T08:00:00+00:00")


@dataclass
class Newsroom:
    """Pages by language, as they were when the newsroom opened."""

    homes: dict[str, HomePage]
    umea: dict[str, PartnerPage]
    kherson: dict[str, PartnerPage]
    umea_news: dict[str, NewsIndexPage]
    kherson_news: dict[str, NewsIndexPage]
    people: dict[str, PeopleIndexPage]
    janet: dict[str, PersonPage]
    article: dict[str, NewsPage]
    visit: NewsPage
    about: InfoPage
    contact: InfoPage
    image: ContentImage
    letter: ContentDocument


def open_newsroom() -> Newsroom:
    """Publish a newsroom: Umeå and Kherson, a person, an article that quotes her, and pages below each other."""
    with transaction.atomic():
        return _open(_find_root())


def furnish(room: Newsroom) -> None:
    """Publish what else editors look after: topics and a partnership, in both languages."""
    topics = _both(room.homes, TopicIndexPage, lambda language: {"title": "Topics", "slug": "topics"})
    for code, labels in TOPICS.items():
        _both(topics, TopicPage, lambda language, code=code, labels=labels: {"title": labels[language], "code": code})
    lying = _both(room.umea, PartnershipIndexPage, lambda language: {"title": "Partnerships", "slug": "partnerships"})
    for page in _both(lying, PartnershipPage, _partnership).values():
        members = [room.umea[page.language], room.kherson[page.language]]
        page.members = [Member(page=partner, part="partner", locale=page.locale) for partner in members]
        page.save_revision().publish()


def read_again(newsroom: Newsroom) -> Newsroom:
    """Return the newsroom as the database has it now."""
    return Newsroom(**{name: _read_again(part) for name, part in vars(newsroom).items()})


def _read_again(part: Any) -> Any:
    if isinstance(part, dict):
        return {language: _read_again(page) for language, page in part.items()}
    return type(part).objects.get(pk=part.pk)


def _find_root() -> Page:
    for language in ("sv", "uk", "fi", "en"):
        Locale.objects.get_or_create(language_code=language)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    return Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")


def _open(root: Page) -> Newsroom:
    image, letter = make_image(), make_letter()
    homes = _both(root, HomePage, lambda language: {"title": f"Misto {language}", "slug": language})
    umea = _both(homes, PartnerPage, lambda language: _partner("Umeå" if language == "sv" else "Умео", "umea", "SE"))
    kherson = _both(homes, PartnerPage, lambda language: _partner("Херсон", "kherson", "UA"))
    umea_news = _both(umea, NewsIndexPage, lambda language: {"title": "News", "slug": "news"})
    kherson_news = _both(kherson, NewsIndexPage, lambda language: {"title": "News", "slug": "news"})
    people = _both(umea, PeopleIndexPage, lambda language: {"title": "People", "slug": "people"})
    janet = _both(people, PersonPage, lambda language: {"title": "Janet Ågren" if language == "sv" else "Янет Огрен"})
    appointment = uuid4()
    for language, person in janet.items():
        appoint(person, OFFICE[language], party=PARTY[language], key=appointment)
    article = _both(
        umea_news, NewsPage, lambda language: _article(language, janet["sv"].translation_key, image, letter)
    )
    for page in article.values():
        NewsPerson.objects.create(article=page, page=janet[page.language], locale=page.locale)
    visit = publish_new(
        umea_news["sv"],
        NewsPage(
            title="Delegation från Cherson besöker Umeå",
            lead="Tre dagar i Umeå.",
            published_at=FIRST_DAY,
            body=[
                {
                    "type": "link_list",
                    "value": {"title": "", "links": [_item(_link(article["sv"]))]},
                    "id": str(uuid4()),
                }
            ],
        ),
    )
    about = publish_new(umea["sv"], InfoPage(title="Om samarbetet", lead="Så arbetar vi.", body=[]))
    contact = publish_new(about, InfoPage(title="Kontakt", lead="Hör av dig.", body=[]))
    return Newsroom(
        homes, umea, kherson, umea_news, kherson_news, people, janet, article, visit, about, contact, image, letter
    )


def publish_new(parent: Page, page: Page) -> Any:
    """Write a page and publish it, as an editor does."""
    page.live = False
    page.locale = parent.locale
    parent = Page.objects.get(pk=parent.pk)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def appoint(person: PersonPage, title: str, *, party: str = "", key: UUID | None = None, **days: date) -> Appointment:
    """Give a person an office."""
    held: Appointment = Appointment.objects.create(
        person=person,
        title=title,
        organisation="Umeå kommun",
        is_elected=bool(party),
        party_letter="S" if party else "",
        party_name=party,
        translation_key=key or uuid4(),
        locale=person.locale,
        sort_order=person.appointments.count(),
        **days,
    )
    return held


def make_image() -> ContentImage:
    """Make a picture that may be shown."""
    made: ContentImage = ContentImage.objects.create(
        title="Bro", file=draw("bro.png"), credit="Misto", consent=Consent.NOT_NEEDED
    )
    return made


def draw(name: str, colour: str = "#1b4d6b") -> ImageFile:
    """Draw a picture."""
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "PNG")
    return ImageFile(io.BytesIO(drawn.getvalue()), name=name)


def make_letter() -> ContentDocument:
    """Write a file to download."""
    made: ContentDocument = ContentDocument.objects.create(
        title="Avsiktsförklaring", file=ContentFile(b"%PDF-1.4 Letter of Intent", name="loi.pdf")
    )
    made.get_file_size()
    return made


def _both(parents: Any, model: type[Page], say: Any) -> Any:
    """Publish a page and its translation, as set-up makes linked pages."""
    key = uuid4()
    made = {}
    for language in ("sv", "uk"):
        page = model(**say(language), translation_key=key)
        parent = parents[language] if isinstance(parents, dict) else parents
        page.locale = Locale.objects.get(language_code=language)
        page.live = False
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        page.save_revision().publish()
        made[language] = model.objects.get(pk=page.pk)
    return made


def _partner(title: str, slug: str, country: str) -> dict[str, Any]:
    return {"title": title, "slug": slug, "country": country, "languages": ["sv"], "body": []}


def _partnership(language: str) -> dict[str, Any]:
    return {"title": TITLES[language], "lead": LEADS[language], "published_at": FIRST_DAY}


def _article(language: str, speaker: UUID, image: ContentImage, letter: ContentDocument) -> dict[str, Any]:
    quote = {"text": WORDS[language], "person": f"people/{speaker}", "appointment": "", "name": "", "role": ""}
    return {
        "title": TITLES[language],
        "lead": LEADS[language],
        "published_at": FIRST_DAY,
        "image": image,
        "image_alt": "En bro",
        "body": [
            {"type": "quote", "value": {**quote, "original_language": "", "original_text": ""}, "id": QUOTE_ID},
            {"type": "documents", "value": {"title": "", "documents": [_item(letter.pk)]}, "id": DOCUMENTS_ID},
        ],
    }


QUOTE_ID, DOCUMENTS_ID = str(uuid4()), str(uuid4())


def _item(value: Any) -> dict[str, Any]:
    return {"type": "item", "value": value, "id": str(uuid4())}


def _link(page: Page) -> dict[str, Any]:
    return {"title": "", "description": "", "url": "", "page": f"news/{page.translation_key}"}


def publication(page: Page) -> Publication:
    """Return what is published of a page."""
    return Publication.objects.get(key=page.translation_key, language=page.locale.language_code)


def changed_since(sequence: int) -> set[tuple[UUID, str]]:
    """Return which publications have changed since."""
    return set(Publication.objects.since(sequence).values_list("key", "language"))
