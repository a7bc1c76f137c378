"""How a space is projected, put in order from back to front, and painted."""
