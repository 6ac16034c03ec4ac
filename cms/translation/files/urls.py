"""Addresses of translators' files in the admin."""

from django.urls import URLPattern, path

from cms.translation.files.views import begin, download_po, export, files, settle, upload_po


def desk_urls() -> list[URLPattern]:
    """Return the desk's own addresses."""
    return [
        path("desk/files/", files, name="desk_files"),
        path("desk/files/begin/", begin, name="desk_files_begin"),
        path("desk/files/export/", export, name="desk_files_export"),
        path("desk/files/settle/", settle, name="desk_files_settle"),
    ]


def safe_urls() -> list[URLPattern]:
    """Return localize's addresses of PO files, which lead to our views."""
    return [
        path("localize/translate/<int:translation_id>/pofile/download/", download_po),
        path("localize/translate/<int:translation_id>/pofile/upload/", upload_po),
    ]
