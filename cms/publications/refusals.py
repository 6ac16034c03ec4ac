"""Why a page cannot be published, said to its editor."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import ValidationError
from wagtail.models import Page

from cms.content.errors import PublishingRefused
from cms.content.pages import ContentPage


def contract_broken(page: ContentPage, error: ValidationError) -> PublishingRefused:
    """Say which fields do not keep the contract with the partner cities."""
    fields: dict[str, list[str]] = {}
    for problem in error.errors(include_url=False):
        place = [str(part) for part in problem["loc"]]
        fields.setdefault(place[0] if place else "", []).append(
            _("%(place)s: %(problem)s") % {"place": " › ".join(place), "problem": problem["msg"]}
            if len(place) > 1
            else problem["msg"]
        )
    messages = [
        _("“%(title)s” cannot be published in %(language)s, because of “%(field)s”: %(problem)s")
        % {**_named(page), "field": field, "problem": problem}
        for field, problems in fields.items()
        for problem in problems
    ]
    return PublishingRefused(messages, fields)


def person_missing(page: ContentPage, field: str, keys: Iterable[UUID], *, using: str) -> PublishingRefused:
    """Say who is quoted but not published in the page's language."""
    sentences = [
        _(
            "“%(title)s” cannot be published in %(language)s: it quotes %(person)s, who is not published in"
            " %(language)s. Publish the person in %(language)s first, or write name and role by hand."
        )
        % {**_named(page), "person": _find_title(key, page.language, using)}
        for key in keys
    ]
    return PublishingRefused(sentences, {field: sentences})


def path_taken(page: ContentPage, path: str) -> PublishingRefused:
    """Say that another page has the address."""
    sentence = _("“%(title)s” cannot be published in %(language)s: another page already has the address %(path)s.") % {
        **_named(page),
        "path": path,
    }
    return PublishingRefused([sentence], {"slug": [sentence]})


def _named(page: ContentPage) -> dict[str, str]:
    return {"title": page.title, "language": name_for_editors(page.language)}


def name_for_editors(language: str) -> str:
    """Return the name of a language in the language of the interface."""
    return str(dict(settings.WAGTAIL_CONTENT_LANGUAGES).get(language, language))


def _find_title(key: UUID, language: str, using: str) -> str:
    pages = Page.objects.using(using).filter(translation_key=key).order_by("pk")
    here = pages.filter(locale__language_code=language).first()
    found = here or pages.first()
    return found.title if found else _("somebody")
