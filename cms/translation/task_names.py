"""What the steps of a review are called for their reader: the set-up stores their names once, in English."""

from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Page, Task

from cms.translation.permissions import HOME_DEPTH


def name_of_task(task: Task) -> str:
    """Return what a step is called in the reader's language; a name that an administrator gave it stays."""
    groups = getattr(task.specific, "groups", None)
    rights = GroupPagePermission.objects.filter(group__in=groups.all() if groups else [])
    for page in Page.objects.filter(pk__in=rights.values("page")).select_related("locale").order_by("path"):
        language = page.locale.language_code
        if page.depth == HOME_DEPTH and task.name == f"Reviewers of {get_language_info(language)['name']}":
            return _("Reviewers of %(language)s") % {"language": get_language_info(language)["name_translated"]}
        if page.depth > HOME_DEPTH and task.name.endswith(" editors"):
            return _("%(partner)s editors") % {"partner": _title_for_reader(page)}
    return str(task.name)


def _title_for_reader(section: Page) -> str:
    """Return what readers of the admin's language call the partner whose section it is."""
    same = Page.objects.filter(translation_key=section.translation_key, locale__language_code=get_language())
    return str(same.values_list("title", flat=True).first() or section.title)
