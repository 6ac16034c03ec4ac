"""Fills the register of names and terms with those of the demo."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.demo.texts import key_of
from cms.translation.models import Mention, Name, NameForm, Term, TermForm

FILE = Path(__file__).parent / "register.toml"


@transaction.atomic
def fill_register() -> int:
    """Add the names and terms that are missing, and return how many there are."""
    said = tomllib.loads(FILE.read_text(encoding="utf-8"))
    for name in said["names"]:
        if not _is_there(NameForm, name):
            _add_name(name)
    for term in said["terms"]:
        if not _is_there(TermForm, term):
            entry = Term(definition=term["definition"])
            entry.forms.set([TermForm(**form) for form in term["forms"]])
            entry.save()
    return len(said["names"]) + len(said["terms"])


def _is_there(model: type[NameForm] | type[TermForm], said: dict[str, Any]) -> bool:
    first = said["forms"][0]
    return bool(model._default_manager.filter(text=first["text"], language=first["language"]).exists())


def _add_name(said: dict[str, Any]) -> None:
    name = Name(kind=said["kind"], note=said["note"], page=_find_page(said["page"]) if "page" in said else None)
    name.forms.set([NameForm(**form) for form in said["forms"]])
    mentions = [(_find_page(mention["page"]), mention["why"]) for mention in said.get("mentions", ())]
    name.mentions.set([Mention(page=page, why=why) for page, why in mentions if page])
    name.save()


def _find_page(address: str) -> Page | None:
    """Return the page that an item of the demo is, in whichever language was first."""
    return Page.objects.filter(translation_key=key_of(*address.split("/"))).order_by("pk").first()
