"""localize's jobs as background tasks: ids travel, objects stay at home."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeGuard

from django.apps import apps
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.module_loading import import_string
from django_tasks import task
from wagtail_localize.tasks import BaseJobBackend


class TasksJobBackend(BaseJobBackend):
    """Hands a job to django-tasks, which runs it at once or durably in the database, as TASKS says."""

    def enqueue(self, func: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        """Enqueue the call."""
        name = f"{func.__module__}.{func.__qualname__}"
        run_job.enqueue(name, _pack(list(args)), _pack(dict(kwargs)))


@task()
def run_job(name: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Run a job: all of it or nothing."""
    with transaction.atomic():
        import_string(name)(*_unpack(args), **_unpack(kwargs))


def _pack(value: Any) -> Any:
    """Return the value as JSON can hold it, each object as its model and primary key."""
    match value:
        case Model():
            return {"model": value._meta.label, "pk": str(value.pk)}
        case QuerySet() | list() | tuple():
            return [_pack(item) for item in value]
        case dict():
            return {name: _pack(item) for name, item in value.items()}
    return value


def _unpack(value: Any) -> Any:
    if _is_object(value):
        return apps.get_model(value["model"])._default_manager.get(pk=value["pk"])
    match value:
        case list():
            return [_unpack(item) for item in value]
        case dict():
            return {name: _unpack(item) for name, item in value.items()}
    return value


def _is_object(value: Any) -> TypeGuard[dict[str, str]]:
    return isinstance(value, dict) and value.keys() == {"model", "pk"}
