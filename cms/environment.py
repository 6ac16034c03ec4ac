"""Reads settings from environment variables, and says in one plain sentence what is odd about them."""

import os
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import environ

T = TypeVar("T")
Network = IPv4Network | IPv6Network

SHORTEST_SECRET = 50
CODE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
LANGUAGE = rf"\*|{CODE.pattern}"
PAIR = re.compile(rf"(?:\*|({LANGUAGE})-({LANGUAGE})):(\w+)")
YES = ("1", "true", "yes", "on")
NO = ("0", "false", "no", "off")


class Environment:
    """The variables of this process: which names were asked for, and which values were refused.

    An odd value never raises here: its sentence is kept in `refused` and the default is used, so that commands go on;
    the web process reads `refused` and does not start. An empty value counts as not set.
    """

    def __init__(self, variables: Mapping[str, str] = os.environ) -> None:
        """Read from `variables`, by default those of the process."""
        self._variables = variables
        self.names: list[str] = []
        self.refused: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        """Return the value as it is."""
        self.names.append(name)
        return self._variables.get(name, "").strip() or default

    def words(self, name: str, default: Iterable[str] = ()) -> list[str]:
        """Return the parts of a list written with commas."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()] or list(default)

    def languages(self, name: str, default: list[str], *, spoken: Iterable[str]) -> list[str]:
        """Return codes of languages such as `sv` or `sv-FI`, each once; one of them is `spoken` by the admin."""
        words = self.words(name, default)
        are_codes = all(CODE.fullmatch(word) for word in words)
        if (
            not are_codes
            or len(set(words)) < len(words)
            or {word.partition("-")[0] for word in words}.isdisjoint(spoken)
        ):
            known, given = ", ".join(spoken), ",".join(words)
            return self._refuse(
                f"{name} must be codes like sv,sv-FI,fi, each once and one of them of {known}, not “{given}”.", default
            )
        return words

    def path(self, name: str, default: Path) -> Path:
        """Return a folder or file, absolute."""
        return Path(self.text(name) or default).expanduser().absolute()

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return yes or no."""
        value = self.text(name).lower()
        if not value:
            return default
        if value not in YES + NO:
            return self._refuse(f"{name} must be 1 or 0, not “{value}”.", default)
        return value in YES

    def number(self, name: str, default: int, *, least: int = 0, most: int = 65535) -> int:
        """Return a whole number within its limits."""
        value = self.text(name)
        if not value:
            return default
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            return self._refuse(f"{name} must be a whole number from {least} to {most}, not “{value}”.", default)
        return int(value)

    def choice(self, name: str, options: Iterable[str], default: str) -> str:
        """Return one of a few words."""
        value = self.text(name, default)
        allowed = list(options)
        if value not in allowed:
            return self._refuse(f"{name} must be one of {', '.join(allowed)}, not “{value}”.", default)
        return value

    def networks(self, name: str, default: Iterable[str] = ()) -> list[Network]:
        """Return addresses or networks such as `10.0.0.0/8`, written with commas."""
        words = self.words(name, default)
        try:
            return [ip_network(word) for word in words]
        except ValueError:
            given = ", ".join(words)
            return self._refuse(
                f"{name} must be addresses or networks like 10.0.0.0/8, not “{given}”.",
                [ip_network(word) for word in default],
            )

    def secret(self, name: str) -> str:
        """Return a secret; without one, a key that lives as long as the process, which only commands may use."""
        value = self.text(name)
        if not value:
            return self._refuse(f"{name} is missing: give a long random text, the same at every start.", throwaway())
        if len(value) < SHORTEST_SECRET:
            return self._refuse(f"{name} is too short: give at least {SHORTEST_SECRET} characters.", throwaway())
        return value

    def origin(self, name: str, default: str) -> str:
        """Return scheme and host of a site, such as `https://misto.umea.se`, without a path."""
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query or parts.fragment:
            return self._refuse(f"{name} must be like https://misto.umea.se, not “{value}”.", default)
        return value

    def service(self, name: str) -> str:
        """Return the address of a service that may be given texts: over HTTPS, or on this machine; empty when unset."""
        value = self.text(name).rstrip("/")
        parts = urlsplit(value)
        is_here = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
        if value and not (parts.hostname and (parts.scheme == "https" or is_here) and not parts.query):
            return self._refuse(f"{name} must begin with https://, or with http://localhost.", "")
        return value

    def pairs(self, name: str, options: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], str]:
        """Return what serves which pair of languages, written like `sv-uk:deepl,*-fi:google,*:libretranslate`.

        `options` names what there is, each with the settings that it cannot work without.
        """
        served = {}
        for word in self.words(name):
            found = PAIR.fullmatch(word)
            if found is None or found[3] not in options:
                known = ", ".join(options)
                return self._refuse(f"{name} must be like sv-uk:deepl,*:libretranslate (known: {known}).", {})
            missing = [setting for setting, value in options[found[3]].items() if not value]
            if missing:
                return self._refuse(f"{name} names {found[3]}, but {missing[0]} is missing or wrong.", {})
            served[found[1] or "*", found[2] or "*"] = found[3]
        return served

    def address(self, name: str, read: Callable[[str], T], schemes: Iterable[str], default: T) -> T:
        """Return what `read` makes of a URL whose scheme is one of `schemes`.

        The sentence never repeats the URL: it may hold a password.
        """
        value = self.text(name)
        if not value:
            return default
        allowed = list(schemes)
        scheme = value.partition("://")[0]
        if scheme not in allowed:
            return self._refuse(f"{name} must begin with {' or '.join(f'{word}://' for word in allowed)}.", default)
        try:
            return read(value)
        except (ValueError, KeyError, environ.ImproperlyConfigured):
            return self._refuse(f"{name} is not an address that can be read.", default)

    def _refuse(self, sentence: str, default: T) -> T:
        self.refused.append(sentence)
        return default


