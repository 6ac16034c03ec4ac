"""Documentation: what it names exists, and what exists for users is named."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
OURS = ("cms.", "home", "news", "partners")
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "frontend_contract").rglob("*.md")]


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))


def _everything_written() -> str:
    return "\n".join(page.read_text() for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
class TestAPageOfDocumentation:
    """What holds for every page of documentation."""

    def test_names_only_make_targets_that_exist(self, page: Path) -> None:
        assert set(re.findall(r"`make ([a-z]+)|^make ([a-z]+)", page.read_text())) <= {
            pair for target in _targets() for pair in [(target, ""), ("", target)]
        }

    def test_names_only_commands_that_exist(self, page: Path) -> None:
        assert set(re.findall(r"manage\.py ([a-z_]+)", page.read_text())) <= set(get_commands())

    def test_links_only_to_files_that_exist(self, page: Path) -> None:
        links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
        assert [link for link in links if not (page.parent / link).exists()] == []

    def test_names_no_machine(self, page: Path) -> None:
        assert not re.search(r"/(work|home|root|Users)/", page.read_text())


def test_every_make_target_is_printed_by_make_and_named_in_the_documentation() -> None:
    assert [target for target in _targets() - {"help"} if f"make {target}" not in _everything_written()] == []


def test_every_command_of_ours_is_documented() -> None:
    ours = [name for name, app in get_commands().items() if str(app).startswith(OURS)]
    assert [name for name in ours if f"manage.py {name}" not in _everything_written()] == []


@pytest.mark.parametrize(
    "word", ["page", "language", "key", "kind", "document", "publication", "sequence", "cursor", "link", "partner"]
)
def test_the_words_are_defined(word: str) -> None:
    assert f"| **{word}** |" in (ROOT / "docs" / "words.md").read_text()


def test_every_decision_fits_one_screen() -> None:
    for decision in (ROOT / "docs" / "decisions").glob("*.md"):
        text = decision.read_text()
        assert text.count("\n") <= 50, decision
        assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequences")), decision


def test_locks_name_no_address() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in lock.read_text(), lock
        assert "--hash=sha256:" in lock.read_text(), lock


def _surprises() -> list[tuple[int, list[tuple[str, str]]]]:
    """Return the number of each surprise of wagtail-localize, and the tests that show that it is gone."""
    table = (ROOT / "docs" / "localize.md").read_text()
    rows = re.findall(r"^\| (\d+) \|.*\| ([^|]+) \|$", table, flags=re.MULTILINE)
    return [(int(number), re.findall(r"`([\w/]+\.py)::(\w+)`", shown)) for number, shown in rows]


def test_every_surprise_of_localize_is_shown_to_be_gone_by_tests_that_exist() -> None:
    assert [number for number, _tests in _surprises()] == list(range(1, 25))
    assert [number for number, tests in _surprises() if not tests] == []
    named = {test for _number, tests in _surprises() for test in tests}
    gone = [(file, test) for file, test in named if f"def {test}(" not in (ROOT / "tests" / file).read_text()]
    assert gone == []
