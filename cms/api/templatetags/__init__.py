"""What templates of the API can do with texts."""
