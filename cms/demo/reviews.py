"""Who reviews what: one workflow per section and language, first for its partner and then for the language.

Wagtail takes the nearest workflow of the tree. What lies in no section, such as topics, is reviewed by the language's
reviewers alone. Repeating the set-up changes nothing.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from cms.content.languages import name_in_english
from cms.demo.rights import set_up_reviewers
from cms.translation.models import ReviewTask
from home.models import HomePage
from partners.models import PartnerPage


def set_up_language_reviews(home: HomePage) -> None:
    """Let the reviewers of a home's language review what lies in no section."""
    _set_up(home, name_in_english(home.language), [_task(set_up_reviewers(home))])


def set_up_section_reviews(sections: Iterable[PartnerPage], editors: Group, name: str) -> None:
    """Let a partner's editors, and then the language's reviewers, review what lies in each of its sections.

    A partner without anybody in its group of editors keeps no translation waiting.
    """
    partner = _task(editors, may_be_skipped=True)
    for section in sections:
        home = HomePage.objects.get(locale=section.locale)
        _set_up(section, f"{name}, {name_in_english(section.language)}", [partner, _task(set_up_reviewers(home))])


def _set_up(page: Page, name: str, tasks: Iterable[ReviewTask]) -> None:
    """Give the page its workflow, unless somebody has given it one."""
    if WorkflowPage.objects.filter(page=page.pk).exists():
        return
    workflow, _made = Workflow.objects.get_or_create(name=name)
    for order, task in enumerate(tasks):
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": order})
    WorkflowPage.objects.create(workflow=workflow, page=page.page_ptr)


def _task(group: Group, *, may_be_skipped: bool = False) -> ReviewTask:
    """Return the step that a group does, called as the group is."""
    task: ReviewTask | None = ReviewTask.objects.filter(groups=group).first()
    if task is None:
        task = ReviewTask(name=group.name, may_be_skipped=may_be_skipped)
        task.save()
        task.groups.add(group)
    return task
