"""What verifying found, for people: a line a clip, a page with pictures, and a file to keep."""
