"""The gallery: dist/index.html, every clip with its player, its words and its numbers."""
