"""What each problem means and what to do, with an answer in which it happened."""

from dataclasses import dataclass

from cms.api.documentation.examples import Example, read_example
from cms.api.documentation.languages import NAMES, say
from cms.api.problems import PROBLEM_TYPES


@dataclass(frozen=True)
class Said:
    """A problem's title and advice in a language."""

    language: str
    title: str
    advice: str


@dataclass(frozen=True)
class ProblemPage:
    """All that a page says of a problem."""

    name: str
    status: int
    said: tuple[Said, ...]
    example: Example | None


def problem_page(name: str) -> ProblemPage:
    """Return what the page of a problem says, in every language of the documentation."""
    kind = PROBLEM_TYPES[name]
    said = tuple(Said(language, say(kind.title, language), say(kind.advice, language)) for language in NAMES)
    return ProblemPage(name, kind.status, said, read_example(f"problems/{name}"))
