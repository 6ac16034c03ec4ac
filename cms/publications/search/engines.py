"""Which database's search this hub uses."""

from types import ModuleType

from django.db import connections

from cms.publications.search import postgresql, sqlite

_ENGINES: dict[str, ModuleType] = {"postgresql": postgresql, "sqlite": sqlite}


def engine(using: str) -> ModuleType:
    """Return the search of a database: `hits`, `before` and `purge`."""
    return _ENGINES[connections[using].vendor]
