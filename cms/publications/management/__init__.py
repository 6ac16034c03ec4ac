"""Commands of the publications."""
