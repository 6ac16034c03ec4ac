"""What waits for translators: one queue per language, and who is on what."""
