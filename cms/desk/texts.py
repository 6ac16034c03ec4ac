"""The texts of the admin's scripts, in the language that its user reads."""

from django.views.i18n import JavaScriptCatalog

# No packages named: of all apps and of locale/. Wagtail's view and localize's read their own package and nothing else.
script_texts = JavaScriptCatalog.as_view()
