"""The translators' desk in tests: the seed article, its words in other languages, and the acts of people."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation

from cms.content.pages import ContentPage
from cms.translation.concordance.remembering import remember
from cms.translation.publishing import publish_translation
from cms.translation.review import review_state
from cms.translation.submitting import translate
from news.models import NewsIndexPage, NewsPage
from partners.models import PartnerPage, PeopleIndexPage, PersonPage

LANGUAGES = ("sv", "uk", "fi", "en")

SV = {
    "title": "Umeå ingår samarbete med Cherson",
    "lead": "Umeå kommun och Cherson i Ukraina inleder ett samarbete med fokus på demokrati och stadsplanering.",
    "paragraph": "Under vecka 24 besökte en delegation från Cherson Umeå för att inleda arbetet med en förstudie.",
    "quote": "Det är viktigt att stå upp för demokrati och frihet. Självklart ska Umeå bidra på de sätt vi kan.",
    "box": "Mer information",
    "fact": "ICLD har sitt kontor i Visby.",
    "name": "Janet Ågren",
}
UK = {
    "title": "Умео починає співпрацю з Херсоном",
    "lead": "Муніципалітет Умео і Херсон в Україні починають співпрацю у сфері демократії та планування міста.",
    "paragraph": "На 24-му тижні делегація з Херсона відвідала Умео, щоб почати роботу над попереднім дослідженням.",
    "quote": "Важливо відстоювати демократію та свободу. Звісно, Умео зробить свій внесок так, як ми можемо.",
    "box": "Додаткова інформація",
    "fact": "Офіс ICLD розташований у Вісбю.",
    "name": "Янет Огрен",
}
FI = {
    "title": "Uumaja aloittaa yhteistyön Hersonin kanssa",
    "lead": "Uumajan kunta ja Herson Ukrainassa aloittavat yhteistyön, jonka aiheina ovat demokratia ja kaavoitus.",
    "paragraph": "Viikolla 24 Hersonin valtuuskunta vieraili Uumajassa aloittamassa esiselvityksen tekemistä.",
    "quote": "On tärkeää puolustaa demokratiaa ja vapautta. Tietenkin Uumaja auttaa niin kuin voimme.",
    "box": "Lisätietoja",
    "fact": "ICLD:n toimisto on Visbyssä.",
    "name": "Janet Ågren",
}
EN = {
    "title": "Umeå enters into cooperation with Kherson",
    "lead": "The municipality of Umeå and Kherson in Ukraine begin to cooperate on democracy and urban planning.",
    "paragraph": "In week 24 a delegation from Kherson visited Umeå to begin the work on a pre-study together.",
    "quote": "It is important to stand up for democracy and freedom. Of course Umeå will contribute as we can.",
    "box": "More information",
    "fact": "ICLD has its office in Visby.",
    "name": "Janet Ågren",
}
WORDS = {"sv": SV, "uk": UK, "fi": FI, "en": EN}


def write_person(name: str = "Janet Ågren", *, language: str = "sv", city: str = "umea") -> PersonPage:
    """Publish a person."""
    return _put(PersonPage(title=name), PeopleIndexPage, language, city)


def write_article(language: str = "sv", *, city: str = "umea", speaker: PersonPage | None = None) -> NewsPage:
    """Publish the article in one language."""
    words = WORDS[language]
    quote = {"text": words["quote"]} | (
        {"person": f"people/{speaker.translation_key}"} if speaker else {"name": words["name"]}
    )
    body = [
        {"type": "paragraph", "id": str(uuid4()), "value": f"<p>{words['paragraph']}</p>"},
        {"type": "quote", "id": str(uuid4()), "value": quote},
        {
            "type": "fact_box",
            "id": str(uuid4()),
            "value": {
                "title": words["box"],
                "text": "",
                "items": [{"type": "item", "id": str(uuid4()), "value": words["fact"]}],
            },
        },
    ]
    article = NewsPage(title=words["title"], lead=words["lead"])
    article.body = article._meta.get_field("body").to_python(json.dumps(body))
    return _put(article, NewsIndexPage, language, city)


def _put(page: Any, index: type[Page], language: str, city: str) -> Any:
    section = PartnerPage.objects.get(slug=city, locale__language_code=language)
    page.locale = Locale.objects.get(language_code=language)
    page.live = False
    index.objects.child_of(section).get().add_child(instance=page)
    page.save_revision().publish()
    commit()
    return read(page)


def begin(page: ContentPage, language: str) -> Translation:
    """Begin the translation of a page."""
    translation = translate(read(page), language)
    commit()
    return translation


def carry(page: ContentPage, language: str, *, tool: str = "") -> Translation:
    """Translate a page and publish that."""
    translation = begin(page, language)
    say(translation, WORDS[language], tool=tool)
    publish_translation(translation)
    commit()
    return translation


def write_chain() -> dict[str, Translation]:
    """Publish the article in Ukrainian, then carried into Swedish, from there into Finnish, from there into English."""
    page, found = write_article("uk", city="kherson"), {}
    for language in ("sv", "fi", "en"):
        found[language] = carry(page, language)
        page = in_language(page, language)
    return found


def change_source(chain: Mapping[str, Translation], title: str = "Умео і Херсон починають співпрацю") -> None:
    """Publish the original of a chain with another title."""
    rewrite(chain["sv"].source.get_source_instance(), title=title)


def follow(translation: Translation, title: str) -> None:
    """Publish a translation with another title after its source got one."""
    source = translation.source.get_source_instance()
    say_one(translation, segment_of(translation, source.title), title)
    publish_translation(translation)
    commit()


def rewrite(page: ContentPage, **texts: Any) -> None:
    """Change fields of a page and publish it."""
    save_draft(page, **texts)
    read(page).latest_revision.publish()
    commit()


def save_draft(page: ContentPage, **texts: Any) -> None:
    """Change fields of a page in a draft."""
    draft = read(page).get_latest_revision_as_object()
    for name, text in texts.items():
        setattr(draft, name, text)
    draft.save_revision()


def say(translation: Translation, words: Mapping[str, str], *, tool: str = "", user: User | None = None) -> None:
    """Translate those segments whose source stands under the same name in the words of the source's language."""
    names = {text: name for name, text in WORDS[translation.source.locale.language_code].items()}
    for segment in open_segments(translation):
        if (name := names.get(segment.string.data)) in words:
            say_one(translation, segment, words[str(name)], tool=tool, user=user)


