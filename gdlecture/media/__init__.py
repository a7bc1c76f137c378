"""Videos, captions, the joined film and contact sheets."""
