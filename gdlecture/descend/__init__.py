"""`lecture descend`: any function that a person writes, made into a clip."""
