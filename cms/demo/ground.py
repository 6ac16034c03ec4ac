"""Lays the ground that everything else is written on: languages, homes, sections and index pages, live from the start.

What is there already is left as it is, so each of these can be repeated.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site, WorkflowPage

from cms.content.languages import languages
from cms.content.pages import ContentPage, Disclosure
from cms.demo.texts import read_toml
from home.models import HomePage
from news.models import NewsIndexPage, TopicIndexPage, TopicPage
from partners.models import PartnerName, PartnerPage, PartnershipIndexPage, PeopleIndexPage

PageT = TypeVar("PageT", bound=Page)

INDEX_TITLES: dict[str, dict[str, str]] = {
    "news": {"sv": "Nyheter", "uk": "Новини", "fi": "Uutiset", "en": "News"},
    "people": {"sv": "Personer", "uk": "Люди", "fi": "Henkilöt", "en": "People"},
    "partnerships": {"sv": "Partnerskap", "uk": "Партнерства", "fi": "Kumppanuudet", "en": "Partnerships"},
    "topics": {"sv": "Ämnen", "uk": "Теми", "fi": "Aiheet", "en": "Topics"},
}
INDEX_TYPES: dict[str, type[Page]] = {
    "news": NewsIndexPage,
    "people": PeopleIndexPage,
    "partnerships": PartnershipIndexPage,
}


class DeclarationError(ValueError):
    """A file that does not declare a partner; the message says why."""


@dataclass(frozen=True)
class Declaration:
    """A partner as a file declares it."""

    slug: str
    country: str
    languages: list[str]
    title: Mapping[str, str]
    key: UUID = field(default_factory=uuid4)
    website: str = ""
    latitude: float | None = None
    longitude: float | None = None
    names: list[Mapping[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the house calls it: its English name, where there is one."""
        return self.title.get("en") or self.title[languages()[0]]

    @classmethod
    def read(cls, file: Path) -> "Declaration":
        """Return what a file declares; raise `DeclarationError` when something is missing or odd."""
        try:
            said = read_toml(file)
            if "key" in said:
                said["key"] = UUID(said["key"])
            declared = cls(**said)
            _check(declared)
        except (OSError, ValueError, TypeError, ValidationError) as error:
            raise DeclarationError(f"{file}: {_sentence(error)}") from error
        return declared


def _sentence(error: Exception) -> str:
    match error:
        case ValidationError():
            return " ".join(error.messages)
        case OSError():
            return error.strerror or str(error)
    return str(error)


def _check(declared: Declaration) -> None:
    """Raise `ValueError` or `ValidationError` when the declaration cannot become a section."""
    validate_slug(declared.slug)
    for name in declared.names:
        PartnerName(**name).clean_fields(exclude=["partner", "locale", "sort_order"])
    unknown = {*declared.languages, *declared.title} - {*languages()}
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))} is no language of this hub")
    if missing := [language for language in languages() if not declared.title.get(language)]:
        raise ValueError(f"the title is missing in {', '.join(missing)}")
    profile = _profile(declared)
    for checked in PartnerPage._meta.fields:
        if checked.name in profile:
            checked.clean(profile[checked.name], None)


def set_up_homes(key: UUID | None = None) -> dict[str, HomePage]:
    """Return the home of each language, making the languages, the homes and the site that are missing."""
    with transaction.atomic():
        key = _key_of_homes() or key or uuid4()
        homes = {language: _home(language, key) for language in languages()}
        _point_site_to(homes[languages()[0]])
    return homes


def set_up_partner(declared: Declaration) -> dict[str, PartnerPage]:
    """Return the partner's section in each language, with its index pages, making what is missing."""
    sections = {}
    for language, home in set_up_homes().items():
        with transaction.atomic():
            sections[language] = section = _section(declared, language, home)
            for name, model in INDEX_TYPES.items():
                _index(section, model, name, language, uuid5(section.translation_key, name))
    return sections


