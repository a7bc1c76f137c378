"""Pictures in the plane: axes for any window, graphs, maps."""
