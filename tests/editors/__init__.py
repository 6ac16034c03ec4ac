"""What editors are promised."""
