"""Scheduled publishing: on time, and one page that is refused keeps no other waiting."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Page, Revision

from cms.content.errors import PublishingRefused

pytestmark = pytest.mark.django_db(transaction=True)

VISIT = "Delegationen från Cherson besöker Umeå"
APPLICATION = "Ansökan om ett tvåårigt samarbete"


@pytest.fixture
def scheduled(root: Page) -> list[Page]:
    """Two pages whose time came a minute ago."""
    pages = [
        root.add_child(title=title, slug=slug, live=False)
        for title, slug in ((VISIT, "besok"), (APPLICATION, "ansokan"))
    ]
    for page in pages:
        revision = page.save_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        revision.save()
    return pages


@pytest.fixture
def refuse_the_visit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make one page one that may not be published, after it was written."""
    publish = PublishRevisionAction.execute

    def execute(action: PublishRevisionAction, **kwargs: object) -> object:
        result = publish(action, **kwargs)
        if action.object.title == VISIT:
            raise PublishingRefused(["The picture has no alt text."])
        return result

    monkeypatch.setattr(PublishRevisionAction, "execute", execute)


def _live() -> set[str]:
    return set(Page.objects.live().filter(title__in=(VISIT, APPLICATION)).values_list("title", flat=True))


def test_what_is_due_is_published_once(scheduled: list[Page]) -> None:
    call_command("publish_scheduled")
    assert _live() == {VISIT, APPLICATION}
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_a_page_that_is_refused_keeps_no_other_waiting(
    scheduled: list[Page], refuse_the_visit: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError):
        call_command("publish_scheduled")
    assert "The picture has no alt text." in capsys.readouterr().err
    assert _live() == {APPLICATION}


def test_what_has_expired_is_taken_back(root: Page) -> None:
    root.add_child(title=VISIT, slug="besok", expire_at=timezone.now() - timedelta(minutes=1))
    root.add_child(title=APPLICATION, slug="ansokan", expire_at=timezone.now() + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert _live() == {APPLICATION}
    assert Page.objects.get(slug="besok").expired


def test_a_dry_run_changes_nothing(scheduled: list[Page], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("publish_scheduled", dryrun=True)
    assert VISIT in capsys.readouterr().out
    assert _live() == set()
