"""The front door of each language, and its information pages."""
