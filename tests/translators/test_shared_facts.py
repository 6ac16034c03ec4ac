"""What all languages share: people by their key, rows that keep their identity, and settings that must ship."""

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import ManyToManyField
from django.urls import reverse
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageViewRestriction, TranslatableMixin
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation

from cms.content.documents import Context, declaration_of, declarations
from cms.publications.models import Publication
from cms.translation.publishing import publish_translation
from cms.translation.submitting import translate
from news.models import NewsPage, NewsPerson
from partners.models import Appointment, PersonPage
from tests.newsroom import Newsroom, add_people, add_seed_article, publish
from tests.newsroom import translate as carry
from tests.translators.desk import (
    SV,
    UK,
    commit,
    in_language,
    open_segments,
    read,
    rewrite,
    say,
    say_one,
    signed_in,
    write_article,
)

NAMES = {"Janet Ågren": "Янет Огрен", "Anders Ågren": "Андерс Огрен", "Vitalii Bielobrov": "Віталій Бєлобров"}


def document(page: NewsPage) -> Any:
    """Return what is public of an article."""
    context = Context(language=page.language, published_at=page.first_published_at, source=None)
    return declaration_of(NewsPage).build(page, context)


def test_a_translated_quotes_speaker_is_the_same_person(room: Newsroom) -> None:
    janet, anders, vitalii = people = add_people(room)
    for person in people:
        carry(person, "uk", NAMES)
    article = add_seed_article(room, people)
    commit()
    translated = carry(article, "uk", {})
    commit()
    quotes = [block for block in document(translated).body if block.type == "quote"]
    assert [quote.speaker.person.id for quote in quotes] == [janet.translation_key, anders.translation_key]
    assert {pointer.id for pointer in document(translated).people} == {person.translation_key for person in people}
    assert in_language(vitalii, "uk").title == "Віталій Бєлобров"
    assert Publication.objects.get(key=article.translation_key, language="uk").status == "published"


def test_a_person_added_to_the_source_later_asks_for_no_words_but_makes_the_translation_stale(
    room: Newsroom,
) -> None:
    """Trap 16: people are resolved by key when read; a new one is a change to be taken over."""
    janet, _anders, vitalii = people = add_people(room)
    article = write_article("sv", speaker=janet)
    for person in people:
        carry(person, "uk", NAMES)
    translation = translate(article, "uk")
    say(translation, UK)
    publish_translation(translation)
    commit()
    before = len(open_segments(translation))
    draft = read(article).get_latest_revision_as_object()
    draft.people = [NewsPerson(page=vitalii, locale=article.locale)]
    draft.save_revision().publish()
    commit()
    assert len(open_segments(translation)) == before
    publish_translation(Translation.objects.get(pk=translation.pk))
    assert [row.key for row in in_language(article, "uk").people.all()] == [vitalii.translation_key]


def test_rows_keep_their_identity_through_every_publishing(room: Newsroom) -> None:
    """Trap 11: rows that localize cannot translate are made anew each time."""
    janet, _anders, _vitalii = add_people(room)
    carry(janet, "uk", {"kommunalråd": "комісар", "Umeå kommun": "муніципалітет Умео", **NAMES})
    first = Appointment.objects.get(person=in_language(janet, "uk"))
    translation = Translation.objects.get(source__object_id=janet.translation_key)
    for segment in open_segments(translation):
        if segment.string.data == "kommunalråd":
            say_one(translation, segment, "муніципальна радниця")
    publish_translation(translation)
    again = Appointment.objects.get(person=in_language(janet, "uk"))
    assert (again.pk, again.title) == (first.pk, "муніципальна радниця")
    assert again.translation_key == Appointment.objects.get(person=janet).translation_key
    assert again.locale.language_code == "uk"


def test_a_row_taken_from_the_source_is_taken_from_its_translation(room: Newsroom) -> None:
    """Trap 11: what is cleared in the source must not live on elsewhere."""
    janet, _anders, _vitalii = add_people(room)
    carry(janet, "uk", NAMES)
    draft = read(janet).get_latest_revision_as_object()
    draft.appointments = []
    draft.save_revision().publish()
    commit()
    publish_translation(Translation.objects.get(source__object_id=janet.translation_key))
    assert not in_language(janet, "uk").appointments.exists()


