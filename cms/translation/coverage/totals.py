"""How many items are how far in each language."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cms.content.languages import languages
from cms.translation.coverage.finding import Item
from cms.translation.coverage.states import How


@dataclass(frozen=True)
class Total:
    """How many items are so far, in each language."""

    how: How
    numbers: tuple[int, ...]


def count_items(items: Iterable[Item]) -> list[Total]:
    """Count how far some items are in each language, in the order of the table."""
    wanted = languages()
    found = Counter(place for item in items for place in zip(wanted, item.how_everywhere(), strict=True))
    return [Total(how, tuple(found[language, how] for language in wanted)) for how in How]
