"""New places in the order of changes, for many publications at once."""

from datetime import datetime

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from cms.publications.models import Publication


def renumber(publications: QuerySet[Publication], *, after: int, now: datetime) -> int:
    """Give each a sequence of its own after the given one, in their old order; return how many there were.

    One UPDATE, however many show what has changed: never document by document.
    """
    places = publications.order_by().annotate(place=Window(RowNumber(), order_by=F("sequence").asc()))
    try:
        select, params = places.values_list("pk", "place").query.get_compiler(publications.db).as_sql()
    except EmptyResultSet:  # Django sees without asking that nothing can match
        return 0
    update = (
        f"UPDATE publications_publication SET sequence = %s + new.place, changed_at = %s"  # noqa: S608  our own SQL
        f" FROM ({select}) AS new WHERE new.pk = publications_publication.id"
    )
    connection = connections[publications.db]
    with connection.cursor() as cursor:
        cursor.execute(update, [after, connection.ops.adapt_datetimefield_value(now), *params])
        return int(cursor.rowcount)
