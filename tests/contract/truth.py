"""Holds an answer against the OpenAPI document."""

import gzip
import json
import re
from functools import cache
from typing import Any

from django.http import HttpResponse
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from cms.api.contract.openapi import openapi

URI = "urn:openapi"


def hold_against_openapi(method: str, address: str, response: HttpResponse) -> None:
    """Fail unless the document describes this very answer; addresses it does not name answer with a problem or HTML."""
    path, _mark, query = address.partition("?")
    template = template_of(path)
    if template is None:
        if path.startswith(("/content/", "/health/")) and response.status_code >= 400:
            valid_against({"$ref": f"{URI}#/components/schemas/Problem"}, json.loads(response.content))
        return
    if method == "OPTIONS":
        return
    described = openapi()["paths"][template]["get"]["responses"].get(str(response.status_code))
    assert described, f"{response.status_code} is not documented at {template}"
    if "$ref" in described:
        described = openapi()["components"]["responses"][described["$ref"].rpartition("/")[2]]
    _hold_headers(described, response)
    if method == "HEAD" or "content" not in described:
        assert not response.content
        return
    media_type = response["Content-Type"].partition(";")[0]
    assert media_type in described["content"], f"{media_type} is not documented"
    content = gzip.decompress(response.content) if response.get("Content-Encoding") == "gzip" else response.content
    for part in content.splitlines() if media_type == "application/x-ndjson" else [content]:
        data = json.loads(part) if media_type.endswith("json") else part.decode()
        schema = described["content"][media_type]["schema"]
        valid_against(schema if "fields=" in query else _whole(schema), data)


def valid_against(schema: dict[str, Any], data: Any) -> None:
    """Fail unless the data is what the schema says; references lead into the OpenAPI document."""
    text = json.dumps(schema).replace('"#/components/', f'"{URI}#/components/')
    validator = Draft202012Validator(json.loads(text), registry=_registry(), format_checker=FormatChecker())
    errors = [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(data)]
    assert not errors, "\n".join(errors)


def _whole(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema without what only answers with `fields` may be."""
    match schema:
        case {"anyOf": [whole, {"$ref": str(part)}]} if "/Partial" in part:
            return dict(whole)
    return schema


def template_of(path: str) -> str | None:
    """Return the path of the document that this address belongs to."""
    for template in sorted(openapi()["paths"], key=lambda template: template.count("{")):
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template).replace(".", r"\."), path):
            return str(template)
    return None


def _hold_headers(described: dict[str, Any], response: HttpResponse) -> None:
    for name, header in described.get("headers", {}).items():
        if "$ref" in header:
            header = openapi()["components"]["headers"][header["$ref"].rpartition("/")[2]]
        assert not header.get("required") or name in response, f"{name} is promised and missing"


@cache
def _registry() -> Registry:
    return Registry().with_resource(URI, Resource(contents=openapi(), specification=DRAFT202012))
