"""A source that was restricted after its translation began: its words are shown nowhere to whoever may not read it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, PageViewRestriction
from wagtail_localize.models import Translation

from cms.demo.reviews import set_up_language_reviews
from cms.demo.rights import set_up_reviewers
from cms.translation.files.choosing import find_waiting
from cms.translation.publishing import publish_translation, save_translation_draft
from cms.translation.reading import hidden_pages
from cms.translation.review import send_to_review
from news.models import NewsPage
from tests.newsroom import Newsroom
from tests.translators import desk
from tests.translators.desk import UK, signed_in

TITLE, LEAD = "Hemlig titel", "Hemligt tills vidare: förhandlingarna har strandat."
NOT_THEIRS = "source you may not read"


@pytest.fixture
def published(ukrainian: Translation) -> Translation:
    """The translation, published before its source is restricted."""
    desk.say(ukrainian, UK)
    publish_translation(ukrainian)
    desk.commit()
    return ukrainian


@pytest.fixture
def restricted(article: NewsPage, ukrainian: Translation) -> NewsPage:
    """Its source, restricted and published with other words."""
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    desk.commit()
    desk.rewrite(article, title=TITLE, lead=LEAD)
    return article


@pytest.fixture
def both(room: Newsroom) -> User:
    """Who translates into Ukrainian, and writes for Umeå in Swedish."""
    rights = {room.home("uk"): ("change", "publish"), room.section("umea", "sv"): ("change", "publish")}
    return desk.account("both", rights)


def edit(translation: Translation) -> str:
    return reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])


def shown(client: Client, address: str, **data: str) -> str:
    return client.get(address, data).content.decode()


def is_refused(client: Client, address: str, **data: str) -> bool:
    """Whether Wagtail leads somebody away because they may not see this."""
    answer = client.get(address, data)
    return answer.status_code == 302 and answer.headers["Location"] == reverse("wagtailadmin_home")


@pytest.mark.parametrize("editor", ["", "localize"])
def test_neither_workbench_nor_editor_shows_the_words_of_a_restricted_source(
    editor: str, published: Translation, restricted: NewsPage, translator: User, both: User
) -> None:
    said = shown(signed_in(translator), edit(published), editor=editor)
    assert NOT_THEIRS in said
    assert TITLE not in said
    assert LEAD not in said
    sent = signed_in(translator).post(edit(published), {}).content.decode()
    assert LEAD not in sent
    assert NOT_THEIRS in sent
    assert TITLE in shown(signed_in(both), edit(published), editor=editor)
    PageViewRestriction.objects.all().delete()
    assert TITLE in shown(signed_in(translator), edit(published), editor=editor)


def test_lists_call_the_text_by_its_own_public_title(
    published: Translation, restricted: NewsPage, translator: User, both: User
) -> None:
    for name in ("desk_queue", "wagtailadmin_home"):
        said = shown(signed_in(translator), reverse(name))
        assert TITLE not in said
        assert UK["title"] in said
    assert TITLE in shown(signed_in(both), reverse("desk_queue"))


def test_lists_give_a_draft_no_title_while_its_source_is_restricted(
    ukrainian: Translation, restricted: NewsPage, translator: User
) -> None:
    said = shown(signed_in(translator), reverse("desk_queue"))
    assert "A text whose source you may not read" in said
    assert TITLE not in said


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_no_file_has_the_words_of_a_restricted_source(
    kind: str, published: Translation, restricted: NewsPage, translator: User, both: User
) -> None:
    client, export = signed_in(translator), reverse("desk_files_export")
    number = str(published.pk)
    assert is_refused(client, export, translation=number, format=kind)
    assert client.get(export, {"waiting": "uk", "format": kind}).status_code == 400
    assert is_refused(client, reverse("wagtail_localize:download_pofile", args=[number]))
    assert TITLE not in shown(client, reverse("desk_files"))
    assert find_waiting(translator) == []
    assert LEAD in shown(signed_in(both), export, translation=number, format=kind)
    assert TITLE in shown(signed_in(both), reverse("desk_files"))


def test_nothing_else_answers_with_the_words_of_a_restricted_source(
    published: Translation, restricted: NewsPage, translator: User, both: User
) -> None:
    client, segment = signed_in(translator), desk.segment_of(published, LEAD)
    string = [published.pk, segment.pk]
    assert is_refused(client, reverse("desk_help", args=string))
    assert is_refused(client, reverse("wagtail_localize:preview_translation", args=[published.pk]))
    assert is_refused(client, reverse("wagtail_localize:update_translations", args=[published.source_id]))
    saved = client.post(reverse("desk_save_string", args=string), {"text": "Так", "as": str(translator.pk)})
    assert (saved.status_code, LEAD in saved.content.decode()) == (403, False)
    assert TITLE not in shown(client, reverse("desk_coverage"), format="json")
    for action in ("publish", "submit", "schedule"):
        answer = client.post(edit(published), {"action": action}, follow=True).content.decode()
        assert "förhandlingarna" not in answer
        assert TITLE not in answer
    assert signed_in(both).get(reverse("desk_help", args=string)).status_code == 200


def test_many_at_once_publish_nothing_of_a_restricted_source(
    ukrainian: Translation, restricted: NewsPage, translator: User
) -> None:
    page = ukrainian.get_target_instance()
    address = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?id={page.pk}&next=/admin/"
    for answer in (signed_in(translator).get(address), signed_in(translator).post(address, {}, follow=True)):
        assert "Hemlig" not in answer.content.decode()
        assert desk.SV["title"] not in answer.content.decode()
    assert not desk.read(page).live


@pytest.mark.parametrize("address", ["wagtail_localize:preview_translation", "wagtailadmin_pages:edit"])
def test_a_stopped_translation_does_not_show_its_restricted_source(
    address: str, published: Translation, restricted: NewsPage, translator: User, both: User
) -> None:
    page = published.get_target_instance()
    published.enabled = False
    published.save()
    number = page.pk if address == "wagtailadmin_pages:edit" else published.pk
    said = shown(signed_in(translator), reverse(address, args=[number]))
    assert LEAD not in said
    assert UK["lead"] not in said
    assert signed_in(both).get(reverse(address, args=[number])).status_code == 200


def test_what_is_made_from_a_hidden_text_is_hidden_too(room: Newsroom) -> None:
    """Ukrainian source, Swedish translation, Finnish from that, English from that: each has the words before it."""
    chain = desk.write_chain()
    swedish, finnish, english = (chain[language].get_target_instance() for language in ("sv", "fi", "en"))
    rights = {room.home(language): ("change", "publish") for language in ("sv", "fi")}
    both = desk.account("sv-and-fi", rights)
    for page in (swedish, finnish):
        desk.save_draft(page, title=TITLE)
        page.unpublish()
    address = reverse("wagtailadmin_pages:view_draft", args=[finnish.pk])
    assert signed_in(both).get(address).status_code == 200
    PageViewRestriction.objects.create(page=chain["sv"].source.get_source_instance(), restriction_type="login")
    assert signed_in(both).get(address).status_code == 403
    assert TITLE not in shown(signed_in(both), address)
    assert hidden_pages(User.objects.get(pk=both.pk)) == {swedish.pk, finnish.pk, english.pk}


def test_no_words_of_a_hidden_text_are_found_among_earlier_translations(room: Newsroom) -> None:
    """They write both languages of the pair, so that only the hidden page stands between."""
    chain = desk.write_chain()
    both = desk.account("sv-and-fi", {room.home(language): ("change",) for language in ("sv", "fi")})
    for page in (chain[language].get_target_instance() for language in ("sv", "fi")):
        page.unpublish()
    desk.commit()
    word, rest = desk.FI["title"].split(" ", 1)  # the word that is asked for is marked
    asked = {"q": word, "source": "sv", "target": "fi"}
    assert rest in shown(signed_in(both), reverse("desk_concordance"), **asked)
    PageViewRestriction.objects.create(page=chain["sv"].source.get_source_instance(), restriction_type="login")
    assert rest not in shown(signed_in(both), reverse("desk_concordance"), **asked)


def test_a_step_of_a_review_opens_no_text_whose_source_is_hidden(
    ukrainian: Translation, room: Newsroom, admin_user: User
) -> None:
    """Who does a step may open its page without any other right, and approve it."""
    set_up_language_reviews(room.home("uk"))
    set_up_reviewers(room.home("uk"))
    desk.say(ukrainian, UK)
    send_to_review(ukrainian, admin_user)
    page = ukrainian.get_target_instance()
    GroupPagePermission.objects.all().delete()
    reviewer = desk.account("only-reviews", {})
    reviewer.groups.add(*page.current_workflow_task.specific.groups.all())

    def may() -> tuple[bool, bool]:
        user = User.objects.get(pk=reviewer.pk)
        return page.permissions_for_user(user).can_edit(), bool(page.current_workflow_task.get_actions(page, user))

    assert may() == (True, True)
    source = ukrainian.source.get_source_instance()
    PageViewRestriction.objects.create(page=source, restriction_type="login")
    assert may() == (False, False)


def _by_review(translation: Translation, people: User) -> None:
    page = translation.get_target_instance()
    page.get_latest_revision()
    state = page.current_workflow_state
    while state.status == state.STATUS_IN_PROGRESS:
        state.current_task_state.specific.approve(user=people)
        state.refresh_from_db()


def _by_its_revision(translation: Translation, people: User) -> None:
    desk.read(translation.get_target_instance()).latest_revision.publish(user=people)


@pytest.mark.parametrize("way", [_by_review, _by_its_revision, publish_translation])
@pytest.mark.parametrize("place", ["article", "section"])
def test_no_way_to_publish_leaves_the_restriction_of_the_source_out(
    place: str, way: Callable[..., object], article: NewsPage, ukrainian: Translation, room: Newsroom, admin_user: User
) -> None:
    desk.say(ukrainian, UK)
    if way is _by_review:
        set_up_language_reviews(room.home("uk"))
        set_up_reviewers(room.home("uk"))
        send_to_review(ukrainian, admin_user)
    else:
        save_translation_draft(ukrainian, admin_user)
    closed = article if place == "article" else room.section("umea", "sv")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    way(ukrainian, admin_user)
    desk.commit()
    page = desk.in_language(article, "uk")
    assert page.live
    assert [one.restriction_type for one in page.get_view_restrictions()] == ["login"]
