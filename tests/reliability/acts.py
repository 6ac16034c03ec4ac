"""Every act by which a page changes in Wagtail and localize, as far as partner cities can see it."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import GroupApprovalTask, Locale, Page, PageViewRestriction, Workflow, WorkflowTask
from wagtail_localize.models import StringTranslation

from cms.content.images import Consent
from cms.publications.models import Publication
from cms.translation.provenance import review
from cms.translation.publishing import publish_translation, save_translation_draft
from cms.translation.submitting import translate
from news.models import NewsPage, NewsPerson
from tests.reliability.stage import Newsroom, appoint, draw, publish_new

Act = Callable[[Newsroom], object]
Prepare = Callable[[Newsroom], None]

ACTS: dict[str, tuple[Prepare, Act]] = {}
"""What makes ready, and the act: by name."""


def nothing(newsroom: Newsroom) -> None:
    """Nothing to make ready."""


def act(prepare: Prepare = nothing, *, alone: bool = False) -> Callable[[Act], Act]:
    """Declare an act. Alone: outside any transaction, as in a shell; else in one, as requests and commands are.

    Wagtail itself deletes in several transactions: alone, that cannot be one fact.
    """

    def declare(function: Act) -> Act:
        ACTS[function.__name__] = (prepare, function if alone else transaction.atomic(function))
        return function

    return declare


def fresh(page: Page) -> Page:
    """Return the page as it is stored now."""
    return Page.objects.get(pk=page.pk).specific


# --- publish, unpublish, time -----------------------------------------------------------------------------------------


@act()
def publish_a_first_time(newsroom: Newsroom) -> object:
    return publish_new(newsroom.umea_news["sv"], NewsPage(title="Vattenbesök i Vakin", lead="Om vatten.", body=[]))


@act()
def publish_again(newsroom: Newsroom) -> object:
    page = fresh(newsroom.article["sv"])
    page.lead = "Umeå och Cherson har skrivit under."
    page.people.add(NewsPerson(page=newsroom.janet["sv"], locale=page.locale))
    return page.save_revision().publish()


@act()
def unpublish(newsroom: Newsroom) -> object:
    return fresh(newsroom.article["sv"]).unpublish()


@act(alone=True)
def unpublish_alone(newsroom: Newsroom) -> object:
    return fresh(newsroom.article["sv"]).unpublish()


def _make_user(newsroom: Newsroom) -> None:
    get_user_model().objects.create_superuser("umea", "umea@umea.example")


@act(_make_user)
def unpublish_with_what_is_below(newsroom: Newsroom) -> object:
    page, user = fresh(newsroom.about), get_user_model().objects.get(username="umea")
    return UnpublishPageAction(page, user=user, include_descendants=True).execute()


@act()
def restore_a_revision(newsroom: Newsroom) -> object:
    first = fresh(newsroom.article["sv"]).revisions.order_by("pk").first()
    page = first.as_object()
    page.lead = "Som det var från början."
    return page.save_revision(previous_revision=first).publish()


def _schedule(newsroom: Newsroom) -> None:
    page = fresh(newsroom.article["sv"])
    page.lead = "Nu är det klart."
    page.go_live_at = timezone.now() + timedelta(hours=1)
    revision = page.save_revision()
    revision.publish()
    a_minute_ago = timezone.now() - timedelta(minutes=1)
    content = {**revision.content, "go_live_at": a_minute_ago.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(content=content, approved_go_live_at=a_minute_ago)


@act(_schedule, alone=True)
def publish_what_was_scheduled(newsroom: Newsroom) -> object:
    return call_command("publish_scheduled")


def _let_expire(newsroom: Newsroom) -> None:
    page = fresh(newsroom.article["sv"])
    page.expire_at = timezone.now() + timedelta(hours=1)
    page.save()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


@act(_let_expire, alone=True)
def expire(newsroom: Newsroom) -> object:
    return call_command("publish_scheduled")


def _let_consent_run_out(newsroom: Newsroom) -> None:
    newsroom.image.consent = Consent.GIVEN
    newsroom.image.consent_until = date.today() + timedelta(days=1)
    newsroom.image.save()
    a_minute_ago = timezone.now() - timedelta(minutes=1)
    type(newsroom.image).objects.filter(pk=newsroom.image.pk).update(consent_until=date.today() - timedelta(days=1))
    Publication.objects.filter(next_change_at__isnull=False).update(next_change_at=a_minute_ago)


@act(_let_consent_run_out, alone=True)
def take_back_a_picture_whose_consent_has_run_out(newsroom: Newsroom) -> object:
    return call_command("publish_scheduled")


def _send_to_review(newsroom: Newsroom) -> None:
    user = get_user_model().objects.create_superuser("granskare", "granskare@umea.example")
    workflow = Workflow.objects.create(name="Granskning")
    task = GroupApprovalTask.objects.create(name="Granskning")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page = fresh(newsroom.visit)
    page.lead = "Granskat och klart."
    page.save_revision()
    workflow.start(page, user)


@act(_send_to_review)
def approve_in_a_workflow(newsroom: Newsroom) -> object:
    user = get_user_model().objects.get(username="granskare")
    return fresh(newsroom.visit).current_workflow_task_state.approve(user=user)


# --- move, rename, copy, delete ---------------------------------------------------------------------------------------


@act(alone=True)
def move(newsroom: Newsroom) -> object:
    return fresh(newsroom.article["sv"]).move(newsroom.kherson_news["sv"], pos="last-child")


@act(alone=True)
def move_with_what_is_below(newsroom: Newsroom) -> object:
    return fresh(newsroom.about).move(fresh(newsroom.kherson["sv"]), pos="last-child")


@act(alone=True)
def move_into_another_language(newsroom: Newsroom) -> object:
    return fresh(newsroom.about).move(fresh(newsroom.umea["uk"]), pos="last-child")


@act(alone=True)
def change_a_slug(newsroom: Newsroom) -> object:
    page = fresh(newsroom.article["sv"])
    page.slug = "umea-samarbete-cherson"
    return page.save()


@act(alone=True)
def change_the_slug_of_a_section(newsroom: Newsroom) -> object:
    page = fresh(newsroom.umea["sv"])
    page.slug = "umea-kommun"
    return page.save()


@act()
def copy(newsroom: Newsroom) -> object:
    return fresh(newsroom.visit).copy(to=newsroom.kherson_news["sv"], copy_revisions=False)


@act()
def copy_with_what_is_below(newsroom: Newsroom) -> object:
    return fresh(newsroom.about).copy(to=fresh(newsroom.kherson["sv"]), recursive=True)


@act()
def delete(newsroom: Newsroom) -> object:
    return fresh(newsroom.article["sv"]).delete()


@act()
def delete_somebody_who_is_quoted(newsroom: Newsroom) -> object:
    return fresh(newsroom.janet["sv"]).delete()


@act()
def unpublish_somebody_who_is_quoted(newsroom: Newsroom) -> object:
    return fresh(newsroom.janet["sv"]).unpublish()


@act()
def delete_with_what_is_below(newsroom: Newsroom) -> object:
    return fresh(newsroom.umea["sv"]).delete()


@act()
def delete_many(newsroom: Newsroom) -> object:
    return NewsPage.objects.all().delete()


# --- restrictions -----------------------------------------------------------------------------------------------------


@act(alone=True)
def restrict(newsroom: Newsroom) -> object:
    return PageViewRestriction.objects.create(page=newsroom.umea["sv"], restriction_type="login")


def _restrict(newsroom: Newsroom) -> None:
    PageViewRestriction.objects.create(page=newsroom.umea["sv"], restriction_type="login")


@act(_restrict)
def lift_a_restriction(newsroom: Newsroom) -> object:
    return PageViewRestriction.objects.get().delete()


@act(_restrict, alone=True)
def restrict_another_page_instead(newsroom: Newsroom) -> object:
    restriction = PageViewRestriction.objects.get()
    restriction.page = newsroom.kherson["sv"]
    return restriction.save()


@act(_restrict)
def restrict_after_saving(newsroom: Newsroom) -> object:
    PageViewRestriction.objects.all().delete()
    return PageViewRestriction.objects.create(page=newsroom.about, restriction_type="login")


@act(_restrict)
def delete_what_is_restricted(newsroom: Newsroom) -> object:
    publish_new(newsroom.kherson_news["sv"], NewsPage(title="Nytt från Cherson", lead="Nytt.", body=[]))
    return fresh(newsroom.umea["sv"]).delete()


# --- aliases and imports ----------------------------------------------------------------------------------------------


@act()
def make_an_alias(newsroom: Newsroom) -> object:
    return fresh(newsroom.visit).create_alias(parent=newsroom.kherson_news["sv"], update_slug="delegation-igen")


def _alias(newsroom: Newsroom) -> None:
    with transaction.atomic():
        make_an_alias(newsroom)


@act(_alias)
def publish_what_has_an_alias(newsroom: Newsroom) -> object:
    page = fresh(newsroom.visit)
    page.lead = "Fyra dagar i Umeå."
    return page.save_revision().publish()


@act(_alias)
def convert_an_alias(newsroom: Newsroom) -> object:
    alias = Page.objects.get(alias_of=newsroom.visit.pk).specific
    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    alias = fresh(alias)
    alias.title = "Delegationen, sedd från Cherson"
    return alias.save_revision().publish()


@act()
def import_a_batch(newsroom: Newsroom) -> object:
    parent = Page.objects.get(pk=newsroom.kherson_news["sv"].pk)
    return [
        parent.add_child(instance=NewsPage(title=f"Nyhetsbrev {number}", lead="Nytt.", body=[], locale=parent.locale))
        for number in range(1, 4)
    ]


# --- saved directly ---------------------------------------------------------------------------------------------------


@act(alone=True)
def save_a_page(newsroom: Newsroom) -> object:
    page = fresh(newsroom.article["sv"])
    page.title = "Umeå och Cherson samarbetar"
    return page.save()


@act(alone=True)
def save_a_row_of_the_base_model(newsroom: Newsroom) -> object:
    page = Page.objects.get(pk=newsroom.janet["sv"].pk)
    page.title = "Janet Ågren Åberg"
    return page.save()


@act(alone=True)
def give_a_page_another_key(newsroom: Newsroom) -> object:
    page = fresh(newsroom.visit)
    page.translation_key = uuid4()
    return page.save()


@act(alone=True)
def save_an_inline_row(newsroom: Newsroom) -> object:
    appointment = newsroom.janet["sv"].appointments.get()
    appointment.title = "kommunstyrelsens ordförande"
    return appointment.save()


@act(alone=True)
def add_an_inline_row(newsroom: Newsroom) -> object:
    return appoint(newsroom.janet["sv"], "ledamot", start=date(2020, 1, 1))


@act(alone=True)
def delete_an_inline_row(newsroom: Newsroom) -> object:
    return newsroom.article["sv"].people.get().delete()


@act(alone=True)
def give_an_inline_row_to_another_page(newsroom: Newsroom) -> object:
    row = newsroom.article["sv"].people.get()
    row.article = newsroom.visit
    return row.save()


@act(alone=True)
def save_the_home(newsroom: Newsroom) -> object:
    page = fresh(newsroom.homes["sv"])
    page.text = "<p>Välkommen.</p>"
    return page.save()


@act()
def delete_the_home(newsroom: Newsroom) -> object:
    return fresh(newsroom.homes["uk"]).delete()


@act()
def rename_a_language(newsroom: Newsroom) -> object:
    locale = Locale.objects.get(language_code="uk")
    locale.language_code = "fi"
    Locale.objects.filter(language_code="fi").delete()
    return locale.save()


# --- images and documents ---------------------------------------------------------------------------------------------


@act(alone=True)
def save_an_image(newsroom: Newsroom) -> object:
    newsroom.image.credit = "Umeå kommun"
    return newsroom.image.save()


@act(alone=True)
def replace_the_file_of_an_image(newsroom: Newsroom) -> object:
    newsroom.image.file = draw("ny-bro.png", "#6b1b2a")
    return newsroom.image.save()


@act(alone=True)
def delete_an_image(newsroom: Newsroom) -> object:
    return newsroom.image.delete()


@act(alone=True)
def save_a_document(newsroom: Newsroom) -> object:
    newsroom.letter.title = "Avsiktsförklaring 2024"
    return newsroom.letter.save()


@act(alone=True)
def delete_a_document(newsroom: Newsroom) -> object:
    return newsroom.letter.delete()


# --- localize ---------------------------------------------------------------------------------------------------------


def _translate_strings(newsroom: Newsroom) -> None:
    translation = translate(fresh(newsroom.visit), "uk")
    for segment in translation.source.stringsegment_set.select_related("string"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": "Делегація з Херсона відвідує Умео", "translation_type": "manual"},
        )


@act(_translate_strings, alone=True)
def publish_a_translation(newsroom: Newsroom) -> object:
    return publish_translation(_translation(newsroom))


def _publish_translation(newsroom: Newsroom) -> None:
    _translate_strings(newsroom)
    publish_a_translation(newsroom)


@act(_publish_translation)
def publish_the_source_of_a_translation(newsroom: Newsroom) -> object:
    page = fresh(newsroom.visit)
    page.lead = "Fem dagar i Umeå."
    return page.save_revision().publish()


@act(_publish_translation)
def publish_a_translation_again(newsroom: Newsroom) -> object:
    strings = StringTranslation.objects.filter(context__path="lead")
    for string in strings:
        string.data = "Три дні в Умео."
        string.save()
    return publish_translation(_translation(newsroom))


@act(_publish_translation)
def submit_a_source_that_has_changed(newsroom: Newsroom) -> object:
    page = fresh(newsroom.visit)
    page.lead = "Sex dagar i Umeå."
    page.save_revision().publish()
    _translation(newsroom).source.update_from_db()
    return save_translation_draft(_translation(newsroom))


@act(_publish_translation, alone=True)
def review_a_translation(newsroom: Newsroom) -> object:
    return review(NewsPage.objects.get(translation_key=newsroom.visit.translation_key, locale__language_code="uk"))


@act(_publish_translation)
def delete_the_source_of_a_translation(newsroom: Newsroom) -> object:
    return fresh(newsroom.visit).delete()


@act(_publish_translation)
def unpublish_a_translation(newsroom: Newsroom) -> object:
    page = NewsPage.objects.get(translation_key=newsroom.visit.translation_key, locale__language_code="uk")
    return page.unpublish()


def _translation(newsroom: Newsroom) -> object:
    from wagtail_localize.models import Translation

    return Translation.objects.get(source__object_id=newsroom.visit.translation_key)
