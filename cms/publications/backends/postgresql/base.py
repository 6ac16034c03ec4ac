"""Django's PostgreSQL backend, publishing before it commits, and giving up what takes too long."""

from django.db.backends.postgresql import base

from cms.publications.commits import PublishesBeforeCommit
from cms.publications.limits import LimitsStatements


class DatabaseWrapper(PublishesBeforeCommit, LimitsStatements, base.DatabaseWrapper):
    """A connection to PostgreSQL that publishes what was noted before it commits."""

    def tell_limit(self, seconds: int) -> None:
        """Have the server cancel what takes longer."""
        with self.connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {1_000 * seconds}" if seconds else "RESET statement_timeout")
