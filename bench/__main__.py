"""Measures Misto beside others: `make bench`, or `python -m bench --help` for less than everything.

Prints Markdown. Absolute figures are of this machine and this hour; what counts are the ratios, of contenders that were
asked in turn.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from bench.cases import Row, Scene, cases, fetch, measure, set_up
from bench.hubs import DESK, Hub, is_postgresql_there
from bench.load import LoadError, load
from bench.servers import ROOT, StartError
from bench.verdict import Facts, targets

API = "/content/v1"
MANY = 100_000


def main() -> None:
    """Measure what was asked for."""
    wanted = _arguments()
    folder = Path(wanted.folder).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["BENCH_FOLDER"] = str(folder)
    try:
        for database in wanted.databases:
            if database == "postgresql" and not is_postgresql_there():
                _tell("No PostgreSQL and Redis here (BENCH_POSTGRES, BENCH_REDIS): left out.")
                continue
            _measure_database(database, wanted, folder)
    except (LoadError, StartError) as failure:
        sys.exit(str(failure))


def _measure_database(database: str, wanted: argparse.Namespace, folder: Path) -> None:
    facts, hubs = Facts(), _grow(database, wanted, folder)
    # Before anything is published in them: what was has no translations.
    facts.desk = {hub.articles: _measure_desk(hub, wanted) for hub in hubs}
    for hub in hubs:
        with ExitStack() as stack:
            scene = set_up(hub.env, folder, stack)
            rows = [row for case in cases(scene) for row in measure(case, wanted.seconds, wanted.rounds, _tell)]
            facts.rows[hub.articles] = rows
            if hub == hubs[0]:
                _measure_in_motion(hub, scene, facts, wanted.seconds)
        facts.queries[hub.articles] = json.loads(hub.run("bench.inside", "queries", *_counted(scene)))
    facts.publishing = json.loads(hubs[0].run("bench.inside", "publishing"))
    facts.rebuild = json.loads(hubs[0].run("bench.inside", "rebuild"))
    _print(database, facts)


def _grow(database: str, wanted: argparse.Namespace, folder: Path) -> list[Hub]:
    """Return a hub of each size, each grown out of the one before."""
    hubs: list[Hub] = []
    for articles in wanted.articles:
        hub = Hub(database, articles, folder)
        if not (wanted.keep and hub.data.exists()):
            _tell(f"{database}: growing {articles:,} articles in four languages")
            hub.grow(hubs[-1] if hubs else None)
        hubs.append(hub)
    return hubs


def _measure_desk(hub: Hub, wanted: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Return what the pages of the translation desk cost in a hub like this one, as it was grown."""
    desk = replace(hub, purpose=DESK)
    if not (wanted.keep and desk.data.exists()):
        _tell(f"{hub.database}: {hub.articles:,} articles go to the translators")
        desk.grow(hub)
    pages: dict[str, dict[str, float]] = json.loads(desk.run("bench.inside", "desk"))
    return pages


def _measure_in_motion(hub: Hub, scene: Scene, facts: Facts, seconds: float) -> None:
    """Measure with a publish every second, and memory over many requests."""
    server, path = scene.servers["misto"], f"{API}/sv/news/{scene.article}"
    time = max(seconds * 3, 5)
    command = [sys.executable, "-W", "ignore", "-m", "bench.inside", "publish-every-second", f"{time + 4:g}"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **hub.env}, stdout=subprocess.DEVNULL) as publisher:
        for name, asked in (("one article", path), ("list of 20", f"{API}/sv/news")):
            facts.in_motion[name] = load(server, asked, time / 2)
        publisher.wait()
    paths = [
        f"{API}/{language}/news?offset={offset}"
        for language in ("sv", "uk", "fi", "en")
        for offset in range(0, 380, 20)
    ]
    for asked in paths:
        fetch(server, asked)
    before = server.memory()
    done = 0
    while done < MANY:
        done += load(server, path, 5).requests
    facts.memory = (before, server.memory(), done)


def _counted(scene: Scene) -> list[str]:
    news = f"{API}/sv/news"
    return [
        f"{news}/{scene.article}", f"{news}?limit=1", f"{news}?limit=100", f"{news}?limit=100&fallback=uk,fi,en",
        f"{API}/changes", f"{API}/sv/search?q=samarbete",
    ]  # fmt: skip


def _print(database: str, facts: Facts) -> None:
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL and Redis"}[database]
    print(f"\n## {name}\n\n{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")  # noqa: T201
    for articles, rows in facts.rows.items():
        print(f"### {articles:,} articles × 4 languages\n\n{_table(rows)}\n")  # noqa: T201
        queries = "; ".join(f"`{path.removeprefix(API)}` {count}" for path, count in facts.queries[articles].items())
        print(f"Queries when nothing is kept: {queries}.\n")  # noqa: T201
    for articles, pages in facts.desk.items():
        print(f"### The translation desk, {articles:,} articles × 4 languages\n\n{_desk_table(pages)}\n")  # noqa: T201
    print(f"### Targets\n\nSpeed of this machine: {facts.speed:.2f} of the reference.\n")  # noqa: T201
    print("| target | wanted | measured | at the reference | |\n|---|---|---|---|---|")  # noqa: T201
    for target in targets(facts):
        verdict = "met" if target.is_met else "**missed**"
        print(f"| {target.what} | {target.wanted} | {target.measured} | {target.at_reference} | {verdict} |")  # noqa: T201


def _desk_table(pages: dict[str, dict[str, float]]) -> str:
    lines = [f"| {name} | {cost['p50']:,} | {cost['cpu']:,} | {cost['queries']} |" for name, cost in pages.items()]
    return "\n".join(["| page (reader) | p50 ms | CPU ms | queries |", "|---|--:|--:|--:|", *lines])


def _table(rows: list[Row]) -> str:
    head = (
        "| case | contender | requests/s | p50 ms | p99 ms | CPU ms | bytes | Misto ÷ it |\n"
        "|---|---|--:|--:|--:|--:|--:|--:|\n"
    )
    own = {row.case: row.measured.per_second for row in rows if row.contender == "Misto"}
    return head + "\n".join(_line(row, own[row.case]) for row in rows)


def _line(row: Row, own: float) -> str:
    found = row.measured
    times = f"{found.p50:.2f} | {found.p99:.2f} | {found.cpu:.3f}"
    ratio = own / found.per_second if found.per_second else 0.0
    return f"| {row.case} | {row.contender} | {found.per_second:,.0f} | {times} | {row.size:,} | {ratio:.2f} |"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Misto beside others.")
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--articles", nargs="+", type=int, default=[400, 4_000], metavar="N", help="sizes of the hub")
    parser.add_argument("--seconds", type=float, default=2, help="of each run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", action="store_true", help="use the hubs of an earlier run again")
    parser.add_argument("--folder", default=str(ROOT / "var" / "bench"))
    return parser.parse_args()


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
