"""The examples are answers of this hub: they keep the schemas, and the stricter models of the house."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from cms.api.contract.files import FOLDER
from cms.api.problems import PROBLEM_TYPES
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
    if situation == "gone":
        return "problem"
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
def test_there_is_an_example_of_each_kind_in_each_language_and_situation(kind: str, language: str) -> None:
    """A situation of translations is there when the demo has a translation of this kind into this language."""
    found = {path.stem for path in EXAMPLES if path.parent.name == language}
    assert {f"{kind}-{situation}" for situation in ("list", "fallback", "withdrawn", "gone")} <= found
    assert {"home", "search"} <= found
    assert {f"{kind}-original", f"{kind}-translated"} & found
    if f"{kind}-translated" in found:
        assert {f"{kind}-machine", f"{kind}-stale"} <= found


@pytest.mark.parametrize("path", EXAMPLES, ids=_name)
def test_an_example_shows_the_situation_it_is_named_after(path: Path) -> None:
    _kind, _, situation = path.stem.partition("-")
    if situation not in SHOWN:
        return
    item = json.loads(path.read_text())
    assert SHOWN[situation](item)
    assert situation == "gone" or (item["language"] == path.parent.name) is (situation != "fallback")


SHOWN: dict[str, Callable[[dict[str, Any]], bool]] = {
    "original": lambda item: item["translation"]["translated_from"] is None,
    "translated": lambda item: item["translation"]["translated_from"] is not None,
    "machine": lambda item: item["translation"]["origin"] == "machine",
    "stale": lambda item: item["translation"]["is_stale"] and item["translation"]["stale_since"] is not None,
    "fallback": lambda item: item["is_fallback"],
    "withdrawn": lambda item: item["status"] == "withdrawn" and bool(item["notice"]["text"]),
    "gone": lambda item: item["status"] == 410 and item["reason"] == "unpublished",
}


@pytest.mark.parametrize("name", PROBLEM_TYPES)
def test_there_is_a_real_answer_for_each_problem(name: str) -> None:
    problem = json.loads((FOLDER / f"examples/problems/{name}.json").read_text())
    assert problem["type"].endswith(f"/problems/{name}")
    assert problem["status"] == PROBLEM_TYPES[name].status


def test_examples_lead_to_no_real_host() -> None:
    for path in EXAMPLES:
        assert "localhost" not in path.read_text(), path
        assert "testserver" not in path.read_text(), path
