"""The concordance: every earlier translation, found by the words of its source or of itself."""
