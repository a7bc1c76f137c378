"""The lecture's voice: what is said, by whom, how loud, and where it is kept."""
