"""What a notice says to its reader: in their language, and no more than they may read when they are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.content.languages import name_of
from cms.content.pages import ContentPage
from cms.content.users import name_of_user
from cms.translation.models import Work
from cms.translation.notices.known import Known, know
from cms.translation.notices.models import Matter, Notice
from cms.translation.notices.reasons import is_still_so, waits_for


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


def tell(user: Any, notices: Iterable[Notice]) -> list[Told]:
    """Return what somebody's notices say; nothing of a text that they may not read, and nothing that is done."""
    return look(user, notices)[0]


def look(user: Any, notices: Iterable[Notice]) -> tuple[list[Told], list[Notice]]:
    """Return what somebody's notices say, and those that are done; a constant number of queries."""
    notices = list(notices)
    if not notices:
        return [], []
    known = know(user, notices)
    to_tell = [notice for notice in notices if is_still_so(notice, known)]
    told = [told for notice in to_tell if (told := _tell(notice, known))]
    return told, [notice for notice in notices if notice not in to_tell]


def _tell(notice: Notice, known: Known) -> Told | None:
    page = _page(notice, known)
    if page is None or not _may_know(notice, page, known):
        return None
    first = waits_for(notice, known)
    sentence, comment = _sentence(notice, page, first, known), _comment(notice, known)
    return Told(notice, sentence, comment, _url(notice, page), notice.happened_at, is_to_do=not first)


def _page(notice: Notice, known: Known) -> ContentPage | None:
    """Return the translation, or what it is to be made from."""
    found = known.find_page(notice)
    if found or notice.matter not in (Matter.NEW, Matter.GIVEN):
        return found
    return known.find_original(notice)


def _is_to_begin(notice: Notice, page: Any) -> bool:
    """Whether the page is what a translation is to be made from, because there is none yet."""
    return bool(page.locale.language_code != notice.language)


def _may_know(notice: Notice, page: ContentPage, known: Known) -> bool:
    return known.may_begin(page, notice.language) if _is_to_begin(notice, page) else known.may_edit(page)


def _sentence(notice: Notice, page: Any, first: str, known: Known) -> str:
    names = {"title": _title(notice, page, known), "language": name_of(notice.language)}
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
            return _given_sentence(names, known.find_given(notice))
    return _("“%(title)s” (%(language)s) was approved.") % names


def _title(notice: Notice, page: Any, known: Known) -> str:
    """Return what the text is called; until it is public, that is the title of its source, which not all may read."""
    source = None if page.first_published_at else known.sources[notice.key].get(notice.language)
    if source:
        made_from = known.pages.get((notice.key, source))
        if made_from is None or not known.may_read(made_from):
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


def _given_sentence(names: dict[str, str], given: Work | None) -> str:
    names["who"] = name_of_user(given.given_by) if given else ""
    if given is None or given.due is None:
        return _("%(who)s gave you “%(title)s” (%(language)s).") % names
    names["day"] = date_format(given.due, "SHORT_DATE_FORMAT")
    return _("%(who)s gave you “%(title)s” (%(language)s). It is due on %(day)s.") % names


def _comment(notice: Notice, known: Known) -> str:
    step = known.find_step(notice) if notice.matter == Matter.RETURNED else None
    return str(step.comment) if step else ""


def _url(notice: Notice, page: Any) -> str:
    if _is_to_begin(notice, page):
        address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        return f"{settings.PUBLIC_URL}{address}?select_locale={notice.language}"
    return f"{settings.PUBLIC_URL}{reverse('wagtailadmin_pages:edit', args=[page.pk])}"
