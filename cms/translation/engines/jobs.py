"""A suggestion as a background task: at once by default, by the worker where TASKS=database."""

import logging
from typing import Any

from django.contrib.auth import get_user_model
from django_tasks import TaskResultStatus, task
from wagtail_localize.models import Translation

from cms.translation.engines.reasons import Outcome, Reason
from cms.translation.engines.suggesting import suggest

log = logging.getLogger(__name__)


@task()
def run(translation_id: int, user_id: int) -> dict[str, Any]:
    """Let a machine suggest texts for a translation, at a person's wish."""
    translations = Translation.objects.select_related("source__locale", "target_locale")
    user: Any = get_user_model().objects.get(pk=user_id)
    return suggest(translations.get(pk=translation_id), user).pack()


def suggest_soon(translation: Translation, user: Any) -> Outcome | None:
    """Begin; return what became of it, or None while it waits for the worker."""
    result = run.enqueue(translation.pk, user.pk)
    if result.status == TaskResultStatus.SUCCESSFUL and result.return_value:
        return Outcome.unpack(result.return_value)
    if result.status == TaskResultStatus.FAILED:
        log.error("Machine suggestions failed: %s", result.errors[-1].traceback if result.errors else "")
        return Outcome(reasons=(Reason.FAILED,))
    return None
