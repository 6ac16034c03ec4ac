"""The files of the contract are valid, complete, and what the code says."""

import ast
import json
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from django.core.management import CommandError, call_command
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from pydantic import TypeAdapter, ValidationError

from cms.api.contract.components import OPEN_BLOCK, components
from cms.api.contract.files import FOLDER, contract_files, json_schemas
from cms.api.contract.openapi import openapi
from frontend_contract.models.blocks import Block
from frontend_contract.models.documents import PUBLIC
from tests.contract.truth import valid_against

SCHEMAS = sorted((FOLDER / "schemas").rglob("*.json"))


def test_the_committed_files_are_what_the_code_says(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("contract", "--check", "--no-examples")


def test_the_check_names_each_file_that_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    for name, text in contract_files().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "schemas/news.json").write_text("{}")
    (tmp_path / "schemas/home.json").unlink()
    (tmp_path / "schemas/old.json").write_text("{}")
    monkeypatch.setattr("cms.api.management.commands.contract.FOLDER", tmp_path)
    with pytest.raises(CommandError):
        call_command("contract", "--check", "--no-examples")
    assert capsys.readouterr().out.splitlines() == [
        "schemas/home.json: missing",
        "schemas/news.json: differs",
        "schemas/old.json: is no longer generated",
    ]


def test_the_openapi_document_is_valid() -> None:
    committed = yaml.safe_load((FOLDER / "openapi.yaml").read_text())
    validate(committed)
    assert committed["openapi"] == "3.1.1"


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_every_schema_is_valid_and_complete_in_itself(path: Path) -> None:
    schema = json.loads(path.read_text())
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(_references(schema)) <= {f"#/$defs/{name}" for name in schema["$defs"]}


def test_there_is_a_schema_for_each_kind_and_each_block() -> None:
    types = {_type_of(block) for block in _members(Block)}
    assert len(types) == 12
    assert set(PUBLIC) | {f"blocks/{name}" for name in types | {"other"}} <= set(json_schemas())


@pytest.mark.parametrize("inside", ["Pointer", "Stored", "hub:", "_Annotated", "additionalProperties: false"])
def test_nothing_of_how_documents_are_stored_is_public(inside: str) -> None:
    assert inside not in (FOLDER / "openapi.yaml").read_text()


@pytest.mark.parametrize("name", sorted(components()))
def test_every_object_takes_fields_it_does_not_know(name: str) -> None:
    assert '"additionalProperties": false' not in json.dumps(components()[name])
    assert '"unevaluatedProperties": false' not in json.dumps(components()[name])


def test_a_block_of_tomorrow_is_valid_for_consumers_and_refused_in_the_house() -> None:
    block = {"id": "0d1d5a52", "type": "poll", "html": "<p>…</p>", "options": ["ja", "nej"]}
    valid_against({"$ref": "#/components/schemas/Block"}, block)
    with pytest.raises(ValidationError):
        TypeAdapter(Block).validate_python(block)


def test_a_known_block_must_be_right_even_though_the_last_one_is_open() -> None:
    with pytest.raises(AssertionError):
        valid_against({"$ref": "#/components/schemas/Block"}, {"id": "1", "type": "heading", "html": "<h2>…</h2>"})
    assert components()["Block"]["oneOf"][-1]["$ref"].endswith(OPEN_BLOCK)


def _members(union: Any) -> tuple[Any, ...]:
    return get_args(get_args(union)[0])


def _type_of(block: Any) -> str:
    return str(get_args(block.model_fields["type"].annotation)[0])


def _references(schema: Any) -> list[str]:
    match schema:
        case dict():
            own = [schema["$ref"]] if isinstance(schema.get("$ref"), str) else []
            return own + [name for value in schema.values() for name in _references(value)]
        case list():
            return [name for value in schema for name in _references(value)]
    return []


def test_every_operation_and_every_answer_is_described_with_an_example() -> None:
    for path, item in openapi()["paths"].items():
        operation = item["get"]
        assert operation["description"], path
        assert operation["summary"], path
        for status, answer in operation["responses"].items():
            whole = _resolved(answer)
            assert whole["description"], (path, status)
            for content in whole.get("content", {}).values():
                samples = [content["example"]] if "example" in content else _values(content["examples"])
                assert samples, (path, status)
                for sample in samples:
                    valid_against(content["schema"], sample)


def test_every_parameter_is_described() -> None:
    for path, item in openapi()["paths"].items():
        for parameter in item["get"].get("parameters", []):
            assert parameter["description"], (path, parameter["name"])


def test_every_field_is_described() -> None:
    for name, schema in components().items():
        for field, said in schema.get("properties", {}).items():
            assert said.get("description") or "$ref" in said, f"{name}.{field}"


def _resolved(answer: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in answer:
        return answer
    found: dict[str, Any] = openapi()["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    return found


def _values(examples: dict[str, Any]) -> list[Any]:
    return [example["value"] for example in examples.values()]


def test_the_folder_itself_imports_nothing() -> None:
    parsed = ast.parse((FOLDER / "__init__.py").read_text())
    assert [type(part) for part in ast.walk(parsed) if isinstance(part, ast.Import | ast.ImportFrom)] == []


@pytest.mark.parametrize("promise", ["12 months", "`Deprecation` (RFC 9745)", "`Sunset` (RFC 8594)"])
def test_what_may_change_is_said_with_its_notice(promise: str) -> None:
    assert promise in " ".join((FOLDER / "VERSIONING.md").read_text().split())
