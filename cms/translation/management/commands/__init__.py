"""Commands of the translators' desk."""
