"""Rich text as a tree of typed nodes: what the contract calls nodes, made of what is stored as HTML."""

from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Any

Node = dict[str, Any]
Link = Callable[[str], Node | None]

_TYPES: Mapping[str, Node] = {
    "p": {"type": "paragraph"},
    "li": {"type": "list_item"},
    "ul": {"type": "list", "style": "bullet"},
    "ol": {"type": "list", "style": "number"},
    "b": {"type": "bold"},
    "strong": {"type": "bold"},
    "i": {"type": "italic"},
    "em": {"type": "italic"},
}


def tree_of(html: str, link: Link) -> list[Node]:
    """Return the nodes of a text; `link` says what an address is, or None when it leads nowhere any more."""
    grower = _Grower(link)
    grower.feed(html)
    grower.close()
    return grower.tree


class _Grower(HTMLParser):
    """Grows a tree while it reads clean HTML; the elements it does not know leave their content behind."""

    def __init__(self, link: Link) -> None:
        super().__init__(convert_charrefs=True)
        self.tree: list[Node] = []
        self._link = link
        self._open = [self.tree]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._open[-1].append({"type": "line_break"})
            return
        node = self._link(dict(attrs).get("href") or "") if tag == "a" else _TYPES.get(tag)
        if node is None:
            self._open.append(self._open[-1])
            return
        children: list[Node] = []
        self._open[-1].append({**node, "children": children})
        self._open.append(children)

    def handle_endtag(self, tag: str) -> None:
        if tag != "br" and len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        around = self._open[-1]
        if around and around[-1]["type"] == "text":
            around[-1]["text"] += data
        else:
            around.append({"type": "text", "text": data})
