"""What the templates of the translators' desk ask for."""
