"""An example made from a schema: each field as its own example says."""

from collections.abc import Mapping
from typing import Any

from cms.api.contract.components import REF, Schema

_PLAIN: dict[str, Any] = {"string": "text", "integer": 1, "number": 1.0, "boolean": False, "null": None}
_LIVELY_BLOCKS = ("Heading", "Paragraph", "Quote")


def sample_of(schema: Mapping[str, Any], components: Mapping[str, Schema]) -> Any:
    """Return an example that the schema allows."""
    match schema:
        case {"examples": [first, *_]}:
            return first
        case {"const": value}:
            return value
        case {"enum": [first, *_]}:
            return first
        case {"$ref": str(reference)}:
            return sample_of(components[reference.removeprefix(REF)], components)
        case {"anyOf": [first, *_]} | {"oneOf": [first, *_]}:
            return sample_of(first, components)
        case {"type": "array", "items": {"$ref": "#/components/schemas/Block"}}:
            return [sample_of(components[name], components) for name in _LIVELY_BLOCKS]
        case {"type": "array", "items": items}:
            return [sample_of(items, components)]
        case {"type": "object"}:
            fields = schema.get("properties", {}).items()
            # What has a default is there only when asked for.
            return {name: sample_of(part, components) for name, part in fields if "default" not in part}
        case {"type": str(plain)}:
            return _PLAIN[plain]
    raise LookupError(f"nothing is known to make an example of {schema}")
