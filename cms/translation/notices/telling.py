"""What a notice says to its reader: in their language, and no more than they may read when they are told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from cms.content.languages import name_of
from cms.translation.notices.models import Matter, Notice
from cms.translation.permissions import may_read, may_translate


@dataclass(frozen=True)
class Told:
    """A notice as its reader sees it."""

    notice: Notice
    sentence: str
    comment: str
    url: str
    at: datetime


def tell(notices: Iterable[Notice]) -> Iterator[Told]:
    """Yield what the notices say; nothing of a text that their reader may not read, or that is no longer there."""
    for notice in notices:
        page = _page(notice)
        if page is not None and _may_know(notice, page):
            yield Told(notice, _sentence(notice, page), _comment(notice), _url(notice, page), notice.happened_at)


def _page(notice: Notice) -> Any:
    """Return the translation, or what it is to be made from."""
    pages = Page.objects.filter(translation_key=notice.key).select_related("locale")
    if notice.matter == Matter.NEW:
        others = pages.live().public().exclude(locale__language_code=notice.language)
        return next((page for page in others.specific() if _is_first(page)), None)
    found = pages.filter(locale__language_code=notice.language).first()
    return found.specific if found else None


def _is_first(page: Page) -> bool:
    from cms.translation.sources import is_translation

    return not is_translation(page)


def _may_know(notice: Notice, page: Any) -> bool:
    if notice.matter == Matter.NEW:
        return may_read(notice.user, page) and may_translate(notice.user, page, notice.language)
    return bool(page.permissions_for_user(notice.user).can_edit())


def _sentence(notice: Notice, page: Any) -> str:
    names = {"title": page.title, "language": name_of(notice.language)}
    match notice.matter:
        case Matter.NEW:
            names["source"] = name_of(page.locale.language_code)
            return _("“%(title)s” was published in %(source)s and lacks %(language)s.") % names
        case Matter.STALE:
            return _stale_sentence(notice, names)
        case Matter.SENT:
            return _("“%(title)s” (%(language)s) waits for your review.") % names
        case Matter.RETURNED:
            return _("“%(title)s” (%(language)s) was sent back to you.") % names
    return _("“%(title)s” (%(language)s) was approved.") % names


def _stale_sentence(notice: Notice, names: dict[str, str]) -> str:
    waits_for, _space, _since = notice.occasion.rpartition(" ")
    if not waits_for:
        return _("The source of “%(title)s” (%(language)s) has changed.") % names
    names["source"] = name_of(waits_for)
    sentence = _(
        "What the source of “%(title)s” (%(language)s) was made from has changed. "
        "Your text follows once the one in %(source)s is published."
    )
    return sentence % names


def _comment(notice: Notice) -> str:
    if notice.matter != Matter.RETURNED:
        return ""
    state = TaskState.objects.filter(pk=notice.occasion.rpartition(" ")[2]).first()
    return state.comment if state else ""


def _url(notice: Notice, page: Any) -> str:
    if notice.matter == Matter.NEW:
        address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        return f"{settings.PUBLIC_URL}{address}?select_locale={notice.language}"
    return f"{settings.PUBLIC_URL}{reverse('wagtailadmin_pages:edit', args=[page.pk])}"
