"""What the ink claims, observed frame by frame."""
