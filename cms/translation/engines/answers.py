"""What an engine said, read without trusting it: as many texts as were sent, and nothing else."""

from typing import Any

from cms.translation.engines.engine import EngineFailed, Trouble


def texts_of(said: Any, *path: str, count: int, field: str = "") -> list[str]:
    """Return the list of texts at a path of an answer, or of one field of each; raise `EngineFailed` when it is odd."""
    for name in path:
        said = said.get(name) if isinstance(said, dict) else None
    if not isinstance(said, list):
        raise EngineFailed(Trouble.ODD)
    texts = [each.get(field) if field and isinstance(each, dict) else each for each in said]
    found = [text for text in texts if isinstance(text, str)]
    if len(found) != len(texts) or len(found) != count:
        raise EngineFailed(Trouble.ODD)
    return found
