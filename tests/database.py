"""Everything the database holds, kept and put back: what Django's flush would take away, migrations have laid once."""

from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from wagtail.search.models import IndexEntry

Dump = dict[str, list[tuple[Any, ...]]]


def dump() -> Dump:
    """Return everything that the database holds, table by table; the search index apart, which follows each commit."""
    managed = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    kept = [model for model in managed if not model._meta.proxy and model._meta.app_label != "wagtailsearch"]
    return {model._meta.db_table: _rows(model) for model in kept}


def restore(dumped: Dump) -> None:
    """Make the database hold exactly this. Foreign keys are checked at the end, so the order does not matter."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in dumped:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        for table, rows in dumped.items():
            if rows:
                places = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} VALUES ({places})", rows)
    IndexEntry.objects.all().delete()  # the index follows commits, and was left out above


def _rows(model: type[models.Model]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
        return sorted(cursor.fetchall(), key=repr)
