"""The words: pages, blocks, images, languages, and which of it is public."""
