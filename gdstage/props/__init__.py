"""What only one clip shows, in a file named after that clip."""
