"""Every address of the hub: the admin, files, the partner API and the reading pages."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as admin_urls
from wagtail.documents.views.serve import authenticate_with_password

from cms.api.views.reading_only import reading_only
from cms.desk.in_front import safe_urls
from cms.desk.media import serve_document, serve_picture
from cms.desk.texts import script_texts

urlpatterns = [
    path("", reading_only(RedirectView.as_view(pattern_name="wagtailadmin_home"))),
    path("admin/jsi18n/", script_texts),
    path("admin/localize/jsi18n/", script_texts),
    path("admin/", include(safe_urls())),
    path("admin/", include(admin_urls)),
    # Answered by the admin: Wagtail asks for the place under this name, to send strangers there from closed files.
    path("admin/login/", RedirectView.as_view(), name="wagtailcore_login"),
    path("documents/<uuid:key>/<path:filename>", serve_document, name="document"),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    re_path(r"^media/(?P<path>(images|original_images)/[^/]+)$", serve_picture),
    path("", include("cms.api.urls")),
]
