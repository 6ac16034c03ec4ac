"""Machine suggestions: one guarded translator in front of engines; a machine suggests, and people publish."""
