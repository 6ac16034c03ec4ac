"""Translators' strings become a draft, or go live: through the page's revisions, never into its live row.

localize's own `save_target` writes the live row first and publishes after the transaction; nothing here calls it.
"""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision
from wagtail_localize.models import SourceDeletedError, Translation, TranslationLog

from cms.content.pages import ContentPage
from cms.translation import gate
from cms.translation.engines.policy import to_accept
from cms.translation.errors import TranslationIncomplete, TranslationRefused
from cms.translation.making import describe
from cms.translation.models import TranslatedRevision
from cms.translation.reading import is_hidden
from cms.translation.schedules import Schedule, schedule_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LOST = (ObjectDoesNotExist, ValueError, TypeError)
"""What localize raises when something that a translator chose, such as another picture, is no longer there."""


@transaction.atomic
def publish_translation(translation: Translation, user: "User | None" = None) -> ContentPage:
    """Publish the translation as its strings are now; raise `PublishingRefused` when it is not ready for that."""
    page = translation.get_target_instance()
    if user and is_hidden(user, page):
        raise TranslationRefused(_("You may not read the source of this text. Nothing was changed."))
    check_free(page, user)
    gate.check_segments(translation)
    revision = _save_revision(translation, user)
    revision.publish(user=user)
    published: ContentPage = translation.get_target_instance()
    return published


@transaction.atomic
def save_translation_draft(
    translation: Translation, user: "User | None" = None, schedule: Schedule | None = None
) -> Revision:
    """Save the translation as a draft, open segments in the source's words; what is live stays as it is.

    It keeps the times of the draft before, unless others are given.
    """
    return _save_revision(translation, user, schedule)


def save_copy(
    translation: Translation, page: ContentPage, user: "User | None", made: dict[str, Any] | None
) -> Revision:
    """Save what was made of a draft as another one; `made` is how it was made, where that is known."""
    revision = _save(page, user, clean=True)
    if made:
        TranslatedRevision.objects.create(revision=revision, **made)
    TranslationLog.objects.create(source=translation.source, locale=translation.target_locale, revision=revision)
    return revision


def build(translation: Translation) -> ContentPage:
    """Return the page with the translator's strings, not saved; open segments in the source's words."""
    try:
        page: ContentPage = translation.source.get_ephemeral_translated_instance(
            translation.target_locale, fallback=True
        )
    except SourceDeletedError:
        raise TranslationRefused(_("The page this was translated from is gone.")) from None
    except LOST:
        raise TranslationIncomplete(
            [_("A picture, document or page that was chosen for this language is no longer there. Choose another.")]
        ) from None
    return page


def check_free(page: Page, user: "User | None") -> None:
    """Refuse to publish past a lock, or behind the back of those who are reviewing the page."""
    lock = page.get_lock()
    if user and lock and lock.for_user(user):
        raise TranslationIncomplete([strip_tags(lock.get_message(user))])
    if page.workflow_in_progress:
        raise TranslationIncomplete([_("This page is being reviewed. It is published when the review is done.")])


def _save_revision(translation: Translation, user: "User | None", schedule: Schedule | None = None) -> Revision:
    page = build(translation)
    (schedule or schedule_of(page)).put_on(page)
    missing = len(gate.missing_segments(translation))
    revision = _save(page, user, clean=not missing)
    # A draft is published later, by whichever way: what nobody had accepted when it was saved is open in it.
    untranslated = missing + len(to_accept(translation))
    TranslatedRevision.objects.create(revision=revision, untranslated=untranslated, **describe(translation))
    TranslationLog.objects.create(source=translation.source, locale=translation.target_locale, revision=revision)
    return revision


def _save(page: ContentPage, user: "User | None", *, clean: bool) -> Revision:
    try:
        revision: Revision = page.save_revision(user=user, log_action=True, clean=clean)
    except ValidationError as invalid:
        raise TranslationIncomplete(_named(page, invalid)) from invalid
    return revision


def _named(page: ContentPage, invalid: ValidationError) -> list[str]:
    """Return the sentences of a validation error, each with the name of its field."""
    found = invalid.message_dict.items()
    return [f"{_verbose(page, name)}: {sentence}" for name, sentences in found for sentence in sentences]


def _verbose(page: ContentPage, name: str) -> str:
    names = {field.name: str(getattr(field, "verbose_name", field.name)) for field in page._meta.get_fields()}
    return names.get(name) or str(page.title)
