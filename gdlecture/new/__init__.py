"""A folder to begin a course of one's own in."""
