"""Colours by meaning, words and formulas, honest numbers."""
