"""Background work that waits for a worker, and the worker."""

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

WAITING = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
"""The setting `TASKS` of a hub whose background work waits for a worker."""


def work() -> None:
    """Do the background work that waits; none of it fails."""
    options = {"queue_names": ["default"], "excluded_queue_names": [], "backend_name": "default", "worker_id": "tests"}
    Worker(interval=0, batch=True, startup_delay=False, max_tasks=None, **options).run()
    assert not DBTaskResult.objects.failed().exists(), DBTaskResult.objects.failed().first().traceback
