"""The web process: starts only when everything it stands on is sound."""

import gc
import os
import sys
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.checks import run_checks
from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from cms.api.front_door import FrontDoor


def start() -> "FrontDoor":
    """Return the application with its front door, or say in one sentence why not and end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    for sentence in settings.REFUSED_SETTINGS:
        sys.exit(f"Misto cannot start: {sentence}")
    application = get_wsgi_application()
    for problem in run_checks(databases=list(settings.DATABASES)):
        if problem.is_serious():
            sys.exit(f"Misto cannot start: {problem.msg} ({problem.id})")
    from cms.api.build import build
    from cms.api.front_door import FrontDoor  # it knows models, which are there only now

    build()  # now, while the files are still those that were loaded: each worker would look at those of its own day
    gc.freeze()  # what is loaded by now stays: collecting garbage need not look through it each time
    return FrontDoor(application, most_bytes=settings.ANSWERS_MEMORY)


application = start()
