"""The last act of each transaction: publish what was noted, or commit nothing at all."""

import threading
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from wagtail.models import Collection, Site

from cms.publications import publish
from cms.publications.marks import Key, Mark
from cms.publications.noting import note

pytestmark = pytest.mark.django_db(transaction=True)

ARTICLE, PERSON = uuid4(), uuid4()


class Unpublishable(Exception):  # noqa: N818  said of a page
    """Publishing fails, and not because of the database."""


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[set[Mark]]]:
    """What was published, one set for each act."""
    acts: list[set[Mark]] = []
    monkeypatch.setattr(publish, "publish_marks", lambda marks, using: acts.append(set(marks)))
    yield acts
    monkeypatch.undo()


def fail(*args: Any, **kwargs: Any) -> None:
    raise Unpublishable


def rename(name: str) -> None:
    Collection.objects.filter(depth=1).update(name=name)


def name_now() -> str:
    return Collection.objects.get(depth=1).name


@pytest.fixture(autouse=True)
def collection(root: object) -> None:
    rename("Umeå")


def test_what_is_noted_is_published_once_when_the_outermost_transaction_ends(published: list[set[Mark]]) -> None:
    with transaction.atomic():
        with transaction.atomic():
            note([ARTICLE, ARTICLE])
        note([PERSON])
        assert published == []
    assert published == [{Key(ARTICLE), Key(PERSON)}]


def test_a_note_outside_any_transaction_is_published_at_once(published: list[set[Mark]]) -> None:
    note([ARTICLE])
    assert published == [{Key(ARTICLE)}]
    assert not connection.in_atomic_block


def test_a_note_with_autocommit_off_waits_for_the_commit(published: list[set[Mark]]) -> None:
    transaction.set_autocommit(False)
    try:
        note([ARTICLE])
        assert published == []
        transaction.commit()
        assert published == [{Key(ARTICLE)}]
    finally:
        transaction.set_autocommit(True)


def test_a_transaction_that_is_rolled_back_publishes_nothing(published: list[set[Mark]]) -> None:
    with pytest.raises(Unpublishable), transaction.atomic():
        note([ARTICLE])
        fail()
    with transaction.atomic():
        pass
    assert published == []


def test_a_rolled_back_savepoint_may_leave_its_notes_behind(published: list[set[Mark]]) -> None:
    with transaction.atomic():
        with pytest.raises(Unpublishable), transaction.atomic():
            note([ARTICLE])
            fail()
        note([PERSON])
    assert Key(PERSON) in published[0]


def test_what_publishing_itself_notes_is_published_too(monkeypatch: pytest.MonkeyPatch) -> None:
    acts: list[set[Mark]] = []

    def publish_and_note(marks: set[Mark], using: str) -> None:
        acts.append(marks)
        if len(acts) == 1:
            note([PERSON])

    monkeypatch.setattr(publish, "publish_marks", publish_and_note)
    note([ARTICLE])
    assert acts == [{Key(ARTICLE)}, {Key(PERSON)}]


def test_publishing_that_never_comes_to_an_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "publish_marks", lambda marks, using: note([ARTICLE]))
    with pytest.raises(RuntimeError, match="goes on noting"):
        note([ARTICLE])


@pytest.mark.parametrize("error", [Unpublishable, IntegrityError, KeyboardInterrupt])
def test_nothing_is_committed_when_publishing_fails(
    monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def fail_like_this(*args: Any, **kwargs: Any) -> None:
        rename("Херсон")
        raise error

    monkeypatch.setattr(publish, "publish_marks", fail_like_this)
    hooks: list[str] = []
    with pytest.raises(error), transaction.atomic():
        rename("Vaasa")
        transaction.on_commit(lambda: hooks.append("mail sent"))
        note([ARTICLE])
    monkeypatch.undo()
    assert (name_now(), hooks, connection.in_atomic_block) == ("Umeå", [], False)
    with transaction.atomic():
        rename("Kherson")  # the connection is as good as new, and has forgotten
    assert name_now() == "Kherson"


def test_publishing_may_use_transactions_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def publish_in_savepoints(marks: set[Mark], using: str) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            rename("Vaasa")
            raise IntegrityError
        with transaction.atomic(savepoint=False):
            Collection.objects.filter(depth=1).update(name="Херсон")

    monkeypatch.setattr(publish, "publish_marks", publish_in_savepoints)
    with transaction.atomic():
        note([ARTICLE])
    assert name_now() == "Херсон"


def test_hooks_run_after_the_commit_also_those_that_publishing_adds(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, bool]] = []

    def hook(name: str) -> None:
        transaction.on_commit(lambda: seen.append((name, connection.in_atomic_block)))

    monkeypatch.setattr(publish, "publish_marks", lambda marks, using: hook("publishing"))
    with transaction.atomic():
        hook("editor")
        note([ARTICLE])
        assert seen == []
    assert seen == [("editor", False), ("publishing", False)]


def test_an_error_that_the_database_raises_at_the_commit_undoes_the_publishing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(publish, "publish_marks", lambda marks, using: rename("Vaasa"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Site.objects.create(hostname="umea.example", root_page_id=999_999)  # checked when it is committed
        note([ARTICLE])
    assert name_now() == "Umeå"


def test_a_lost_connection_forgets_what_was_noted(published: list[set[Mark]]) -> None:
    with pytest.raises(Exception), transaction.atomic():  # noqa: B017, PT011  each database says it in its own words
        note([ARTICLE])
        connection.close()
        Collection.objects.count()
    with transaction.atomic():
        pass
    assert published == []


def test_each_thread_publishes_what_it_noted_itself(published: list[set[Mark]]) -> None:
    def work(key: UUID) -> None:
        note([key])
        connection.close()

    with transaction.atomic():
        note([PERSON])
        connection_of_another = threading.Thread(target=work, args=[ARTICLE])
        if connection.vendor == "postgresql":  # SQLite lets one write at a time: the other would wait for us
            connection_of_another.start()
            connection_of_another.join()
            assert published == [{Key(ARTICLE)}]
    assert published[-1] == {Key(PERSON)}
