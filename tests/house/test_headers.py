"""What every answer says about safety, and what it does not say about languages."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/admin/login/", "/content/v1/docs", "/content/v1/nowhere", "/media/nowhere"])
def test_every_page_is_guarded(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "object-src 'none'" in headers["Content-Security-Policy"]


def test_an_answer_for_machines_can_do_nothing_in_a_browser(client: Client) -> None:
    headers = client.get("/content/v1/languages").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_scripts_in_the_page_are_for_the_admin_only(client: Client) -> None:
    assert "unsafe-inline" in client.get("/admin/login/").headers["Content-Security-Policy"]
    assert "unsafe-inline" not in client.get("/content/v1/languages").headers["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["en", "sv", "uk", "fi"])
def test_the_admin_speaks_the_language_of_the_browser(client: Client, language: str) -> None:
    response = client.get("/admin/login/", headers={"accept-language": language})
    assert response.headers["Content-Language"] == language
    assert f'<html lang="{language}"'.encode() in response.content


def test_the_api_answers_every_browser_with_the_same_bytes(client: Client) -> None:
    response = client.get("/content/v1/languages", headers={"accept-language": "fi"})
    assert "Accept-Language" not in response.headers.get("Vary", "")
    assert "Cookie" not in response.headers.get("Vary", "")


def test_cookies_travel_encrypted_where_the_hub_is(settings: Settings, client: Client) -> None:
    settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = True
    assert client.get("/admin/login/").headers["Location"].startswith("https://")
    assert client.get("/admin/login/", secure=True).cookies["csrftoken"]["secure"]


@pytest.mark.parametrize(
    "path", ["documents/secret.txt", "images/../documents/secret.txt", "../misto.sqlite3", "images/../../secret-key"]
)
def test_only_pictures_are_served_from_media(client: Client, settings: Settings, path: str) -> None:
    for folder in ("documents", "images"):
        Path(settings.MEDIA_ROOT, folder).mkdir(parents=True, exist_ok=True)
        Path(settings.MEDIA_ROOT, folder, "secret.txt").write_text("Hemligt")
    assert client.get(f"/media/{path}").status_code == 404


def test_a_picture_can_do_nothing_but_be_seen(client: Client, settings: Settings) -> None:
    Path(settings.MEDIA_ROOT, "images").mkdir(parents=True, exist_ok=True)
    Path(settings.MEDIA_ROOT, "images", "bridge.png").write_bytes(b"a bridge")
    response = client.get("/media/images/bridge.png")
    assert response.getvalue() == b"a bridge"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
