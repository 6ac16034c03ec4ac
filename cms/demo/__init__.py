"""Demo content and the set-up commands."""
