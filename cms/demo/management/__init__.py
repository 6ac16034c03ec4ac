"""The demo's and the set-up's commands."""
