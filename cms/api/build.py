"""Which version of the hub this is: another one may make other answers of the same publications."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

PARTS = ("cms", "home", "news", "partners", "frontend_contract", "docs", "locale", "requirements")
WRITTEN = (".py", ".html", ".css", ".mo", ".txt", ".toml", ".json", ".md")


@cache
def build() -> str:
    """Return a digest of the hub's own files and of the settings that it prints; the same on every machine."""
    digest = sha256(repr([settings.PUBLIC_URL, settings.DEFAULT_FROM_EMAIL, settings.RATE_LIMITS]).encode())
    for path in sorted(found for part in PARTS for found in (Path(settings.BASE_DIR) / part).rglob("*")):
        if path.suffix in WRITTEN:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