def test_giving_translators_the_newest_text_leaves_the_rows_of_its_translation_alone(
    room: Newsroom, admin_user: User
) -> None:
    """Trap 11: at every sync, stock localize makes rows anew that lead to pages of the source's language."""
    janet, _anders, _vitalii = add_people(room)
    carry(janet, "uk", NAMES)
    article = write_article("sv")
    rewrite(article, people=[NewsPerson(page=janet, locale=article.locale)])
    translation = translate(read(article), "uk")
    say(translation, UK)
    publish_translation(translation)
    rows = NewsPerson.objects.filter(article=in_language(article, "uk")).values_list("pk", "translation_key", "page")
    known = list(rows)
    url = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    assert signed_in(admin_user).post(url, {"publish_translations": "on"}).status_code == 302
    publish_translation(Translation.objects.get(pk=translation.pk))
    assert list(rows.all()) == known
    assert [row.key for row in in_language(article, "uk").people.all()] == [janet.translation_key]


def test_submitting_an_article_leaves_its_people_alone(room: Newsroom) -> None:
    """Trap 4: as snippets, people were unpublished or overwritten by it."""
    janet, *_others = people = add_people(room)
    carry(janet, "uk", NAMES)
    before = PersonPage.objects.values_list("pk", "live", "title", "latest_revision")
    known = list(before)
    translate(add_seed_article(room, people), "uk")
    assert list(before.all()) == known


def test_a_date_corrected_in_the_source_reaches_the_next_translation(room: Newsroom) -> None:
    article = write_article("sv")
    translation = translate(article, "uk")
    say(translation, UK)
    publish_translation(translation)
    commit()
    rewrite(article, published_at=article.first_published_at.replace(year=2024))
    publish_translation(Translation.objects.get(pk=translation.pk))
    assert in_language(article, "uk").published_at.year == 2024


def test_only_translatable_rows_hang_on_pages() -> None:
    """Trap 11."""
    for model in [declared.model for declared in declarations()]:
        for relation in get_all_child_relations(model):
            if relation.name != COMMENTS_RELATION_NAME:
                assert issubclass(relation.related_model, TranslatableMixin), f"{model.__name__}.{relation.name}"


def test_no_page_has_a_many_to_many_field() -> None:
    """Trap 11: localize copies them, but never clears them."""
    found = [
        field for model in apps.get_models() if issubclass(model, Page) for field in model._meta.local_many_to_many
    ]
    assert not [field for field in found if isinstance(field, ManyToManyField) and field.model is not Page]


def test_no_snippet_is_translated() -> None:
    """Trap 4."""
    assert not [model for model in get_snippet_models() if issubclass(model, TranslatableMixin)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", False),
        ("WAGTAILLOCALIZE_DISABLE_ON_DELETE", True),
        ("WAGTAILLOCALIZE_JOBS", {"BACKEND": "cms.translation.jobs.TasksJobBackend"}),
    ],
)
def test_localizes_settings_ship(name: str, value: object) -> None:
    assert getattr(settings, name) == value


@pytest.mark.parametrize("app", ["wagtail_localize.locales", "wagtail.contrib.simple_translation"])
def test_no_language_follows_another_by_itself(app: str) -> None:
    assert app not in settings.INSTALLED_APPS


def test_pages_stay_publishable_for_those_who_wrote_them(room: Newsroom) -> None:
    """The gate looks at translations only."""
    article = write_article("sv")
    assert publish(article).live


def test_a_hidden_source_gives_nothing_away_through_its_translation(room: Newsroom) -> None:
    """A translated quote shows the original words; not when these were restricted or unpublished since."""
    article = write_article("sv")
    translation = translate(article, "uk")
    say(translation, UK)
    publish_translation(translation)
    commit()
    translated = Publication.objects.filter(key=article.translation_key, language="uk")
    assert SV["quote"] in translated.get().document
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    commit()
    assert translated.get().status == "published"
    assert SV["quote"] not in translated.get().document
