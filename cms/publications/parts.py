"""Which parts of documents are wanted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]

ONLY_IN_FULL = ("body", "phases")
"""What lists leave out unless they are asked for it."""


@dataclass(frozen=True)
class Parts:
    """Which parts of documents are wanted: exactly the named fields, or all that the other marks do not leave out."""

    fields: frozenset[str] = frozenset()
    body: bool = True
    html: bool = False
    json_ld: bool = False
    nodes: bool = False

    def want(self, field: str) -> bool:
        """Whether a field of a document is wanted."""
        if self.fields:
            return field in self.fields
        return self.body if field in ONLY_IN_FULL else True

    @property
    def want_html(self) -> bool:
        """Whether the body is wanted as one text."""
        return "html" in self.fields if self.fields else self.html

    @property
    def want_json_ld(self) -> bool:
        """Whether each document is wanted in the words of schema.org too."""
        return "json_ld" in self.fields if self.fields else self.json_ld

    @property
    def want_nodes(self) -> bool:
        """Whether rich text is wanted as trees too."""
        return self.nodes or "text_nodes" in self.fields

    def need(self, field: str) -> bool:
        """Whether a field has to be read, be it only to make another of it."""
        made = {"body": self.want_html, "text": self.want_nodes}
        return self.want(field) or made.get(field, self.want_json_ld and field not in ONLY_IN_FULL)

    def needed_of(self, document: Document) -> Document:
        """Return the document with what has to be read of it."""
        if self.fields:
            return {name: part for name, part in document.items() if self.need(name)}
        return document if self.body else _without([name for name in ONLY_IN_FULL if not self.need(name)], document)

    def wanted_of(self, document: Document) -> Document:
        """Return the document with what is wanted of it."""
        if self.fields:
            return {name: part for name, part in document.items() if name in self.fields}
        return document if self.body else _without(ONLY_IN_FULL, document)


def _without(names: Iterable[str], document: Document) -> Document:
    for name in names:
        document.pop(name, None)
    return document


WHOLE = Parts()
SUMMARY = Parts(body=False)
