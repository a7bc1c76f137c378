"""Clips drawn, here or on a cluster, and put in their place whole."""
