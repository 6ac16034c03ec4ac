"""Pages in, publications out."""