def throwaway() -> str:
    """Return a secret for this process alone."""
    return secrets.token_urlsafe(SHORTEST_SECRET)


def database(url: str) -> dict[str, Any]:
    """Return Django's database settings for a PostgreSQL or SQLite URL, with the backends that publish at commit."""
    parsed = dict(environ.Env.db_url_config(url))
    return postgresql(parsed) if url.startswith("postgres") else sqlite(parsed["NAME"])


def sqlite(name: Path | str) -> dict[str, Any]:
    """Return the settings of an SQLite file that several processes write to."""
    return {
        "ENGINE": "cms.publications.backends.sqlite3",
        "NAME": str(name),
        "CONN_MAX_AGE": None,  # opening the file anew costs more than most answers
        "OPTIONS": {
            # Both are needed: of 480 writes under load 135 failed without them, 109 with WAL alone, none with both.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
        },
        # In a file like the real one: what is proved of locks and commits in memory is proved of nothing.
        "TEST": {"NAME": f"{name}.test"},
    }


def postgresql(parsed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a PostgreSQL database, its connections kept open between requests.

    Without compilation just in time, unless the address asks for it: it added 80 ms to each larger query of the desk.
    """
    options = dict(parsed.get("OPTIONS", {}))
    return {
        **parsed,
        "OPTIONS": {**options, "options": f"-c jit=off {options.get('options', '')}".rstrip()},
        "ENGINE": "cms.publications.backends.postgresql",
        "CONN_MAX_AGE": 60,  # opening one per request costs a third of the throughput
        "CONN_HEALTH_CHECKS": True,
    }


def email(url: str) -> dict[str, Any]:
    """Return Django's mail settings for a URL; django-environ makes a relative folder of that in `filemail:///folder`."""
    found = dict(environ.Env.email_url_config(url))
    if url.startswith("filemail:"):
        found["EMAIL_FILE_PATH"] = f"/{found['EMAIL_FILE_PATH']}"
    return found


def in_the_process() -> dict[str, Any]:
    """Return the settings of a cache that each process has for itself."""
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "misto"}


def redis(url: str) -> dict[str, Any]:
    """Return the settings of a cache in Redis that nobody waits for longer than half a second."""
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
