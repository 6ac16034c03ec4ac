"""Translators' files: PO and XLIFF 2.1 out and in, each text with its place, its note and its version."""
