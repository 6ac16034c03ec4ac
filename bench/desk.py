"""What the pages and files of the translation desk cost in a hub that `bench.translations` filled.

Each page is asked for inside this process, as its readers do after they have signed in, and is built whole.
"""

import gc
from collections.abc import Iterator
from statistics import median
from time import monotonic, process_time
from typing import Any

TIMES = 9

PAGES = {
    "uk-translator": {
        "home": "/admin/",
        "queue": "/admin/desk/queue/",
        "queue, half done": "/admin/desk/queue/?state=begun",
        "queue, one partner's": "/admin/desk/queue/?partner={partner}",
        "queue, the last page": "/admin/desk/queue/?p={last}",
        "workbench": "/admin/pages/{begun}/edit/",
        "help beside a text": "/admin/desk/strings/{translation}/{segment}/help/",
        "earlier translations": "/admin/desk/concordance/?q=samarbete",
        "files": "/admin/desk/files/",
    },
    "admin": {
        "queue": "/admin/desk/queue/",
        "coverage": "/admin/desk/coverage/",
        "coverage, stale in Ukrainian": "/admin/desk/coverage/?language=uk&how=stale",
        "coverage, missing in Finnish": "/admin/desk/coverage/?language=fi&how=missing",
        "coverage with totals": "/admin/desk/coverage/?totals=shown",
    },
}
"""The pages, by who reads them."""

DOWNLOADS = {
    "admin": {
        "coverage as CSV": "/admin/desk/coverage/?format=csv",
        "coverage as JSON": "/admin/desk/coverage/?format=json",
    },
}
"""Files of everything at once, by who takes them away: they are measured beside the pages, which have a target."""


def pages() -> dict[str, dict[str, float]]:
    """Return, for each page and file, milliseconds of server time and of CPU, as medians, and how many queries."""
    from django.contrib.auth.models import User

    places, found = _places(), {}
    gc.freeze()  # as a worker of gunicorn does once it has loaded everything
    for username, name, address in _asked():
        found[_named(name, username)] = _measure(User.objects.get(username=username), address.format(**places))
    return found


def is_download(name: str) -> bool:
    """Whether what was measured under this name is a file of everything, and no page."""
    return name in {_named(download, username) for username, asked in DOWNLOADS.items() for download in asked}


def _asked() -> Iterator[tuple[str, str, str]]:
    for asked in (PAGES, DOWNLOADS):
        for username, addresses in asked.items():
            yield from ((username, name, address) for name, address in addresses.items())


def _named(name: str, username: str) -> str:
    return f"{name} ({username})"


def _measure(user: Any, address: str) -> dict[str, float]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    _ask(client, address)
    with CaptureQueriesContext(connection) as captured:
        _ask(client, address)
    queries = len(captured)  # the next request forgets them
    costs = list(_costs(client, address))
    return {
        "p50": round(median(wall for wall, _cpu in costs), 1),
        "cpu": round(median(cpu for _wall, cpu in costs), 1),
        "queries": queries,
    }


def _costs(client: Any, address: str) -> Iterator[tuple[float, float]]:
    for _time in range(TIMES):
        wall, cpu = monotonic(), process_time()
        _ask(client, address)
        yield 1_000 * (monotonic() - wall), 1_000 * (process_time() - cpu)


def _ask(client: Any, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    b"".join(answer)  # a file that is written while it is sent is written now


def _places() -> dict[str, Any]:
    """Return a translation into Ukrainian that is half done, one of its texts, and what else addresses name."""
    from wagtail.models import Page
    from wagtail_localize.models import StringSegment, Translation

    from cms.translation.queue.finding import State, find_places
    from cms.translation.queue.reach import Reach

    waiting = find_places(Reach(("uk",), everywhere=True))
    begun = next((place for place in waiting if place.state == State.BEGUN), None)
    if begun is None:
        raise SystemExit("The desk is measured with 30 articles or more: fewer are not in every state.")
    translation = Translation.objects.get(source__object_id=begun.key, target_locale__language_code="uk")
    segment = max(StringSegment.objects.filter(source=translation.source), key=lambda one: len(one.string.data))
    partner = Page.objects.get(slug="umea", locale__language_code="sv")
    return {
        "begun": begun.page,
        "translation": translation.pk,
        "segment": segment.pk,
        "partner": partner.translation_key,
        "last": 9_999,  # the paginator's last
    }
