"""How far everything is: each item in each language, at a glance."""
