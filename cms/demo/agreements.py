"""Records the agreement of the demo's engine: with whoever runs the demo, because nothing leaves it."""

from cms.translation.engines.wordlist import WordList
from cms.translation.models import Agreement

REFERENCE = "Demo: the word list is part of this hub, and no text leaves it."


def record_agreement() -> str:
    """Record it, unless it is there; return the name of the engine."""
    Agreement.objects.get_or_create(engine=WordList.name, defaults={"reference": REFERENCE})
    return WordList.label
