"""Whether the form of a request did what it says: then its answer is kept for whoever did not get it."""

from django.http import HttpRequest


def note_taken(request: HttpRequest) -> None:
    """Note that what the form asks for is done, and not to be done again when only the answer was lost."""
    request.is_taken = True  # type: ignore[attr-defined]  # ours


def note_open(request: HttpRequest) -> None:
    """Note that nothing is done yet; a form that was refused runs once more."""
    request.is_taken = False  # type: ignore[attr-defined]  # ours


def is_taken(request: HttpRequest) -> bool:
    """Whether it is done."""
    return bool(getattr(request, "is_taken", False))
