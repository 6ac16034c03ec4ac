"""The OpenAPI document: the routes as drf-spectacular finds them, the schemas as the contract declares them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from http import HTTPStatus
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from cms.api.contract.components import components, ref
from cms.api.contract.headers import HEADERS, KEPT, NOT_KEPT, REDIRECT, references_to
from cms.api.contract.info import EXAMPLE_SERVER, EXTERNAL_DOCS, INFO, TAGS
from cms.api.contract.operations import Operation
from cms.api.contract.requests import item_at, request_to_try
from cms.api.contract.samples import sample_of
from cms.api.problems import MEDIA_TYPE, PROBLEM_TYPES
from cms.api.values import Parameter
from cms.content.languages import in_path, languages
from frontend_contract.models.documents import SUMMARY

Json = dict[str, Any]

TRACEPARENT: Json = {
    "name": "traceparent",
    "in": "header",
    "required": False,
    "description": "The trace your request belongs to (W3C Trace Context): its id is kept, passed on and returned.",
    "schema": {"type": "string"},
    "example": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
}
_MORE_HEADERS: dict[int, tuple[str, ...]] = {
    HTTPStatus.UNAUTHORIZED: ("WWW-Authenticate",),
    HTTPStatus.METHOD_NOT_ALLOWED: ("Allow",),
    HTTPStatus.TOO_MANY_REQUESTS: ("Retry-After", "RateLimit", "RateLimit-Policy"),
    HTTPStatus.SERVICE_UNAVAILABLE: ("Retry-After",),
}
"""What answers with these statuses have beside what every problem has."""


class ContractSchema(AutoSchema):
    """Describes a view by what it says of itself in `describe()`."""

    @property
    def operation(self) -> Operation:
        """What the view says."""
        return self.view.describe()  # type: ignore[attr-defined, no-any-return]  # every view here is an Address

    def get_operation_id(self) -> str:
        """Return the name that generated clients use."""
        return self.operation.name

    def get_tags(self) -> list[str]:
        """Return the group in the documentation."""
        return [self.operation.tag]

    def get_summary(self) -> str:
        """Return the headline."""
        return self.operation.summary

    def get_description(self) -> str:  # type: ignore[override]  # drf-spectacular's signature is not DRF's
        """Return the explanation."""
        return self.operation.description

    def get_auth(self) -> list[Json]:
        """Nothing here wants a key."""
        return []

    def _get_parameters(self) -> list[Json]:
        names = [name for name in ("language", "kind", "id") if f"{{{name}}}" in self.path]
        in_path = [_path_parameter(name, self.path) for name in names]
        in_query = [_query_parameter(name, wanted) for name, wanted in self.operation.parameters.items()]
        return [*in_path, *in_query, TRACEPARENT]

    def _get_response_bodies(self, direction: str = "response") -> Json:
        return responses_of(self.operation)


@cache
def openapi() -> Json:
    """Return the whole document, for a hub at `https://misto.example`."""
    from cms.api.urls import api_patterns

    generator = SchemaGenerator(patterns=api_patterns)  # type: ignore[no-untyped-call]
    found = generator.get_schema(public=True)  # type: ignore[no-untyped-call]
    return {
        "openapi": "3.1.1",
        "info": INFO,
        "externalDocs": EXTERNAL_DOCS,
        "servers": [{"url": EXAMPLE_SERVER, "description": "The hub"}],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "security": [],
        "paths": {path: _finished(path, found["paths"][path]) for path in sorted(found["paths"])},
        "components": {
            "schemas": components(),
            "responses": _problem_responses(),
            "headers": {name: header.describe() for name, header in HEADERS.items()},
        },
    }


def responses_of(operation: Operation) -> Json:
    """Return every answer that an address can give, by status."""
    found: Json = {"200": _success(operation)}
    if operation.is_kept:
        found["304"] = {
            "description": "You already have it: the entity tag or date you sent is still right.",
            "headers": references_to(KEPT),
        }
    if operation.redirects:
        found["308"] = {
            "description": operation.redirects,
            "headers": references_to(REDIRECT),
        }
    for status, names in _problems_by_status(operation).items():
        found[str(status)] = {
            "$ref": f"#/components/responses/{_response_name(status, names)}",
            "description": " or ".join(f"`{name}`" for name in names),
        }
    return {status: found[status] for status in sorted(found)}


def _problems_by_status(operation: Operation) -> dict[int, tuple[str, ...]]:
    problems = operation.all_problems
    statuses = sorted({PROBLEM_TYPES[name].status for name in problems})
    return {status: tuple(name for name in problems if PROBLEM_TYPES[name].status == status) for status in statuses}


def _problem_responses() -> Json:
    """Return every set of problems that some address answers with under one status."""
    from cms.api.urls import api_patterns

    # DRF keeps the class and its arguments on the function that as_view() makes.
    views = [vars(pattern.callback) for pattern in api_patterns]
    operations = [view["cls"](**view["initkwargs"]).describe() for view in views]
    sets = {found for operation in operations for found in _problems_by_status(operation).items()}
    return {_response_name(status, names): _problem(names) for status, names in sorted(sets)}


def _response_name(status: int, names: Iterable[str]) -> str:
    return f"{status}.{'.'.join(names)}"


def _success(operation: Operation) -> Json:
    return {
        "description": operation.answer_description,
        "headers": references_to((*(KEPT if operation.is_kept else NOT_KEPT), *operation.more_headers)),
        "content": {
            operation.media_type: {
                "schema": dict(operation.answer),
                "examples": {"answer": {"value": sample_of(operation.answer, components())}},
            }
        },
    }


def _problem(names: Sequence[str]) -> Json:
    more = _MORE_HEADERS.get(PROBLEM_TYPES[names[0]].status, ())
    return {
        "description": " ".join(f"`{name}`: {PROBLEM_TYPES[name].advice}" for name in names),
        "headers": references_to((*NOT_KEPT, *more)),
        "content": {
            MEDIA_TYPE: {
                "schema": ref("Problem"),
                "examples": {name: {"value": problem_sample(name)} for name in names},
            }
        },
    }


def problem_sample(name: str) -> Json:
    """Return an example of a problem, when nobody has met it."""
    kind = PROBLEM_TYPES[name]
    key = "5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"
    extra: dict[str, Json] = {
        "unknown-language": {"languages": languages()},
        "invalid-parameters": {"allowed": {"limit": "1 to 100"}},
        "gone": {
            "reason": "unpublished",
            "available_languages": [{"language": "uk", "url": f"{EXAMPLE_SERVER}/content/v1/uk/news/{key}"}],
        },
        "not-in-this-language": {
            "available_languages": [{"language": "sv", "url": f"{EXAMPLE_SERVER}/content/v1/sv/news/{key}"}]
        },
    }
    return {
        "type": f"{EXAMPLE_SERVER}/content/v1/docs/problems/{name}",
        "title": kind.title,
        "status": kind.status,
        "detail": kind.advice,
        "instance": f"/content/v1/sv/news/{key}",
        **extra.get(name, {}),
    }


def _path_parameter(name: str, path: str) -> Json:
    described: dict[str, Json] = {
        "language": {
            "description": "Language (BCP 47, lower case). What it lacks is 404, unless `fallback` is given.",
            "schema": {"type": "string", "enum": [in_path(language) for language in languages()]},
            "example": "sv",
        },
        "kind": {
            "description": "Kind.",
            "schema": {"type": "string", "enum": list(SUMMARY)},
            "example": "news",
        },
        "id": {
            "description": "Key. A slug is answered with a redirect to the key.",
            "schema": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 255},
            "example": item_at(path),
        },
    }
    return {"name": name, "in": "path", "required": True, **described[name]}


def _query_parameter(name: str, wanted: Parameter) -> Json:
    style = {"style": "form", "explode": False} if wanted.is_list else {}
    return {
        "name": name,
        "in": "query",
        "required": wanted.is_required,
        "description": wanted.description,
        "schema": dict(wanted.schema),
        **style,
    }


def _finished(path: str, path_item: Mapping[str, Any]) -> Json:
    """Return a path's operations, each with a request to try; drf-spectacular's empty security list is left out."""
    return {
        method: {
            **{key: value for key, value in operation.items() if key != "security"},
            "x-codeSamples": [{"lang": "Shell", "label": "curl", "source": _request(path, operation)}],
        }
        for method, operation in path_item.items()
    }


def _request(path: str, operation: Mapping[str, Any]) -> str:
    """Return the whole request for an address, as one types it."""
    return f"curl '{EXAMPLE_SERVER}{request_to_try(path, operation['parameters'])}'"
