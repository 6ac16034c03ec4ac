"""Rules that hold whatever writes: looked at whenever a page, a revision or one of localize's rows is stored.

localize's endpoints for strings, links, PO files and machine translation all end in these rows, and every way to
publish ends in a page that is stored live; so the rules stand here once, and not in each view.
"""

import re
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models.signals import post_save, pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import ReferenceIndex, Revision
from wagtail.signals import page_published, workflow_approved, workflow_cancelled, workflow_rejected
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from cms.content.pages import ContentPage
from cms.content.references import BOOKKEEPING
from cms.content.sight import FILES, files_to_choose
from cms.translation import gate
from cms.translation.errors import TranslationIncomplete, TranslationRefused
from cms.translation.permissions import may_write
from cms.translation.publishing import build
from cms.translation.restricting import restrict_as_source
from cms.translation.review import fill_what_waited, note_approval, review_new_draft

UNSEEN = BOOKKEEPING | {"numchild", "path", "url_path"}
"""Fields that no reader sees."""

SAFE_ADDRESS = re.compile(r"(https?://|mailto:|tel:)\S", re.IGNORECASE)
LOOKS_LIKE_ADDRESS = re.compile(r"\A[\w+.-]*:")


def connect() -> None:
    """Look from now on."""
    pre_save.connect(check_page)
    pre_save.connect(restrict_page)
    pre_save.connect(check_schedule, sender=Revision)
    pre_save.connect(check_only_source, sender=Translation)
    pre_save.connect(check_writer, sender=StringTranslation)
    pre_save.connect(check_writer, sender=SegmentOverride)
    pre_delete.connect(check_remover, sender=StringTranslation)
    pre_delete.connect(check_remover, sender=SegmentOverride)
    pre_save.connect(check_address, sender=SegmentOverride)
    post_save.connect(check_override, sender=SegmentOverride)
    post_save.connect(review_new_draft, sender=Revision)
    page_published.connect(note_approval)
    for ended in (workflow_approved, workflow_rejected, workflow_cancelled):
        ended.connect(fill_what_waited)


def check_page(instance: Any, raw: bool = False, update_fields: Any = None, **_signal: Any) -> None:
    """No page is stored live while it shows another language's text."""
    if not raw and _goes_public(instance, update_fields):
        gate.check(instance)


def restrict_page(instance: Any, raw: bool = False, update_fields: Any = None, **_signal: Any) -> None:
    """No translation of a restricted text is stored live without the restriction, whoever publishes it."""
    if not raw and instance.pk and _goes_public(instance, update_fields):
        restrict_as_source(instance)


def check_schedule(instance: Revision, raw: bool = False, **_signal: Any) -> None:
    """No revision is scheduled that could not be published now: its editor would not be there to see it refused."""
    if raw or not instance.approved_go_live_at or instance.pk is None:
        return
    page = instance.as_object()
    if isinstance(page, ContentPage):
        page.live_revision = instance
        gate.check(page)


def check_only_source(instance: Translation, **_signal: Any) -> None:
    """One translation per key and language, whatever it was made from."""
    others = Translation.objects.filter(
        source__object_id=instance.source.object_id, target_locale=instance.target_locale_id, enabled=True
    )
    if instance.enabled and others.exclude(pk=instance.pk).exists():
        raise TranslationRefused(_("This text is already translated into this language from another source."))


def check_writer(instance: StringTranslation | SegmentOverride, **_signal: Any) -> None:
    """Nobody changes a language that is not theirs."""
    user = instance.last_translated_by
    if user and not may_write(user, instance.context.object_id, instance.locale_id):
        raise PermissionDenied


def check_remover(instance: StringTranslation | SegmentOverride, origin: Any = None, **_signal: Any) -> None:
    """Nobody signed in takes a text from a language that is not theirs; with a page its texts go unasked."""
    user = get_active_log_context().user
    if origin is not instance or not user or not instance.context:
        return
    if not may_write(user, instance.context.object_id, instance.locale_id):
        raise PermissionDenied


def check_address(instance: SegmentOverride, **_signal: Any) -> None:
    """A link leads to a page, a file, a mailbox or a telephone: never into a script."""
    if not isinstance(instance.data, str):
        return
    is_link = instance.context.path.endswith("'")
    if (is_link or LOOKS_LIKE_ADDRESS.match(_plain(instance.data))) and not SAFE_ADDRESS.match(instance.data):
        raise BadRequest(_("This is not an address that a link can lead to."))


def check_override(instance: SegmentOverride, raw: bool = False, **_signal: Any) -> None:
    """What is chosen for a language exists: localize would fail at publishing, without a word to anybody."""
    rows = Translation.objects.filter(
        source__object_id=instance.context.object_id, target_locale=instance.locale_id, enabled=True
    )
    for translation in [] if raw else rows:
        try:
            _check_chosen(instance, build(translation))
        except TranslationIncomplete as incomplete:
            raise BadRequest(str(incomplete)) from None


def _goes_public(instance: Any, update_fields: Any) -> bool:
    """Whether this stores what readers see."""
    is_seen = update_fields is None or not UNSEEN.issuperset(update_fields)
    return isinstance(instance, ContentPage) and instance.live and is_seen


def _check_chosen(instance: SegmentOverride, page: ContentPage) -> None:
    """Nobody chooses a picture or a document that the window in which it is chosen does not show them."""
    user = instance.last_translated_by
    if user is None:
        return
    for kind, chosen, _model_path, path in ReferenceIndex._extract_references_from_object(page):
        model = ContentType.objects.get_for_id(kind).model_class()
        is_file_of_this_place = path == instance.context.path and model in FILES
        if model and is_file_of_this_place and not files_to_choose(model, user).filter(pk=chosen).exists():
            raise PermissionDenied


def _plain(address: str) -> str:
    """Return the address as browsers read it: without blanks and control characters."""
    return re.sub(r"[\s\x00-\x20]+", "", address)
