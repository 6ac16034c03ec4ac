"""What a view says of itself for the OpenAPI document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cms.api.values import Parameter

ALWAYS = (
    "invalid-parameters",
    "bad-request",
    "keys-not-available",
    "method-not-allowed",
    "not-acceptable",
    "precondition-failed",
    "uri-too-long",
    "unsupported-media-type",
    "headers-too-large",
    "internal-error",
    "unavailable",
)
"""Problems that every address can answer with."""

WHERE_COUNTED = "too-many-requests"


@dataclass(frozen=True)
class Operation:
    """One address as the OpenAPI document describes it."""

    name: str
    tag: str
    summary: str
    description: str
    answer: Mapping[str, Any]
    answer_description: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    redirects: str = ""
    media_type: str = "application/json"
    more_headers: tuple[str, ...] = ()
    """Names of headers that only this address sends."""
    is_kept: bool = True
    """Whether caches may keep the answer; health is asked anew each time."""
    is_counted: bool = True
    """Whether answers count against a limit; whoever watches over the hub is always told."""

    @property
    def all_problems(self) -> tuple[str, ...]:
        """Every problem that the address can answer with."""
        return (*ALWAYS, *((WHERE_COUNTED,) if self.is_counted else ()), *self.problems)
