"""The rooms of the house, and which way their doors open."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["bench", "cms", "home", "news", "partners", "frontend_contract", "tests"]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def _modules(*packages: str) -> list[Path]:
    found = [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]  # Django writes those


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the source in which a test may break something."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _lint(house: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT_IMPORTS, "--no-cache"], cwd=house, capture_output=True, text=True, check=False)


def test_imports_point_one_way(house: Path) -> None:
    assert "0 broken" in _lint(house).stdout


@pytest.mark.parametrize(
    ("module", "planted"),
    [
        ("cms/content/errors.py", "import cms.publications.apps"),
        ("cms/publications/apps.py", "import cms.api.apps"),
        ("cms/api/apps.py", "import cms.desk.apps"),
        ("cms/api/apps.py", "import news.apps"),
        ("news/apps.py", "import partners.apps"),
        ("news/apps.py", "import cms.translation.apps"),
        ("frontend_contract/models/shape.py", "import django"),
        ("cms/desk/apps.py", "import tests"),
    ],
)
def test_a_planted_import_is_caught(house: Path, module: str, planted: str) -> None:
    with (house / module).open("a") as file:
        file.write(f"\n{planted}\n")
    result = _lint(house)
    assert result.returncode == 1
    assert "0 broken" not in result.stdout
    assert planted.split()[1].partition(".apps")[0] in result.stdout


@pytest.mark.parametrize("module", _modules("frontend_contract/models"), ids=lambda path: path.name)
def test_the_contract_needs_the_standard_library_and_pydantic_only(module: Path) -> None:
    allowed = {*sys.stdlib_module_names, "pydantic", "frontend_contract"}
    for node in ast.walk(ast.parse(module.read_text())):
        match node:
            case ast.Import(names=names):
                assert {name.name.partition(".")[0] for name in names} <= allowed
            case ast.ImportFrom(module=str(name), level=0):
                assert name.partition(".")[0] in allowed


@pytest.mark.parametrize("module", _modules(*PACKAGES), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_in_one_sentence_what_it_is_for(module: Path) -> None:
    sentence = (ast.get_docstring(ast.parse(module.read_text())) or "").partition("\n")[0]
    assert sentence.endswith((".", "?", "::")), f"{module} does not begin with a sentence"


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "helpers", "common", "base", "mixins", "misc"}
    # Django finds a database backend by the module name `base`.
    found = [path for path in _modules(*PACKAGES) if path.stem in empty and "backends" not in path.parts]
    assert found == []
