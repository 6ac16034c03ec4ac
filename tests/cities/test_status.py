"""What the hub says that it holds."""

from cms.publications.by_hand import gone, withdraw
from cms.publications.models import Counter
from frontend_contract.models.shape import KINDS
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.newsroom import draft, publish


def test_the_status_counts_what_lists_show(city: City, seed: Seed) -> None:
    withdraw(seed.article.translation_key, "Artikeln är återkallad.", ["uk"])
    gone(seed.vitalii.translation_key, "mistake", languages=["uk"])
    counts = city.get("/status")["publications"]
    assert list(counts) == ["sv", "uk", "fi", "en"]
    for language, kinds in counts.items():
        assert kinds.pop("home") == 1
        assert kinds == {kind: city.get(f"/{language}/{kind}")["total"] for kind in KINDS if kind != "home"}
    assert counts["uk"]["news"] == 0
    assert counts["uk"]["people"] == 2


def test_the_status_names_the_epoch_and_the_last_change(city: City, seed: Seed) -> None:
    status = city.get("/status")
    assert status["epoch"] == Counter.objects.get().epoch
    assert status["last_change_at"] == max(change["changed_at"] for change in city.get("/changes")["items"])


def test_the_status_moves_with_what_is_published_and_not_with_drafts(city: City, seed: Seed) -> None:
    before = city.ask("/status")
    seed.article.lead = "Ett nytt samarbete."
    draft(seed.article)
    assert city.ask("/status")["ETag"] == before["ETag"]
    seed.article.unpublish()
    assert city.get("/status")["publications"]["sv"]["news"] == 0
    publish(seed.article)
    assert city.get("/status")["publications"]["sv"]["news"] == 1
