"""What groups, steps and reviews are called for their reader: the set-up stores their names once, in English.

Wagtail shows these names in dozens of its templates, sentences and forms. So it is the name, as it is read from the
database, that reads in the language of whoever looks at it. What is stored, and what a form changes, stays as it is;
and so does every name that an administrator gave.
"""

from abc import abstractmethod
from collections.abc import Callable
from copy import copy
from typing import Any

from asgiref.local import Local
from django.contrib.auth.models import Group
from django.core.signals import request_finished, request_started
from django.db.models import Field
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page, Task, Workflow

from cms.content.documents import declaration_for
from cms.content.languages import languages, name_for_reader, name_in_english

Titles = list[dict[str, str]]


class StoredName(str):
    """A name as it is stored, which those who print it print in the language of their reader."""

    __slots__ = ()

    def __str__(self) -> str:
        """Return what its reader calls it."""
        return self.say(self.stored())

    def __html__(self) -> SafeString:
        """Return the same for a page: templates print a text as it is, unless it says otherwise."""
        return escape(str(self))

    def stored(self) -> str:
        """Return it as it is stored."""
        return str.__str__(self)

    @staticmethod
    @abstractmethod
    def say(name: str) -> str:
        """Return a name of our set-up in the reader's language, and any other as it is."""


class NameOfGroup(StoredName):
    """What a group is called, and the step of a review that it does."""

    __slots__ = ()

    @staticmethod
    def say(name: str) -> str:
        """Return it in the reader's language."""
        partner = _partner(name.removesuffix(" editors")) if name.endswith(" editors") else ""
        if partner:
            return _("%(partner)s editors") % {"partner": partner}
        if language := _language_after("Reviewers of ", name):
            return _("Reviewers of %(language)s") % {"language": language}
        if language := _language_after("Translators into ", name):
            return _("Translators into %(language)s") % {"language": language}
        return name


class NameOfReview(StoredName):
    """What a review is called: after its section and language, or after its language alone."""

    __slots__ = ()

    @staticmethod
    def say(name: str) -> str:
        """Return it in the reader's language."""
        partner, comma, language = name.rpartition(", ")
        said = [_partner(partner), _language(language)] if comma else [_language(language)]
        return ", ".join(said) if all(said) else name


class NamedFormatter(LogFormatter):
    """Tells in a history what became of a review; what was noted then is called as it is stored."""

    def __init__(self, formatter: LogFormatter) -> None:
        """Tell it as Wagtail does."""
        self.formatter, self.label = formatter, formatter.label

    def format_message(self, log_entry: Any) -> Any:
        """Return the sentence with the names in the reader's language."""
        told = copy(log_entry)
        told.data = {**log_entry.data, "workflow": _named(log_entry.data.get("workflow"))}
        return self.formatter.format_message(told)

    def format_comment(self, log_entry: Any) -> Any:
        """Return what was written with it."""
        return self.formatter.format_comment(log_entry)


def connect() -> None:
    """Let the names be read so from now on."""
    _read_as(NameOfGroup, Group._meta.get_field("name"), Task._meta.get_field("name"))
    _read_as(NameOfReview, Workflow._meta.get_field("name"))
    request_started.connect(_remember_titles, dispatch_uid="titles of partners")
    request_finished.connect(_forget_titles, dispatch_uid="titles of partners")


def name_in_histories(actions: LogActionRegistry) -> None:
    """Let the histories of pages call reviews and their steps so, too."""
    for action, formatter in actions.formatters.items():
        if action.startswith("wagtail.workflow."):
            actions.formatters[action] = NamedFormatter(formatter)


def _read_as(kind: Callable[[str], StoredName], *fields: Any) -> None:
    """Let names be of a kind when they are read from the database, by Django's own hook for fields."""
    for field in fields:
        assert isinstance(field, Field)  # noqa: S101  and no relation, for mypy
        setattr(field, "from_db_value", lambda value, *_how: value if value is None else kind(value))  # noqa: B010  no stub has it
        setattr(field, "value_from_object", _stored_name)  # noqa: B010  what forms and dumps ask for


def _stored_name(instance: Any) -> Any:
    name = instance.name
    return name.stored() if isinstance(name, StoredName) else name


def _named(told: Any) -> Any:
    """Return what was noted of a review with its names to be read."""
    if not isinstance(told, dict):
        return told
    steps = {name: _titled(told[name], NameOfGroup) for name in ("task", "next") if told.get(name)}
    return {**_titled(told, NameOfReview), **steps}


def _titled(told: dict[str, Any], kind: Callable[[str], StoredName]) -> dict[str, Any]:
    return {**told, "title": kind(told["title"])} if told.get("title") else told


_kept = Local()


def _remember_titles(**_signal: Any) -> None:
    _kept.titles = None


def _forget_titles(**_signal: Any) -> None:
    if hasattr(_kept, "titles"):
        del _kept.titles


def _titles() -> Titles:
    """Return what each partner is called, by language; read once for a request, however many names it shows."""
    kept: Titles | None = getattr(_kept, "titles", None)
    if kept is not None:
        return kept
    found: dict[Any, dict[str, str]] = {}
    pages = Page.objects.type(declaration_for("partners").model).filter(alias_of=None, live=True).order_by()
    for key, language, title in pages.values_list("translation_key", "locale__language_code", "title"):
        found.setdefault(key, {})[language] = title
    if hasattr(_kept, "titles"):
        _kept.titles = list(found.values())
    return list(found.values())


def _partner(name: str) -> str:
    """Return what a partner is called in the reader's language; nothing when nobody is called so."""
    called = (titles.get(get_language() or "", name) for titles in _titles() if name in titles.values())
    return next(called, "")


def _language_after(start: str, name: str) -> str:
    return _language(name.removeprefix(start)) if name.startswith(start) else ""


def _language(english: str) -> str:
    """Return what a language of this hub is called in the reader's language; nothing when none is called so."""
    return next((name_for_reader(code) for code in languages() if name_in_english(code) == english), "")
