"""What must hold whatever happens: one fact for page, publication and change."""
