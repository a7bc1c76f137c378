"""What is shipped: clips rendered, captioned, listed, and read back to be verified."""
