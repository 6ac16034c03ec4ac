"""Which version of the hub this is: another one may make other answers of the same publications."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from cms.content.languages import languages

PARTS = ("cms", "home", "news", "partners", "frontend_contract", "docs", "locale", "requirements")
WRITTEN = (".py", ".html", ".css", ".mo", ".txt", ".toml", ".json", ".md")


@cache
def build() -> str:
    """Return a digest of the hub's own files and of the settings that it prints; the same on every machine of a hub.

    Its secret is among them: answers hold cursors that it sealed, and no name may tell how far the order of changes is.
    """
    printed = [settings.PUBLIC_URL, settings.DEFAULT_FROM_EMAIL, settings.RATE_LIMITS, languages()]
    digest = salted_hmac("cms.api.build", repr(printed), algorithm="sha256")
    for path in sorted(found for part in PARTS for found in (Path(settings.BASE_DIR) / part).rglob("*")):
        if path.suffix in WRITTEN:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
