"""Refuses to start where texts would be committed without being published, or published where nobody can read them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections
from django.utils.translation import gettext as _

from cms.content.languages import languages
from cms.publications.commits import PublishesBeforeCommit
from cms.publications.models import Publication


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


@register(Tags.database)
def languages_are_kept(
    app_configs: Sequence[AppConfig] | None, databases: Iterable[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Say in which languages there are texts that the hub is not to publish in any more: links would lead nowhere."""
    return [
        Error(
            _("There are published texts in languages that LANGUAGES does not name: %(languages)s.")
            % {"languages": ", ".join(left)},
            hint=_("Name these languages as well, or unpublish those texts first."),
            id="publications.E002",
        )
        for alias in databases or ()
        if (left := sorted(_languages_of_texts(alias) - set(languages())))
    ]


def _languages_of_texts(alias: str) -> set[str]:
    texts = Publication.objects.using(alias).readable().order_by()
    try:
        return set(texts.values_list("language", flat=True).distinct())
    except DatabaseError:
        return set()  # nothing is laid there yet, or nobody answers: readers are told so
