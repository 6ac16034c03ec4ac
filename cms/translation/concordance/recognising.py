"""Recognises texts that were translated before, word for word: by their marks, whatever else the hub holds."""

from collections.abc import Collection, Iterator

from django.db import connection
from django.db.models import Q

from cms.translation.concordance.models import Remembered

MOST = 50
"""Translations of one text that are looked at, the newest first: a heading may stand in every item of the hub."""

AT_ONCE = 200
"""Texts that one query asks for: SQLite joins no more than 500 parts."""

_NEWEST = """
    SELECT * FROM (
        SELECT remembered.string_translation_id FROM translation_remembered AS remembered
        JOIN wagtail_localize_stringtranslation AS said ON said.id = remembered.string_translation_id
        LEFT JOIN translation_unconfirmed AS waiting ON waiting.string_translation_id = said.id
        WHERE remembered.pair = %s AND remembered.{mark} = %s
            AND NOT said.has_error AND said.data <> '' AND waiting.string_translation_id IS NULL
        ORDER BY remembered.at DESC LIMIT {most}
    ) AS newest
"""


def translations_of(marks: Collection[str], pair: str) -> list[int]:
    """Return the numbers of the newest accepted translations of texts with these marks."""
    return list(_newest(marks, pair, "source_mark"))


def translations_into(marks: Collection[str], pair: str) -> list[int]:
    """Return the numbers of the newest accepted translations that read as these marks say."""
    return list(_newest(marks, pair, "target_mark"))


def were_seen(marks: Collection[str], there: Collection[str], back: Collection[str]) -> bool:
    """Whether any of these texts was ever translated within the pairs `there`, or is a translation within `back`."""
    said = Q(pair__in=there, source_mark__in=marks) | Q(pair__in=back, target_mark__in=marks)
    return Remembered.objects.filter(said).exists()


def _newest(marks: Collection[str], pair: str, column: str) -> Iterator[int]:
    one, wanted = _NEWEST.format(mark=column, most=MOST), sorted(marks)
    with connection.cursor() as cursor:
        for first in range(0, len(wanted), AT_ONCE):
            some = wanted[first : first + AT_ONCE]
            cursor.execute(" UNION ALL ".join([one] * len(some)), [value for mark in some for value in (pair, mark)])
            yield from (row[0] for row in cursor.fetchall())
