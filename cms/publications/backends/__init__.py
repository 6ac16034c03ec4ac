"""Database backends that publish what was noted before they commit."""
