"""Partners, their people and their partnerships."""
