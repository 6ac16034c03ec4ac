"""A newsroom for tests: the languages' homes, the partners' sections, their people and topics, and the seed article.

Everything is real content (the article about Umeå and Kherson), made directly in the database and fast::

    room = open_newsroom()                        # four homes, each with the sections of Umeå and Kherson, all live
    room.home("uk"), room.section("umea", "sv"), room.news("kherson", "uk"), room.people("umea", "sv")
    room.partnerships("umea", "sv"), room.topics("fi")

    janet, anders, vitalii = add_people(room)     # published in Swedish, two of them elected
    article = add_seed_article(room)              # published in Swedish, quotes Janet and Anders by link
    article = add_seed_article(room, live=False)  # the same as a draft
    partnership = add_partnership(room)           # published in Swedish, with members, phases and a contact
    add_topics(room)                              # {"democracy": TopicPage, "urban-planning": TopicPage}, in Swedish

    translated = translate(article, "uk", words)  # through the translators' desk, live; words are source: target
    publish(page)                                 # as the admin does: a revision, then that revision published
    image = add_image("En talare visar bilder")   # a photograph with EXIF; `add_document()` a small PDF

Nothing here publishes by itself more than these functions say; every function returns the pages it made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringTranslation, Translation

from cms.content.files import ContentDocument
from cms.content.images import ContentImage
from cms.translation.publishing import publish_translation
from cms.translation.submitting import translate as submit
from home.models import HomePage
from news.models import NewsIndexPage, NewsPage, NewsPartner, NewsPerson, NewsTopic, TopicIndexPage, TopicPage
from partners.models import (
    Appointment,
    Area,
    Member,
    PartnerName,
    PartnerPage,
    PartnershipContact,
    PartnershipIndexPage,
    PartnershipPage,
    PeopleIndexPage,
    PersonName,
    PersonPage,
    Phase,
)

LANGUAGES = ("sv", "uk", "fi", "en")
PUBLISHED_AT = datetime(2024, 6, 14, 8, tzinfo=UTC)

TITLES = {"sv": "Misto", "uk": "Місто", "fi": "Misto", "en": "Misto"}
PARTNERS: dict[str, dict[str, Any]] = {
    "umea": {
        "titles": {"sv": "Umeå", "uk": "Умео", "fi": "Uumaja", "en": "Umeå"},
        "country": "SE",
        "languages": ["sv"],
        "website": "https://www.umea.se/",
        "latitude": "63.83",
        "longitude": "20.26",
    },
    "kherson": {
        "titles": {"sv": "Cherson", "uk": "Херсон", "fi": "Herson", "en": "Kherson"},
        "country": "UA",
        "languages": ["uk"],
        "website": "https://miskrada.kherson.ua/",
        "latitude": "46.64",
        "longitude": "32.62",
    },
}

PageT = TypeVar("PageT", bound=Page)


@dataclass
class Newsroom:
    """The pages that are there before anybody writes, by language."""

    pages: dict[tuple[str, str], Page] = field(default_factory=dict)

    def home(self, language: str) -> HomePage:
        return self.pages["home", language]

    def section(self, partner: str, language: str) -> PartnerPage:
        return self.pages[partner, language]

    def news(self, partner: str, language: str) -> NewsIndexPage:
        return self.pages[f"{partner}/news", language]

    def people(self, partner: str, language: str) -> PeopleIndexPage:
        return self.pages[f"{partner}/people", language]

    def partnerships(self, partner: str, language: str) -> PartnershipIndexPage:
        return self.pages[f"{partner}/partnerships", language]

    def topics(self, language: str) -> TopicIndexPage:
        return self.pages["topics", language]


def open_newsroom(languages: tuple[str, ...] = LANGUAGES, partners: tuple[str, ...] = ("umea", "kherson")) -> Newsroom:
    """Make homes, sections and index pages in every language: real translations of each other, live."""
    room = Newsroom()
    root = Page.get_first_root_node()
    Site.objects.all().delete()
    root.get_children().delete()
    root = Page.objects.get(pk=root.pk)
    for language in languages:
        locale, _made = Locale.objects.get_or_create(language_code=language)
        home = _place(room, "home", root, HomePage(title=TITLES[language], slug=language, locale=locale))
        _place(room, "topics", home, TopicIndexPage(title="Topics", slug="topics", locale=locale))
        for partner in partners:
            _open_section(room, home, partner, locale)
    Site.objects.create(hostname="testserver", root_page=room.home(languages[0]), is_default_site=True)
    return room


def add_people(room: Newsroom) -> tuple[PersonPage, PersonPage, PersonPage]:
    """Publish, in Swedish, the three who speak in the seed article."""
    janet = PersonPage(title="Janet Ågren", ground_source="https://www.umea.se/")
    janet.appointments = [_councillor("S", "Socialdemokraterna")]
    anders = PersonPage(title="Anders Ågren", ground_source="https://www.umea.se/")
    anders.appointments = [_councillor("M", "Moderaterna")]
    vitalii = PersonPage(title="Vitalii Bielobrov")
    vitalii.appointments = [Appointment(title="vice borgmästare", organisation="Cherson")]
    vitalii.names = [
        PersonName(text="Віталій Бєлобров", language="uk", script="Cyrl", status="official"),
        PersonName(text="Vitalii Bielobrov", language="en", script="Latn", status="transliteration"),
    ]
    return (
        publish(add(room.people("umea", "sv"), janet)),
        publish(add(room.people("umea", "sv"), anders)),
        publish(add(room.people("kherson", "sv"), vitalii)),
    )


def add_topics(room: Newsroom) -> dict[str, TopicPage]:
    """Publish two topics in Swedish, by their code."""
    labels = {"democracy": "Demokrati", "urban-planning": "Stadsplanering"}
    topics = {code: TopicPage(title=label, code=code) for code, label in labels.items()}
    return {code: publish(add(room.topics("sv"), topic)) for code, topic in topics.items()}


def add_seed_article(
    room: Newsroom,
    people: tuple[PersonPage, PersonPage, PersonPage] | None = None,
    topics: dict[str, TopicPage] | None = None,
    *,
    image: ContentImage | None = None,
    live: bool = True,
) -> NewsPage:
    """Write the article this hub began with, in Swedish; its people and topics are made when not given."""
    janet, anders, vitalii = people or add_people(room)
    topics = topics if topics is not None else add_topics(room)
    article = NewsPage(
        title="Umeå ingår samarbete med Cherson",
        lead=("Umeå kommun och Cherson i Ukraina inleder ett samarbete med fokus på demokrati och stadsplanering."),
        published_at=PUBLISHED_AT,
        body=seed_body(janet, anders),
        image=image,
        image_alt="En talare visar bilder för deltagarna" if image else "",
        image_caption="Man håller en presentation." if image else "",
    )
    article.topics = [NewsTopic(page=topic) for topic in topics.values()]
    article.people = [NewsPerson(page=person) for person in (janet, anders, vitalii)]
    article.partners = [NewsPartner(page=room.section("umea", "sv")), NewsPartner(page=room.section("kherson", "sv"))]
    add(room.news("umea", "sv"), article)
    return publish(article) if live else draft(article)


def seed_body(janet: PersonPage, anders: PersonPage) -> list[tuple[str, Any]]:
    """Return the blocks of the seed article."""
    return [
        (
            "paragraph",
            "<p>Umeå kommun och Cherson har fått en gemensam förstudie om <b>demokrati och stadsplanering</b>.</p>",
        ),
        ("quote", {"text": "Det är viktigt att stå upp för demokrati och frihet.", "person": janet}),
        ("period", {"label": "Delegationens besök i Umeå", "week": "2024-W24"}),
        ("heading", {"text": "Samarbetets områden", "level": "2"}),
        ("list", {"style": "bullet", "items": ["<p>beredskapsfrågor</p>", "<p>vattenförsörjning</p>"]}),
        ("quote", {"text": "Vi måste göra mer.", "person": anders}),
        (
            "fact_box",
            {
                "title": "Mer information",
                "text": "<p>Samarbetet är ett kommunalt partnerskap.</p>",
                "items": ["Administreras av ICLD, som har sitt kontor i Visby."],
            },
        ),
    ]


def add_partnership(room: Newsroom, *, live: bool = True) -> PartnershipPage:
    """Write, in Swedish, the partnership of Umeå and Kherson."""
    page = PartnershipPage(
        title="Umeå och Cherson",
        lead="Ett kommunalt partnerskap om demokrati och stadsplanering.",
        programme="ICLD kommunalt partnerskap",
        funder="Sveriges regering, genom stödet till Ukraina",
        theme="Demokrati och stadsplanering",
        published_at=PUBLISHED_AT,
    )
    page.members = [
        Member(page=room.section("umea", "sv"), part="samordnare", joined=date(2024, 6, 10)),
        Member(page=room.section("kherson", "sv"), part="partner", joined=date(2024, 6, 10)),
    ]
    page.areas = [Area(text=text) for text in ("beredskap", "vattenförsörjning", "digitalisering")]
    page.phases = [
        Phase(title="Avsiktsförklaring", type="letter_of_intent"),
        Phase(title="Delegationen besöker Umeå", type="visit", start=date(2024, 6, 10), end=date(2024, 6, 16)),
        Phase(title="Ettårig förstudie", type="pre_study", text="<p>Beviljad av ICLD.</p>"),
    ]
    page.contacts = [PartnershipContact(name="Umeå kommun", email="international@umea.example")]
    add(room.partnerships("umea", "sv"), page)
    return publish(page) if live else draft(page)


def translate(page: PageT, language: str, words: Mapping[str, str]) -> PageT:
    """Translate a published page at the translators' desk and publish it; again, when it was translated before.

    `words` are texts of the source and what they are in the other language; any other gets the language's code.
    """
    begun = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale__language_code=language
    ).first()
    # As it is stored: copying takes rows that are only in memory away from the page they are copied from.
    translation = begun or submit(type(page).objects.get(pk=page.pk), language)
    for segment in translation.source.stringsegment_set.select_related("string"):
        text = segment.string.data
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": words.get(text, f"{text} ({language})"), "tool_name": ""},
        )
    publish_translation(translation)
    return type(page).objects.get(translation_key=page.translation_key, locale__language_code=language)


def add(parent: Page, page: PageT) -> PageT:
    """Put a page, not live yet, under its parent."""
    page.live = False
    page.has_unpublished_changes = True
    page.locale = parent.locale
    Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
    return page


def draft(page: PageT) -> PageT:
    """Keep the page as a draft."""
    page.save_revision()
    return page


def publish(page: PageT) -> PageT:
    """Publish the page as the admin does, and return it as it is stored then."""
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def add_image(title: str = "En talare", *, width: int = 1000, height: int = 600, **values: Any) -> ContentImage:
    """Upload a photograph that says where and with what it was taken."""
    image = ContentImage(title=title, file=ContentFile(photograph(width, height), name="talare.jpg"), **values)
    image.save()
    return image


def photograph(width: int = 1000, height: int = 600, *, orientation: int = 1) -> bytes:
    """Return a JPEG with EXIF and a place in Kherson."""
    picture = Picture.new("RGB", (width, height), "#1b4d6b")
    exif = Picture.Exif()
    exif[0x010F] = "Nokia"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 38.0, 24.0), 3: "E", 4: (32.0, 37.0, 12.0)})
    written = BytesIO()
    picture.save(written, "JPEG", exif=exif)
    return written.getvalue()


def add_document(title: str = "Letter of Intent", language: str = "en") -> ContentDocument:
    """Upload a small file."""
    file = ContentFile(b"%PDF-1.4 Letter of Intent", name="letter-of-intent.pdf")
    return ContentDocument.objects.create(title=title, language=language, file=file)


def _open_section(room: Newsroom, home: Page, partner: str, locale: Locale) -> None:
    values = {name: value for name, value in PARTNERS[partner].items() if name != "titles"}
    titles = PARTNERS[partner]["titles"]
    page = PartnerPage(title=titles[locale.language_code], slug=partner, locale=locale, **values)
    if (partner, "sv") not in room.pages:
        page.names = [
            PartnerName(text=text, language=code, script="Cyrl" if code == "uk" else "Latn", status="official")
            for code, text in titles.items()
        ]
    section = _place(room, partner, home, page)
    _place(room, f"{partner}/news", section, NewsIndexPage(title="News", slug="news", locale=locale))
    _place(room, f"{partner}/people", section, PeopleIndexPage(title="People", slug="people", locale=locale))
    _place(
        room,
        f"{partner}/partnerships",
        section,
        PartnershipIndexPage(title="Partnerships", slug="partnerships", locale=locale),
    )


def _place(room: Newsroom, name: str, parent: Page, page: PageT) -> PageT:
    """Add a page that is live from the start, as a translation of the first with its name."""
    now = timezone.now()
    page.first_published_at = page.last_published_at = now
    others = [other for (known, _language), other in room.pages.items() if known == name]
    if others:
        page.translation_key = others[0].translation_key
    parent.add_child(instance=page)
    room.pages[name, page.locale.language_code] = page
    return page


def _councillor(letter: str, party: str) -> Appointment:
    return Appointment(
        title="kommunalråd",
        organisation="Umeå kommun",
        is_elected=True,
        party_letter=letter,
        party_name=party,
        start=date(2023, 1, 1),
    )
