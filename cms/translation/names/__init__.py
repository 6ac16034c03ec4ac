"""The register of names and terms: what places, people and things are called in each language."""
