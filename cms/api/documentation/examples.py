"""Real answers, from the files in `frontend_contract/examples/`: the demo content, asked through the front door."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cms.api.contract.files import FOLDER
from frontend_contract.models.documents import SUMMARY

EXAMPLES = FOLDER / "examples"
_ENDING = ".json"

_OF_ADDRESSES: dict[str, Sequence[str]] = {
    "/content/v1/{language}/news": ["{0}/news-list"],
    "/content/v1/{language}/news/{id}": ["{0}/news-original", "{0}/news-translated"],
    "/content/v1/{language}/home": ["{0}/home"],
    "/content/v1/{language}/search": ["{0}/search"],
    "/content/v1/{language}/lookup": ["lookup"],
    "/content/v1/{language}/feeds/{kind}.json": ["{0}/feed-news"],
    "/content/v1/changes": ["changes"],
    "/content/v1/languages": ["languages"],
    "/content/v1/status": ["status"],
    "/content/v1/api-info": ["api-info"],
}


@dataclass(frozen=True)
class Example:
    """An answer: the name of its file without the ending, if it is one, and its text."""

    name: str
    text: str


def find_example(path: str, language: str) -> Example | None:
    """Return an example of what an address answers, in this language where there is one."""
    names = [name.format(language) for name in _OF_ADDRESSES.get(path, ())]
    return next(filter(None, map(read_example, names)), None)


def read_example(name: str) -> Example | None:
    """Return the example of this name, such as `sv/news-original`."""
    if not re.fullmatch(r"([a-z-]+/)?[a-z-]+", name):
        return None
    file = EXAMPLES / f"{name}{_ENDING}"
    return Example(name, file.read_text()) if file.exists() else None


def example_names() -> list[str]:
    """Return the names of all examples."""
    return sorted(str(file.relative_to(EXAMPLES).with_suffix("")) for file in EXAMPLES.rglob(f"*{_ENDING}"))


@dataclass(frozen=True)
class Row:
    """A kind of answer in a situation, and in which languages there is an example of it."""

    title: str
    cells: list[str | None]


def example_table(languages: Sequence[str]) -> list[Row]:
    """Return the examples that there are in these languages, by kind and situation."""
    rows: dict[str, dict[str, str]] = {}
    for name in example_names():
        place, _slash, what = name.rpartition("/")
        if place not in ("", "problems"):
            rows.setdefault(what, {})[place] = name
    return [Row(what, [rows[what].get(code) for code in languages]) for what in sorted(rows, key=_by_kind)]


def _by_kind(what: str) -> tuple[int, str]:
    kinds = [*SUMMARY, "home", "search", "feed"]
    return kinds.index(what.partition("-")[0]), what


def more_examples() -> Iterator[str]:
    """Yield the names of the examples that are in no language."""
    yield from (name for name in example_names() if "/" not in name)
