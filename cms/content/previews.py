"""How a draft is shown before anybody else can see it; the desk says how."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from cms.content.pages import ContentPage

Show = Callable[[HttpRequest, "ContentPage"], HttpResponse]

_shows: list[Show] = []


def show_previews_with(show: Show) -> None:
    """Let `show` answer when an editor wants to see a draft."""
    _shows[:] = [show]


def show_preview(request: HttpRequest, page: "ContentPage") -> HttpResponse:
    """Return the draft as readers would see it."""
    [show] = _shows
    return show(request, page)