def set_up_topics(
    labels: Mapping[str, Mapping[str, str]], keys: Mapping[str, UUID], *, ai_disclosure: str = Disclosure.NONE
) -> None:
    """Make the topics that are missing, in every language; `labels` and `keys` are by code."""
    for language, home in set_up_homes().items():
        with transaction.atomic():
            index = _index(home, TopicIndexPage, "topics", language, uuid5(home.translation_key, "topics"))
            for code, label in labels.items():
                if find(TopicPage, keys[code], language) is None:
                    topic = TopicPage(title=label[language], code=code, ai_disclosure=ai_disclosure)
                    put(index, topic, language=language, key=keys[code])


def find(model: type[PageT], key: UUID, language: str) -> PageT | None:
    """Return the page of a key in a language, or None."""
    found: PageT | None = model.objects.filter(translation_key=key, locale__language_code=language).first()
    return found


def get(model: type[PageT], key: UUID, language: str) -> PageT:
    """Return the page of a key in a language; raise `DoesNotExist` when there is none."""
    found: PageT = model.objects.get(translation_key=key, locale__language_code=language)
    return found


def put(parent: Page, page: PageT, *, language: str, key: UUID, slug: str = "") -> PageT:
    """Put a page below its parent and publish it, with the slug of its title unless another is given."""
    page.locale = Locale.objects.get(language_code=language)
    page.translation_key = key
    page.slug = slug
    page.first_published_at = page.last_published_at = timezone.now()  # what is put live at once keeps its slug
    parent.add_child(instance=page)
    publish(page)
    return page


def publish(page: Page) -> None:
    """Publish the page as it is in memory."""
    page.save_revision(clean=False).publish()


def _key_of_homes() -> UUID | None:
    key: UUID | None = HomePage.objects.values_list("translation_key", flat=True).first()
    return key


def _home(language: str, key: UUID) -> HomePage:
    Locale.objects.get_or_create(language_code=language)
    home = find(HomePage, key, language)
    root = Page.get_first_root_node()
    return home or put(root, HomePage(title="Misto"), language=language, key=key, slug=language.lower())


def _point_site_to(home: HomePage) -> None:
    """Let the site begin at the first language's home, in place of Wagtail's welcome page."""
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
    if site.root_page_id == home.pk:
        return
    welcome = site.root_page if site.root_page_id else None
    site.root_page, site.site_name = home, "Misto"
    site.save()
    if welcome is not None and welcome.specific_class is Page:
        welcome.delete()
        # A fresh Wagtail sends every page to moderators, of whom there are none: what is handed in would lie for ever.
        WorkflowPage.objects.filter(page=Page.get_first_root_node()).delete()


def _section(declared: Declaration, language: str, home: HomePage) -> PartnerPage:
    key = _key_of_partner(declared.slug) or declared.key
    section = find(PartnerPage, key, language)
    if section is not None:
        return section
    section = PartnerPage(title=declared.title[language], **_profile(declared))
    names = [
        PartnerName(locale=home.locale, translation_key=uuid5(key, f"name/{name['language']}"), **name)
        for name in declared.names
    ]
    section.names.set(names)
    return put(home, section, language=language, key=key, slug=declared.slug)


def _key_of_partner(slug: str) -> UUID | None:
    key: UUID | None = PartnerPage.objects.filter(slug=slug).values_list("translation_key", flat=True).first()
    return key


def _profile(declared: Declaration) -> dict[str, Any]:
    return {
        "country": declared.country,
        "languages": declared.languages,
        "website": declared.website,
        "latitude": _coarse(declared.latitude),
        "longitude": _coarse(declared.longitude),
    }


def _coarse(degrees: float | None) -> str | None:
    return None if degrees is None else f"{degrees:.2f}"


def _index(parent: ContentPage, model: type[PageT], name: str, language: str, key: UUID) -> PageT:
    index = find(model, key, language)
    if index is not None:
        return index
    now = timezone.now()
    made: PageT = model(
        title=INDEX_TITLES[name].get(language.partition("-")[0], name.capitalize()),
        slug=name,
        locale=Locale.objects.get(language_code=language),
        translation_key=key,
        first_published_at=now,
        last_published_at=now,
    )
    parent.add_child(instance=made)
    return made
