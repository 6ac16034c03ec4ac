"""The workbench: one translation, side by side with its source, string by string."""
