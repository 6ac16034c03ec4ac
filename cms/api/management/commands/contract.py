"""Writes what is generated in `frontend_contract/`, or says where it differs."""

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.api.contract.examples import example_files
from cms.api.contract.files import FOLDER, GENERATED, contract_files, differences, write
from cms.api.contract.info import EXAMPLE_SERVER

OF_THIS_HUB = ("DATABASE_URL", "CACHE_URL", "LANGUAGES")
"""Settings that the hub of the examples does not have from the one that makes it."""


class Command(BaseCommand):
    help = (
        "Writes openapi.yaml, schemas/ and examples/ in frontend_contract/. The examples come from the demo content, "
        "loaded into an empty hub of its own. With --check nothing is written: one line per difference, exit code 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only compare.")
        parser.add_argument("--no-examples", action="store_true", help="Leave the examples out: takes a second.")
        parser.add_argument("--examples-here", type=Path, metavar="FOLDER", help="Write this hub's examples to FOLDER.")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["examples_here"]:
            write(example_files(), options["examples_here"], ("examples",))
            return
        wanted, parts = contract_files(), GENERATED[:2]
        if not options["no_examples"]:
            wanted, parts = wanted | _examples_of_an_empty_hub(), GENERATED
        found = differences(wanted, FOLDER, parts)
        if options["check"]:
            for line in found:
                self.stdout.write(line)
            if found:
                raise CommandError("The contract's files are not what the code says: run `manage.py contract`.")
            return
        write(wanted, FOLDER, parts)
        self.stdout.write(f"{len(found)} of {len(wanted)} files of the contract changed.")


def _examples_of_an_empty_hub() -> dict[str, str]:
    """Return the examples that the demo content gives in a hub made for this purpose."""
    with tempfile.TemporaryDirectory(prefix="misto-contract-") as folder:
        here = {name: value for name, value in os.environ.items() if name not in OF_THIS_HUB}
        environment = here | {"DATA_DIR": folder, "PUBLIC_URL": EXAMPLE_SERVER, "DEMO": "1", "LOG_LEVEL": "ERROR"}
        environment.setdefault("SECRET_KEY", "of a hub that nobody can reach and that is gone in a minute")
        for words in (["migrate"], ["load_demo"], ["contract", "--examples-here", folder]):
            _run(words, environment)
        made = Path(folder) / "examples"
        return {f"examples/{path.relative_to(made)}": path.read_text() for path in sorted(made.rglob("*.json"))}


def _run(words: list[str], environment: dict[str, str]) -> None:
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise CommandError(f"manage.py {' '.join(words)} failed: {(done.stderr or done.stdout).strip()[-2000:]}")
