"""What the steps of a review are called for their reader: the set-up stores their names once, in English."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Page, Task

from cms.content.languages import name_for_reader, name_in_english
from cms.translation.permissions import HOME_DEPTH


def name_of_task(task: Task) -> str:
    """Return what a step is called in the reader's language; a name that an administrator gave it stays."""
    groups = getattr(task.specific, "groups", None)
    rights = GroupPagePermission.objects.filter(group__in=groups.all() if groups else [])
    for page in Page.objects.filter(pk__in=rights.values("page")).select_related("locale").order_by("path"):
        language = page.locale.language_code
        if page.depth == HOME_DEPTH and task.name == f"Reviewers of {name_in_english(language)}":
            return _("Reviewers of %(language)s") % {"language": name_for_reader(language)}
        titles = _titles_of(page) if page.depth > HOME_DEPTH else {}
        if task.name in {f"{title} editors" for title in titles.values()}:
            return _("%(partner)s editors") % {"partner": titles.get(get_language() or "", page.title)}
    return str(task.name)


def _titles_of(section: Page) -> dict[str, str]:
    """Return what the partner whose section it is is called, by language."""
    same = Page.objects.filter(translation_key=section.translation_key)
    return dict(same.values_list("locale__language_code", "title"))
