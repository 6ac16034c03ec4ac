"""A request to try for each address: it is answered by every hub that has the demo content."""

from collections.abc import Iterable, Mapping
from typing import Any

ITEMS = {
    "news": "8cc08811-c9b8-5f64-a115-c6ca1709c59f",
    "people": "0ebd2876-00f2-5e0e-a3ff-3522685a0189",
    "partnerships": "93553b6a-4497-59b1-9fe5-1cdf72263945",
    "partners": "f28baee0-5e8e-5c4c-a07d-4d392c11927c",
    "pages": "dc67cf28-ac48-5bdc-a0af-7601677b6d8c",
    "topics": "1761362b-cff4-5860-bfb2-553b329b34eb",
}
"""The key of an item of each kind in the demo content: the same on every machine."""

_IN_PATHS = {"language": "sv", "kind": "news"}
_NEEDED = {"q": "kherson", "path": "/sv"}


def request_to_try(path: str, parameters: Iterable[Mapping[str, Any]]) -> str:
    """Return an address to ask, with the parameters that it cannot do without."""
    needed = (one["name"] for one in parameters if one["in"] == "query" and one["required"])
    query = "&".join(f"{name}={_NEEDED[name]}" for name in needed)
    address = path.format(**_IN_PATHS, id=item_at(path))
    return f"{address}?{query}" if query else address


def item_at(path: str) -> str:
    """Return the key of an item of the kind that a path names; of news when it names none."""
    return next((key for kind, key in ITEMS.items() if f"/{kind}/" in path), ITEMS["news"])
