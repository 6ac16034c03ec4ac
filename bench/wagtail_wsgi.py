"""The hub with Wagtail's API v2 as a WSGI application, without the hub's front door."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
