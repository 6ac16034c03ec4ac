"""What axe-core finds on the pages that somebody has open: by the rules of WCAG 2, and by those of good practice."""

import json
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe

from tests.browser import Person

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"], "preload": False}
STILL = "Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => null)))"


@dataclass
class Auditor:
    """Looks at whole pages, and keeps what is found there, by the page."""

    found: dict[str, list[str]] = field(default_factory=dict)

    def look(self, person: Person, name: str) -> None:
        """Look at what the person sees now."""
        person.page.evaluate(STILL)  # what fades in is paler until then
        violations = Axe().run(person.page, options=OPTIONS).response["violations"]
        if violations:
            self.found[name] = [_sentence(violation, node) for violation in violations for node in violation["nodes"]]


def _sentence(violation: dict[str, Any], node: dict[str, Any]) -> str:
    why = "; ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]])
    return f"{violation['id']}: {json.dumps(node['target'])} {node['html'][:160]} ({why})"
