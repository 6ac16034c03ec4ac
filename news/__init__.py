"""News articles and the topics they belong to."""
