"""Hubs to measure: a folder and a database each, grown once and copied for the next size."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bench.servers import ROOT

POSTGRES = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("BENCH_REDIS", "redis://127.0.0.1:6379/9")
SECRET = "measured-only-" * 5

DESK = "_desk"
"""The purpose of a hub whose translations are kept by localize, in every state."""


@dataclass(frozen=True)
class Hub:
    """A hub with so many articles in each of four languages."""

    database: str
    articles: int
    folder: Path
    purpose: str = ""

    @property
    def data(self) -> Path:
        """Where its files live."""
        return self.folder / f"{self.database}-{self.articles}{self.purpose}"

    @property
    def env(self) -> dict[str, str]:
        """Return the settings that every process of it needs."""
        own = {
            "DATA_DIR": str(self.data),
            "SECRET_KEY": SECRET,
            "DEMO": "1",
            "LOG_LEVEL": "ERROR",
            "RATE_LIMIT": "0",
            "RATE_LIMIT_SEARCH": "0",
            "DATABASE_URL": "",
            "CACHE_URL": "",
        }
        if self.database == "postgresql":
            own |= {"DATABASE_URL": _address(self._name()), "CACHE_URL": REDIS}
        return own

    def grow(self, smaller: "Hub | None" = None) -> None:
        """Make it, beginning with a smaller one where there is one."""
        shutil.rmtree(self.data, ignore_errors=True)
        if smaller:
            shutil.copytree(smaller.data, self.data)
        if self.database == "postgresql":
            _make_database(self._name(), smaller._name() if smaller else "template0")
        if not smaller or smaller.articles < self.articles:
            self.run("bench.corpus", str(self.articles))
        if self.purpose == DESK:
            self.run("bench.translations")
        self.run("django", "collectstatic", "--no-input", "--verbosity=0", DJANGO_SETTINGS_MODULE="cms.settings")
        if self.database == "postgresql":
            _look_over(self._name())

    def run(self, module: str, *arguments: str, **env: str) -> str:
        """Run a module with its settings and return what it printed."""
        command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **self.env, **env}, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout

    def _name(self) -> str:
        return f"misto_bench_{self.articles}{self.purpose}"


def is_postgresql_there() -> bool:
    """Whether PostgreSQL and Redis answer where the environment says."""
    import psycopg
    import redis

    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
        redis.Redis.from_url(REDIS, socket_timeout=3).ping()
    except (psycopg.Error, redis.RedisError):
        return False
    return True


def _address(name: str) -> str:
    return urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()


def _make_database(name: str, template: str) -> None:
    import psycopg
    from psycopg.sql import SQL, Identifier

    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))


def _look_over(name: str) -> None:
    """Do what autovacuum does within minutes of a hub's life: without statistics the database plans badly."""
    import psycopg

    with psycopg.connect(_address(name), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
