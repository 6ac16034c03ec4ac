"""Refuses to start on a database connection that would commit without publishing."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.db import connections
from django.utils.translation import gettext as _

from cms.publications.commits import PublishesBeforeCommit


@register
def connections_publish(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Say which database has an engine of Django's own instead of one of ours."""
    return [
        Error(
            _("The database “%(alias)s” would commit without publishing.") % {"alias": alias},
            hint=_("Use cms.publications.backends.sqlite3 or cms.publications.backends.postgresql as its ENGINE."),
            id="publications.E001",
        )
        for alias in connections
        if not isinstance(connections[alias], PublishesBeforeCommit)
    ]
