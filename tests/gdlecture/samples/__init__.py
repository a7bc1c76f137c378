"""Clips small enough for tests; conftest makes them the catalogue."""
