"""Content that many tests begin with: built once in a process, and laid as rows for every test after that.

To build a newsroom takes a hundred times as long as to write its rows. Whatever stands in the database that did not
stand there when a layer was built, but who may do what, has it built anew: it might come out another.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar, cast

from django.apps import apps
from django.db import connection, models
from wagtail.models import Page

from tests.database import Dump, dump

T = TypeVar("T")
Ground = dict[str, Any]

ASIDE = {
    "auth_group", "auth_group_permissions", "auth_user", "auth_user_groups", "auth_user_user_permissions",
    "wagtailcore_grouppagepermission", "wagtailcore_collection", "wagtailcore_groupcollectionpermission",
    "wagtailusers_userprofile", "wagtailcore_workflow", "wagtailcore_workflowpage", "wagtailcore_workflowtask",
    "wagtailcore_task", "wagtailcore_groupapprovaltask", "wagtailcore_groupapprovaltask_groups",
    "translation_reviewtask", "translation_reviewtask_groups", "translation_agreement",
}  # fmt: skip
"""What a test may have made before, as long as the layer has nothing of it: who may do what."""


@dataclass(frozen=True)
class Layer:
    """What building something changed."""

    made: Any
    ground: Ground
    """What stood there before."""
    gone: Dump
    """The rows that are no more, or are others now."""
    new: Dump

    def fits(self, ground: Ground) -> bool:
        """Whether it would be built alike now."""
        touched = self.gone.keys() | self.new.keys()
        return all(ground[name] == held for name, held in self.ground.items() if name in touched or name not in ASIDE)


_layers: dict[str, Layer] = {}


def build_once(name: str, build: Callable[[], T]) -> T:
    """Return what `build` makes in the database, with the objects read as a test would that had just made them."""
    if not connection.in_atomic_block:  # what is committed is put back as it was, and nobody else builds on it
        return build()
    layer = _layers.get(name)
    if layer is None:
        before, ground = dump(), _look()
        made = build()
        after = dump()
        _layers[name] = Layer(made, ground, _missing(before, after), _missing(after, before))
    elif not layer.fits(_look()):
        return build()
    else:
        _lay(layer)
        made = layer.made
    return cast(T, _read(made))


def _missing(held: Dump, other: Dump) -> Dump:
    """Return the rows that only the first has."""
    found = {}
    for table, rows in held.items():
        known = {repr(row) for row in other[table]}
        if lost := [row for row in rows if repr(row) not in known]:
            found[table] = sorted(lost, key=itemgetter(_place_of_key(_tables()[table])))  # in which they were written
    return found


def _lay(layer: Layer) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, rows in layer.gone.items():
            place = _place_of_key(_tables()[table])
            key = quote(_tables()[table].pk.column)
            cursor.executemany(f"DELETE FROM {quote(table)} WHERE {key} = %s", [(row[place],) for row in rows])
        for table, rows in layer.new.items():
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {quote(table)} VALUES ({places})", rows)


@cache
def _place_of_key(meta: Any) -> int:
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, meta.db_table)]
    return columns.index(meta.pk.column)


@cache
def _tables() -> dict[str, Any]:
    """Return what is known of the model of each table."""
    kept = [model._meta for model in apps.get_models(include_auto_created=True)]
    return {meta.db_table: meta for meta in kept if meta.managed and not meta.proxy}


def _look() -> Ground:
    """Return how many rows each table has, the greatest key of them, and which pages there are.

    Grounds that are equal in this hold the same, in a test: only pages are given other keys when they are made anew.
    """
    quote = connection.ops.quote_name
    found = [
        f"SELECT '{table}', COUNT(*), MAX(CAST({quote(meta.pk.column)} AS VARCHAR(64))) FROM {quote(table)}"
        for table, meta in _tables().items()
    ]
    ground: Ground = {"pages": list(Page.objects.order_by("pk").values_list("pk", "translation_key"))}
    with connection.cursor() as cursor:
        for first in range(0, len(found), 100):
            cursor.execute(" UNION ALL ".join(found[first : first + 100]))
            ground |= {table: sizes for table, *sizes in cursor.fetchall()}
    return ground


def _read(made: Any) -> Any:
    """Return the same with every object of the database read again."""
    wanted: dict[type[models.Model], set[Any]] = {}
    _change(made, lambda found: wanted.setdefault(type(found), set()).add(found.pk))
    read = {model: model._default_manager.in_bulk(list(keys)) for model, keys in wanted.items()}
    return _change(made, lambda found: read[type(found)][found.pk])


def _change(made: Any, act: Callable[[models.Model], Any]) -> Any:
    """Return the same with something else in the place of each object of the database."""
    if isinstance(made, models.Model):
        return act(made)
    if isinstance(made, dict):
        return {name: _change(value, act) for name, value in made.items()}
    if isinstance(made, list | tuple):
        return type(made)(_change(value, act) for value in made)
    if is_dataclass(made) and not isinstance(made, type):
        return replace(made, **{field.name: _change(getattr(made, field.name), act) for field in fields(made)})
    return made
