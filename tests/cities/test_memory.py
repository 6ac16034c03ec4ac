"""However many different things are asked, and in however many ways, what is kept has its bounds."""

from uuid import uuid4

import pytest
from django.utils import timezone

from cms.api import watch
from cms.api.answers import Answers
from cms.api.front_door import MOST_SPELLINGS
from cms.api.kept import Headers, Kept, best_encoding
from cms.api.watch import Watch
from cms.publications.models import Counter, Publication, Status
from tests.cities.conftest import Seed
from tests.cities.test_front_door import House, always_looking, one_connection

__all__ = ["always_looking", "one_connection"]

ENCODINGS = ("identity", "gzip", "br")


def answers_of(house: House) -> Answers:
    return house.door._answers


def bytes_held(answers: Answers) -> int:
    """Return the bytes of all bodies, in every encoding made so far, of their addresses and their headers."""
    return sum(
        len(address)
        + len(held.kept.body)
        + sum(map(len, held.kept.encoded.values()))
        + _length(held.kept.headers)
        + _length(held.house)
        for address, held in answers._held.items()
    )


def _length(headers: Headers) -> int:
    return sum(len(name) + len(value) for name, value in headers)


@pytest.mark.parametrize("most_bytes", [60_000, 250_000])
def test_what_is_kept_is_bounded_in_bytes_compressed_too(seed: Seed, most_bytes: int) -> None:
    house = House(most_bytes)
    paths = ["/sv/news", "/uk/news", f"/sv/news/{seed.id}", f"/uk/news/{seed.id}", "/changes", "/sv/people", "/sv/home"]
    for number in range(1, 60):
        for path in paths[:2]:
            paths.append(f"{path}?limit={number}")
    for path in paths:
        for encoding in ENCODINGS:
            for _again in range(2):
                assert house.ask(path, accept_encoding=encoding).status == "200 OK"
        assert bytes_held(answers_of(house)) <= answers_of(house).size <= most_bytes
    assert answers_of(house).size > most_bytes / 2, "there was room for more"


def test_two_encodings_of_an_answer_take_no_more_than_the_answer(seed: Seed) -> None:
    house = House()
    for path in (
        "/sv/news",
        f"/sv/news/{seed.id}",
        "/changes",
        "/openapi.json",
        "/sv/search?q=Cherson",
        "/sv/topics",
    ):
        sizes = {encoding: len(house.ask(path, accept_encoding=encoding).body) for encoding in ENCODINGS}
        assert sizes["gzip"] + sizes["br"] <= sizes["identity"], path


def test_addresses_that_nobody_asks_twice_do_not_add_up(seed: Seed) -> None:
    house = House(100_000)
    counts = []
    for number in range(150):
        house.ask(f"/sv/news?offset={number}&limit=1")
        counts.append(len(answers_of(house)._held))
    assert max(counts[75:]) <= max(counts[:75]) <= 50
    assert house.let_in == 150


def test_long_addresses_count_by_their_length(seed: Seed) -> None:
    house = House(400_000)
    for _number in range(40):
        house.ask("/sv/news?ids=" + ",".join(str(uuid4()) for _key in range(100)))
    assert bytes_held(answers_of(house)) <= answers_of(house).size <= 400_000
    assert 4 <= len(answers_of(house)._held) <= 20


def test_a_short_answer_with_a_long_address_counts_too(seed: Seed) -> None:
    looking = Watch()
    place = looking.look()
    assert place
    answers = Answers(looking, 100_000)
    for number in range(100):
        kept = Kept(b"{}", "application/json", (("Surrogate-Key", f"{number}" * 1_000),), "build", None, None)
        answers.keep(f"{number}" * 2_000, kept, place)
        assert bytes_held(answers) <= answers.size <= 100_000


def test_ways_of_asking_do_not_add_up(seed: Seed) -> None:
    house = House()
    for number in range(MOST_SPELLINGS + 50):
        house.ask("/sv/news", accept=f"application/json;q=0.{number:03}", accept_encoding=f"gzip;q=0.{number:03}")
    assert len(house.door._forms) <= MOST_SPELLINGS
    assert len(house.door._hosts) <= MOST_SPELLINGS
    [held] = answers_of(house)._held.values()
    assert set(held.kept.encoded) <= {"gzip", "br"}
    assert len(held.kept.heads) <= 2 * len(ENCODINGS)
    assert best_encoding.cache_info().maxsize


def test_changes_do_not_add_up(seed: Seed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "MOST_KEYS", 20)
    looking = Watch()
    looking.look()
    for number in range(60):
        counter = Counter.objects.get()
        counter.value += 1
        counter.save()
        Publication.objects.create(
            key=uuid4(),
            kind="news",
            language="sv",
            status=Status.VANISHED,
            sequence=counter.value,
            changed_at=timezone.now(),
        )
        looking.look()
        assert len(looking._changed) <= 20, number
    Publication.objects.filter(status=Status.VANISHED, kind="news").delete()
