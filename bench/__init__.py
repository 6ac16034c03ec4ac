"""What Misto costs, beside what the same bytes cost elsewhere: `make bench`."""
