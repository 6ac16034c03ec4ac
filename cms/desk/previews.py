"""What readers would see of a draft: the reading page, made of the document that publishing would store."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from cms.api.views.reading_pages import describe
from cms.api.views.styles import CSS
from cms.content.errors import PublishingRefused
from cms.content.pages import ContentPage
from cms.publications.building import build
from cms.publications.models import Publication, Status
from cms.publications.pages import Shelf


def show_draft(request: HttpRequest, page: ContentPage) -> HttpResponse:
    """Return the draft as a reading page; what keeps it from being published is said in its place."""
    try:
        with transaction.atomic():
            publication = _as_if_published(page)
    except PublishingRefused as refused:
        return render(request, "desk/not_yet.html", {"css": CSS, "title": page.title, "problems": refused.messages})
    with translation.override(page.language):
        return render(request, "api/page.html", describe(publication))


def _as_if_published(page: ContentPage) -> Publication:
    """Return the publication that this draft would become; nothing is stored."""
    key = page.translation_key
    now = timezone.now()
    known = {
        row.language: row.first_published_at
        for row in Publication.objects.of_keys([key])
        if row.first_published_at is not None
    }
    built = build(page, Shelf([key], using="default", now=now), known)
    return Publication(
        key=key,
        kind=built.kind,
        language=page.language,
        status=Status.PUBLISHED,
        document=built.document,
        card=built.card,
        path=built.path,
        published_at=built.published_at,
        changed_at=now,
    )
