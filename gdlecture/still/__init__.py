"""The last pictures of beats as vectors, whose words can be searched; nothing is filmed for it."""