def say_one(
    translation: Translation, segment: StringSegment, text: str, *, tool: str = "", user: User | None = None
) -> StringTranslation:
    """Translate one segment."""
    kind = StringTranslation.TRANSLATION_TYPE_MACHINE if tool else StringTranslation.TRANSLATION_TYPE_MANUAL
    said, _made = StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        locale=translation.target_locale,
        context=segment.context,
        defaults={"data": text, "translation_type": kind, "tool_name": tool, "last_translated_by": user},
    )
    return said


def open_segments(translation: Translation) -> list[StringSegment]:
    """Return the segments of a translation as they are stored now."""
    translation.source.refresh_from_db()
    return list(translation.source.stringsegment_set.select_related("string", "context").order_by("order"))


def say_many(translation: Translation, texts: Mapping[str, str]) -> None:
    """Store translations of texts as if they had stood beside the first one of the article for a while."""
    own, target = translation.source.locale, translation.target_locale
    strings = String.objects.bulk_create(
        [String(locale=own, data=text, data_hash=String._get_data_hash(text)) for text in texts]
    )
    context = open_segments(translation)[0].context
    rows = [
        StringTranslation(translation_of=string, locale=target, context=context, data=texts[string.data])
        for string in strings
    ]
    remember(StringTranslation.objects.bulk_create(rows))


def segment_of(translation: Translation, text: str) -> StringSegment:
    """Return the segment of one of the source's texts."""
    return next(segment for segment in open_segments(translation) if segment.string.data == text)


def read(page: ContentPage) -> Any:
    """Read a page again."""
    return type(page).objects.get(pk=page.pk)


def in_language(page: ContentPage, language: str) -> Any:
    """Return the page of the same key in another language, or None."""
    return type(page).objects.filter(translation_key=page.translation_key, locale__language_code=language).first()


def commit() -> None:
    """Publish what was noted, as the end of a transaction would."""
    connection.publish_noted()  # type: ignore[attr-defined]  # our backends' own


def account(name: str, rights: Mapping[Page, tuple[str, ...]]) -> User:
    """Make a person with rights on pages."""
    user = User.objects.create_user(name)
    group = Group.objects.create(name=name)
    user.groups.add(group)
    for codename in ("access_admin", "submit_translation"):
        group.permissions.add(Permission.objects.get(codename=codename))
    for page, actions in rights.items():
        for action in actions:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")
            GroupPagePermission.objects.create(group=group, page_id=page.pk, permission=permission)
    return user


def signed_in(user: User) -> Client:
    """Return a browser in which the user is signed in."""
    client = Client()
    client.force_login(user)
    return client


def press_publish(client: Client, page: Page) -> list[str]:
    """Press “Publish” in the translation editor; return what it says."""
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}, follow=True)
    return sentences(answer)


def what_is_read(page: ContentPage, user: User) -> str:
    """Return what the form of a review says that its reader has before them."""
    return review_state(read(page), User.objects.get(pk=user.pk)).seen


def submit(client: Client, page: Page, *languages: str, **data: Any) -> Any:
    """Send in the form “Translate this page”."""
    locales = [Locale.objects.get(language_code=language).pk for language in languages]
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    return client.post(url, {"locales": locales, **data})


def sentences(answer: Any) -> list[str]:
    """Return what a page tells its reader."""
    return [str(message) for message in answer.context["messages"]]
