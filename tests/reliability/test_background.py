"""Background work: done at once unless a worker is there for it, and nothing that partner cities get waits for one."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.content.images import ContentImage
from cms.publications.stale import stale_publications
from news.models import NewsPage, NewsPerson
from tests.newsroom import add_image
from tests.reliability.stage import Newsroom, publication
from tests.worker import WAITING, work

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
INDEXING = "wagtail.tasks.update_reference_index_task"


@pytest.fixture
def waiting(settings: Settings) -> None:
    """Background work waits for a worker."""
    settings.TASKS = WAITING


def show(newsroom: Newsroom, image: ContentImage) -> NewsPage:
    article = NewsPage.objects.get(pk=newsroom.article["sv"].pk)
    article.image, article.image_alt = image, "En talare visar bilder"
    article.save_revision().publish()
    return article


def name_again(newsroom: Newsroom) -> NewsPage:
    """Put another row in the place of the one that names the article's person, as an import would."""
    article = NewsPage.objects.get(pk=newsroom.article["sv"].pk)
    article.people = [NewsPerson(page=newsroom.janet["sv"], locale=article.locale)]
    article.save_revision().publish()
    return article


def used_by(image: ContentImage) -> int:
    return int(ReferenceIndex.get_references_to(image).count())


def test_as_shipped_nothing_waits_for_a_worker(newsroom: Newsroom) -> None:
    """Trap 23: on localize's and Wagtail's own advice, the index of what is used where waits for one."""
    image = add_image()
    show(newsroom, image)
    assert not DBTaskResult.objects.exists()
    assert used_by(image) > 0


def test_with_a_worker_cities_get_a_text_before_its_work_is_done(newsroom: Newsroom, waiting: None) -> None:
    """Trap 23: what is used where is known later; what is public is known at once."""
    image = add_image()
    article = show(newsroom, image)
    assert DBTaskResult.objects.ready().exists()
    assert used_by(image) == 0
    assert "En talare visar bilder" in publication(article).document
    assert stale_publications() == []
    work()
    assert used_by(image) > 0
    assert not DBTaskResult.objects.ready().exists()


def test_each_publication_is_one_piece_of_work_however_many_rows_it_has(newsroom: Newsroom, waiting: None) -> None:
    """Trap 23: Wagtail's own would be one more for each row; that of a row which was replaced since fails."""
    for _time in range(2):
        article = name_again(newsroom)
    assert DBTaskResult.objects.filter(task_path=INDEXING).count() == 2
    work()
    assert not DBTaskResult.objects.ready().exists()
    assert ReferenceIndex.get_references_to(newsroom.janet["sv"]).filter(object_id=str(article.pk)).exists()
    assert str(newsroom.janet["sv"].translation_key) in publication(article).document
    assert stale_publications() == []


def test_a_draft_uses_nothing_and_its_publication_all(newsroom: Newsroom) -> None:
    image = add_image()
    article = NewsPage.objects.get(pk=newsroom.article["sv"].pk)
    article.image, article.image_alt = image, "En talare visar bilder"
    with CaptureQueriesContext(connection) as queries:
        revision = article.save_revision()
    assert not any(ReferenceIndex._meta.db_table in query["sql"] for query in queries)
    revision.publish()
    assert used_by(image) == 1


def test_whoever_makes_the_index_at_the_end_is_not_kept_waiting(newsroom: Newsroom) -> None:
    image = add_image()
    with disable_reference_index_auto_update():
        show(newsroom, image)
        show(newsroom, image)
    assert used_by(image) == 0
    call_command("rebuild_references_index", verbosity=0)
    assert used_by(image) == 1


def test_the_worker_is_documented_and_has_its_unit() -> None:
    """Trap 23."""
    unit = (ROOT / "deploy" / "misto-worker.service").read_text()
    assert "manage.py db_worker" in unit
    operations = (ROOT / "docs" / "operations.md").read_text()
    assert "misto-worker.service" in operations
    assert "update_reference_index_task" in operations
