"""In which language somebody is told: the one that the admin speaks to them, which may be their browser's."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.users.models import UserProfile

from cms.translation.notices.models import NoticeSettings
from cms.translation.permissions import languages_of_translator

KEPT = "language_of_the_admin"
"""Where a session says which language was kept last."""


def keep_language(request: HttpRequest) -> None:
    """Remember in which language the admin answers somebody: written when it changes, and once when they sign in."""
    language = get_language() or settings.LANGUAGE_CODE
    if request.user.is_authenticated and request.session.get(KEPT) != language:
        NoticeSettings.objects.update_or_create(pk=request.user.pk, defaults={"language": language})
        request.session[KEPT] = language


def language_of(user: Any) -> str:
    """Return the language that somebody chose, or else used last, or else the one that they translate or review."""
    chosen = UserProfile.objects.filter(user=user).values_list("preferred_language", flat=True)
    kept = NoticeSettings.objects.filter(user=user).values_list("language", flat=True)
    works = languages_of_translator(user)
    spoken = dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES)
    known = (language for language in [*chosen, *kept, *(works if len(works) == 1 else [])] if language in spoken)
    return str(next(known, settings.LANGUAGE_CODE))
