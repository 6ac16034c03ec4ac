"""Finds publications by their words, in the language they are written in."""
