"""Which version of the hub this is: another one may make other answers of the same publications."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

PARTS = ("cms", "home", "news", "partners", "frontend_contract/models", "locale", "requirements")
WRITTEN = (".py", ".html", ".css", ".mo", ".txt")


@cache
def build() -> str:
    """Return a digest of the hub's own files and of the address it goes by; the same on every machine."""
    digest = sha256(settings.PUBLIC_URL.encode())
    for path in sorted(found for part in PARTS for found in (Path(settings.BASE_DIR) / part).rglob("*")):
        if path.suffix in WRITTEN:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
