"""Those who run the hub look after its publications with commands."""

from datetime import timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from cms.publications import reconcile
from cms.publications.models import Dependency, Publication
from cms.publications.search.models import SearchText
from cms.publications.stale import all_keys, stale_publications
from news.models import NewsPage
from tests.database import dump
from tests.reliability.acts import fresh
from tests.reliability.stage import Newsroom, publication, publish_new

pytestmark = pytest.mark.django_db(transaction=True)


def run(*words: str) -> tuple[str, str]:
    """Run a command; return what it said, and what it said of errors."""
    said, errors = StringIO(), StringIO()
    call_command(*words, stdout=said, stderr=errors)
    return said.getvalue(), errors.getvalue()


def test_verify_finds_nothing_in_a_healthy_hub(newsroom: Newsroom) -> None:
    assert "Every publication is what it should be" in run("publications", "verify")[0]


def test_verify_names_what_is_stale_and_rebuild_mends_it(newsroom: Newsroom) -> None:
    NewsPage.objects.filter(pk=newsroom.article["sv"].pk).update(lead="Skrivet förbi alla signaler.")
    assert [str(stale.key) for stale in stale_publications()] == [str(newsroom.article["sv"].translation_key)]
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("publications", "verify", stdout=StringIO(), stderr=errors)
    assert str(newsroom.article["sv"].translation_key) in errors.getvalue()
    assert "Rebuilding" in run("publications", "rebuild")[0]
    assert "förbi alla signaler" in publication(newsroom.article["sv"]).document


def test_verify_finds_a_broken_tree(newsroom: Newsroom) -> None:
    Page.objects.filter(pk=newsroom.umea_news["sv"].pk).update(numchild=7)
    with pytest.raises(CommandError):
        run("publications", "verify")
    Page.fix_tree()


def test_rebuild_makes_everything_from_nothing_and_twice_is_normal(newsroom: Newsroom) -> None:
    wanted = dict(Publication.objects.values_list("path", "document"))
    Dependency.objects.all().delete()
    Publication.objects.all().delete()
    run("publications", "rebuild")
    assert dict(Publication.objects.values_list("path", "document")) == wanted
    assert "0 publications changed" in run("publications", "rebuild")[0]


def test_states_are_set_by_hand(newsroom: Newsroom) -> None:
    key = str(newsroom.visit.translation_key)
    run("publications", "withdraw", key, "--notice", "Artikeln är återkallad.")
    assert publication(newsroom.visit).status == "withdrawn"
    run("publications", "redirect", key, "--to", str(newsroom.article["sv"].translation_key))
    assert publication(newsroom.visit).status == "redirected"
    run("publications", "gone", key, "--reason", "mistake", "--language", "sv")
    assert publication(newsroom.visit).status == "gone"
    run("publications", "vanish", key)
    assert publication(newsroom.visit).status == "vanished"
    run("publications", "restore", key)
    assert publication(newsroom.visit).status == "published"


def test_an_unknown_key_is_one_line(newsroom: Newsroom) -> None:
    with pytest.raises(CommandError) as failed:
        run("publications", "vanish", "5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01")
    assert "\n" not in str(failed.value)


def test_one_refused_schedule_holds_up_no_other(newsroom: Newsroom) -> None:
    body = fresh(newsroom.article["sv"]).body.get_prep_value()
    quoting = publish_new(newsroom.umea_news["sv"], NewsPage(title="Mer om samarbetet", lead="Nytt.", body=[]))
    quoting.body = body
    quoting.go_live_at = timezone.now() + timedelta(hours=1)
    revision = quoting.save_revision()
    fresh(newsroom.janet["sv"]).unpublish()
    a_minute_ago = timezone.now() - timedelta(minutes=1)
    content = {**revision.content, "go_live_at": a_minute_ago.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(content=content, approved_go_live_at=a_minute_ago)
    Page.objects.filter(pk=newsroom.about.pk).update(expire_at=a_minute_ago)
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("publish_scheduled", stderr=errors)
    assert "Janet Ågren" in errors.getvalue()
    assert publication(newsroom.about).reason == "expired"


def test_what_nobody_noticed_is_mended_within_the_hour(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(reconcile, "PART", 3)
    parts = -(-len(all_keys()) // 3)
    NewsPage.objects.filter(pk=newsroom.article["sv"].pk).update(lead="Skrivet förbi alla signaler.")
    Page.objects.filter(pk=newsroom.contact.pk).update(live=False)
    SearchText.objects.filter(publication=publication(newsroom.visit)).update(text="Fel ord.")
    assert len(stale_publications()) == 3
    now = timezone.now()
    for minute in range(parts):
        with patch("django.utils.timezone.now", return_value=now + timedelta(minutes=minute)):
            run("publish_scheduled")
    assert stale_publications() == []
    mended = [record.message for record in caplog.records if record.message.startswith("Found and mended")]
    assert len(mended) == 3


def test_every_key_has_its_turn(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconcile, "PART", 3)
    now, keys = timezone.now(), all_keys()
    turns = [reconcile.find_part(now + timedelta(minutes=minute)) for minute in range(-(-len(keys) // 3))]
    assert sorted(key for part in turns for key in part) == keys


def test_looking_at_a_healthy_hub_writes_nothing(newsroom: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    before = dump()
    run("publish_scheduled")
    assert dump() == before
    assert "Found and mended" not in caplog.text


def test_what_cannot_be_mended_is_told(newsroom: Newsroom) -> None:
    NewsPage.objects.filter(pk=newsroom.article["sv"].pk).update(image_alt="")
    with pytest.raises(CommandError):
        run("publish_scheduled")
    NewsPage.objects.filter(pk=newsroom.article["sv"].pk).update(image_alt="En bro")
