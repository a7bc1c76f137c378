"""A function, its parser, its derivatives, its domain and its compiled form."""
