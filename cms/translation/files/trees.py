"""XML as a small tree, read without document types and entities: nothing is fetched, and nothing grows."""

from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from cms.translation.files.reading import FileRefused

DEEPEST = 40
"""Levels that no file of a translator has."""


@dataclass
class Node:
    """An element: its name without namespace, the namespace, its attributes, what it holds, and its line."""

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    children: list["Node | str"] = field(default_factory=list)

    def all(self, name: str) -> list["Node"]:
        """Return the children of a name."""
        return [child for child in self.children if isinstance(child, Node) and child.name == name]

    def first(self, name: str) -> "Node | None":
        """Return the first child of a name."""
        return next(iter(self.all(name)), None)

    @property
    def text(self) -> str:
        """All words in it, without markup."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


def read_tree(data: bytes) -> Node:
    """Return the root of an XML file; raise `FileRefused` when it is none, or declares anything."""
    top = Node("", "", {}, 0)
    open_nodes = [top]
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        namespace, _blank, local = name.rpartition(" ")
        node = Node(local, namespace, attributes, parser.CurrentLineNumber)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)
        if len(open_nodes) > DEEPEST:
            raise FileRefused(_("The file is nested too deeply."))

    def refuse(*_declared: Any) -> int:
        raise FileRefused(_("A file with a document type or entities is not read."))

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: open_nodes.pop()
    parser.CharacterDataHandler = lambda text: open_nodes[-1].children.append(text)
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise FileRefused(_("This is not an XML file.")) from None
    return next(node for node in top.children if isinstance(node, Node))
