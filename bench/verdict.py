"""The targets, and whether what was measured meets them.

Targets in milliseconds, or in documents a second, were set on a machine on which the bare function gave as many answers
a second as `REFERENCE` says. Beside what was measured stands what it would be there, were all as fast as it; whether a
target is met is said of what was measured alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bench.cases import MANY, YARDSTICKS, Row
from bench.desk import is_download
from bench.load import Measured

REFERENCE = 10_900
"""Answers a second of the bare function, one article, where the targets were set."""


@dataclass
class Facts:
    """What was measured on one database."""

    rows: dict[int, list[Row]] = field(default_factory=dict)
    queries: dict[int, dict[str, int]] = field(default_factory=dict)
    in_motion: dict[str, Measured] = field(default_factory=dict)
    memory: tuple[int, int, int] = (0, 0, 0)
    publishing: dict[str, float] = field(default_factory=dict)
    rebuild: dict[str, float] = field(default_factory=dict)
    desk: dict[int, dict[str, dict[str, float]]] = field(default_factory=dict)

    def rate(self, case: str, contender: str = "Misto", articles: int = 0) -> float:
        """Return requests a second; 0 when it was not measured."""
        found = self._find(case, contender, articles)
        return found.per_second if found else 0.0

    def cpu(self, case: str, contender: str = "Misto", articles: int = 0) -> float:
        """Return CPU milliseconds a request."""
        found = self._find(case, contender, articles)
        return found.cpu if found else 0.0

    @property
    def speed(self) -> float:
        """Return how fast this machine is in this hour, beside the one where the targets were set."""
        return self.rate("one article", "bare function") / REFERENCE

    def p50(self, case: str, articles: int = 0) -> float:
        """Return the median of milliseconds."""
        found = self._find(case, "Misto", articles)
        return found.p50 if found else 0.0

    def _find(self, case: str, contender: str, articles: int) -> Measured | None:
        rows = self.rows[articles or min(self.rows)]
        return next((row.measured for row in rows if (row.case, row.contender) == (case, contender)), None)


@dataclass(frozen=True)
class Target:
    """Something promised, and what came of it."""

    what: str
    wanted: str
    measured: str
    is_met: bool
    at_reference: str = ""
    """The measured figure as it would be where the targets were set; only of those that depend on the machine."""


def targets(facts: Facts) -> Iterator[Target]:
    """Yield every target that could be measured."""
    for case in ("one article", "list of 20"):
        for yardstick in YARDSTICKS:
            yield from _beside(facts, case, yardstick)
        yield _time(facts, f"CPU of {case}, warm, ms", facts.cpu(case), 0.2)
    for case, warm, cold in (("one article", 60, 10), ("list of 20", 160, 20)):
        for name, wanted in ((case, warm), (f"{case}, nothing kept", cold)):
            what = name if wanted is cold else f"{name}, warm"
            yield _at_least(f"{what} ÷ Wagtail API v2", facts.rate(name), facts.rate(name, "Wagtail API v2"), wanted)
    nothing_new = facts.rate("changes, nothing new")
    yield _at_least("changes, nothing new ÷ list of 20, `304`", nothing_new, facts.rate("list of 20, `304`"), 0.9)
    for case in ("a whole language", "a whole language, compressed"):
        yield _time(facts, f"{case}, warm, ms", facts.p50(case), 5)
    yield from _growth(facts)
    if behind := facts.rate("one article", "Misto behind nginx"):
        yield _at_least("behind nginx ÷ nginx file", behind, facts.rate("one article", "nginx file"), 0.85)
    for many in ("", f", {MANY} connections"):
        yield from _under_granian(facts, f"one article{many}", f"under granian ÷ bare function{many}")
    yield _at_most("queries of any answer when nothing is kept", _most_queries(facts), 3)
    yield from _writing(facts)
    yield from _desk(facts)


def _beside(facts: Facts, case: str, yardstick: str) -> Iterator[Target]:
    """Yield how fast the answers of a case are beside a function that gives the same bytes."""
    function, not_modified = facts.rate(case, yardstick), f"{case}, `304`"
    yield _at_least(f"{case}, warm ÷ {yardstick}", facts.rate(case), function, 0.8)
    yield _at_least(f"{not_modified} ÷ {yardstick}", facts.rate(not_modified), facts.rate(not_modified, yardstick), 0.9)
    moving = facts.in_motion[case].per_second
    yield _at_least(f"{case}, a publish every second ÷ {yardstick}", moving, function, 0.4)


def _under_granian(facts: Facts, case: str, what: str) -> Iterator[Target]:
    bare, granian = "bare function", "Misto under granian"
    yield _at_least(what, facts.rate(case, granian), facts.rate(case, bare), 5)
    yield _at_least(f"{what}, by CPU a request", facts.cpu(case, bare), facts.cpu(case, granian), 5)


def _growth(facts: Facts) -> Iterator[Target]:
    small, large = min(facts.rows), max(facts.rows)
    if small == large:
        return
    for case in ("one article, nothing kept", "list of 20, nothing kept"):
        yield _at_most(
            f"CPU of {case}: {large:,} ÷ {small:,} articles",
            _share(facts.cpu(case, articles=large), facts.cpu(case)),
            1.2,
        )
    end, begin = (facts.cpu(f"list of 20{where}, nothing kept", articles=large) for where in (" at the end", ""))
    yield _at_most("CPU of a list at the end ÷ at the beginning", _share(end, begin), 1.5)
    yield _time(facts, f"search in {4 * large:,} publications, ms", facts.p50("search, nothing kept", large), 50)


def _writing(facts: Facts) -> Iterator[Target]:
    costs = facts.publishing
    yield _time(
        facts, "publishing an article takes more than Wagtail alone, ms of CPU", costs["article"] - costs["wagtail"], 20
    )
    yield _time(facts, "of it, making its publications, ms of CPU", costs["article"] - costs["without"], 20)
    yield _time(facts, "a person in all articles changes, ms of CPU", costs["person"], 1_000)
    rebuilt = facts.rebuild["per_second"]
    target = _at_least("rebuild, documents a second of CPU", rebuilt, 1, 400)
    yield replace(target, at_reference=f"{_share(rebuilt, facts.speed):,.0f}")
    before, after, _requests = facts.memory
    yield _at_most("memory of both workers, MB", after / 1e6, 300)
    yield _at_most("memory after 100,000 requests ÷ before", _share(after, before), 1.02)


def _desk(facts: Facts) -> Iterator[Target]:
    if not facts.desk:
        return
    large = facts.desk[max(facts.desk)]
    pages = {name: cost for name, cost in large.items() if not is_download(name)}
    yield _at_most("the slowest page of the desk, ms", max(page["p50"] for page in pages.values()), 300)
    small = facts.desk[min(facts.desk)]
    grown = [name for name in large if large[name]["queries"] > small[name]["queries"]]
    yield Target(
        "pages of the desk that take more queries with more items", "none", ", ".join(grown) or "none", not grown
    )


def _most_queries(facts: Facts) -> int:
    return max(count for counted in facts.queries.values() for count in counted.values())


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _at_least(what: str, part: float, whole: float, wanted: float) -> Target:
    share = _share(part, whole)
    return Target(what, f"≥ {wanted:g}", f"{share:,.2f}", share >= wanted)


def _at_most(what: str, measured: float, wanted: float) -> Target:
    return Target(
        what, f"≤ {wanted:g}", f"{measured:,.3g}" if measured < 1_000 else f"{measured:,.0f}", measured <= wanted
    )


def _time(facts: Facts, what: str, measured: float, wanted: float) -> Target:
    """Return a target in milliseconds."""
    return replace(_at_most(what, measured, wanted), at_reference=f"{measured * facts.speed:,.3g}")
