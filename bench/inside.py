"""What only the inside of the hub can tell: queries of an answer, and what publishing costs. Prints JSON.

`python -m bench.inside queries PATH…`, `… searches`, `… publishing`, `… rebuild`, `… desk`,
`… publish-every-second SECONDS`.
"""

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from statistics import median
from time import monotonic, process_time, sleep
from typing import Any
from unittest.mock import patch
from urllib.parse import quote, unquote

TIMES = 15
QUESTIONS = {
    "sv": (
        "samarbete",
        "Kherson",
        "samarbete demokrati Visby",
        "Visby förstudie",
        "Cherson ICLD 2025",
        "och",
        "kanariefågel",
    ),
    "uk": ("співпраця", "Kherson", "Херсон Умео", "спвпрацю", "місто", "2025 Херсон громада"),
}
"""Rare and common words, names in other spellings, small words, a slip, and what is nowhere."""


def queries(*paths: str) -> dict[str, int]:
    """Return how many queries each path costs when nothing is kept."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, found = Client(headers={"host": "localhost"}), {}
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        found[path] = len(captured)
    return found


def searches() -> dict[str, dict[str, float]]:
    """Return milliseconds of searches and searched lists that are built anew, and the CPU they take.

    CPU is that of this process and of the database's, where it runs on this machine: what an answer takes when nothing
    else keeps the machine busy.
    """
    found = {}
    for language, questions in QUESTIONS.items():
        for path in [f"{place}?q={quote(question)}" for question in questions for place in ("search", "news")]:
            found[unquote(f"{language}/{path}")] = _timed(f"/content/v1/{language}/{path}")
    return found


def _timed(path: str) -> dict[str, float]:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    total = json.loads(client.get(path).content)["total"]
    times, cpu = [], _cpu()
    for _time in range(TIMES):
        before = monotonic()
        client.get(path)
        times.append(1_000 * (monotonic() - before))
    return {
        "found": total,
        "p50": round(median(times), 1),
        "worst": round(max(times), 1),
        "cpu": round(1_000 * (_cpu() - cpu) / TIMES, 1),
    }


def _cpu() -> float:
    """Return seconds of CPU that this process has taken, and PostgreSQL for it."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return process_time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    return process_time() + (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def publishing() -> dict[str, float]:
    """Return CPU milliseconds of publishing an article as a hub does, without publications, and as Wagtail does.

    The three take turns. Wagtail makes its index of what is used where once for each inline row, a hub once a page;
    that is all of Wagtail that a hub does otherwise. `person` is a new role of somebody whom 400 articles quote.
    """
    from bench.corpus import seeds
    from partners.models import Appointment, PersonPage

    article = seeds()["sv"]
    gc.freeze()  # as a worker of gunicorn does once it has loaded everything
    ways: dict[str, Callable[[], AbstractContextManager[Any]]] = {
        "article": nullcontext, "without": _without_publications, "wagtail": _as_wagtail
    }  # fmt: skip
    costs: dict[str, list[float]] = {name: [] for name in ways}
    for time in range(TIMES + 1):
        for name, way in ways.items():
            with way():
                cost = _cost(lambda: _publish(article))
            if time:  # the first reads modules and plans
                costs[name].append(cost)
    person = PersonPage.objects.filter(locale__language_code="sv", appointments__isnull=False).first()
    held = Appointment.objects.filter(person=person).first()

    def promote() -> None:
        held.title = f"{held.title.split(' (')[0]} ({monotonic():.0f})"
        held.save()

    promote()
    return {name: median(found) for name, found in costs.items()} | {"person": median(_cost(promote) for _ in range(3))}


def _without_publications() -> AbstractContextManager[Any]:
    return patch("cms.publications.publish.publish_marks", lambda *_marks, **_rest: 0)


@contextmanager
def _as_wagtail() -> Iterator[None]:
    with _without_publications(), patch("cms.content.pages.indexed_once", lambda *_page, **_rest: nullcontext()):
        yield


def rebuild() -> dict[str, float]:
    """Return documents a second of a rebuild that finds every document lost."""
    from django.core.management import call_command

    from cms.publications.models import Publication

    documents = Publication.objects.readable().count()
    Publication.objects.readable().update(digest="")
    before = process_time()
    call_command("publications", "rebuild", stdout=open(os.devnull, "w"))  # noqa: SIM115 - ends with the process
    return {"documents": documents, "per_second": documents / (process_time() - before)}


def publish_every_second(seconds: str) -> dict[str, int]:
    """Publish an article every second."""
    from bench.corpus import seeds

    article, end, done = seeds()["sv"], monotonic() + float(seconds), 0
    while monotonic() < end:
        began = monotonic()
        _publish(article)
        done += 1
        sleep(max(0.0, 1 - (monotonic() - began)))
    return {"published": done}


def _publish(page: Any) -> None:
    from news.models import NewsPage

    article = NewsPage.objects.get(pk=page.pk)
    article.lead = f"{article.lead.split(' ·')[0]} · {monotonic():.6f}"
    article.save_revision().publish()


def _cost(act: Callable[[], None]) -> float:
    """Return milliseconds of CPU that an act takes."""
    before = process_time()
    act()
    return 1_000 * (process_time() - before)


def desk() -> dict[str, dict[str, float]]:
    """Return what the pages of the translation desk cost."""
    from bench.desk import pages

    return pages()


ACTS: dict[str, Callable[..., Any]] = {
    "queries": queries,
    "searches": searches,
    "publishing": publishing,
    "rebuild": rebuild,
    "desk": desk,
    "publish-every-second": publish_every_second,
}

if __name__ == "__main__":
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings"
    django.setup()
    print(json.dumps(ACTS[sys.argv[1]](*sys.argv[2:])))  # noqa: T201
