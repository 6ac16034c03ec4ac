"""The sqlite3 backend that publishes before it commits."""
