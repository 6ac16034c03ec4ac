"""Makes a hub to measure: the demo, and its first article again and again in four languages.

`python -m bench.corpus 400` grows the hub that the environment names until its news number 400 in every language. The
pages are stored as rows, without Wagtail's ceremony; their documents are published by the hub's own command.
"""

import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

LANGUAGES = ("sv", "uk", "fi", "en")
BATCH = 200
SLUG = "exempeltext"
ROWS = ("topics", "people", "partners", "partnerships", "change_notes")


def grow(articles: int) -> None:
    """Have so many articles in each language."""
    from django.core.management import call_command

    from news.models import NewsPage

    call_command("migrate", verbosity=0)
    if not NewsPage.objects.exists():
        call_command("load_demo", verbosity=0)
    for numbers in _batches(NewsPage.objects.filter(locale__language_code="sv").count(), articles):
        _copy(numbers)
    call_command("publications", "rebuild")


def seeds() -> dict[str, Any]:
    """Return the article that is copied, by language."""
    from news.models import NewsPage

    first = NewsPage.objects.get(slug="umea-samarbete-cherson")
    pages = NewsPage.objects.filter(translation_key=first.translation_key).select_related("locale")
    return {page.locale.language_code: page for page in pages}


def _batches(have: int, wanted: int) -> Iterator[range]:
    for first in range(have, wanted, BATCH):
        yield range(first, min(first + BATCH, wanted))


def _copy(numbers: range) -> None:
    from django.db import transaction

    keys = {number: uuid4() for number in numbers}
    with transaction.atomic():
        for language, seed in seeds().items():
            _copy_in(language, seed, keys)


def _copy_in(language: str, seed: Any, keys: dict[int, Any]) -> None:
    """Store a copy of the article for each number, as rows of the page's tables."""
    from django.db import connection
    from wagtail.models import Page

    base, parent = Page.objects.get(pk=seed.pk), seed.get_parent()
    places = count(parent.numchild + 1_000)
    pages = [_page(base, parent, next(places), language, number, key) for number, key in keys.items()]
    stored = Page.objects.bulk_create(pages)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(stored))
    table = seed._meta.db_table
    columns = ", ".join(connection.ops.quote_name(field.column) for field in seed._meta.local_concrete_fields[1:])
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (page_ptr_id, {columns}) SELECT %s, {columns} FROM {table} WHERE page_ptr_id = %s",  # noqa: S608 - names of our own table
            [(page.pk, seed.pk) for page in stored],
        )
        cursor.executemany(
            f"UPDATE {table} SET published_at = %s WHERE page_ptr_id = %s",  # noqa: S608
            [(page.first_published_at, page.pk) for page in stored],
        )
    for name in ROWS:
        _copy_rows(getattr(seed, name).all(), stored)


def _page(base: Any, parent: Any, place: int, language: str, number: int, key: Any) -> Any:
    from wagtail.models import Page

    values = {field.attname: getattr(base, field.attname) for field in Page._meta.concrete_fields if field.name != "id"}
    slug = f"{SLUG}-{number}"
    words = random.Random(f"{language}{number}").sample(_words(base.title), 2)  # noqa: S311 - the same corpus each time
    at = base.first_published_at - timedelta(hours=number)
    values.update(
        path=Page._get_path(parent.path, parent.depth + 1, place),
        numchild=0,
        slug=slug,
        url_path=f"{parent.url_path}{slug}/",
        title=f"{base.title} {number} {' '.join(words)}",
        draft_title=base.draft_title,
        translation_key=key,
        latest_revision_id=None,
        live_revision_id=None,
        first_published_at=at,
        last_published_at=at,
    )
    return Page(**values)


def _words(title: str) -> list[str]:
    return [*title.split(), "2024", "2025", "2026", "ICLD", "Visby"]


def _copy_rows(rows: Any, pages: list[Any]) -> None:
    copies = []
    for row in rows:
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        for page in pages:
            own = {"id": None, "article_id": page.pk, "translation_key": uuid4()}
            copies.append(type(row)(**{**values, **own}))
    if copies:
        type(copies[0]).objects.bulk_create(copies, batch_size=500)


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    django.setup()
    grow(int(sys.argv[1]))
