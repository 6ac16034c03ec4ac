"""What the templates of the editors’ desk ask for."""
