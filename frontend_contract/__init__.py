"""What a partner city's developer builds on: the public documents, their schemas and examples."""
