"""A figure a file, named room_figure: lines that can be copied, and leave their `picture`."""
