"""Languages are a setting: a hub with others than the four of the demo keeps every promise."""

import os
import subprocess
import sys
from pathlib import Path

from tests.hub import ROOT

TESTS = Path(__file__).with_name("of_other_languages.py")


def test_a_hub_may_publish_in_two_sorts_of_swedish_and_finnish() -> None:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_") and name != "DATA_DIR"}
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", "--create-db", str(TESTS)],
        cwd=ROOT,
        env=ours | {"LANGUAGES": "sv,sv-FI,fi"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-5_000:]
