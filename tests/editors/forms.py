"""What an editor's browser sends."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

NEWS_ROWS = ("topics", "people", "partners", "partnerships", "change_notes")
PERSON_ROWS = ("appointments", "names", "contacts")


def article(**typed: Any) -> dict[str, Any]:
    """Return an article as typed; what is not given is empty."""
    rows = {name: inline_formset(typed.pop(name, [])) for name in NEWS_ROWS}
    body = streamfield(typed.pop("body", []))
    return nested_form_data({**_every_page(), "lead": "", **_no_image(), "body": body, **rows, **typed})


def person(**typed: Any) -> dict[str, Any]:
    """Return a person's page as typed."""
    rows = {name: inline_formset(typed.pop(name, [])) for name in PERSON_ROWS}
    body = streamfield(typed.pop("body", []))
    ground = {"ground": "public_office", "ground_source": "", "consent_until": "", "review_on": ""}
    return nested_form_data({**_every_page(), **_no_image(), **ground, "body": body, **rows, **typed})


def paragraph(html: str) -> tuple[str, str]:
    """Return a block of running text as typed."""
    return ("paragraph", rich_text(html))


def quote(text: str, **typed: Any) -> tuple[str, dict[str, Any]]:
    """Return a quote as typed."""
    empty = {"person": "", "appointment": "", "name": "", "role": "", "original_language": "", "original_text": ""}
    return ("quote", {"text": text, **empty, **typed})


def create(client: Client, parent: Page, model: type[Page], data: dict[str, Any], action: str = "") -> HttpResponse:
    """Send a new page; `action` is empty for a draft, else `publish` or `submit`."""
    opts = model._meta
    address = reverse("wagtailadmin_pages:add", args=[opts.app_label, opts.model_name, parent.pk])
    return client.post(address, data | ({f"action-{action}": "1"} if action else {}))


def edit(client: Client, page: Page, data: dict[str, Any], action: str = "") -> HttpResponse:
    """Send a page again."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, data | ({f"action-{action}": "1"} if action else {}))


def errors_of(response: HttpResponse) -> dict[str, list[str]]:
    """Return the form's messages by field."""
    if "form" not in (response.context or {}):
        raise AssertionError(f"no form came back: {response.status_code} {list(get_messages(response.wsgi_request))}")
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def _every_page() -> dict[str, Any]:
    rights = {"canonical_url": "", "license": "CC-BY-4.0", "credit_line": "", "ai_disclosure": "none"}
    return {"title": "", "published_at": "", "go_live_at": "", "expire_at": "", **rights}


def _no_image() -> dict[str, Any]:
    return {"image": "", "image_alt": "", "image_caption": ""}
