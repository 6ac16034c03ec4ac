"""Holds an answer against the OpenAPI document: its status, its headers, its media type and every field."""

import gzip
import json
import re
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from typing import Any

import brotli
from django.http import HttpResponseBase
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from cms.api.contract.openapi import openapi

URI = "urn:openapi"
OURS = ("/content/", "/health/")
FOR_PEOPLE = "/content/v1/docs"
PROBLEM = "application/problem+json"

OF_EVERY_WEB_SERVER = {
    *("content-type", "content-length", "x-content-type-options", "referrer-policy", "x-frame-options"),
    *("content-security-policy", "cross-origin-opener-policy", "strict-transport-security"),
}
"""Headers that the document does not describe: HTTP itself does, or they guard browsers."""

SENT = "If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, traceparent, tracestate"
READ = "Content-Language, ETag, Last-Modified, Link, RateLimit, RateLimit-Policy, Retry-After, traceparent"
"""Headers that scripts of other sites may send, and those that they may read."""

OF_A_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": SENT,
    "access-control-max-age": "86400",
    "access-control-allow-origin": "*",
    "cache-control": "private, no-store",
    "content-type": None,
}
_found_valid: set[bytes] = set()
"""Marks of what has been held against a schema before: that takes a hundred times as long, and much is sent again."""

DECODERS = {"gzip": gzip.decompress, "br": brotli.decompress}


def hold_against_openapi(method: str, path: str, query: str, response: HttpResponseBase, body: bytes) -> None:
    """Fail unless the document describes this very answer.

    Addresses that it does not name answer with a problem, but for the documentation, which is for people.
    """
    template = template_of(path)
    if path.startswith(OURS) and (method, response.status_code) == ("OPTIONS", HTTPStatus.NO_CONTENT):
        assert {name: response.get(name) for name in OF_A_PREFLIGHT} == OF_A_PREFLIGHT
        assert not body
    elif template is not None:
        _hold_described(method, template, query, response, body)
    elif path.startswith(OURS) and not (path.startswith(FOR_PEOPLE) and response.status_code < HTTPStatus.BAD_REQUEST):
        assert response.status_code >= HTTPStatus.BAD_REQUEST, f"nothing is described at {path}"
        _hold_undescribed_problem(method, response, body)


def valid_against(schema: dict[str, Any], data: Any) -> None:
    """Fail unless the data is what the schema says; references lead into the OpenAPI document."""
    said = json.dumps(schema)
    mark = sha256(f"{said}\n{json.dumps(data)}".encode()).digest()
    if mark in _found_valid:
        return
    errors = [f"{error.json_path}: {error.message[:300]}" for error in _validator(said).iter_errors(data)]
    assert not errors, "\n".join(errors)
    _found_valid.add(mark)


@cache
def template_of(path: str) -> str | None:
    """Return the path of the document that this address belongs to."""
    for template in sorted(openapi()["paths"], key=lambda template: template.count("{")):
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)), path):
            return str(template)
    return None


def _hold_described(method: str, template: str, query: str, response: HttpResponseBase, body: bytes) -> None:
    status = response.status_code
    described = _resolved(openapi()["paths"][template]["get"]["responses"].get(str(status)))
    assert described, f"{status} is not documented at {template}"
    _hold_headers(described["headers"], response)
    content = {media_type.lower(): said for media_type, said in described.get("content", {}).items()}
    media_type = _media_type(response)
    assert media_type in content if content else media_type is None, f"{media_type} is not documented at {template}"
    if method == "HEAD" or not content:
        assert not body, f"{status} at {template} has a body"
        return
    schema = content[str(media_type)]["schema"]
    whole = DECODERS.get(response.get("Content-Encoding", ""), bytes)(body)
    for part in whole.splitlines() if media_type == "application/x-ndjson" else [whole]:
        data = json.loads(part) if str(media_type).endswith("json") else part.decode()
        valid_against(schema if "fields=" in query else _whole(schema), data)
        if media_type == PROBLEM:
            _hold_named(data, content[PROBLEM]["examples"], template)


def _hold_named(problem: dict[str, Any], examples: dict[str, Any], template: str) -> None:
    """Fail when the document names other problems under this status: each of them has an example by its name."""
    name = problem["type"].rpartition("/")[2]
    assert name in examples, f"the problem {name} is not documented at {template}"


def _media_type(response: HttpResponseBase) -> str | None:
    """Return the media type; that text is UTF-8 needs no words in the document."""
    said = response.get("Content-Type")
    return said and str(said).removesuffix("; charset=utf-8")


def _whole(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema without what only answers with `fields` may be."""
    match schema:
        case {"anyOf": [whole, {"$ref": str(part)}]} if "/Partial" in part:
            return dict(whole)
    return schema


def _hold_undescribed_problem(method: str, response: HttpResponseBase, body: bytes) -> None:
    assert response.get("Content-Type") == PROBLEM
    assert response.get("Cache-Control") == "private, no-store"
    assert response.get("Access-Control-Allow-Origin") == "*"
    assert response.get("Access-Control-Expose-Headers") == READ
    if method == "HEAD":
        assert not body
    else:
        problem = json.loads(body)
        valid_against({"$ref": "#/components/schemas/Problem"}, problem)
        assert problem["status"] == response.status_code


def _hold_headers(described: dict[str, Any], response: HttpResponseBase) -> None:
    known = {name.lower(): _resolved(header) for name, header in described.items()}
    for name, header in known.items():
        assert not header["required"] or name in response, f"{name} is promised and missing"
    for name, value in response.items():
        if name.lower() not in OF_EVERY_WEB_SERVER:
            assert name.lower() in known, f"{name} is sent and not documented"
            valid_against(known[name.lower()]["schema"], value)


def _resolved(part: dict[str, Any] | None) -> dict[str, Any]:
    """Return a part of the document, or what it refers to."""
    if part is None or "$ref" not in part:
        return part or {}
    _document, *way = part["$ref"].split("/")
    found: Any = openapi()
    for step in way:
        found = found[step]
    return dict(found)


@cache
def _validator(schema: str) -> Draft202012Validator:
    inside = json.loads(schema.replace('"#/components/', f'"{URI}#/components/'))
    registry: Registry = Registry().with_resource(URI, Resource(contents=openapi(), specification=DRAFT202012))
    return Draft202012Validator(inside, registry=registry, format_checker=FormatChecker())
