"""The part of the first page of the admin that lists what waits for its reader: the head of their queue."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from cms.translation.permissions import languages_of_translator
from cms.translation.queue.entries import read_entries
from cms.translation.queue.finding import IDLE, find_places, with_work
from cms.translation.queue.reach import reach_of

MOST = 10


class WaitingPanel(Component):
    """What waits for a translator, the first of it."""

    name = "waiting"
    order = 50
    template_name = "translation/waiting.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Find what waits for the reader, without what waits for others; editors begin their day elsewhere."""
        user = parent_context["request"].user
        mine = languages_of_translator(user)
        found = with_work(find_places(reach_of(user), mine)) if mine else []
        places = [place for place in found if place.state not in IDLE]
        return {"waiting": read_entries(places[:MOST], user), "more": len(places) - MOST, "languages": mine}
