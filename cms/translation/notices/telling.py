"""What a notice says to its reader: in their language, and no more than they may read when they are told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from cms.content.languages import name_of
from cms.translation.notices.models import Matter, Notice
from cms.translation.notices.reasons import find_given, is_still_so, waits_for
from cms.translation.permissions import may_read, may_translate
from cms.translation.queue.work import name_of_person
from cms.translation.sources import is_translation, sources_of


@dataclass(frozen=True)
class Told:
    """A notice as its reader sees it."""

    notice: Notice
    sentence: str
    comment: str
    url: str
    at: datetime
    is_to_do: bool = True
    """Not while another text has to follow first: that is shown, and mailed when its reader can do something."""


def tell(notices: Iterable[Notice]) -> Iterator[Told]:
    """Yield what the notices say; nothing of a text that their reader may not read, and nothing that is done."""
    for notice in notices:
        page = _page(notice)
        if page is not None and _may_know(notice, page) and is_still_so(notice):
            first = waits_for(notice)
            sentence, at = _sentence(notice, page, first), notice.happened_at
            yield Told(notice, sentence, _comment(notice), _url(notice, page), at, is_to_do=not first)


def _page(notice: Notice) -> Any:
    """Return the translation, or what it is to be made from."""
    pages = Page.objects.filter(translation_key=notice.key).select_related("locale")
    found = pages.filter(locale__language_code=notice.language).first()
    if found or notice.matter not in (Matter.NEW, Matter.GIVEN):
        return found.specific if found else None
    others = pages.live().public().exclude(locale__language_code=notice.language)
    return next((page for page in others.specific() if not is_translation(page)), None)


def _is_to_begin(notice: Notice, page: Any) -> bool:
    """Whether the page is what a translation is to be made from, because there is none yet."""
    return bool(page.locale.language_code != notice.language)


def _may_know(notice: Notice, page: Any) -> bool:
    if _is_to_begin(notice, page):
        return may_read(notice.user, page) and may_translate(notice.user, page, notice.language)
    return bool(page.permissions_for_user(notice.user).can_edit())


def _sentence(notice: Notice, page: Any, first: str) -> str:
    names = {"title": _title(notice, page), "language": name_of(notice.language)}
    match notice.matter:
        case Matter.NEW:
            names["source"] = name_of(page.locale.language_code)
            return _("“%(title)s” was published in %(source)s and lacks %(language)s.") % names
        case Matter.STALE:
            return _stale_sentence(first, names)
        case Matter.SENT:
            return _("“%(title)s” (%(language)s) waits for your review.") % names
        case Matter.RETURNED:
            return _("“%(title)s” (%(language)s) was sent back to you.") % names
        case Matter.GIVEN:
            return _given_sentence(notice, names)
    return _("“%(title)s” (%(language)s) was approved.") % names


def _title(notice: Notice, page: Any) -> str:
    """Return what the text is called; until it is public, that is the title of its source, which not all may read."""
    source = None if page.first_published_at else sources_of(notice.key).get(notice.language)
    if source:
        made_from = Page.objects.filter(translation_key=notice.key, locale__language_code=source).first()
        if made_from is None or not may_read(notice.user, made_from.specific):
            return _("a text whose source you may not read")
    return str(page.title)


def _stale_sentence(first: str, names: dict[str, str]) -> str:
    if not first:
        return _("The source of “%(title)s” (%(language)s) has changed.") % names
    names["source"] = name_of(first)
    sentence = _(
        "What the source of “%(title)s” (%(language)s) was made from has changed. "
        "Your text follows once the one in %(source)s is published."
    )
    return sentence % names


def _given_sentence(notice: Notice, names: dict[str, str]) -> str:
    given = find_given(notice)
    names["who"] = name_of_person(given.given_by) if given else ""
    if given is None or given.due is None:
        return _("%(who)s gave you “%(title)s” (%(language)s).") % names
    names["day"] = date_format(given.due, "SHORT_DATE_FORMAT")
    return _("%(who)s gave you “%(title)s” (%(language)s). It is due on %(day)s.") % names


def _comment(notice: Notice) -> str:
    if notice.matter != Matter.RETURNED:
        return ""
    state = TaskState.objects.filter(pk=notice.occasion.rpartition(" ")[2]).first()
    return state.comment if state else ""


def _url(notice: Notice, page: Any) -> str:
    if _is_to_begin(notice, page):
        address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        return f"{settings.PUBLIC_URL}{address}?select_locale={notice.language}"
    return f"{settings.PUBLIC_URL}{reverse('wagtailadmin_pages:edit', args=[page.pk])}"
