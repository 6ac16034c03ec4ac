"""Demo accounts: one for each part people play, with passwords that no other hub has."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from wagtail.users.models import UserProfile

from cms.demo.sign_in import DEMO_GROUP

FILE = "demo-accounts.json"
MAIL_HOST = "misto.example"


class NotADemoError(Exception):
    """This hub is not a demo: nobody gets an account whose password is written down."""


@dataclass(frozen=True)
class Part:
    """A part that somebody plays, in a language; `name` says in it who they are."""

    username: str
    name: tuple[str, str]
    role: str
    group: str
    language: str | None = None
    partner: str | None = None


@dataclass(frozen=True)
class Account:
    """An account as it is kept for whoever tries the demo."""

    username: str
    password: str
    role: str
    language: str | None
    partner: str | None


PARTS = [
    Part("admin", ("Misto", "administrator"), "administrator", ""),
    Part("umea-editor", ("Umeås", "redaktion"), "editor", "Umeå editors", "sv", partner="umea"),
    Part("kherson-editor", ("Редакція", "Херсона"), "editor", "Kherson editors", "uk", partner="kherson"),
    Part("vaasa-editor", ("Vaasan", "toimitus"), "editor", "Vaasa editors", "fi", partner="vaasa"),
    Part("sv-translator", ("Översättare", "till svenska"), "translator", "Translators into Swedish", "sv"),
    Part("uk-translator", ("Перекладач", "українською"), "translator", "Translators into Ukrainian", "uk"),
    Part("fi-translator", ("Suomen", "kääntäjä"), "translator", "Translators into Finnish", "fi"),
    Part("en-translator", ("Translator", "into English"), "translator", "Translators into English", "en"),
    Part("sv-reviewer", ("Granskare", "av svenska"), "reviewer", "Reviewers of Swedish", "sv"),
    Part("uk-reviewer", ("Рецензент", "української"), "reviewer", "Reviewers of Ukrainian", "uk"),
    Part("fi-reviewer", ("Suomen", "tarkastaja"), "reviewer", "Reviewers of Finnish", "fi"),
    Part("en-reviewer", ("Reviewer", "of English"), "reviewer", "Reviewers of English", "en"),
]


def make_accounts() -> list[Account]:
    """Return the account of each part, with the passwords kept in DATA_DIR or with new ones."""
    if not settings.DEMO:
        raise NotADemoError("demo accounts are made only with DEMO=1")
    file = Path(settings.DATA_DIR) / FILE
    kept = _read(file)
    accounts = [_account(part, kept.get(part.username)) for part in PARTS]
    if [asdict(account) for account in accounts] != list(kept.values()):
        _write(file, accounts)
    return accounts


def _account(part: Part, kept: dict[str, str] | None) -> Account:
    user = get_user_model().objects.filter(username=part.username).first() or User(username=part.username)
    password = kept["password"] if kept else secrets.token_urlsafe(15)
    if user.pk is None or not user.check_password(password):
        user.set_password(password)
        user.is_superuser = user.is_staff = part.role == "administrator"
        user.first_name, user.last_name = part.name
        user.email = f"{part.username}@{MAIL_HOST}"  # without it nobody could save what they choose for their account
        user.save()
    user.groups.add(Group.objects.get_or_create(name=DEMO_GROUP)[0])
    if part.group:
        user.groups.add(Group.objects.get(name=part.group))
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": part.language or "en"})
    return Account(part.username, password, part.role, part.language, part.partner)


def _read(file: Path) -> dict[str, dict[str, str]]:
    """Return the accounts kept in a file by user name; none when it is not there, or was cut off."""
    try:
        return {account["username"]: account for account in json.loads(file.read_text())}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}


def _write(file: Path, accounts: list[Account]) -> None:
    """Write the file whole or not at all, readable by its owner only."""
    unfinished = file.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as written:
        json.dump([asdict(account) for account in accounts], written, ensure_ascii=False, indent=2)
    unfinished.replace(file)
