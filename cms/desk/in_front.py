"""Our views in front of Wagtail's: the same addresses, earlier, guarded as Wagtail guards its own."""

from django.urls import URLPattern
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.desk import file_choosers, page_choosers


def safe_urls() -> list[URLPattern]:
    """Return the addresses, for those who may open the admin."""
    urls: list[URLPattern] = [*page_choosers.urls(), *file_choosers.urls()]
    for guard in (require_admin_access, display_custom_404, never_cache):
        decorate_urlpatterns(urls, guard)
    return urls
