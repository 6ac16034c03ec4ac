"""The hub's settings with Wagtail's own API v2 beside, for the comparison only."""

from cms.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.api.v2"]  # noqa: F405
ROOT_URLCONF = "bench.wagtail_urls"
WAGTAILAPI_LIMIT_MAX = 100
