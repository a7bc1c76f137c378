"""A clip of any function: experiment, plan, story, pictures."""
