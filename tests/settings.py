"""The hub's own settings, in an environment made for tests.

Each process has a `DATA_DIR` of its own, gone when it ends; with `DATA_DIR` given, `--reuse-db` finds its database.
"""
# ruff: noqa: E402, F403, F405  (the environment must be made before the settings read it)

import atexit
import os
import shutil
import tempfile


def _make_data_dir() -> str:
    folder = tempfile.mkdtemp(prefix="misto-tests-")
    owner = os.getpid()
    atexit.register(lambda: shutil.rmtree(folder, ignore_errors=True) if os.getpid() == owner else None)
    return folder


if "DATA_DIR" not in os.environ or "PYTEST_XDIST_WORKER" in os.environ:
    os.environ["DATA_DIR"] = _make_data_dir()
os.environ.setdefault("SECRET_KEY", "only for tests, never for a hub that anybody can reach")
os.environ["PUBLIC_URL"] = "http://testserver"

from cms.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Nothing is collected for tests: whitenoise wants the folder, and manifest storage the files.
(DATA_DIR / "static").mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A test that runs a thousand requests is no visitor; those about limits set their own.
RATE_LIMITS = {"answers": 0, "search": 0}
if ANSWERS_BEHIND:  # a Redis database for each process of the tests: clearing it is clearing one's own
    CACHES["default"]["LOCATION"] += os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
