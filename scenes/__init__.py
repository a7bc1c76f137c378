"""The clips: one file, one scene."""
