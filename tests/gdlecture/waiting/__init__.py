"""Clips that take until they are told to go on, or half a minute."""
