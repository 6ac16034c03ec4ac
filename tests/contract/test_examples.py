"""The examples are answers of this hub: they keep the schemas, and the stricter models of the house."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from cms.api.contract.files import FOLDER
from frontend_contract.models.answers import ApiInfo, Changes, ListAnswer, Problem
from frontend_contract.models.documents import PUBLIC, SUMMARY, Hit
from frontend_contract.models.feeds import JsonFeed

EXAMPLES = sorted((FOLDER / "examples").rglob("*.json"))
LANGUAGES = ("sv", "uk", "fi", "en")


def _name(path: Path) -> str:
    return str(path.relative_to(FOLDER / "examples").with_suffix(""))


def _schema_of(path: Path) -> str:
    """Return the name of the schema that the example keeps."""
    if path.parent.name == "problems":
        return "problem"
    kind, _, situation = path.stem.partition("-")
    if kind == "feed":
        return kind
    if situation == "list":
        return f"{kind}-list"
    return kind if kind in PUBLIC else path.stem


@pytest.mark.parametrize("path", EXAMPLES, ids=_name)
def test_an_example_keeps_its_schema(path: Path) -> None:
    schema = json.loads((FOLDER / f"schemas/{_schema_of(path)}.json").read_text())
    errors = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(json.loads(path.read_text()))
    assert not [f"{error.json_path}: {error.message[:200]}" for error in errors]


@pytest.mark.parametrize("path", EXAMPLES, ids=_name)
def test_an_example_is_what_the_house_itself_calls_right(path: Path) -> None:
    name = _schema_of(path)
    models: dict[str, Any] = {"problem": Problem, "changes": Changes, "api-info": ApiInfo, "feed": JsonFeed, **PUBLIC}
    models["search"] = ListAnswer[Hit]
    models |= {f"{kind}-list": ListAnswer[model] for kind, model in SUMMARY.items()}  # type: ignore[valid-type]
    if name in models:
        models[name].model_validate_json(path.read_text())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SUMMARY)
def test_there_is_an_example_of_each_kind_in_each_language(kind: str, language: str) -> None:
    found = {path.stem for path in EXAMPLES if path.parent.name == language}
    assert {f"{kind}-list", "home", "search"} <= found
    assert {f"{kind}-original", f"{kind}-translated"} & found


@pytest.mark.parametrize("situation", ["translated", "stale", "fallback", "withdrawn", "machine", "original"])
def test_there_is_an_example_of_each_situation(situation: str) -> None:
    assert [path for path in EXAMPLES if path.stem.endswith(f"-{situation}")]


@pytest.mark.parametrize(
    "name", ["gone", "not-found", "not-in-this-language", "unknown-language", "invalid-parameters"]
)
def test_there_is_an_example_of_each_common_problem(name: str) -> None:
    problem = json.loads((FOLDER / f"examples/problems/{name}.json").read_text())
    assert problem["type"].endswith(f"/problems/{name}")


def test_examples_lead_to_no_real_host() -> None:
    for path in EXAMPLES:
        assert "localhost" not in path.read_text(), path
        assert "testserver" not in path.read_text(), path
