"""Settings: documented completely, and refused in one plain sentence."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from cms.environment import Environment, database, email

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a secret that is long enough for a hub which nobody can reach"
GUNICORN = ["-m", "gunicorn", "-c", "cms/gunicorn.conf.py", "cms.wsgi"]
MIGRATE = ["manage.py", "migrate", "contenttypes", "--verbosity", "0"]
NAMES_READ = """
import runpy
from cms.settings import env
print(*env.names, *runpy.run_path("cms/gunicorn.conf.py")["env"].names)
"""


def _python(arguments: list[str], data_dir: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in an environment that holds nothing but what is given."""
    env = {"PATH": os.environ["PATH"], "HOME": str(data_dir), "DATA_DIR": str(data_dir), **variables}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False
    )


def _documented(consequence: str = "") -> list[str]:
    """Return the settings in the table; with a consequence, those whose wrong value has it."""
    table = (ROOT / "docs" / "operations.md").read_text().partition("## Settings")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([A-Z_]+)` \|.*\| ([^|]*) \|$", table, flags=re.MULTILINE)
    return [name for name, wrong in rows if wrong.startswith(consequence)]


def test_the_table_names_every_setting_that_is_read_and_no_other(tmp_path: Path) -> None:
    read = _python(["-c", NAMES_READ], tmp_path).stdout.split()
    assert set(_documented()) == set(read)


def test_the_table_names_each_setting_once() -> None:
    assert len(_documented()) == len(set(_documented()))


def test_nothing_else_reads_the_environment() -> None:
    allowed = {"environment.py", "run.py"}  # the latter prepares it for its children
    sources = [path for path in (ROOT / "cms").rglob("*.py") if path.name not in allowed]
    asks = re.compile(r"os\.environ(\[|\.get\()|getenv")
    assert [str(path) for path in sources if asks.search(path.read_text())] == []


ODD = [
    ("SECRET_KEY", ""),
    ("SECRET_KEY", "short"),
    ("PUBLIC_URL", "misto.umea.se"),
    ("PUBLIC_URL", "https://misto.umea.se/hub"),
    ("PORT", "80000"),
    ("CACHE_URL", "memcached://localhost"),
    ("ANSWERS_MEMORY", "lots"),
    ("RATE_LIMIT", "-1"),
    ("RATE_LIMIT_SEARCH", "1e3"),
    ("READ_TIMEOUT", "601"),
    ("TRUSTED_PROXIES", "nginx"),
    ("LANGUAGES", "svenska"),
    ("LANGUAGES", "sv,fi,sv"),
    ("LANGUAGES", "sv,sv-fi"),
    ("LANGUAGES", "de,fr"),
    ("TASKS", "celery"),
    ("EMAIL_URL", "pigeon://umea"),
    ("MACHINE_ENGINES", "sv-uk:babelfish"),
    ("MACHINE_ENGINES", "*:deepl"),
    ("LIBRETRANSLATE_URL", "http://libretranslate.example"),
    ("LOG_LEVEL", "LOUD"),
    ("ACCESS_LOG", "file"),
    ("WEB_WORKERS", "many"),
    ("WEB_THREADS", "0"),
    ("DEMO", "perhaps"),
    ("DEBUG", "2"),
    ("DATABASE_URL", "mysql://misto:hemligt@localhost/misto"),
]


@pytest.mark.parametrize(("name", "value"), ODD)
def test_an_odd_setting_stops_the_web_process_with_one_sentence(tmp_path: Path, name: str, value: str) -> None:
    result = _python(GUNICORN, tmp_path, **{"SECRET_KEY": SECRET, name: value})
    assert result.returncode == 1
    [sentence] = result.stderr.splitlines()
    assert sentence.startswith(f"Misto cannot start: {name} ")
    assert "hemligt" not in sentence


def test_an_odd_value_is_tried_of_every_setting_that_is_said_to_stop_the_web_process() -> None:
    assert {name for name, _value in ODD} == set(_documented("stops the web process"))


def test_no_odd_setting_stops_commands(tmp_path: Path) -> None:
    result = _python(MIGRATE, tmp_path, **{name: value for name, value in ODD if name != "DATABASE_URL"})
    assert (result.returncode, result.stderr) == (0, "")


def test_what_goes_wrong_with_a_command_is_one_line(tmp_path: Path) -> None:
    for words in (["publications", "verify"], ["publications", "gone", "nothing", "--reason", "x"]):
        result = _python(["manage.py", *words], tmp_path)
        assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)


def test_migrate_needs_no_secret_key(tmp_path: Path) -> None:
    result = _python(MIGRATE, tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / "misto.sqlite3").exists()


NOT_UNDERSTOOD = "DATABASE_URL must begin with postgres:// or postgresql:// or sqlite://."


def test_an_unknown_database_does_not_stop_migrate_which_says_what_it_uses_instead(tmp_path: Path) -> None:
    result = _python(MIGRATE, tmp_path, DATABASE_URL="mysql://misto:hemligt@localhost/misto")
    file = tmp_path / "misto.sqlite3"
    assert (result.returncode, result.stderr) == (0, f"{NOT_UNDERSTOOD} The file {file} is used instead.\n")
    assert file.exists()


@pytest.mark.parametrize("work", [["publish_scheduled"], ["publications", "verify"], ["db_worker"]], ids=str)
def test_an_unknown_database_stops_the_work_of_a_running_hub(tmp_path: Path, work: list[str]) -> None:
    result = _python(["manage.py", *work], tmp_path, DATABASE_URL="mysql://misto:hemligt@localhost/misto")
    assert (result.returncode, result.stderr) == (1, f"Misto cannot start: {NOT_UNDERSTOOD}\n")
    assert not (tmp_path / "misto.sqlite3").exists()


def test_a_data_dir_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = _python(MIGRATE, tmp_path, DATA_DIR=str(tmp_path / "file" / "var"))
    assert result.returncode == 1
    assert result.stderr.startswith("Misto cannot start: DATA_DIR ")


def test_production_settings_pass_the_deployment_check(tmp_path: Path) -> None:
    variables = {"SECRET_KEY": "Kx7" + SECRET, "PUBLIC_URL": "https://misto.example"}
    result = _python(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], tmp_path, **variables)
    assert (result.returncode, result.stderr) == (0, "")


def test_mail_may_go_to_a_folder_wherever_the_hub_was_started(tmp_path: Path) -> None:
    found = email(f"filemail://{quote(str(tmp_path / 'our mail'))}")
    assert found["EMAIL_FILE_PATH"] == str(tmp_path / "our mail")
    assert email("smtp://u:p@host:587")["EMAIL_HOST"] == "host"


@pytest.mark.parametrize(
    ("given", "published", "first"),
    [
        ("", "sv,uk,fi,en", "en"),
        ("sv,sv-FI,fi", "sv,sv-FI,fi", "sv"),
        ("fi-FI, de ,en-GB", "fi-FI,de,en-GB", "en"),
        ("se,sv-FI", "se,sv-FI", "sv"),
    ],
)
def test_a_hub_publishes_in_the_languages_it_is_given(tmp_path: Path, given: str, published: str, first: str) -> None:
    code = "from cms.settings import *; print(','.join(dict(WAGTAIL_CONTENT_LANGUAGES)), LANGUAGE_CODE)"
    assert _python(["-c", code], tmp_path, LANGUAGES=given).stdout.split() == [published, first]
    checked = _python(["manage.py", "check"], tmp_path, LANGUAGES=given, SECRET_KEY=SECRET)
    assert (checked.returncode, checked.stderr) == (0, "")
    made = _python(
        ["manage.py", "makemigrations", "--check", "--dry-run"], tmp_path, LANGUAGES=given, SECRET_KEY=SECRET
    )
    assert made.returncode == 0, made.stdout


def test_an_empty_value_counts_as_not_set() -> None:
    assert Environment({"PORT": ""}).number("PORT", 8000) == 8000


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("yes", True), ("On", True), ("0", False), ("no", False)])
def test_yes_and_no_can_be_said_in_several_ways(value: str, meant: bool) -> None:
    env = Environment({"DEMO": value})
    assert env.flag("DEMO", default=not meant) is meant
    assert env.refused == []


def test_sqlite_gets_what_keeps_writers_from_failing(tmp_path: Path) -> None:
    code = "from cms.settings import DATABASES as d; print(d['default']['OPTIONS'], 'ATOMIC_REQUESTS' in d['default'])"
    options = _python(["-c", code], tmp_path).stdout
    assert "journal_mode=WAL" in options
    assert "'transaction_mode': 'IMMEDIATE', 'timeout': 5" in options
    assert options.endswith("False\n")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_keeps_its_connections(tmp_path: Path, scheme: str) -> None:
    code = "from cms.settings import DATABASES as d; print(d['default'])"
    found = _python(["-c", code], tmp_path, DATABASE_URL=f"{scheme}://misto:hemligt@db.umea.se:5433/misto").stdout
    for part in ("cms.publications.backends.postgresql", "'CONN_MAX_AGE': 60", "'db.umea.se'", "5433", "'hemligt'"):
        assert part in found


@pytest.mark.parametrize(
    ("asked", "options"),
    [("", "-c jit=off"), ("?options=-c%20jit%3Don", "-c jit=off -c jit=on")],
    ids=["not", "asked for"],
)
def test_postgresql_compiles_no_query_unless_it_is_asked_to(asked: str, options: str) -> None:
    settings = database(f"postgres://misto:hemligt@db.umea.se:5433/misto{asked}")
    assert settings["OPTIONS"] == {"options": options}
