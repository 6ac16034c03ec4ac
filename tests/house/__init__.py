"""Promises about the house itself: structure, settings, start, documentation."""
