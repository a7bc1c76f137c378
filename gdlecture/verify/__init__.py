"""Finished clips read back: every number, every dot, every file."""
