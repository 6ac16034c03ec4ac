"""A city that keeps a copy of what the hub publishes: it crashes, repeats itself, and follows something else."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

BASE = "/content/v1"
Copy = dict[tuple[str, str], dict[str, Any]]


@dataclass
class Consumer:
    """A copy, the cursor that goes with it, and which languages and kinds it follows; none is all of them."""

    languages: str = ""
    kinds: str = ""
    copy: Copy = field(default_factory=dict)
    cursor: str = ""

    def begin_with_the_export(self) -> None:
        """Replace the copy by everything there is now."""
        head, *documents = self.export()
        assert head["total"] == len(documents)
        self.copy = {key_of(document): document for document in documents}
        self.cursor = head["cursor"]

    def follow(self, languages: str, kinds: str) -> None:
        """Follow something else from now on: the cursor belongs to what was followed so far."""
        if (languages, kinds) == (self.languages, self.kinds):
            return
        self.languages, self.kinds = languages, kinds
        if self.cursor:
            assert self._ask("changes", cursor=self.cursor).status_code == 400
        self.copy, self.cursor = {}, ""

    def pull(self, limit: int = 100, *, crash_after: int | None = None) -> bool:
        """Apply the next changes, and say whether there are more. A crash leaves the cursor as it was."""
        answer = self._ask("changes", cursor=self.cursor, limit=limit, include="document")
        if answer.status_code == 410:
            self.copy, self.cursor = {}, ""
            return True
        batch = _json(answer)
        for done, change in enumerate(batch["items"]):
            if done == crash_after:
                return True
            self._apply(change)
        self.cursor = batch["next_cursor"]
        return bool(batch["has_more"])

    def catch_up(self, limit: int = 100) -> None:
        """Apply everything there is to apply."""
        while self.pull(limit):
            pass

    def export(self) -> list[dict[str, Any]]:
        """Return the lines of the export of what is followed."""
        answer = self._ask("export.ndjson")
        assert answer.status_code == 200
        return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]  # type: ignore[attr-defined]

    def walk(self, path: str) -> Iterator[dict[str, Any]]:
        """Give every item of a list, whole, page by page."""
        query = {"status": "published,withdrawn", "include": "body", "limit": "5"}
        page = _json(Client().get(f"{BASE}/{path}", query))
        yield from page["items"]
        while page["_links"]["next"]:
            page = _json(Client().get(page["_links"]["next"]["href"]))
            yield from page["items"]

    def _apply(self, change: dict[str, Any]) -> None:
        if change["document"]:
            self.copy[key_of(change)] = change["document"]
        else:
            self.copy.pop(key_of(change), None)

    def _ask(self, address: str, **query: Any) -> HttpResponse:
        query |= {"language": self.languages, "kind": self.kinds}
        return Client().get(f"{BASE}/{address}", {name: value for name, value in query.items() if value})


def key_of(item: dict[str, Any]) -> tuple[str, str]:
    """Return what a copy files an item under."""
    return item["id"], item["language"]


def _json(answer: HttpResponse) -> Any:
    assert answer.status_code == 200, answer.content[:300]
    return json.loads(answer.content)
