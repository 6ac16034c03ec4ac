"""The plain page at each item's own address, made from the publication alone."""

from functools import partial
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from cms.api.delivery import Answer, deliver, finish
from cms.api.feeds.entries import FORMS, feed_title, feed_url
from cms.api.kept import cache_control
from cms.api.lengths import is_too_long, too_long
from cms.api.problems import RETRY_AFTER
from cms.api.provenance import provenance_of
from cms.api.rates import Rate, TooManyRequests, answer_within
from cms.api.views.messages import language_of, message, refuse
from cms.api.views.reading_only import reading_only
from cms.api.views.styles import CSS, allow_own_style
from cms.content.languages import languages, name_of
from cms.publications.addresses import page_url
from cms.publications.filling import fill
from cms.publications.json_ld import as_script
from cms.publications.limits import LimitsStatements
from cms.publications.models import Publication
from cms.publications.parts import Parts
from cms.publications.reading import Found, Gone, Moved, Redirected, find_by_path, find_item
from frontend_contract.models.documents import SUMMARY


@partial(reading_only, refuse=refuse)
def show_page(request: HttpRequest, path: str, **_parts: Any) -> HttpResponseBase:
    """Show the publication with this address, or say where it is or that it is gone; within the limits of the API."""
    if is_too_long(request):
        raise too_long()
    cast(LimitsStatements, connection).limit_statements(settings.READ_TIMEOUT)
    with translation.override(language_of(path)):
        try:
            return answer_within(request, Rate.ANSWERS, lambda: _show(request, f"/{path}"))
        except TooManyRequests as refusal:
            return message(request, "api/too_many.html", 429, headers=refusal.headers)
        except (OperationalError, InterfaceError):
            return message(request, "api/unavailable.html", 503, headers={"Retry-After": str(RETRY_AFTER)})


def describe(publication: Publication) -> dict[str, Any]:
    """Return what the template of a reading page needs to know."""
    filled = fill([publication], publication.language, parts=Parts(json_ld=True))
    [document] = filled.documents
    return {
        "css": CSS,
        "document": document,
        "json_ld": as_script(document["json_ld"]),
        "next_change_at": filled.next_change_at,
        "languages_inside": filled.languages,
        "published": publication.published_at,
        "languages": [other | {"name": name_of(other["language"])} for other in document["alternates"]],
        "feeds": _feeds(publication),
        **provenance_of(document),
    }


def _feeds(publication: Publication) -> list[dict[str, str]]:
    """Return where readers of feeds find the newest of this kind; from a front page, the news."""
    kind = publication.kind if publication.kind in SUMMARY else "news"
    title = feed_title(publication.language, kind)
    return [
        {"type": media_type, "title": title, "url": feed_url(publication.language, kind, form)}
        for form, media_type in FORMS.items()
    ]


def _show(request: HttpRequest, path: str) -> HttpResponse:
    match find_by_path(path.rstrip("/")):
        case Found(row) if row.path == path:
            return _page(request, row)
        case Found(row) | Moved(row):
            response = HttpResponsePermanentRedirect(str(row.path))
            response["Cache-Control"] = cache_control(row.next_change_at.timestamp() if row.next_change_at else None)
            return response
        case Redirected(row, kind, key):
            return _lead_to_successor(request, find_item(row.language, kind, key, languages()))
        case Gone(row):
            return message(request, "api/gone.html", 410, alternative=row.alternative, others=_others(row.key))
    return message(request, "api/missing.html", 404)


def _lead_to_successor(request: HttpRequest, found: Any) -> HttpResponse:
    """Lead to what took the place of another; in another language where it has none of that one."""
    if not isinstance(found, Found):
        return message(request, "api/missing.html", 404)
    response = HttpResponsePermanentRedirect(str(found.row.path))
    response["Cache-Control"] = "private, no-store"  # another may take its place in turn
    return response


def _others(key: UUID) -> list[dict[str, str]]:
    """Return where else a text can still be read, by language."""
    rows = Publication.objects.of_keys([key]).readable().values_list("language", "path")
    return [{"language": code, "name": name_of(code), "path": str(path)} for code, path in rows.order_by("language")]


def _page(request: HttpRequest, publication: Publication) -> HttpResponse:
    shown = describe(publication)
    document = shown["document"]
    response = render(request, "api/page.html", shown)
    answer = Answer(
        body=response.content,
        media_type="text/html; charset=utf-8",
        languages=shown["languages_inside"],
        alternates=tuple((other["language"], page_url(other["path"])) for other in document["alternates"]),
        changed_at=publication.changed_at,
        next_change_at=shown["next_change_at"],
        headers={"X-Robots-Tag": "noindex"},
    )
    return allow_own_style(deliver(request, finish(answer, str(publication.key))))
