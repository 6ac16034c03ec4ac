"""Runs commands, and says in one line what went wrong with them."""

import sys
from collections.abc import Sequence

from django.conf import settings
from django.core.management import CommandError, execute_from_command_line
from django.db import DatabaseError

WORK = ("publish_scheduled", "publications", "db_worker")
"""The commands that do the work of a running hub; all others prepare one, or look at it."""

MISSING = ("no such table", "does not exist")


def run(arguments: Sequence[str]) -> None:
    """Run the command that was typed; what goes wrong is one line and exit code 1, with `--traceback` everything."""
    _look_at_the_database_setting(arguments)
    try:
        execute_from_command_line(list(arguments))
    except (CommandError, DatabaseError) as error:
        if "--traceback" in arguments:
            raise
        sys.exit(explain(error))
    except KeyboardInterrupt:
        sys.exit("Interrupted. It can be run again.")


def explain(error: Exception) -> str:
    """Return in one line what went wrong."""
    first = str(error).strip().partition("\n")[0] or type(error).__name__
    if not isinstance(error, DatabaseError):
        return first
    todo = " Run `manage.py migrate` first." if any(words in first for words in MISSING) else ""
    return f"The database refused: {first}.{todo}"


def _look_at_the_database_setting(arguments: Sequence[str]) -> None:
    """Do no work in another database than the one that was meant, and let nobody set one up without knowing."""
    for sentence in settings.REFUSED_SETTINGS:
        if sentence.startswith("DATABASE_URL "):
            if any(command in arguments[1:2] for command in WORK):
                sys.exit(f"Misto cannot start: {sentence}")
            file = settings.DATABASES["default"]["NAME"]
            sys.stderr.write(f"{sentence} The file {file} is used instead.\n")
