"""Finds what went wrong without anybody noticing, a part of the hub a minute, and mends it."""

import logging
from datetime import datetime
from uuid import UUID

from cms.publications.publish import publish
from cms.publications.stale import BATCH, Stale, all_keys, in_batches, stale_among

PART = BATCH
"""Keys that are looked at in a minute: a second's work or less. Of 4,000 items each has its turn within the hour."""

log = logging.getLogger(__name__)


def find_wrong(now: datetime) -> list[Stale]:
    """Return what is not as it should be in the part of the hub whose turn it is now."""
    return stale_among(find_part(now))


def find_part(now: datetime) -> list[UUID]:
    """Return the keys whose turn it is: the clock says so, and nothing need be remembered."""
    parts = list(in_batches(all_keys(), PART))
    return parts[int(now.timestamp() // 60) % len(parts)] if parts else []


def mend(wrong: Stale) -> None:
    """Publish a key again, and say so: somebody changed it past everything that notices, or there is a fault.

    Who was publishing it just now has mended it meanwhile; then there is nothing to say.
    """
    if publish([wrong.key], mending=True):
        log.warning("Found and mended: %s", wrong)
